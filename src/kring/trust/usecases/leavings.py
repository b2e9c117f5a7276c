"""Somebody's work ends on a day: said in time, so that everything they hold is passed on before it."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from kring.trust import journal, rules
from kring.trust.models import Job, Leaving
from kring.trust.permissions import NotAllowed
from kring.trust.viewer import Viewer


class WorkEndsSooner(Exception):
    """A last day lengthens no work: it was to end before that day anyway."""


class LastDayIsPast(Exception):
    """A last day is today or still to come, within a year."""


def may_say(job: Job, by: Viewer) -> bool:
    """Whether the viewer may say on which day this work ends: work that goes on. What others said stands for who leaves."""
    if by.seen_as is not None or by.scope is not None:
        return False
    said = standing(job.pk)
    if said is not None and by.person_id == said.person_id != said.said_by_id:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.may_say_leaving(%s, %s)", [job.pk, job.person_id])
        (may,) = cursor.fetchone()
    return bool(may)


def standing(job_id: UUID) -> Leaving | None:
    """That somebody leaves this work, if it was said and not taken back."""
    return Leaving.objects.filter(job_id=job_id, stopped_at__isnull=True).first()


@transaction.atomic
def say(job: Job, last_on: date, *, by: Viewer, at: datetime) -> Leaving:
    """Somebody's last day of work. Every seat through this work ends by itself when the day is over (K2).

    Work that was to end anyway becomes no longer by it.
    """
    if not may_say(job, by):
        raise NotAllowed("say who leaves")
    ends_at = rules.day_is_over(last_on, by.timezone)
    if not rules.lies_ahead(last_on, at, by.timezone):
        raise LastDayIsPast
    held = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)  # two who say it at once take turns
    leaving = standing(job.pk)
    was_until = leaving.was_until if leaving else held.until
    if was_until is not None and was_until < ends_at:
        raise WorkEndsSooner
    if leaving is None:
        leaving = Leaving(person_id=job.person_id, job=job, at=at, was_until=was_until)
    elif leaving.last_on == last_on and held.until == ends_at:
        return leaving
    leaving.last_on, leaving.said_by_id = last_on, by.person_id
    leaving.save()
    Job.objects.filter(pk=job.pk).update(until=ends_at)
    journal.write("said the last day of work", by=by, at=at, about=job.person_id, object_id=leaving.pk)
    return leaving


@transaction.atomic
def take_back(leaving: Leaving, *, by: Viewer, at: datetime) -> None:
    """Somebody stays after all."""
    if not may_say(leaving.job, by):
        raise NotAllowed("say who leaves")
    if leaving.stopped_at is None:
        leaving.stopped_at = at
        leaving.save(update_fields=["stopped_at"])
        Job.objects.filter(pk=leaving.job_id).update(until=leaving.was_until)
        journal.write("stays after all", by=by, at=at, about=leaving.person_id, object_id=leaving.pk)


def settle(how_many: int, *, by: Viewer) -> None:
    """Something was passed on that the one who leaves does not see any more: it still counts as done."""
    Leaving.objects.filter(person_id=by.person_id, stopped_at__isnull=True).update(
        settled=F("settled") + how_many
    )


def links_made() -> int:
    """How many cards and links of one's own making still open something for somebody else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.links_i_made()")
        (many,) = cursor.fetchone()
    return int(many)


@transaction.atomic
def end_links(*, by: Viewer, at: datetime) -> int:
    """Cards and links one made end; whoever needs one asks for a new one."""
    if by.seen_as is not None or by.scope is not None:
        raise NotAllowed("end links")
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.end_links_i_made(%s)", [at])
        (many,) = cursor.fetchone()
    if many:
        settle(int(many), by=by)
        journal.write("links ended", by=by, at=at)
    return int(many)
