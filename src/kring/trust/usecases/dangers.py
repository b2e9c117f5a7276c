"""Danger: whoever heard it acts first; when they cannot be reached, somebody with the right opens it for four hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from kring.trust import journal, limits
from kring.trust.models import Danger, DangerReview, Seat
from kring.trust.permissions import Permission
from kring.trust.viewer import LiveJob, Viewer

#: Fewer letters than this are no reason.
SHORTEST_REASON = 20
#: So many different searches within an hour: enough to spell a name, too few to find out children.
MOST_SEARCHES, AN_HOUR = 6, 3600


class NothingFound(Exception):
    """No family answers to these words; the same for one that stopped, and for one from whom the asker is kept."""


@dataclass(frozen=True)
class Found:
    """A family one may open, and the one to call first: its coordinator, else the contact point."""

    family_id: UUID
    circle_id: UUID
    child_id: UUID
    name: str
    phone: str
    role: str


@dataclass(frozen=True)
class Why:
    """On which ground, why, and who was tried first: written by whoever opens."""

    ground: str
    reason: str
    tried: str


@dataclass(frozen=True)
class Opened:
    """One line of what was read: when, which page, in what kind of circle."""

    at: datetime
    part: str
    kind: str


def holds_right(by: Viewer) -> LiveJob | None:
    """The job through which the viewer holds the right now, asleep or awake."""
    if by.seen_as is not None or not by.can(Permission.OPEN_DANGER):
        return None
    for job in by.jobs:
        if _asked("SELECT trust.my_danger_right(%s)", job.id):
            return job
    return None


def sleeps(by: Viewer) -> bool:
    """Whether the viewer's right sleeps, until somebody looked at the last time."""
    return bool(_asked("SELECT trust.my_danger_right_sleeps()"))


def find(child: str, known: str, *, by: Viewer, at: datetime) -> list[Found]:
    """The families of a child somebody knows by first name and one thing more; too many searches find nobody. Each is written down."""
    by.must(Permission.OPEN_DANGER)
    journal.write("searched in danger", by=by, at=at)
    if not child.strip() or not known.strip() or not _may_search(child, known, by=by):
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust.find_in_danger(%s, %s)", [child, known])
        return [Found(*row) for row in cursor.fetchall()]


def _may_search(child: str, known: str, *, by: Viewer) -> bool:
    """Whether this search is still within the limit; the same words again are no new search."""
    words = "|".join((str(by.person_id), child.strip().lower(), known.strip().lower()))
    if limits.count("words in danger", words, seconds=AN_HOUR) > 1:
        return True
    if limits.within("searches in danger", str(by.person_id), most=MOST_SEARCHES, seconds=AN_HOUR):
        return True
    limits.forget("words in danger", words)
    return False


@transaction.atomic
def open_danger(made: UUID, found: Found, why: Why, *, by: Viewer, at: datetime) -> Danger:
    """Four hours begin. What is sent twice under one id is opened once. Raises NothingFound."""
    by.must(Permission.OPEN_DANGER)
    job = holds_right(by)
    row = Danger(pk=made, person_id=by.person_id, circle_id=found.circle_id)
    row.reason, row.tried = why.reason, why.tried
    opened = _asked(
        "SELECT trust.open_danger(%s, %s, %s, %s, %s, %s, %s, %s)", made, job.id if job else None, found.family_id, found.child_id,
        why.ground, row.reason_locked, row.tried_locked, at,
    )  # fmt: skip
    if not opened:
        raise NothingFound
    journal.write("opened in danger", by=by, at=at, object_id=made)
    return Danger.objects.get(pk=made)


@transaction.atomic
def end(danger_id: UUID, *, by: Viewer, at: datetime) -> None:
    """It is not needed any more: from now on nothing is seen. Done twice, it is done once."""
    by.must(Permission.OPEN_DANGER)
    if _asked("SELECT trust.end_danger(%s, %s)", danger_id, at):
        journal.write("ended a danger", by=by, at=at, object_id=danger_id)


@transaction.atomic
def say_what_was_done(danger: Danger, words: str, *, by: Viewer, at: datetime) -> bool:
    """Whoever opened it writes down what they did; no more once somebody looked at it. Raises Gone."""
    by.must(Permission.OPEN_DANGER)
    danger.did = words
    said = bool(_asked("SELECT trust.say_what_was_done(%s, %s)", danger.pk, bytes(danger.did_locked)))
    if said:
        journal.write("wrote down what was done in danger", by=by, at=at, object_id=danger.pk)
    return said


def opened(danger: Danger) -> list[Opened]:
    """What was read, as far as the asker may know it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust.opened_in_danger(%s)", [danger.pk])
        return [Opened(*row) for row in cursor.fetchall()]


def told_at(danger: Danger, *, young: bool) -> datetime:
    """When the family hears of it; the young person first."""
    moment: datetime = _asked("SELECT trust.danger_told_at(%s, %s)", danger.pk, young)
    return moment


def get(danger_id: UUID) -> Danger | None:
    """One danger, for whoever may know of it."""
    return known().filter(pk=danger_id).first()


def known() -> QuerySet[Danger]:
    """Every danger the asker may know of, the newest first."""
    rows = Danger.objects.select_related("job__organisation__village")
    return rows.exclude(ground="").order_by("-at", "id")


def names_in(found: Iterable[Danger]) -> dict[UUID, str]:
    """Who opened these, put off the telling or looked at it, by name: also who does not work here any more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust.names_in_dangers(%s)", [[one.pk for one in found]])
        return dict(cursor.fetchall())


def review_of(danger: Danger) -> DangerReview | None:
    """What somebody of another organisation said of it."""
    return DangerReview.objects.select_related("job__organisation__village").filter(danger=danger).first()


def is_young(danger: Danger, *, by: Viewer) -> bool:
    """Whether it was about the viewer; where that child was forgotten, no brother or sister takes its place."""
    return danger.child_id == by.person_id


def is_child(danger: Danger, *, by: Viewer) -> bool:
    """Whether the viewer is a child of this family."""
    return any(seat.family == danger.family_id and seat.role == Seat.Role.CHILD for seat in by.seats)


def _asked(question: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, list(values))
        row = cursor.fetchone()
    return row[0] if row else None
