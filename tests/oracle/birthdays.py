"""Birthdays, midnights and the ages at which things change, by country."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Profile:
    """The ages of own voice and of the end of a guardian's reading."""

    own_voice: int
    reading_ends: int


PROFILES = {"NL": Profile(12, 16), "BE": Profile(12, 12), "UK": Profile(12, 12), "FR": Profile(15, 18)}


def birthday(born: date, age: int) -> date:
    """The day somebody turns `age`; 29 February counts from 1 March in other years."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


@lru_cache(maxsize=4096)
def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first moment called 00:00 on that day; if the clock skips 00:00, the moment of the skip."""
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
