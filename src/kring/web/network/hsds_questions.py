"""What a program may ask of the directory; what we do not understand is named, never guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpRequest
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext

from kring.network.models.offers import OfferQuerySet
from kring.network.published import words
from kring.web.network.hsds_answers import NotAnswered

A_PAGE, MOST_ON_A_PAGE, LAST_PAGE = 50, 200, 1_000_000
YES_OR_NO = {"true": True, "1": True, "false": False, "0": False}
T = TypeVar("T")


class Question:
    """The words behind the question mark, each read once; a word that is not among `known` is refused."""

    def __init__(self, request: HttpRequest, *known: str) -> None:
        self.request, self.asked = request, request.GET
        for name in self.asked:
            if name not in known:
                raise NotAnswered(
                    400,
                    gettext("We do not know “%(word)s” here. You can ask with: %(known)s.")
                    % {"word": name[:60], "known": ", ".join(known) or "–"},
                    name[:60],
                )
        if self.read("format", str, "json") != "json":
            raise self.wrong("format", gettext("We answer in JSON only: leave “format” out."))

    def wrong(self, name: str, sentence: str) -> NotAnswered:
        """What is wrong with one word of the question."""
        return NotAnswered(400, sentence, name)

    def read(self, name: str, reader: Callable[[str], T], otherwise: T) -> T:
        """The word through its reader; left out or empty, what holds otherwise."""
        told = self.asked.get(name, "").strip()
        return reader(told) if told else otherwise

    def number(self, name: str, otherwise: int, most: int) -> int:
        """A whole number from 1."""

        def reader(told: str) -> int:
            if told.isascii() and told.isdigit() and len(told) <= 9 and 1 <= int(told) <= most:
                return int(told)
            raise self.wrong(
                name,
                gettext("“%(word)s” is a whole number from 1 to %(most)s.") % {"word": name, "most": most},
            )

        return self.read(name, reader, otherwise)

    def yes(self, name: str) -> bool:
        """Yes or no; left out means no."""

        def reader(told: str) -> bool:
            if told.lower() in YES_OR_NO:
                return YES_OR_NO[told.lower()]
            raise self.wrong(name, gettext("“%(word)s” is true or false.") % {"word": name})

        return self.read(name, reader, False)

    def id(self, name: str) -> UUID | None:
        """An id."""

        def reader(told: str) -> UUID:
            try:
                return UUID(told)
            except ValueError:
                raise self.wrong(name, gettext("“%(word)s” is an id (a UUID).") % {"word": name}) from None

        return self.read(name, reader, None)

    def moment(self, name: str) -> datetime | None:
        """A day or a moment; without a time zone it is UTC."""

        def reader(told: str) -> datetime:
            found = _moment(told) or _moment(told.replace(" ", "+"))
            if found is None:
                raise self.wrong(
                    name,
                    gettext("“%(word)s” is a day or a moment, like 2026-11-20 or 2026-11-20T10:00:00Z.")
                    % {"word": name},
                )
            return found

        return self.read(name, reader, None)


def _moment(told: str) -> datetime | None:
    try:
        day = parse_date(told)
        found = datetime(day.year, day.month, day.day) if day else parse_datetime(told)  # noqa: DTZ001
        return found and (found if found.tzinfo else found.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None


NARROWING: dict[str, tuple[Callable[[Question, str], Any], Callable[[OfferQuerySet, Any], OfferQuerySet]]] = {
    "search": (lambda question, name: question.read(name, str, ""), OfferQuerySet.with_words),
    "organization_id": (Question.id, lambda found, told: found.filter(organisation_id=told)),
    "taxonomy_term_id": (Question.id, lambda found, told: _with_term(found, told)),
    "taxonomy_id": (Question.id, lambda found, told: _with_taxonomy(found, told)),
    "modified_after": (Question.moment, OfferQuerySet.changed_since),
}
"""The words of a question that leave fewer offers, with who reads them and what they leave."""


def narrowed(found: OfferQuerySet, question: Question, *names: str) -> OfferQuerySet:
    """The offers that fit everything a program asks for at once."""
    for name in names:
        reader, narrow = NARROWING[name]
        told = reader(question, name)
        if told:
            found = narrow(found, told)
    return found


def _with_term(found: OfferQuerySet, term_id: UUID) -> OfferQuerySet:
    term = words.term_called(term_id)
    if term is None:
        return found.none()
    having = {
        words.LIFE_DOMAINS: OfferQuerySet.in_domain,
        words.THEMES: OfferQuerySet.on_theme,
        words.SECTORS: OfferQuerySet.in_sector,
    }
    return having[term.taxonomy](found, term.code)


def _with_taxonomy(found: OfferQuerySet, taxonomy_id: UUID) -> OfferQuerySet:
    taxonomy = words.taxonomy_called(taxonomy_id)
    if taxonomy is None:
        return found.none()
    without = {words.LIFE_DOMAINS: {"domains": []}, words.THEMES: {"themes": []}}
    return found.exclude(**without[taxonomy]) if taxonomy in without else found
