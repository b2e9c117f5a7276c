"""Somebody who stands here twice: who keeps both families asks, and on the second yes it is one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.network.rules import fold
from kring.trust.models import FamilyMember, Matter, Seat
from kring.trust.viewer import Viewer
from kring.web.circle.faces import viewer_of
from kring.web.circle.families import keeps
from kring.web.circle.forms import posted
from kring.web.doors import door
from kring.web.two_people.asking import READ, asked, asking
from kring.web.two_people.forms import SameAs


@dataclass(frozen=True)
class Known:
    """A grown-up whom one knows from families one keeps: the whole name, and which families."""

    name: str
    folded: str
    families: tuple[str, ...]

    @property
    def line(self) -> str:
        """As it stands in the list: Naima Amrani (family Amrani, family De Smet)."""
        return f"{self.name} ({', '.join(self.families)})"


def known_to(viewer: Viewer) -> dict[UUID, Known]:
    """The guardians and the own people of every family the viewer keeps; nobody else of the village."""
    kept = {
        s.circle: s.family
        for s in viewer.seats
        if s.kind == "family" and s.family and keeps(viewer, s.circle)
    }
    now = timezone.now()
    own = Q(role__in=(Seat.Role.NATURAL, Seat.Role.GUARDIAN), job=None, since__lte=now)
    seats = Seat.objects.filter(own, Q(until=None) | Q(until__gt=now), circle__in=kept).select_related(
        "person"
    )
    members = FamilyMember.objects.filter(family__in=kept.values()).select_related("person", "family")
    names = {member.family_id: member.family.name for member in members}
    found: dict[UUID, Known] = {}
    guardians = [(one.person, one.family_id) for one in members if one.kind == FamilyMember.Kind.GUARDIAN]
    for person, family in [*guardians, *((seat.person, kept[seat.circle_id]) for seat in seats)]:
        before = found[person.pk].families if person.pk in found else ()
        name = names.get(family, "")
        found[person.pk] = Known(
            person.full_name, fold(person.given_name), before if name in before else (*before, name)
        )
    return found


def _offered(known: dict[UUID, Known], person_id: UUID) -> list[tuple[str, list[tuple[str, str]]]]:
    """Those of the same first name first, then all others."""
    me = known[person_id]
    others = sorted(
        ((str(key), one) for key, one in known.items() if key != person_id),
        key=lambda item: (fold(item[1].name), item[0]),
    )
    groups = (
        (_("The same first name"), [(key, one.line) for key, one in others if one.folded == me.folded]),
        (_("Others whom you know"), [(key, one.line) for key, one in others if one.folded != me.folded]),
    )
    return [group for group in groups if group[1]]


@READ
@door("second-factor", page="two people")
def same(request: HttpRequest, family_id: UUID, person_id: UUID) -> HttpResponse:
    """Ask that this face and another one, both known to whoever asks, are one person."""
    viewer = viewer_of(request)
    seat = viewer.family_seat(family_id)
    if seat is None or not keeps(viewer, seat.circle):
        raise Http404
    known = known_to(viewer)
    if person_id not in known or not _stands_in(family_id, person_id):
        raise Http404
    people = _offered(known, person_id)
    if not people:
        messages.info(
            request, _("In the families you keep there is nobody else who could be the same person.")
        )
        return redirect("circle:person", family_id, person_id)
    form = SameAs(posted(request), people=people)
    if request.method == "POST" and form.is_valid():
        facts: dict[str, Any] = {
            "family": family_id,
            "person": person_id,
            "other": form.cleaned_data["other"],
        }
        return asked(request, Matter.Kind.MERGE, facts, form.cleaned_data["why"])
    title = _("%(name)s stands here twice") % {"name": known[person_id].name}
    text = _("For grown-ups who do not work in the village. One of the two never signed in, and stands only with families "
             "you keep. It cannot be undone.")  # fmt: skip
    return asking(request, form, title, text, f"/family/{family_id}/people/{person_id}/")


def _stands_in(family_id: UUID, person_id: UUID) -> bool:
    """Whether this is a face of this very family."""
    return (
        FamilyMember.objects.filter(family_id=family_id, person_id=person_id).exists()
        or Seat.objects.filter(circle__family_id=family_id, person_id=person_id).exists()
    )
