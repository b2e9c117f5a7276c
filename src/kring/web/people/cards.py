"""A person of the village as a card: who it is, what they can do for you, and how to reach them."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from babel.dates import format_skeleton, get_day_names
from django.utils.translation import get_language

from kring.network.colleagues import Colleague
from kring.network.rules import first_sentence
from kring.network.words import DAYS
from kring.web.design.addresses import address
from kring.web.design.lists import listed
from kring.web.network.speaking import language_words


@dataclass(frozen=True)
class Card:
    """One colleague as page and list show them."""

    colleague: Colleague
    me: bool = False

    @property
    def id(self) -> UUID:
        """Whose card it is."""
        return self.colleague.person.pk

    @property
    def name(self) -> str:
        """First name and surname."""
        return self.colleague.person.full_name

    @property
    def url(self) -> str:
        """Where the whole card stands."""
        return address("people:colleague", self.id)

    @property
    def role(self) -> str:
        """What this person does."""
        return self.colleague.role

    @property
    def where(self) -> str:
        """Organisations, and the neighbourhood."""
        card = self.colleague.card
        return " · ".join(
            filter(None, [listed(self.colleague.organisations), card.neighbourhood if card else ""])
        )

    @property
    def languages(self) -> str:
        """What this person speaks, by name."""
        return language_words(self.colleague.languages)

    @property
    def words(self) -> str:
        """What this person can do for you."""
        return self.colleague.card.words if self.colleague.card else ""

    @property
    def short(self) -> str:
        """The first sentence of it."""
        return first_sentence(self.words)

    @property
    def phone(self) -> str:
        """The number."""
        return self.colleague.phone

    @property
    def days(self) -> str:
        """The days on which this person works."""
        said = days_listed(self.colleague.card.days) if self.colleague.card else ""
        return said[:1].upper() + said[1:]

    @property
    def reach(self) -> str:
        """When and how this person is reached best."""
        return self.colleague.card.reach if self.colleague.card else ""

    @property
    def trained(self) -> list[dict[str, str]]:
        """What this person was trained in, and when, as one says it."""
        rows: list[dict[str, Any]] = self.colleague.card.trained if self.colleague.card else []
        return [{"what": row["what"], "when": month_said(row["month"])} for row in rows]


def days_listed(codes: Container[str]) -> str:
    """Days of the week by their names, in the order of the week."""
    names = get_day_names("wide", locale=get_language() or "en")
    return listed(names[number] for number, day in enumerate(DAYS) if day in codes)


def month_said(month: str) -> str:
    """`2025-03` is March 2025."""
    from datetime import date

    if "-" not in month:
        return month
    year, number = month.split("-")
    return format_skeleton(
        "yMMMM", date(int(year), int(number), 1), locale=(get_language() or "en").split("-")[0]
    )
