"""How this family is reached: whom first and how, what is to be told, and what was tried."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.messaging import attempts, calls, rules, sms, whatsapp
from kring.messaging.models import Attempt
from kring.trust.models import ContactCard, Seat
from kring.trust.usecases import reaching
from kring.trust.viewer import Viewer
from kring.web.circle.faces import Face, viewer_of
from kring.web.circle.members import around_family, is_coordinator
from kring.web.doors import door
from kring.web.reaching.forms import TRIED, ToldForm
from kring.web.reaching.sentences import Reached, people_reached
from kring.wraparound.usecases import correcting


@door("second-factor", page="reaching")
def reach(request: HttpRequest, family_id: UUID) -> TemplateResponse:
    """Everything one needs to know before one rings or writes."""
    return shown(request, family_id)


def shown(request: HttpRequest, family_id: UUID, *, status: int = 200, **more: Any) -> TemplateResponse:
    """The page, with a form that was not understood where there is one."""
    faces, told = around_family(request, family_id)
    viewer, coordinates = viewer_of(request), is_coordinator(request, family_id)
    here = viewer.seen_as is None
    told |= {
        "people": [_with_chat(one, viewer) for one in people_reached(faces)],
        "may_say": {
            face.id
            for face in faces
            if here and (face.me or (coordinates and reaching.writes_for(face.seat_role)))
        },
        "calls": calls.of_family(family_id, timezone.now()) if here and coordinates else [],
        "told_form": ToldForm(),
        "coordinates": coordinates and here,
        **_tried(viewer, family_id, faces),
    }
    return TemplateResponse(request, "reaching/reach.html", told | more, status=status)


def _with_chat(one: Reached, viewer: Viewer) -> Reached:
    """The address that opens a message on the worker's own telephone, for who likes it so."""
    card = one.face.seat.card if one.face.seat else None
    if not card or not card["phone"] or one.face.me or not viewer.works:
        return one
    hello = _("Hello %(name)s, this is %(worker)s.") if card["name_is_safe"] else _("Hello %(name)s.")
    text = hello % {"name": one.face.name, "worker": viewer.given_name}
    if card["channel"] == ContactCard.Channel.WHATSAPP:
        return replace(one, chat=whatsapp.link(card["phone"], text, country=viewer.country))
    return replace(
        one, chat=sms.link(card["phone"], text) if card["channel"] == ContactCard.Channel.SMS else ""
    )


def _tried(viewer: Viewer, family_id: UUID, faces: list[Face]) -> dict[str, Any]:
    """What was tried, the last first, and another way when it is time for one."""
    seat = viewer.family_seat(family_id)
    rows = list(Attempt.objects.filter(circle_id=seat.circle).newest()) if seat else []
    names = {face.id: face.name for face in faces}
    before = attempts.tried(rows)
    words, right = dict(TRIED), correcting.beside(row.pk for row in rows)
    return {
        "tried": [
            {"row": row, "beside": right.get(row.pk, []), "way": words[row.way], "by": names.get(row.author_id, ""),
             "mine": attempts.may_take_back(row, viewer, timezone.now())}
            for row in rows
        ],
        "may_try": viewer.seen_as is None and attempts.may_try(viewer, family_id) is not None,
        **another(before, faces),
    }  # fmt: skip


def another(before: list[rules.Tried], faces: list[Face]) -> dict[str, Any]:
    """Another way, when it is time: those still open, and who of the family's own people could come along."""
    other = rules.another_way(before)
    words = dict(TRIED)
    natural = [face.name for face in faces if face.seat_role == Seat.Role.NATURAL]
    return {
        "another": [(way, words[way]) for way in other.ways] if other else [],
        "rests": rules.rests(before),
        "along": natural[:3],
    }
