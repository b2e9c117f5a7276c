"""A foreign list as plain values: what each record would be in our own words, and its fingerprint."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Any

from kring.network import rules
from kring.network.hsds import Problem, Reading

Values = dict[str, Any]

_SAME_IN_OFFER = (
    *("name", "words", "status", "youngest", "oldest", "free", "cost", "how_to_get_in", "conditions"),
    *("waiting", "website", "extra"),
)
_LISTS_IN_OFFER = ("domains", "themes", "languages", "areas")
_CONTACT = ("name", "role", "phone", "email")
OFFER_FIELDS = (
    *_SAME_IN_OFFER,
    *_LISTS_IN_OFFER,
    *(f"contact_{name}" for name in _CONTACT),
    *("summary", "rhythms"),
)
CARD_FIELDS = ("words", "website", "email", "contact_name", "phone", "extra")
PLACE_FIELDS = (
    *("name", "street", "postcode", "town", "neighbourhood", "country", "latitude", "longitude", "phone"),
    *("access", "extra"),
)


def as_json(reading: Reading) -> Values:
    """A reading as values that can be kept until somebody says yes."""
    return {
        "organisations": {key: asdict(one) for key, one in reading.organisations.items()},
        "services": {key: asdict(one) for key, one in reading.services.items()},
        "locations": {key: asdict(one) for key, one in reading.locations.items()},
        "sectors": reading.sectors,
        "whole": reading.whole,
    }


def problem_as_json(problem: Problem) -> Values:
    """A problem as values, for the page that names it."""
    return asdict(problem) | {"params": dict(problem.params)}


def fingerprint(*values: Any) -> str:
    """The same for the same content, whatever the order of its fields."""
    told = json.dumps(values, sort_keys=True, ensure_ascii=False, default=list)
    return hashlib.sha256(told.encode()).hexdigest()


def offer_values(service: Values) -> Values:
    """The fields of an offer as the list tells them."""
    told = {name: service[name] for name in _SAME_IN_OFFER}
    told |= {name: list(service[name]) for name in _LISTS_IN_OFFER}
    told |= {f"contact_{name}": service["contact"][name] for name in _CONTACT}
    told["summary"] = rules.first_sentence(service["words"])
    told["rhythms"] = [dict(rhythm, days=list(rhythm["days"])) for rhythm in service["rhythms"]]
    return told


def offer_fingerprint(service: Values, listing: Values) -> str:
    """Changes when anything the list says about the offer or its places changes."""
    places = [listing["locations"][key] for key in service["locations"] if key in listing["locations"]]
    home = listing["organisations"][service["organisation"]]["name"]
    return fingerprint(offer_values(service), service["organisation"], home, places)


def card_values(organisation: Values) -> Values:
    """The fields of an organisation's card as the list tells them."""
    contact = organisation["contact"]
    return {
        "words": organisation["words"],
        "website": organisation["website"],
        "email": contact["email"] or organisation["email"],
        "contact_name": contact["name"],
        "phone": contact["phone"],
        "extra": organisation["extra"],
    }


def place_values(location: Values) -> Values:
    """The fields of a place as the list tells them."""
    return {name: location[name] for name in PLACE_FIELDS}
