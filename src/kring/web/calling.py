"""Whom one calls now: the emergency number of the country, and the contact point of the village."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from kring.trust.viewer import Viewer
from kring.web import houses

#: Rings everywhere in Europe, from every telephone.
EUROPE = "112"
#: Where people know another number by heart.
KNOWN_BY_HEART = {"UK": "999"}
#: Where a child or young person talks with somebody, for nothing; in Belgium and the Netherlands not at night.
HELPLINES = {"BE": "102", "NL": "0800 0432", "FR": "119", "UK": "0800 1111"}


@dataclass(frozen=True)
class Numbers:
    """What one can ring from a page that is not about one family."""

    emergency: str
    village: str
    contact_point: str


def numbers_here(request: HttpRequest) -> Numbers:
    """The numbers of the village of whoever reads; for who is not signed in, of the village this house serves."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is not None:
        return Numbers(emergency_of(viewer.country), viewer.village_name, viewer.village_phone)
    house = houses.house_of(request)
    if house is None:
        return Numbers(EUROPE, "", "")
    return Numbers(emergency_of(house.country), house.name, house.phone)


def emergency_of(country: str) -> str:
    """The number that people of this country call when somebody is in danger."""
    return KNOWN_BY_HEART.get(country, EUROPE)


def contact_point(village: str, phone: str) -> dict[str, str]:
    """The contact point at the foot of a page, with a telephone instead of a face: it is nobody's name."""
    return {
        "name": _("The contact point"),
        "role": village,
        "phone": phone,
        "languages": "",
        "kind": "contact point",
    }


def with_numbers(request: HttpRequest) -> dict[str, Any]:
    """For a page that anybody may read: the numbers, and at the foot the contact point for who does not work here."""
    numbers = numbers_here(request)
    viewer: Viewer | None = getattr(request, "viewer", None)
    caring = contact_point(numbers.village, numbers.contact_point) if numbers.contact_point else None
    return {"numbers": numbers, "caring": None if viewer is not None and viewer.works else caring}
