"""Watching over who looked: facts without content, and a question to who looked in an unusual way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from kring.trust import journal
from kring.trust.models import Circle, UnusualLook
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.viewer import Viewer

ASKED_FOR = timedelta(days=28)
#: Every seal is recomputed each night; two nights without it are too many.
CHECKED_WITHIN = timedelta(hours=50)
READ = "journal facts read"


@dataclass(frozen=True)
class Fact:
    """Who looked on one day: of which organisation, at how many families, from when to when. Never at which."""

    name: str
    organisation: str
    families: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class Unusual:
    """An unusual look, as the trust officer sees it."""

    id: UUID
    day: date
    at: datetime
    name: str
    organisation: str
    rule: str
    families: int
    answer: str
    words: str

    @property
    def why(self) -> str:
        """The rule, in words."""
        return str(UnusualLook.Rule(self.rule).label)

    @property
    def said(self) -> str:
        """What the looker answered, in words."""
        return str(UnusualLook.Answer(self.answer).label) if self.answer else ""


@dataclass(frozen=True)
class Seals:
    """How the seals stand: the newest one, and the last time everything was recomputed."""

    number: int | None
    sealed_at: datetime | None
    fingerprint: str | None
    checked_at: datetime | None
    findings: int | None
    since: datetime | None = None

    def is_overdue(self, at: datetime) -> bool:
        """Whether the nightly check did not come: nothing found is then no news."""
        last = self.checked_at or self.since
        return last is not None and last < at - CHECKED_WITHIN


def _rows(query: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, list(values))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def facts(day: date, *, by: Viewer, at: datetime) -> list[Fact]:
    """The facts of one day, by organisation and name; that they were read stands in the journal too."""
    by.must(Permission.READ_JOURNAL_FACTS)
    journal.write(READ, by=by, at=at)
    return [Fact(*row) for row in _rows("SELECT * FROM trust.journal_facts(%s)", day)]


def unusual(*, by: Viewer, at: datetime) -> list[Unusual]:
    """The unusual looks of four weeks, newest first; that they were read stands in the journal too."""
    by.must(Permission.READ_JOURNAL_FACTS)
    journal.write(READ, by=by, at=at)
    return [Unusual(*row) for row in _rows("SELECT * FROM trust.unusual_looks(%s)", (at - ASKED_FOR).date())]


def seals_stand(*, by: Viewer) -> Seals:
    """How the seals stand."""
    if not (by.can(Permission.READ_JOURNAL_FACTS) or by.can(Permission.ADMINISTER)):
        raise NotAllowed(Permission.READ_JOURNAL_FACTS.value)
    return Seals(*_rows("SELECT * FROM trust.seals_stand()")[0])


def watchers_looked(*, by: Viewer, at: datetime) -> list[tuple[str, datetime, int]]:
    """Who read the facts of the journal, in which minute and how many pages, newest first; each person a line of their own."""
    if not (by.can(Permission.READ_JOURNAL_FACTS) or by.can(Permission.ADMINISTER)):
        raise NotAllowed(Permission.ADMINISTER.value)
    looked = _rows("SELECT * FROM trust.watchers_looked(%s)", at - ASKED_FOR)
    return [(name, minute, pages) for name, minute, pages in looked]


def mine(*, by: Viewer, at: datetime) -> list[UnusualLook]:
    """What the viewer is asked about: their own looks of four weeks, newest first."""
    looks = UnusualLook.objects.filter(person_id=by.person_id, day__gte=(at - ASKED_FOR).date())
    return list(looks.order_by("-day", "rule"))


def families_of(looks: list[UnusualLook], *, by: Viewer) -> dict[UUID, str]:
    """The names of families in one's own looks, where one may still know them."""
    circles = Circle.objects.filter(pk__in=[look.circle_id for look in looks if look.circle_id])
    return {one.pk: one.family.name for one in circles.select_related("family") if one.family}


def answer(look_id: UUID, how: str, words: str, *, by: Viewer, at: datetime) -> bool:
    """Yes, because …; a mistake; or somebody else. Only about one's own look."""
    if by.seen_as is not None:
        raise NotAllowed("answer for somebody else")
    return bool(_rows("SELECT trust.answer_look(%s, %s, %s, %s)", look_id, how, words, at)[0][0])
