"""What the law makes helpers keep, per country, as data with its source; a lawyer reads and signs it.

A file lies with the organisation that must keep it, unless that organisation says that its file lies here. Only then,
and only what its people wrote, a copy is moved apart when a family is forgotten (`kring.trust.kept`).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.trust.profiles import birthday

WORDS: dict[str, Promise] = {
    "youth help": _("The file of an organisation for youth help"),
    "last change": _("after the last change in it"),
    "birth": _("after the birth of the youngest child"),
}


@dataclass(frozen=True)
class Kept:
    """A file that must be kept: which, by what law, how many years, from when, and which of our texts belong to it."""

    country: str
    file: str
    law: str
    language: str
    years: int
    counted_from: str
    holds: tuple[str, ...]
    reviewed_by: str
    reviewed_on: date

    @property
    def what(self) -> Promise:
        """The file in plain words."""
        return WORDS[self.file]

    @property
    def since(self) -> Promise:
        """From when the years are counted."""
        return WORDS[self.counted_from]

    def ends(self, last_change: datetime, born: Sequence[date | None]) -> date:
        """The day on which it is destroyed, with the days on which the children were born.

        A child whose day of birth nobody wrote down counts as born on the last change: none is kept too short.
        """
        changed = last_change.date()
        if self.counted_from == "birth":
            return birthday(max((one or changed for one in born), default=changed), self.years)
        return birthday(changed, self.years)


@cache
def of(country: str) -> tuple[Kept, ...]:
    """What helpers of this country must keep, as far as it was looked up (`looked_up` says where)."""
    told = json.loads(files(__package__).joinpath(f"{country}.json").read_text(encoding="utf-8"))
    signed = {"reviewed_by": told["reviewed_by"], "reviewed_on": date.fromisoformat(told["reviewed_on"])}
    return tuple(
        Kept(**(line | signed | {"country": told["country"], "holds": tuple(line["holds"])}))
        for line in told["lines"]
    )
