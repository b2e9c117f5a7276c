"""Writing down an offer, changing it, letting it rest."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from kring.network import rules
from kring.network.models import Keeping, Offer, OfferPlace, Place
from kring.trust import journal
from kring.trust.models import Organisation
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.viewer import Viewer

SEVERAL_LINES = ("words", "cost", "how_to_get_in", "conditions")


class OfferHasNoName(Exception):
    """An offer needs a name by which people ask for it."""


class AgesCrossed(Exception):
    """The youngest cannot be older than the oldest."""


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where an offer takes place, as somebody wrote it down."""

    name: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    neighbourhood: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, part.name) for part in fields(self))


@dataclass(frozen=True, kw_only=True)
class OfferWords:
    """What somebody writes down about an offer."""

    name: str
    words: str = ""
    status: str = Offer.Status.ACTIVE
    domains: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    youngest: int | None = None
    oldest: int | None = None
    languages: tuple[str, ...] = ()
    free: bool | None = None
    cost: str = ""
    schedule: str = ""
    how_to_get_in: str = ""
    conditions: str = ""
    waiting: str = ""
    website: str = ""
    contact_name: str = ""
    contact_role: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    areas: tuple[str, ...] = ()


def may_keep(by: Viewer, organisation_id: UUID) -> bool:
    """Whether somebody may write the offers of this organisation."""
    own = any(job.role == "lead" and job.organisation == organisation_id for job in by.jobs)
    return by.can(Permission.KEEP_DIRECTORY) or (own and by.can(Permission.KEEP_OWN_OFFERS))


def keeps(by: Viewer, offer: Offer) -> bool:
    """Whether somebody keeps this offer right: its owner, the lead, or the network coordinator."""
    keeping: Keeping | None = getattr(offer, "keeping", None)
    owns = keeping is not None and keeping.owner_id == by.person_id and by.works and by.seen_as is None
    return by.village_id == offer.village_id and (owns or may_keep(by, offer.organisation_id))


def must_keep(by: Viewer, offer: Offer) -> None:
    """Go on only if this person keeps the offer right."""
    if not keeps(by, offer):
        raise NotAllowed(Permission.KEEP_OWN_OFFERS.value)


def words_of(offer: Offer) -> OfferWords:
    """What is written down of an offer now, so that a part of it can be said anew."""
    told: dict[str, Any] = {part.name: getattr(offer, part.name) for part in fields(OfferWords)}
    lists = {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
    return OfferWords(**told | lists)


@transaction.atomic
def add(
    organisation: Organisation,
    words: OfferWords,
    *,
    by: Viewer,
    at: datetime,
    spots: tuple[Spot, ...] = (),
    key: UUID | None = None,
) -> Offer:
    """An organisation offers something new; the same key twice (a second click) makes one offer."""
    if not may_keep(by, organisation.pk):
        raise NotAllowed(Permission.KEEP_OWN_OFFERS.value)
    already = Offer.objects.filter(pk=key, organisation=organisation).first() if key else None
    if already is not None:
        return already
    offer = Offer(id=key or uuid4(), village_id=organisation.village_id, organisation=organisation)
    _write(offer, words, by=by, at=at, spots=spots)
    journal.write("offer added", by=by, at=at, object_id=offer.pk)
    return offer


@transaction.atomic
def change(
    offer: Offer, words: OfferWords, *, by: Viewer, at: datetime, spots: tuple[Spot, ...] | None = None
) -> Offer:
    """Somebody who keeps the offer writes it anew; without spots it stays where it was."""
    must_keep(by, offer)
    _write(offer, words, by=by, at=at, spots=spots)
    journal.write("offer changed", by=by, at=at, object_id=offer.pk)
    return offer


def _write(
    offer: Offer, words: OfferWords, *, by: Viewer, at: datetime, spots: tuple[Spot, ...] | None
) -> None:
    if not rules.one_line(words.name, 250):
        raise OfferHasNoName
    if words.youngest is not None and words.oldest is not None and words.youngest > words.oldest:
        raise AgesCrossed
    for part in fields(words):
        setattr(offer, part.name, _tidy(part.name, getattr(words, part.name)))
    offer.summary = rules.first_sentence(offer.words)
    offer.gone_on = None
    offer.changed_by_id, offer.changed_at = by.person_id, at
    places = _places(offer, spots)
    offer.reckon(places)
    offer.save()
    if spots is not None:
        OfferPlace.objects.filter(offer=offer).delete()
        OfferPlace.objects.bulk_create([OfferPlace.there(offer, place) for place in places])


def _tidy(name: str, value: Any) -> Any:
    """Text without hidden signs, on one line where there is one line."""
    if isinstance(value, tuple):
        return [_tidy("", one) for one in value]
    if not isinstance(value, str):
        return value
    return rules.clean(value, 5_000) if name in SEVERAL_LINES else rules.one_line(value, 500)


def _places(offer: Offer, spots: tuple[Spot, ...] | None) -> list[Place]:
    """The places of an offer: those written down now, else those it had."""
    if spots is None:
        return list(Place.objects.filter(spots__offer=offer).order_by("id"))
    return [_place(offer.village_id, spot) for spot in spots if spot]


def _place(village_id: UUID, spot: Spot) -> Place:
    told = {part.name: _tidy(part.name, getattr(spot, part.name)) for part in fields(spot)}
    known = Place.objects.filter(village_id=village_id, foreign_id="", **told).order_by("id").first()
    return known or Place.objects.create(village_id=village_id, **told)
