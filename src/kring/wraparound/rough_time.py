"""When something was, as people remember it: a year, and perhaps a season. Without database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

#: Seasons in the order of a year. A year that begins in winter ends in autumn.
SEASONS = ("winter", "spring", "summer", "autumn")
#: So many years back one can choose: before the birth of whoever is a child now.
FARTHEST = 25


class EndsBeforeItBegan(Exception):
    """Help that ended before it began."""


class IsToCome(Exception):
    """Help of before did not begin in a year to come."""


@dataclass(frozen=True, order=True)
class RoughTime:
    """A year and perhaps a season; without a season anywhere in that year."""

    year: int
    season: str = ""

    @property
    def earliest(self) -> float:
        """The first moment it can mean, in years."""
        return self.year + (SEASONS.index(self.season) / 4 if self.season else 0)

    @property
    def latest(self) -> float:
        """The last moment it can mean, in years."""
        return self.year + ((SEASONS.index(self.season) + 1) / 4 if self.season else 1)


def must_follow(since: RoughTime, until: RoughTime | None, this_year: int) -> None:
    """Go on only if it began by now and did not end before it began."""
    if since.year > this_year or (until is not None and until.year > this_year):
        raise IsToCome
    if until is not None and until.latest <= since.earliest:
        raise EndsBeforeItBegan


def years_back(this_year: int) -> list[int]:
    """The years one can choose, the newest first. They come of no day of birth: one that is missing would tell (K4)."""
    return list(range(this_year, this_year - FARTHEST - 1, -1))


Row = TypeVar("Row")


@dataclass(frozen=True)
class Stretch(Generic[Row]):
    """One help on the line: where it begins and ends, in years, and in which lane it is drawn."""

    row: Row
    begins: float
    ends: float
    lane: int


def in_lanes(rows: Sequence[tuple[Row, float, float]]) -> list[Stretch[Row]]:
    """Each stretch in the first lane that is free from its beginning on; the order is kept."""
    free: list[float] = []
    found = []
    for row, begins, ends in rows:
        lane = next((number for number, end in enumerate(free) if end <= begins), len(free))
        if lane == len(free):
            free.append(ends)
        free[lane] = ends
        found.append(Stretch(row, begins, ends, lane))
    return found
