"""The public directory in the French schema of data·inclusion, v1: structures and services.

Source of the format: https://gip-inclusion.github.io/data-inclusion-schema (v1). Its columns are French words.
What it asks for and we do not know (SIRET, INSEE codes, kinds of public) is left out, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from kring.network.models import GoodToKnow, Offer, Place
from kring.network.published import Record
from kring.network.published.rhythms import opening_hours
from kring.network.rules import LIFE_DOMAINS

SHORTEST_NAME, LONGEST_NAME, SHORTEST_WORDS, LONGEST_WORDS = 3, 150, 5, 10_000
THEMATIQUES = {
    "friends": "remobilisation--lien-social",
    "neighbourhood": "remobilisation--lien-social",
    "leisure": "remobilisation--activites-sportives-et-culturelles",
    "feelings": "remobilisation--bien-etre-confiance-en-soi",
    "health": "sante--acces-aux-soins",
}
"""The life domains for which the schema has a word that says the same; the others have none."""
_POSTCODE = re.compile(r"\d{5}\Z")


@dataclass
class Listing:
    """Structures and services, and the names of the offers that the schema cannot take."""

    structures: dict[str, Record] = field(default_factory=dict)
    services: list[Record] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    @property
    def content(self) -> Record:
        """As it is written to a file."""
        return {"structures": list(self.structures.values()), "services": self.services}


@dataclass(frozen=True)
class Publisher:
    """Who publishes: the name of the source, where its pages are, and how it says an age in French."""

    source: str
    address: str
    ages: Callable[[Offer], str]

    def id(self, *steps: object) -> str:
        """An id as the schema makes them: the source, then our own."""
        return "--".join([self.source, *(str(step) for step in steps)])


def listing(offers: Iterable[Offer], publisher: Publisher) -> Listing:
    """Every offer that has a name and a description long enough for the schema; the others by name."""
    found = Listing()
    for offer in offers:
        words, home = _words(offer), _name(offer.organisation.name)
        if min(len(_name(offer.name)), len(home)) < SHORTEST_NAME or len(words) < SHORTEST_WORDS:
            found.left_out.append(offer.name)
            continue
        _tell_structure(offer, found, publisher)
        places: list[Place | None] = [spot.place for spot in offer.spots.all()]
        for place in places or [None]:
            found.services.append(_service(offer, place, len(places) > 1, words, publisher))
    return found


def _tell_structure(offer: Offer, found: Listing, publisher: Publisher) -> None:
    """The organisation, once; its day is that of its youngest offer."""
    key = publisher.id(offer.organisation_id)
    day = max(_day(offer), found.structures.get(key, {}).get("date_maj", ""))
    card = getattr(offer.organisation, "card", None)
    words = card.words.strip()[:LONGEST_WORDS] if card else ""
    found.structures[key] = {
        "source": publisher.source,
        "id": key,
        "nom": _name(offer.organisation.name),
        "date_maj": day,
        "description": words if len(words) >= SHORTEST_WORDS else None,
        "telephone": (card and card.phone) or None,
        "courriel": (card and card.email) or None,
        "site_web": (card and card.website) or None,
    }


def _service(offer: Offer, place: Place | None, several: bool, words: str, publisher: Publisher) -> Record:
    """The offer at one place: the schema knows one address each."""
    phone = offer.call["phone"]
    modes = {"telephoner": phone, "envoyer-un-courriel": offer.contact_email}
    return {
        "source": publisher.source,
        "structure_id": publisher.id(offer.organisation_id),
        "id": publisher.id(offer.pk, *([place.pk] if several and place else [])),
        "nom": _name(offer.name),
        "description": words,
        "lien_source": f"{publisher.address}/offers/{offer.pk}/",
        "date_maj": _day(offer),
        "thematiques": _thematiques(offer) or None,
        "frais": {True: "gratuit", False: "payant", None: None}[offer.free],
        "frais_precisions": _price(offer) or None,
        "publics_precisions": publisher.ages(offer) or None,
        "conditions_acces": offer.conditions or None,
        "telephone": phone or None,
        "courriel": offer.contact_email or None,
        "contact_nom_prenom": offer.contact_name or None,
        "lien_mobilisation": offer.website or None,
        "modes_mobilisation": [mode for mode, way in modes.items() if way] or None,
        "mobilisation_precisions": offer.how_to_get_in or None,
        "horaires_accueil": _hours(offer) or None,
    } | _address(place)


def _price(offer: Offer) -> str:
    known = GoodToKnow.of(offer)
    amount = "" if known.amount is None else f"{known.amount} €".replace(".", ",")
    return ", ".join(filter(None, (amount, offer.cost, known.with_pass)))


def _hours(offer: Offer) -> str:
    known = GoodToKnow.of(offer)
    return opening_hours(known.opening, by_appointment=known.by_appointment, appointment="sur rendez-vous")


def _address(place: Place | None) -> Record:
    if place is None:
        return {}
    return {
        "commune": place.town or None,
        "code_postal": place.postcode if _POSTCODE.match(place.postcode) else None,
        "adresse": place.street or None,
        "complement_adresse": place.name or None,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "modes_accueil": ["en-presentiel"],
    }


def _thematiques(offer: Offer) -> list[str]:
    """What the offer is about; who helps with everything is about nothing in particular."""
    if len(offer.domains) == len(LIFE_DOMAINS):
        return []
    return list(dict.fromkeys(THEMATIQUES[code] for code in offer.domains if code in THEMATIQUES))


def _words(offer: Offer) -> str:
    told = offer.words or "\n".join(filter(None, (offer.how_to_get_in, offer.conditions)))
    return told.strip()[:LONGEST_WORDS]


def _name(words: str) -> str:
    return words.strip()[:LONGEST_NAME].rstrip(" .")


def _day(offer: Offer) -> str:
    day: date = offer.changed_at.date()
    return day.isoformat()
