"""The offer somebody keeps, found for them alone, and its parts by name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kring.network.models import GoodToKnow, Offer, OfferPlace, Place
from kring.network.usecases.offers import keeps
from kring.web.network.cards import Card

#: Each part of an offer: what it is called, and how one asks for it where it is missing.
TITLES = {
    "words": (_("Name and what happens there"), _("What happens there? One sentence helps.")),
    "status": (_("Can one come now?"), ""),
    "opening": (_("When"), _("When can one come?")),
    "place": (_("Where"), _("Where is it?")),
    "ages": (_("For whom"), _("For which ages is it?")),
    "getting-in": (_("How to get in"), _("How does one get in?")),
    "contact": (_("Whom to call"), _("Whom can one call? A name makes it easier.")),
    "cost": (_("What it costs"), _("What does it cost? Also say when it is free.")),
    "languages": (_("Languages"), _("Which languages are spoken there?")),
    "pictures": (_("Pictures"), _("A picture takes away the fear of the first time.")),
}


def offer_of(request: HttpRequest, offer_id: UUID) -> Offer:
    """An offer that this person keeps; for everybody else there is no such page."""
    viewer = request.viewer  # type: ignore[attr-defined]
    rows = Offer.objects.select_related(
        "organisation__card", "village", "good_to_know", "keeping__owner"
    ).filter(village_id=viewer.village_id)
    found = rows.filter(pk=offer_id).first()
    if found is None or not keeps(viewer, found):
        raise Http404
    return found


def places_of(offer: Offer) -> list[Place]:
    """Where the offer takes place."""
    return [
        spot.place for spot in OfferPlace.objects.filter(offer=offer).select_related("place").order_by("id")
    ]


def address_of(offer: Offer, part: str) -> str:
    """The page on which a part can be said anew."""
    if part == "pictures":
        return reverse("keeping:pictures", args=[offer.pk])
    return reverse("keeping:part", args=[offer.pk, part])


def facts(card: Card, places: list[Place], pictures: int) -> list[dict[str, Any]]:
    """Every part as it stands now, with the address where it can be said anew."""
    offer = card.offer
    told = {
        "words": [offer.name, offer.summary],
        "status": [offer.get_status_display()],
        "opening": card.when,
        "place": [*(str(place) for place in places), *offer.areas],
        "ages": [card.ages, offer.conditions],
        "getting-in": [offer.how_to_get_in, offer.waiting, offer.website],
        "contact": [offer.contact_name, offer.contact_role, offer.contact_phone, offer.contact_email],
        "cost": card.cost,
        "languages": [card.languages],
        "pictures": [str(pictures)] if pictures else [],
    }
    return [
        {"title": title, "lines": [line for line in told[part] if line], "url": address_of(offer, part)}
        for part, (title, _ask) in TITLES.items()
    ]


def known(offer: Offer) -> GoodToKnow:
    """What is known of the offer beside the offer itself."""
    return GoodToKnow.of(offer)
