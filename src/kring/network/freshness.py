"""How long ago somebody said that an offer is right, and what would help families besides. No database, no Django."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

ASKED_AFTER = 6
"""After so many months whoever keeps an offer is asked whether it is still right."""
CALL_FIRST_AFTER = 7
"""After so many months without an answer the directory says to call first."""

#: What families look for, in the order in which it helps most; each is the part of the page that asks it.
PARTS = ("words", "opening", "place", "ages", "getting-in", "contact", "cost", "languages", "pictures")


def months_between(first: date, last: date) -> int:
    """Whole months from one day to another, as people count them; never below nothing."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return max(0, months - (last.day < first.day))


@dataclass(frozen=True)
class Freshness:
    """When an offer was last known to be right, for whom somebody said so, and how many months ago."""

    on: date
    by: str
    months: int
    confirmed: bool

    @property
    def call_first(self) -> bool:
        """Whether one had better call before going there."""
        return self.months >= CALL_FIRST_AFTER

    @property
    def asks(self) -> bool:
        """Whether it is time to ask again."""
        return self.months >= ASKED_AFTER


def freshness(changed_at: datetime, confirmed_at: datetime | None, by: str, on: date) -> Freshness:
    """The youngest of the last change and the last yes."""
    confirmed = confirmed_at is not None and confirmed_at >= changed_at
    last = (confirmed_at if confirmed and confirmed_at else changed_at).date()
    return Freshness(last, by if confirmed else "", months_between(last, on), confirmed)


def missing(offer: Any, known: Any, *, places: Iterable[Any], pictures: int) -> list[str]:
    """The parts of an offer of which families would like to know more; an empty list is a full page."""
    told = {
        "words": offer.words,
        "opening": offer.rhythms or offer.schedule or known.by_appointment,
        "place": any(place.street or place.town for place in places) or offer.areas,
        "ages": offer.youngest is not None or offer.oldest is not None,
        "getting-in": offer.how_to_get_in,
        "contact": offer.contact_name and (offer.contact_phone or offer.contact_email),
        "cost": offer.free is not None or offer.cost or known.amount is not None,
        "languages": offer.languages,
        "pictures": pictures,
    }
    return [part for part in PARTS if not told[part]]
