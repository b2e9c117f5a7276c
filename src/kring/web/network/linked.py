"""An offer for search engines: schema.org in JSON-LD, as a block of data that no browser runs."""

from __future__ import annotations

import json
from datetime import time
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from kring.network.models import GoodToKnow, Offer, Place
from kring.network.opening import said
from kring.network.published.places import code_of
from kring.web.design.addresses import address
from kring.web.network.speaking import NOBODY_TOO_OLD

DAYS = {
    "MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday", "SA": "Saturday",
    "SU": "Sunday",
}  # fmt: skip
MONEY = {"UK": "GBP"}
NEVER_ENDS_THE_BLOCK = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})
Thing = dict[str, Any]


def block(offer: Offer, places: list[Place], country: str) -> SafeString:
    """The offer as a data block; no sign in it can end the block or begin another."""
    words = json.dumps(service(offer, places, country), ensure_ascii=False).translate(NEVER_ENDS_THE_BLOCK)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(words),  # noqa: S308  every sign that HTML knows is written as a number
    )


def service(offer: Offer, places: list[Place], country: str) -> Thing:
    """The offer as a schema.org Service."""
    here = f"{settings.PUBLIC_ADDRESS}{address('network:public_offer', offer.pk)}"
    return {"@context": "https://schema.org"} | thing(
        "Service",
        identifier=str(offer.pk),
        name=offer.name,
        description=offer.words,
        url=here,
        sameAs=offer.website,
        provider=_provider(offer),
        areaServed=[thing("AdministrativeArea", name=name) for name in offer.areas],
        audience=_audience(offer),
        offers=_price(offer, MONEY.get(country, "EUR")),
        hoursAvailable=[*(hours for told in offer.rhythms if (hours := _hours(told))), *_other_days(offer)],
        availableChannel=_channels(offer, places, country),
    )


def thing(kind: str, **told: Any) -> Thing:
    """Something of this kind, without what nobody told; nothing at all when nobody told anything."""
    known = {name: value for name, value in told.items() if value not in (None, "", [], {})}
    return {"@type": kind} | known if known else {}


def _provider(offer: Offer) -> Thing:
    card = getattr(offer.organisation, "card", None)
    website = card.website if card else ""
    return thing("Organization", name=offer.organisation.name, url=website)


def _audience(offer: Offer) -> Thing:
    return thing(
        "PeopleAudience",
        suggestedMinAge=offer.youngest,
        suggestedMaxAge=None if (offer.oldest or 0) >= NOBODY_TOO_OLD else offer.oldest,
        audienceType=offer.conditions,
    )


def _hours(told: Thing) -> Thing:
    """Opening hours, where something comes every week; other rhythms stand on the page in words."""
    days = [f"https://schema.org/{DAYS[day]}" for day in told.get("days") or () if day in DAYS]
    weekly = told.get("freq") == "WEEKLY" and (told.get("interval") or 1) == 1
    if not (weekly and days and told.get("opens") and told.get("closes")):
        return {}
    return thing(
        "OpeningHoursSpecification",
        dayOfWeek=days,
        opens=told["opens"],
        closes=told["closes"],
        validFrom=told.get("since"),
        validThrough=told.get("until"),
    )


def _other_days(offer: Offer) -> list[Thing]:
    """Days that are different; without hours it is closed."""
    return [
        thing(
            "OpeningHoursSpecification",
            opens=said(opens), closes=said(closes, end=bool(one.hours)),
            validFrom=one.since.isoformat(), validThrough=one.until.isoformat(),
        )
        for one in GoodToKnow.of(offer).opening.different
        for opens, closes in one.hours or ((time.min, time.min),)
    ]  # fmt: skip


def _price(offer: Offer, currency: str) -> Thing:
    amount = 0 if offer.free else GoodToKnow.of(offer).amount
    return thing("Offer", price=str(amount), priceCurrency=currency) if amount is not None else {}


def _channels(offer: Offer, places: list[Place], country: str) -> list[Thing]:
    """How one gets in touch, at each place; without a place, by telephone."""
    phone, email = offer.call["phone"], offer.contact_email
    desk = (
        thing("ContactPoint", name=offer.call["name"], telephone=phone, email=email) if phone or email else {}
    )
    there = [_place(place, country) for place in places] or [{}]
    found = [
        thing("ServiceChannel", availableLanguage=offer.languages, servicePhone=desk, serviceLocation=place)
        for place in there
    ]
    return [channel for channel in found if channel]


def _place(place: Place, country: str) -> Thing:
    geo = (
        thing("GeoCoordinates", latitude=place.latitude, longitude=place.longitude)
        if None not in (place.latitude, place.longitude)
        else {}
    )
    return thing("Place", name=place.name, telephone=place.phone, address=_address(place, country), geo=geo)


def _address(place: Place, country: str) -> Thing:
    written = thing(
        "PostalAddress",
        streetAddress=place.street,
        postalCode=place.postcode,
        addressLocality=place.town,
        addressRegion=place.neighbourhood,
    )
    return written | {"addressCountry": code_of(place.country or country)} if written else {}
