"""Who leaves the contact point gives what they took up to a colleague; the one who asked goes on with a name and a day."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from kring.intake.models import Concern
from kring.intake.usecases.concerns import NoSuchColleague
from kring.trust import journal
from kring.trust.models import Job
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer


def colleagues(*, by: Viewer, at: datetime) -> list[Job]:
    """The others who work at the contact point now."""
    jobs = Job.objects.filter(person__village_id=by.village_id, role=Job.Role.CONTACT_POINT, since__lte=at)
    others = jobs.exclude(until__lte=at).exclude(person_id=by.person_id)
    return list(others.select_related("person").order_by("person__given_name", "id"))


def taken_up(*, by: Viewer) -> list[Concern]:
    """The concerns one took up and that still go on, the longest first."""
    return list(Concern.objects.open().filter(taken_by_id=by.person_id).order_by("taken_at", "id"))


@transaction.atomic
def pass_on(concern: Concern, whom: UUID, *, by: Viewer, at: datetime) -> None:
    """A colleague goes on with a first talk and keeps its promises; the one who gave it sees nothing of it any more."""
    by.must(Permission.ANSWER_CONCERN)
    journal.write(
        "concern passed on", by=by, at=at, circle_id=concern.circle_id, about=whom, object_id=concern.pk
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.pass_on_talk(%s, %s, %s)", [concern.pk, whom, at])
        (passed,) = cursor.fetchone()
    if not passed:
        raise NoSuchColleague
