"""The right in danger: one person asks for a colleague, another gives; for a year at most (D6)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from kring.trust import journal
from kring.trust.models import DangerRight, Job
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.viewer import Viewer

A_YEAR = timedelta(days=365)


def standing(at: datetime) -> list[DangerRight]:
    """Who holds the right now: shown to everybody who works in the village, so that one knows whom to call."""
    return list(_rights().filter(since__lte=at, until__gt=at))


def asked_for(at: datetime) -> list[DangerRight]:
    """For whom the right is asked, and a second person has not said yes yet."""
    return list(_rights().filter(given_by__isnull=True, until__gt=at))


def _rights() -> QuerySet[DangerRight]:
    rows = DangerRight.objects.select_related("job__person", "job__organisation", "asked_by", "given_by")
    return rows.order_by("job__person__given_name", "id")


@transaction.atomic
def ask(job: Job, *, by: Viewer, at: datetime) -> DangerRight:
    """The first of two: the right is asked for a colleague. Asked or given already, it stays one."""
    by.must(Permission.GIVE_DANGER_RIGHT)
    if job.person_id == by.person_id:
        raise NotAllowed(Permission.GIVE_DANGER_RIGHT.value)
    for again in _rights().filter(job=job, until__gt=at):
        return again
    right = DangerRight.objects.create(
        village_id=by.village_id, job=job, asked_by_id=by.person_id, asked_at=at, until=at + A_YEAR
    )
    journal.write("asked for the right in danger", by=by, at=at, object_id=right.pk)
    return right


@transaction.atomic
def give(right_id: UUID, *, by: Viewer, at: datetime) -> None:
    """The second of two, who is somebody else; one of the two is a trust officer."""
    by.must(Permission.GIVE_DANGER_RIGHT)
    if not _done("SELECT trust.give_danger_right(%s, %s)", right_id, at):
        raise NotAllowed(Permission.GIVE_DANGER_RIGHT.value)
    journal.write("gave the right in danger", by=by, at=at, object_id=right_id)


@transaction.atomic
def end(right_id: UUID, *, by: Viewer, at: datetime) -> None:
    """The right ends now: by one person, or by whoever holds it."""
    if not _done("SELECT trust.end_danger_right(%s, %s)", right_id, at):
        raise NotAllowed(Permission.GIVE_DANGER_RIGHT.value)
    journal.write("ended the right in danger", by=by, at=at, object_id=right_id)


def _done(question: str, right_id: UUID, at: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, [right_id, at])
        row = cursor.fetchone()
    return bool(row and row[0])
