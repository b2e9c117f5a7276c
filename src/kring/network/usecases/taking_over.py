"""Writing a compared list into the village: organisations, then places, then offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Model

from kring.network.before import Rows, picture, spots
from kring.network.comparing import Comparison, card_fingerprint, known_by
from kring.network.hsds.rows import Tell, to_nobody
from kring.network.listed import (
    CARD_FIELDS,
    OFFER_FIELDS,
    PLACE_FIELDS,
    Values,
    card_values,
    fingerprint,
    offer_fingerprint,
    offer_values,
    place_values,
)
from kring.network.models import Offer, OfferPlace, OrganisationCard, Place
from kring.network.usecases import maps
from kring.trust.models import Organisation
from kring.trust.viewer import Viewer

BATCH = 500


@dataclass
class Before:
    """What stood there before a list was taken over, and what is new since."""

    new: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    spots: dict[str, list[str]] = field(default_factory=dict)
    offers: Rows = field(default_factory=dict)
    cards: Rows = field(default_factory=dict)
    places: Rows = field(default_factory=dict)


RECKONED = (
    *("organisation", "source", "foreign_id", "fingerprint", "gone_on", "changed_by", "changed_at"),
    *("near", "search", "sort_key"),
)


def take_rows_over(
    found: Comparison, *, village_id: UUID, source: str, by: Viewer, at: datetime, tell: Tell = to_nobody
) -> Before:
    """Creates what is new and changes what the list tells differently; the same twice changes nothing.

    Answers what stood there before, by which all of it can be undone.
    """
    before = Before()
    changed, new = found.changed_offers(), found.new_offers()
    changed_cards = found.changed_organisations()
    _add_organisations(found, village_id)
    _take_cards_over(found, changed_cards, village_id, source, before)
    places = _take_places_over(found.listing["locations"], village_id, source, before)
    for key in new:
        home = found.organisations[found.listing["services"][key]["organisation"]]
        found.offers[key] = Offer(village_id=village_id, organisation=home)
    before.new = [str(found.offers[key].pk) for key in new]
    before.spots = spots(found.offers[key] for key in changed)
    keys = [*new, *changed]
    for first in range(0, len(keys), BATCH):
        some = keys[first : first + BATCH]
        for key in some:
            _fill(found, key, places, source=source, by=by, at=at)
        _keep([found.offers[key] for key in some], (*OFFER_FIELDS, *RECKONED), before.offers)
        _set_spots(found, some, places, set(new))
        tell(first + len(some), len(keys))
    return before


def _add_organisations(found: Comparison, village_id: UUID) -> None:
    """New organisations get a name and a sector; the sector of one we know is never changed by a list."""
    added: dict[str, Organisation] = {}
    for key in found.new_organisations():
        name = found.listing["organisations"][key]["name"][:200]
        sector = found.listing["sectors"].get(key, "")
        if sector not in Organisation.Sector.values:
            sector = Organisation.Sector.COMMUNITY
        found.organisations[key] = added.setdefault(
            name.casefold(), Organisation(village_id=village_id, name=name, sector=sector)
        )
    Organisation.objects.bulk_create(added.values(), batch_size=BATCH)


def _take_cards_over(
    found: Comparison, changed: list[str], village_id: UUID, source: str, before: Before
) -> None:
    cards: list[OrganisationCard] = []
    for key, home in found.organisations.items():
        card = found.cards.get(home.pk)
        if card is None:
            card = OrganisationCard(village_id=village_id, organisation=home, source=source, foreign_id=key)
            found.cards[home.pk] = card
        elif key not in changed:
            continue
        told = found.listing["organisations"][key]
        _tell(card, card_values(told), ours=key == str(home.pk))
        card.fingerprint = card_fingerprint(told)
        if card not in cards:
            cards.append(card)
    _keep(cards, (*CARD_FIELDS, "fingerprint"), before.cards)


def _take_places_over(locations: Values, village_id: UUID, source: str, before: Before) -> dict[str, Place]:
    rows = Place.objects.filter(known_by(locations), village_id=village_id).order_by("id")
    here = {place.foreign_id if place.foreign_id in locations else str(place.pk): place for place in rows}
    touched: list[Place] = []
    for key, location in locations.items():
        told = place_values(location)
        mark = fingerprint(told)
        place = here.setdefault(key, Place(village_id=village_id, foreign_id=key))
        if place.fingerprint != mark:
            _tell(place, told, ours=key == str(place.pk))
            place.fingerprint = mark
            if key != str(place.pk):
                place.source = source
            touched.append(place)
    maps.settle(touched, village_id)
    _keep(touched, (*PLACE_FIELDS, "fingerprint", "source"), before.places)
    return here


def _tell(row: Model, told: Values, *, ours: bool) -> None:
    """Writes what the list tells; our own list never held what another list says beside, so that stays."""
    for name, value in told.items():
        if not (ours and name == "extra"):
            setattr(row, name, value)


def _keep(rows: Sequence[Model], fields: Sequence[str], before: Rows) -> None:
    """Writes new and changed rows in a few statements, however long the list is; notes how they stood before."""
    if not rows:
        return
    before |= picture(rows, fields)
    type(rows[0])._default_manager.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=fields
    )


def _fill(
    found: Comparison, key: str, places: dict[str, Place], *, source: str, by: Viewer, at: datetime
) -> None:
    """Gives an offer the list's words; its own id stays, so that plans keep pointing at it."""
    offer, service = found.offers[key], found.listing["services"][key]
    ours = key == str(offer.pk)
    _tell(offer, offer_values(service), ours=ours)
    offer.organisation = found.organisations[service["organisation"]]
    if not ours:
        offer.source, offer.foreign_id = source, key
    offer.fingerprint = offer_fingerprint(service, found.listing)
    offer.gone_on = None
    offer.changed_by_id, offer.changed_at = by.person_id, at
    offer.reckon(places[spot] for spot in service["locations"] if spot in places)


def _set_spots(found: Comparison, keys: list[str], places: dict[str, Place], new: set[str]) -> None:
    if changed := [found.offers[key].pk for key in keys if key not in new]:
        OfferPlace.objects.filter(offer__in=changed).delete()
    OfferPlace.objects.bulk_create(
        [
            OfferPlace.there(found.offers[key], places[spot])
            for key in keys
            for spot in found.listing["services"][key]["locations"]
            if spot in places
        ],
        batch_size=BATCH,
    )
