"""Two lists: the offers somebody keeps right, and those about which the network coordinator calls."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone

from kring.network.models import Offer
from kring.network.usecases import keeping
from kring.web.context import village_of
from kring.web.doors import door
from kring.web.network.cards import Card

A_PAGE = 25


@door("second-factor", page="offers")
def mine(request: HttpRequest) -> TemplateResponse:
    """My offers: is each still right?"""
    viewer = request.viewer  # type: ignore[attr-defined]
    return TemplateResponse(request, "keeping/mine.html", _listed(request, keeping.of_person(viewer)))


@door("second-factor", page="offers")
def to_call(request: HttpRequest) -> TemplateResponse:
    """Offers nobody confirmed, and those of which somebody said that they are different."""
    viewer = request.viewer  # type: ignore[attr-defined]
    found = keeping.to_call_about(viewer, timezone.now())
    return TemplateResponse(request, "keeping/to_call.html", _listed(request, found))


def _listed(request: HttpRequest, found: QuerySet[Offer]) -> dict[str, Any]:
    viewer, at = request.viewer, timezone.now()  # type: ignore[attr-defined]
    rows = found.select_related("village", "good_to_know", "keeping", "organisation__card").defer(
        "search", "extra"
    )
    page = Paginator(rows.prefetch_related("corrections"), A_PAGE).get_page(request.GET.get("page"))
    village = village_of(request, viewer)
    lines = [
        {
            "card": card,
            "takes_back": keeping.may_take_back(getattr(card.offer, "keeping", None), by=viewer, at=at),
            "said": [one.words for one in card.offer.corrections.all() if one.settled_at is None],
        }
        for card in (Card(offer, village, False, at) for offer in page)
    ]
    return {"lines": lines, "page": page, "further": ""}
