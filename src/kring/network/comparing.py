"""A foreign list beside what the village has: new, changed, the same, gone. Reads only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from kring.network import rules
from kring.network.listed import Values, card_values, fingerprint, offer_fingerprint, offer_values
from kring.network.models import Offer, OrganisationCard
from kring.trust.models import Organisation

_OWN = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")


@dataclass(slots=True)
class Comparison:
    """Which record of the list is which row of the village; nothing is written here."""

    listing: Values
    organisations: dict[str, Organisation] = field(default_factory=dict)
    cards: dict[UUID, OrganisationCard] = field(default_factory=dict)
    offers: dict[str, Offer] = field(default_factory=dict)
    gone: list[Offer] = field(default_factory=list)

    def new_organisations(self) -> list[str]:
        """Ids of organisations the village does not have yet."""
        return [key for key in self.listing["organisations"] if key not in self.organisations]

    def changed_organisations(self) -> list[str]:
        """Ids of organisations whose card the list tells differently than last time."""
        return [key for key in self.organisations if self._card_differs(key)]

    def _card_differs(self, key: str) -> bool:
        card = self.cards.get(self.organisations[key].pk)
        return card is None or card.fingerprint != card_fingerprint(self.listing["organisations"][key])

    def new_offers(self) -> list[str]:
        """Ids of offers the village does not have yet."""
        return [key for key in self.listing["services"] if key not in self.offers]

    def changed_offers(self) -> list[str]:
        """Ids of offers the list tells differently than last time, or that come back."""
        return [key for key, offer in self.offers.items() if self._offer_differs(key, offer)]

    def _offer_differs(self, key: str, offer: Offer) -> bool:
        told = offer_fingerprint(self.listing["services"][key], self.listing)
        return offer.fingerprint != told or offer.gone_on is not None

    def what_changed(self, key: str) -> list[str]:
        """The fields in which the list differs from the offer as it stands."""
        told = offer_values(self.listing["services"][key])
        return [
            name
            for name, value in told.items()
            if name != "extra" and getattr(self.offers[key], name) != value
        ]


def known_by(keys: Iterable[str]) -> Q:
    """Rows with these foreign ids; a list that went out from here comes in again with our own."""
    keys = list(keys)
    return Q(foreign_id__in=keys) | Q(pk__in=[UUID(key) for key in keys if _OWN.match(key)])


def card_fingerprint(organisation: Values) -> str:
    """Changes when anything the list says about the organisation changes."""
    return fingerprint(card_values(organisation), organisation["name"])


def compare(listing: Values, village_id: UUID, source: str) -> Comparison:
    """Finds every record of the list in the village: by its foreign id, else by its name."""
    found = Comparison(listing)
    organisations = list(Organisation.objects.filter(village_id=village_id).order_by("name", "id"))
    cards = list(OrganisationCard.objects.filter(village_id=village_id).defer("extra").order_by("id"))
    found.cards = {card.organisation_id: card for card in cards}
    _match_organisations(found, organisations, cards)
    _match_offers(found, village_id)
    if listing["whole"]:
        here = {offer.pk for offer in found.offers.values()}
        listed = Offer.objects.filter(village_id=village_id, source=source, gone_on__isnull=True)
        listed = listed.exclude(foreign_id="").defer("extra", "search").in_order()
        found.gone = [offer for offer in listed if offer.pk not in here]
    return found


def _match_organisations(
    found: Comparison, organisations: list[Organisation], cards: list[OrganisationCard]
) -> None:
    by_id = {one.pk: one for one in organisations}
    by_foreign_id = {card.foreign_id: by_id[card.organisation_id] for card in cards if card.foreign_id}
    by_name: dict[str, Organisation] = {}
    for one in organisations:
        by_name.setdefault(rules.fold(one.name), one)
    for key, told in found.listing["organisations"].items():
        here = by_foreign_id.get(key) or by_name.get(rules.fold(told["name"]))
        if here is not None:
            found.organisations[key] = here


def _match_offers(found: Comparison, village_id: UUID) -> None:
    services = found.listing["services"]
    rows = Offer.objects.filter(village_id=village_id).select_related("organisation").defer("search")
    for offer in rows.filter(known_by(services)).in_order():
        found.offers[offer.foreign_id if offer.foreign_id in services else str(offer.pk)] = offer
    homes = {one.pk for one in found.organisations.values()}
    by_hand = rows.filter(foreign_id="", organisation_id__in=homes).in_order()
    written = {(offer.organisation_id, offer.sort_key): offer for offer in by_hand}
    for key, service in services.items():
        home = found.organisations.get(service["organisation"])
        if key not in found.offers and home is not None:
            same = written.pop((home.pk, rules.fold(service["name"])[:250]), None)
            if same is not None:
                found.offers[key] = same
