"""Saying one part of an offer anew: when one can come, what it costs, anything else; and the school holidays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from kring.network import rules
from kring.network.models import GoodToKnow, Offer, SchoolHoliday
from kring.network.opening import Different, Hours, as_rhythms, is_plain, kept_from
from kring.network.usecases.offers import Spot, change, must_keep, words_of
from kring.trust import journal
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer

MOST_DIFFERENT = 30


class DaysCrossed(Exception):
    """The last day cannot be before the first."""


@dataclass(frozen=True, kw_only=True)
class OpeningWords:
    """When one can come, as somebody wrote it down: hours of each weekday, holidays, other days."""

    week: Mapping[str, tuple[Hours, ...]] = field(default_factory=dict)
    school_holidays: str = ""
    by_appointment: bool = False
    different: tuple[Different, ...] = ()
    schedule: str = ""


@dataclass(frozen=True, kw_only=True)
class Price:
    """What it costs: nothing, so much, or otherwise in words; and with which pass it is cheaper."""

    free: bool | None = None
    amount: Decimal | None = None
    cost: str = ""
    with_pass: str = ""


def _known(offer: Offer) -> GoodToKnow:
    """What is known of the offer, one at a time: two who write at once write one line."""
    Offer.objects.select_for_update().filter(pk=offer.pk).first()
    found = GoodToKnow.objects.filter(offer=offer).first()
    return found or GoodToKnow(offer=offer, village_id=offer.village_id)


@transaction.atomic
def reword(
    offer: Offer, *, by: Viewer, at: datetime, spots: tuple[Spot, ...] | None = None, **told: Any
) -> Offer:
    """One part of an offer in new words; everything else stays as it stands."""
    return change(offer, replace(words_of(offer), **told), by=by, at=at, spots=spots)


@transaction.atomic
def say_when(offer: Offer, words: OpeningWords, *, by: Viewer, at: datetime) -> Offer:
    """When one can come. Rhythms that a week of hours cannot show, as once a month, stay as they are."""
    must_keep(by, offer)
    if any(one.since > one.until for one in words.different):
        raise DaysCrossed
    known = _known(offer)
    known.school_holidays, known.by_appointment = words.school_holidays, words.by_appointment
    tidy = (replace(one, words=rules.one_line(one.words, 120)) for one in words.different)
    known.different = kept_from(list(tidy)[:MOST_DIFFERENT])
    known.save()
    offer.rhythms = [*as_rhythms(words.week), *(told for told in offer.rhythms if not is_plain(told))]
    return reword(offer, by=by, at=at, schedule=words.schedule)


@transaction.atomic
def say_price(offer: Offer, price: Price, *, by: Viewer, at: datetime) -> Offer:
    """What it costs; who says that it is free says no amount."""
    must_keep(by, offer)
    known = _known(offer)
    known.amount = None if price.free else price.amount
    known.with_pass = "" if price.free else rules.one_line(price.with_pass, 120)
    known.save()
    cost = "" if price.free else price.cost
    return reword(offer, by=by, at=at, free=price.free, cost=cost)


@transaction.atomic
def add_holiday(name: str, since: date, until: date, *, by: Viewer, at: datetime) -> SchoolHoliday:
    """The network coordinator writes down a school holiday; the same days twice are one."""
    by.must(Permission.KEEP_DIRECTORY)
    if since > until:
        raise DaysCrossed
    holiday, new = SchoolHoliday.objects.get_or_create(
        village_id=by.village_id, since=since, until=until, defaults={"name": rules.one_line(name, 80)}
    )
    if new:
        journal.write("school holiday added", by=by, at=at, object_id=holiday.pk)
    return holiday


@transaction.atomic
def remove_holiday(holiday_id: UUID, *, by: Viewer, at: datetime) -> None:
    """The days are school days after all."""
    by.must(Permission.KEEP_DIRECTORY)
    if SchoolHoliday.objects.filter(village_id=by.village_id, pk=holiday_id).delete()[0]:
        journal.write("school holiday removed", by=by, at=at, object_id=holiday_id)
