"""Jobs: what somebody does for the village ends, and with it every seat that came with it (K2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from kring.trust import journal
from kring.trust.models import Job, Link, Person, Village
from kring.trust.permissions import Permission
from kring.trust.usecases import links
from kring.trust.viewer import Viewer

#: For so long what ended can go on after all.
LATELY = timedelta(days=30)


class OwnWork(Exception):
    """Nobody opens their own work again: the seats that wake with it would be their own (K9)."""


class LastAdministrator(Exception):
    """Somebody must keep the village; another administrator comes first."""


def of_village(village_id: UUID, *, at: datetime) -> list[Job]:
    """Everybody who works in the village now, by name, with their organisation."""
    live = Job.objects.filter(Q(until__isnull=True) | Q(until__gt=at), person__village_id=village_id)
    return list(live.select_related("person", "organisation").order_by("person__given_name", "since", "id"))


def officers(village_id: UUID, *, at: datetime) -> list[Job]:
    """Whom one rings when something waits for a second yes."""
    return [job for job in of_village(village_id, at=at) if job.role == Job.Role.TRUST_OFFICER]


def who_came_in(*, by: Viewer) -> set[UUID]:
    """Who of the village has been in here already: an invitation alone is nobody yet."""
    by.must(Permission.ADMINISTER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust.colleagues_who_came_in()")
        return {person for (person,) in cursor.fetchall()}


@dataclass(frozen=True)
class Ended:
    """Work that ended lately, with the name of whoever did it: they are no colleague any more."""

    id: UUID
    name: str
    role: str
    until: datetime

    @property
    def role_name(self) -> str:
        """The role in words."""
        return str(Job.Role(self.role).label)


def ended_lately(*, by: Viewer, at: datetime) -> list[Ended]:
    """Work that ended within the last month, the latest first."""
    by.must(Permission.ADMINISTER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust.ended_work(%s, %s)", [at - LATELY, at])
        return [Ended(*row) for row in cursor.fetchall()]


@transaction.atomic
def end(job_id: UUID, *, by: Viewer, at: datetime) -> Job:
    """From now on this person does not do this work here; a second tap changes nothing.

    Raises Job.DoesNotExist and LastAdministrator.
    """
    by.must(Permission.ADMINISTER)
    Village.objects.select_for_update().get(pk=by.village_id)  # two who end each other's work take turns
    job = _here(job_id, by)
    if job.until is not None and job.until <= at:
        return job
    if job.role == Job.Role.ADMINISTRATOR and not _another_administrator(job, by, at):
        raise LastAdministrator
    job.until = at
    job.save(update_fields=["until"])
    links.end(job.person_id, None, by=by, at=at)
    journal.write("job ended", by=by, at=at, about=job.person_id, object_id=job.pk)
    return job


@transaction.atomic
def begin_again(job_id: UUID, *, by: Viewer, at: datetime) -> Job:
    """It was a mistake: the work goes on, and the seats that came with it wake.

    Raises Job.DoesNotExist, also for what ended longer than a month ago, and OwnWork.
    """
    by.must(Permission.ADMINISTER)
    job = _here(job_id, by)
    if job.until is not None and job.until <= at - LATELY:
        raise Job.DoesNotExist
    if job.until is not None and job.person_id == by.person_id:
        raise OwnWork
    if job.until is not None:
        job.until = None
        job.save(update_fields=["until"])
        journal.write("job goes on", by=by, at=at, about=job.person_id, object_id=job.pk)
    return job


@transaction.atomic
def invite_again(job_id: UUID, *, by: Viewer, at: datetime) -> tuple[Person, links.Made]:
    """A new card for somebody who works here; the one before ends."""
    by.must(Permission.ADMINISTER)
    live = Q(until__isnull=True) | Q(until__gt=at)
    job = Job.objects.select_related("person").filter(live).get(pk=job_id, person__village_id=by.village_id)
    return job.person, links.make(job.person, Link.Purpose.SIGN_IN, None, by=by, at=at)


def _here(job_id: UUID, by: Viewer) -> Job:
    return Job.objects.select_for_update(of=("self",)).get(pk=job_id, organisation__village_id=by.village_id)


def _another_administrator(job: Job, by: Viewer, at: datetime) -> bool:
    """Whether somebody else keeps the village who has been here already: an invitation alone keeps nothing."""
    others = Job.objects.filter(
        Q(until__isnull=True) | Q(until__gt=at), role=Job.Role.ADMINISTRATOR, since__lte=at,
        organisation__village_id=by.village_id, person_id__in=who_came_in(by=by),
    )  # fmt: skip
    return others.exclude(person_id=job.person_id).exists()
