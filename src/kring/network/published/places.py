"""A place as HSDS tells it."""

from __future__ import annotations

from uuid import uuid5

from kring.network.models import Place
from kring.network.published import Record

COUNTRIES = {"UK": "GB"}
"""Countries that are written otherwise in the list of ISO 3166 than people write them."""


def location(place: Place, *, country: str) -> Record:
    """A place with its address; a place that names no country lies in the village's."""
    columns: Record = {
        "id": str(place.pk),
        "location_type": "physical",
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "addresses": _addresses(place, country),
        "phones": [_below(place, "phone", number=place.phone)] if place.phone else [],
        "accessibility": [
            _below(place, "accessibility", description=line)
            for line in place.access.splitlines()
            if line.strip()
        ],
    }
    return {name: value for name, value in columns.items() if value not in (None, "", [])}


def _addresses(place: Place, country: str) -> list[Record]:
    """The visiting address; HSDS asks for every column of it, also where we know nothing."""
    if not any((place.street, place.postcode, place.town, place.neighbourhood)):
        return []
    return [
        _below(
            place,
            "address",
            address_1=place.street,
            city=place.town,
            region=place.neighbourhood,
            state_province="",
            postal_code=place.postcode,
            country=code_of(place.country or country),
            address_type="physical",
        )
    ]


def code_of(country: str) -> str:
    """A country by its two letters."""
    return COUNTRIES.get(country.upper(), country)


def _below(place: Place, kind: str, **columns: str) -> Record:
    found = uuid5(place.pk, "/".join([kind, *columns.values()]))
    return {"id": str(found), "location_id": str(place.pk), **columns}
