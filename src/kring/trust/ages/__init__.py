"""Who decides what, at which age: one decision table per country, as data with its source and who reviewed it.

A lawyer reads and signs the file of a country; the pages show it, and a test holds it to the ages by which the
database decides. A village may only tighten.
"""

import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import groupby

from django.utils.translation import gettext_lazy as _


class Matter(StrEnum):
    """What there is to decide."""

    CONFIDE = "confide"
    READERS = "readers"
    OWN_PAGE = "own page"
    CIRCLE = "circle"
    PLAN = "plan"
    LEAVE_OUT = "leave out"
    SHOW_MORE = "show more"
    READ = "read"
    STOP = "stop"
    FORGET = "forget"


class Who(StrEnum):
    """Who decides it."""

    CHILD = "child"
    GUARDIANS = "guardians"
    BOTH = "both"
    EITHER = "either"


MATTERS = {
    Matter.CONFIDE: _("Tell somebody something in confidence"),
    Matter.READERS: _("Let one more person read it"),
    Matter.OWN_PAGE: _("Write the own page, and choose who reads it"),
    Matter.CIRCLE: _("Say who sits in the circle"),
    Matter.PLAN: _("Say yes to the plan"),
    Matter.LEAVE_OUT: _("Leave somebody out"),
    Matter.SHOW_MORE: _("Show more people what is about the child"),
    Matter.READ: _("Read what is about the child"),
    Matter.STOP: _("Stop"),
    Matter.FORGET: _("Ask that everything is forgotten"),
}

DECIDES = {
    Who.CHILD: _("the child"),
    Who.GUARDIANS: _("the parents or guardians"),
    Who.BOTH: _("the child and the parents or guardians, each their own yes"),
    Who.EITHER: _("the child, or a parent or guardian"),
}


@dataclass(frozen=True)
class Line:
    """From this age on (whole years) these decide the matter; `judged` for each decision, with the young person."""

    matter: Matter
    age: int
    who: Who
    judged: bool = False


@dataclass(frozen=True)
class Table:
    """The decision table of one country."""

    country: str
    source: str
    reviewed_by: str
    reviewed_on: date
    lines: tuple[Line, ...]

    def by_matter(self) -> list[tuple[Matter, list[Line]]]:
        """Each matter with its lines, the youngest age first."""
        return [(matter, list(lines)) for matter, lines in groupby(self.lines, key=lambda line: line.matter)]

    def decides(self, matter: Matter, age: int) -> Who:
        """Who decides this for a child of this age."""
        return next(line.who for line in reversed(self.lines) if line.matter == matter and line.age <= age)


class NotATable(Exception):
    """This file is not a decision table: a matter is missing, comes twice or its ages do not rise from birth."""


@cache
def of(country: str) -> Table:
    """The table of a country. Raises NotATable."""
    told = json.loads(files(__package__).joinpath(f"{country}.json").read_text())
    lines = tuple(
        Line(Matter(one["matter"]), one["from"], Who(one["who"]), one.get("judged", False))
        for one in told["lines"]
    )
    table = Table(
        told["country"], told["source"], told["reviewed_by"], date.fromisoformat(told["reviewed_on"]), lines
    )
    _check(table, country)
    return table


def _check(table: Table, country: str) -> None:
    found = table.by_matter()
    if table.country != country or [matter for matter, _lines in found] != list(Matter):
        raise NotATable(country)
    for _matter, lines in found:
        ages = [line.age for line in lines]
        if ages[0] != 0 or ages != sorted(set(ages)):
            raise NotATable(country)
