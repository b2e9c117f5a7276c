"""On which days nobody works in a country: one table each, as data with its source and who reviewed it.

What is promised within working days, and the look somebody takes after danger, pass over these days and over weekends.
"""

import json
from calendar import MONDAY, monthcalendar
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from dateutil.easter import easter

#: The years that the database knows by heart; `kring migrate` fills them in.
YEARS = range(2025, 2061)
SATURDAY = 5
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Table:
    """The days off of one country; each line says how its day is found."""

    country: str
    source: str
    reviewed_by: str
    reviewed_on: date
    moves_from_weekend: bool
    lines: tuple[dict[str, Any], ...]


@cache
def of(country: str) -> Table:
    """The table of a country."""
    told = json.loads(files(__package__).joinpath(f"{country}.json").read_text())
    reviewed_on = date.fromisoformat(told["reviewed_on"])
    return Table(
        told["country"], told["source"], told["reviewed_by"], reviewed_on, told["moves_from_weekend"], tuple(told["days"])
    )  # fmt: skip


@cache
def in_year(country: str, year: int) -> frozenset[date]:
    """The days off of one year; where a country gives another day for one in a weekend, that day."""
    table = of(country)
    days = [_day(line, year) for line in table.lines if year % line.get("every", 1) == 0]
    if not table.moves_from_weekend:
        return frozenset(days)
    off = {day for day in days if day.weekday() < SATURDAY}
    for day in sorted(set(days) - off):
        while day in off or day.weekday() >= SATURDAY:
            day += A_DAY
        off.add(day)
    return frozenset(off)


def _day(line: dict[str, Any], year: int) -> date:
    if "on" in line:
        return date.fromisoformat(f"{year}-{line['on']}")
    if "easter" in line:
        sunday: date = easter(year)
        return sunday + timedelta(days=line["easter"])
    return _monday(year, line["month"], line["monday"])


def _monday(year: int, month: int, which: int) -> date:
    """The first Monday of a month, or the last one (-1)."""
    mondays = [week[MONDAY] for week in monthcalendar(year, month) if week[MONDAY]]
    return date(year, month, mondays[which - 1 if which > 0 else which])


@dataclass(frozen=True)
class DaysOff(Container[date]):
    """The days off of a country, in every year."""

    country: str

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in in_year(self.country, day.year)
