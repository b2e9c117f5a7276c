"""The people of the village: who works here, what they can do for a colleague, and finding them again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from babel import Locale, UnknownLocaleError
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from kring.network.models import ColleagueCard
from kring.network.rules import clean, fold, one_line, question_words
from kring.trust import journal
from kring.trust.models import Agreement, Job, Person
from kring.trust.permissions import NotAllowed
from kring.trust.viewer import Viewer

MOST_TRAINED = 8
EARLIEST, LATEST = 1900, 2999  # another year is a slip
SPEAKERS = ("en", "nl", "fr", "ar")
#: Words of a question that look for nobody: "who speaks Tigrinya" asks for Tigrinya.
LITTLE = frozenset(
    fold(
        "who speaks knows can about a an the of with in does anybody someone help me i need and or for "
        "wie spreekt kent weet kan over een de het van met iemand die mij ik zoek en of voor iets "
        "qui parle connait sait peut sur un une le la les de du des avec quelqu un je cherche et ou pour "
        "من يتكلم يتحدث يعرف عن في هل أحد مع أبحث"
    ).split()
)
_YEAR = re.compile(r"(?:(\d{1,2})[-/. ])?(\d{4})|(\d{4})[-/. ](\d{1,2})")


class NotAMonth(Exception):
    """A month and a year, or a year alone."""


@dataclass(frozen=True)
class Trained:
    """In what somebody was trained, and when: `2025-03`, `2025`, or nothing."""

    what: str
    month: str = ""


@dataclass(frozen=True)
class CardWords:
    """What somebody writes on their card."""

    role: str = ""
    words: str = ""
    languages: tuple[str, ...] = ()
    trained: tuple[Trained, ...] = ()
    neighbourhood: str = ""
    phone: str = ""
    days: tuple[str, ...] = ()
    reach: str = ""


@dataclass
class Colleague:
    """One person of the village as colleagues see them: from their job, and from their card if there is one."""

    person: Person
    jobs: list[Job] = field(default_factory=list)
    card: ColleagueCard | None = None

    @property
    def role(self) -> str:
        """What this person does, in plain words."""
        said = self.card.role if self.card else ""
        return said or next(
            (job.title for job in self.jobs if job.title), str(self.jobs[0].get_role_display())
        )

    @property
    def organisations(self) -> list[str]:
        """Where this person works."""
        return list(dict.fromkeys(job.organisation.name for job in self.jobs))

    @property
    def languages(self) -> list[str]:
        """The codes of what this person speaks."""
        if self.card is not None and self.card.languages:
            return list(self.card.languages)
        return list(
            dict.fromkeys(code for job in self.jobs for code in job.languages.replace(",", " ").split())
        )

    @property
    def phone(self) -> str:
        """The number to call."""
        said = self.card.phone if self.card else ""
        return said or next((job.phone for job in self.jobs if job.phone), "")

    @cached_property
    def found_by(self) -> str:
        """Every word by which this person is found, folded."""
        about = [self.person.full_name, self.role, *self.organisations, *map(names_of, self.languages)]
        return f" {fold(' '.join(about))} {self.card.found_by if self.card else ''}"


@lru_cache(maxsize=500)
def names_of(code: str) -> str:
    """A language by all its names: in the languages of the village and in itself."""
    names = []
    for speaker in (*SPEAKERS, code):
        try:
            names.append(Locale.parse(speaker, sep="-").languages.get(code, ""))
        except (UnknownLocaleError, ValueError):
            continue
    return " ".join(name for name in names if name)


def month_of(written: str) -> str:
    """A month as people write it, `03/2025` or `2025-3`, or a year alone; nothing when nothing was written."""
    said = fold(written)
    if not said:
        return ""
    found = _YEAR.fullmatch(said)
    if found is None:
        raise NotAMonth
    year, month = found[2] or found[3], found[1] or found[4]
    if not EARLIEST <= int(year) <= LATEST:
        raise NotAMonth
    if month is None:
        return year
    if not 1 <= int(month) <= 12:
        raise NotAMonth
    return f"{year}-{int(month):02}"


def wanted(question: str) -> list[str]:
    """The words that look for somebody."""
    words = question_words(question)
    return [word for word in words if word not in LITTLE] or words


def fits(colleague: Colleague, words: Iterable[str]) -> bool:
    """Whether every word begins a word by which this person is found, with or without an Arabic article."""
    text = colleague.found_by
    return all(f" {word}" in text or f" ال{word.removeprefix('ال')}" in text or f" {word.removeprefix('ال')}" in text
               for word in words)  # fmt: skip


def _live_jobs(village_id: UUID, at: datetime) -> QuerySet[Job]:
    agreed = Agreement.objects.filter(organisation=OuterRef("organisation"), since__lte=at).exclude(
        until__lte=at
    )
    jobs = Job.objects.filter(Exists(agreed), organisation__village_id=village_id, since__lte=at)
    return jobs.exclude(until__lte=at).select_related("person", "organisation")


def of_village(*, by: Viewer, at: datetime, only: UUID | None = None) -> list[Colleague]:
    """Everybody who works in the village, by name; for who works there too."""
    if not by.works or by.seen_as is not None:
        return []
    jobs, cards = _live_jobs(by.village_id, at), ColleagueCard.objects.all()
    if only is not None:
        jobs, cards = jobs.filter(person_id=only), cards.filter(person_id=only)
    written = {card.person_id: card for card in cards}
    found: dict[UUID, Colleague] = {}
    for job in jobs.order_by("since", "id"):
        found.setdefault(job.person_id, Colleague(job.person, [], written.get(job.person_id))).jobs.append(
            job
        )
    return sorted(found.values(), key=lambda one: (fold(one.person.full_name), str(one.person.pk)))


@transaction.atomic
def write_card(said: CardWords, *, by: Viewer, at: datetime) -> ColleagueCard:
    """Somebody writes their own card. The same words twice change nothing."""
    if not by.works or by.seen_as is not None:
        raise NotAllowed("write the own card")
    told = dict(_tidied(said))
    card = _own(by, at, told)
    if any(getattr(card, name) != value for name, value in told.items()):
        for name, value in told.items():
            setattr(card, name, value)
        card.written_at = at
        card.save()
        journal.write("wrote the own card", by=by, at=at, object_id=card.pk)
    return card


def _own(by: Viewer, at: datetime, told: dict[str, Any]) -> ColleagueCard:
    """The card there is; else an empty one to write on."""
    mine = ColleagueCard.objects.select_for_update().filter(person_id=by.person_id)
    if card := mine.first():
        return card
    try:
        with transaction.atomic():
            return ColleagueCard.objects.create(person_id=by.person_id, written_at=at)
    except IntegrityError:
        return mine.get()


def _tidied(said: CardWords) -> Iterator[tuple[str, Any]]:
    trained = [
        {"what": one_line(one.what, 120), "month": month_of(one.month)}
        for one in said.trained[:MOST_TRAINED]
        if one.what.strip()
    ]
    trained.sort(key=lambda one: one["month"], reverse=True)
    words, role = clean(said.words, 600), one_line(said.role, 120)
    neighbourhood, reach = one_line(said.neighbourhood, 120), one_line(said.reach, 200)
    languages = list(dict.fromkeys(said.languages))
    yield from {
        "role": role, "words": words, "languages": languages, "trained": trained, "neighbourhood": neighbourhood,
        "phone": one_line(said.phone, 40), "days": list(dict.fromkeys(said.days)), "reach": reach,
    }.items()  # fmt: skip
    pieces = [role, words, neighbourhood, *(one["what"] for one in trained), *map(names_of, languages)]
    yield "found_by", fold(" ".join(pieces))
