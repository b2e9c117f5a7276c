"""What the pages of a confidence share: who asks, and that what is hidden and what is not there answer the same."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from kring.confidences.usecases.hearing import Confidence, my_confidences
from kring.trust.viewer import Viewer
from kring.web.calling import HELPLINES
from kring.web.circle.faces import caring_of


def alone(request: HttpRequest) -> Viewer:
    """Who asks, with their own eyes only."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if viewer.seen_as is not None or viewer.scope is not None:
        raise Http404
    return viewer


def the_confidence(request: HttpRequest, circle_id: UUID) -> tuple[Viewer, Confidence]:
    """The confidence in the address, for who sits in it."""
    viewer = alone(request)
    found = my_confidences(circle_id)
    if not found:
        raise Http404
    return viewer, found[0]


def is_young(viewer: Viewer) -> bool:
    """Whether this is a child or young person of a family."""
    return any(seat.role == "child" for seat in viewer.seats)


def base_of(viewer: Viewer) -> dict[str, Any]:
    """Families have larger letters, and somebody to call at the foot: the same for all, so that it tells nothing."""
    if viewer.works:
        return {"base": "base.html"}
    helpline = HELPLINES.get(viewer.country, "")
    return {"base": "base_family.html", "caring": caring_of((), viewer), "helpline": helpline}


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """The words and the files that were sent with a form; nothing when it is only opened."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
