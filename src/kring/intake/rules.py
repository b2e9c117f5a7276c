"""Decisions about concerns and promises: days, terms, likeness of words. No database, no Django."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from kring.trust.rules import works_on

ANSWERED_BEFORE = time(16, 0)
HELP_ANSWERED_BEFORE = time(12, 0)
HELP_STILL_TODAY_UNTIL = time(14, 0)

ASK_WHETHER_TRUE_AFTER = timedelta(days=14)
RECEIPT_STAYS = timedelta(days=30)
WARNED_BEFORE = timedelta(days=7)
REMINDERS_PER_PROMISE = 1

LONGEST_WHO = 200
LONGEST_SEEN = 10_000
LONGEST_REACH = 200
LONGEST_NAME = 120
LONGEST_REASON = 600
FEWEST_TO_COUNT = 5

# controls other than line and tab, halves of letters, and turns of the writing direction
_NO_LETTERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_MAIL = re.compile(r"[^\s<>@,;:]{1,64}@[^\s<>@,;:]{1,180}\.[^\s<>@,;:.]{2,24}")
_NUMBER = re.compile(r"\+?[\d][\d\s()./-]{5,24}")
_SAID_OF_MANY = """
    the his her their from class year child boy girl pupil student mother father family school and with
    een het van uit klas jaar kind jongen meisje leerling moeder vader gezin met zijn haar groep
    les des une classe enfant garcon fille eleve mere pere famille ecole avec son annee dans
"""
_LESS_TELLING = frozenset(_SAID_OF_MANY.split())


def clean(text: str, longest: int | None = None) -> str:
    """What somebody typed, without signs that are no letters: null bytes, controls, turns of the writing direction."""
    if longest is not None:  # ten megabytes are not looked at letter by letter
        text = text[: 4 * longest]
    text = _NO_LETTERS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return text if longest is None else text[:longest].rstrip()


def one_line(text: str, longest: int | None = None) -> str:
    """The same on one line."""
    return clean(" ".join(clean(text, longest).split()), longest)


def _next_working_day(day: date, off: Container[date]) -> date:
    day += timedelta(days=1)
    while not works_on(day, off):
        day += timedelta(days=1)
    return day


def answer_by(at: datetime, *, answer_days: int, zone: str, off: Container[date]) -> datetime:
    """Until when somebody calls back: so many working days later, before four o'clock in the village.

    What comes in after that hour, in a weekend or on a day `off` counts as told on the next working day.
    """
    there = at.astimezone(ZoneInfo(zone))
    day = there.date()
    if not works_on(day, off) or there.time() >= ANSWERED_BEFORE:
        day = _next_working_day(day, off)
    for _ in range(answer_days):
        day = _next_working_day(day, off)
    return datetime.combine(day, ANSWERED_BEFORE, ZoneInfo(zone))


def help_by(at: datetime, *, zone: str, off: Container[date]) -> datetime:
    """Until when somebody comes to a child who asks for help: still today, or the next working day before noon."""
    there = at.astimezone(ZoneInfo(zone))
    if works_on(there.date(), off) and there.time() < HELP_STILL_TODAY_UNTIL:
        return datetime.combine(there.date(), ANSWERED_BEFORE, ZoneInfo(zone))
    return datetime.combine(_next_working_day(there.date(), off), HELP_ANSWERED_BEFORE, ZoneInfo(zone))


def end_of_day(day: date, *, zone: str) -> datetime:
    """The hour before which something promised for a day is done."""
    return datetime.combine(day, ANSWERED_BEFORE, ZoneInfo(zone))


def term_ends(since: datetime, *, term_days: int, closed_at: datetime | None = None) -> datetime:
    """When what was told is deleted: at the end of the village's term, never before the receipt has ended."""
    end = since + timedelta(days=term_days)
    return end if closed_at is None else max(end, closed_at + RECEIPT_STAYS)


def is_warned(ends: datetime, at: datetime) -> bool:
    """Whether the last week before deletion has begun."""
    return ends - WARNED_BEFORE <= at


def is_late(due_at: datetime, *, at: datetime, kept_at: datetime | None = None) -> bool:
    """A promise is late when its moment has passed and it is not kept, or was kept after it."""
    return (kept_at or at) > due_at


def words_of(text: str) -> frozenset[str]:
    """The words of a text, folded: without accents, capitals and signs."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(
        sign if sign.isalnum() else " " for sign in folded if unicodedata.category(sign) not in ("Mn", "Cf")
    )
    return frozenset(letters.split()) - _LESS_TELLING


def maybe_the_same(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two sets of words may name the same child: at least half in common, and one word that tells."""
    common = first & second
    telling = any(len(word) > 2 and not word.isdigit() for word in common)
    return telling and 2 * len(common) >= min(len(first), len(second))


def likeness(texts: Sequence[str]) -> list[list[int]]:
    """For each text the places of the others that may be about the same child."""
    sets = [words_of(text) for text in texts]
    holders: dict[str, list[int]] = {}
    for place, words in enumerate(sets):
        for word in words:
            holders.setdefault(word, []).append(place)
    return [
        sorted(
            other
            for other in {o for word in words for o in holders[word]} - {place}
            if maybe_the_same(words, sets[other])
        )
        for place, words in enumerate(sets)
    ]


def mail_in(reach: str) -> str:
    """The e-mail address in what somebody wrote, or nothing."""
    found = _MAIL.search(reach)
    return found.group() if found else ""


def number_in(reach: str) -> str:
    """The telephone number in what somebody wrote, or nothing."""
    found = _NUMBER.search(reach)
    return found.group().strip() if found else ""


def share(part: int, whole: int) -> int | None:
    """How many in a hundred; nothing when there are too few to say."""
    return round(100 * part / whole) if whole >= FEWEST_TO_COUNT else None


def first_of(moments: Iterable[datetime | None]) -> datetime | None:
    """The earliest of the moments that are known."""
    return min((moment for moment in moments if moment is not None), default=None)
