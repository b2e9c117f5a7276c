"""After danger: the family is told later when it must be, and somebody of another organisation looks at it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from kring.trust import journal, rules
from kring.trust.models import Danger, DangerReview, Postponement
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.usecases import dangers
from kring.trust.viewer import LiveJob, Viewer


class NeedsAnEnd(Exception):
    """The family is told later until a day within four weeks; never without an end."""


class ToldAlready(Exception):
    """The family knows; nothing is put off any more."""


class LookedAtAlready(Exception):
    """Somebody else looked at it before."""


def may_review(danger: Danger) -> bool:
    """Whether the asker may look at it: of another organisation, and far from this family."""
    return _asked("SELECT trust.may_review_danger(%s)", danger.pk)


def may_watch(danger: Danger) -> bool:
    """Whether the asker is a trust officer who is far from this family."""
    return _asked("SELECT trust.may_watch_danger(%s)", danger.pk)


def register(*, by: Viewer) -> list[Danger]:
    """Every use, the newest first, for the trust officer: whoever opened it, when, on which ground."""
    by.must(Permission.POSTPONE_TELLING)
    return list(dangers.known().select_related("review").exclude(person_id=by.person_id))


def to_review(*, by: Viewer) -> list[Danger]:
    """What waits for somebody to look at it, and the viewer may; the oldest first."""
    by.must(Permission.REVIEW_DANGER)
    rows = dangers.known().filter(review__isnull=True).exclude(person_id=by.person_id).order_by("at", "id")
    return [danger for danger in rows if may_review(danger)]


def postponed(danger: Danger) -> list[Postponement]:
    """Until when the family is told later, and why; the newest first."""
    return list(Postponement.objects.filter(danger=danger).order_by("-at", "id"))


@transaction.atomic
def postpone(
    danger: Danger, until: datetime, reason: str, *, also_young: bool, by: Viewer, at: datetime
) -> Postponement:
    """The family is told later, until this moment. The same sent twice is one."""
    by.must(Permission.POSTPONE_TELLING)
    if not may_watch(danger) or danger.circle_id is None:
        raise NotAllowed(Permission.POSTPONE_TELLING.value)
    if not at < until <= at + rules.LONGEST_POSTPONED:
        raise NeedsAnEnd
    if dangers.told_at(danger, young=False) <= at:
        raise ToldAlready
    for again in postponed(danger):
        if (again.until, again.also_young, again.by_id) == (until, also_young, by.person_id):
            return again
    row = Postponement(danger=danger, circle_id=danger.circle_id, by_id=by.person_id, at=at, until=until,
                       also_young=also_young)  # fmt: skip
    row.reason = reason
    row.save(force_insert=True)
    journal.write("told a family later", by=by, at=at, object_id=danger.pk)
    return row


@transaction.atomic
def review(danger: Danger, was_right: bool, words: str, *, by: Viewer, at: datetime) -> DangerReview:
    """It was right, or not, in words the family reads too; with it the right wakes. Raises LookedAtAlready."""
    by.must(Permission.REVIEW_DANGER)
    if not may_review(danger) or danger.circle_id is None:
        raise NotAllowed(Permission.REVIEW_DANGER.value)
    Danger.objects.filter(pk=danger.pk).first()
    said = dangers.review_of(danger)
    if said is not None:
        if said.by_id != by.person_id:
            raise LookedAtAlready
        return said
    row = DangerReview(danger=danger, circle_id=danger.circle_id, by_id=by.person_id, job_id=_job(by).id, at=at,
                       was_right=was_right)  # fmt: skip
    row.words = words
    row.save(force_insert=True)
    journal.write("looked at a danger", by=by, at=at, object_id=danger.pk)
    return row


def _job(by: Viewer) -> LiveJob:
    return next((job for job in by.jobs if job.role == "trust officer"), by.jobs[0])


def _asked(question: str, danger_id: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, [danger_id])
        row = cursor.fetchone()
    return bool(row and row[0])
