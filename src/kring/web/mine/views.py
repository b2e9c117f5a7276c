"""One page for everything about me, and one about how long we keep what."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from kring.trust import retention
from kring.trust.models import Family, Forgetting
from kring.trust.usecases import forgettings, moving_apart
from kring.trust.viewer import Viewer
from kring.web import houses
from kring.web.circle.faces import viewer_of
from kring.web.context import home_of
from kring.web.doors import door
from kring.web.wraparound.around import base_of, whom_to_call


@door("second-factor", page="everything about me")
def mine(request: HttpRequest) -> HttpResponseBase:
    """What waits, and what one can do with what is kept about oneself."""
    viewer = viewer_of(request)
    waiting = forgettings.waiting(by=viewer)
    kept = must_keep(viewer.village_id, viewer.country) if waiting else {}
    told = (
        kept
        | around(viewer)
        | {
            "waiting": [
                (one, moving_apart.numbers_of(one.id, viewer.country) if kept else []) for one in waiting
            ],
            "stopped": forgettings.stopped(by=viewer),
            "may_ask": forgettings.may_ask(Forgetting.Kind.PERSON, viewer.person_id, by=viewer),
            "families": families_to_forget(viewer),
        }
    )
    return TemplateResponse(request, "mine/mine.html", told)


@door("public", page="how long we keep what")
def how_long(request: HttpRequest) -> HttpResponseBase:
    """How long we keep what, and what the law makes others keep."""
    village = houses.house_of(request)
    if village is None:
        raise Http404
    told = {"village": village, "kept": retention.of(village.country)}
    return TemplateResponse(request, "mine/how_long.html", told | must_keep(village.pk, village.country))


def around(viewer: Viewer) -> dict[str, Any]:
    """A worker finds the page in the house of work, a family in its own, with the person to call at its foot."""
    return {"base": base_of(viewer), "caring": whom_to_call(viewer, home_of(viewer))}


def must_keep(village_id: UUID, country: str) -> dict[str, Any]:
    """What the law makes us keep here: by which law, of which organisations; nothing where no file lies here."""
    here, lines = moving_apart.lies_here(village_id, country)
    return {"kept_here": here, "kept_by": lines} if here else {}


def families_to_forget(viewer: Viewer) -> list[Family]:
    """The families for which the viewer may ask it."""
    seated = {seat.family for seat in viewer.seats if seat.kind == "family" and seat.role == "guardian"}
    found = Family.objects.filter(pk__in=seated).order_by("name", "id")
    return [one for one in found if forgettings.may_ask(Forgetting.Kind.FAMILY, one.pk, by=viewer)]
