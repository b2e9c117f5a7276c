"""The right in danger: asked for by one person, given by another (`two_people`), for a year at most (D6)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from kring.trust import journal
from kring.trust.models import DangerRight, Job, Matter
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.usecases import two_people
from kring.trust.viewer import Viewer


def standing(at: datetime) -> QuerySet[DangerRight]:
    """Who holds the right now: shown to everybody who works in the village, so that one knows whom to call."""
    rows = DangerRight.objects.select_related("job__person", "job__organisation", "asked_by", "given_by")
    return rows.filter(since__lte=at, until__gt=at).order_by("job__person__given_name", "id")


def may_ask(viewer: Viewer) -> bool:
    """A trust officer says the second yes; others who keep rights ask."""
    return viewer.can(Permission.KEEP_DANGER_RIGHTS) and any(
        job.role in ("administrator", "lead") for job in viewer.jobs
    )


def ask(job: Job, why: str, *, by: Viewer, at: datetime) -> Matter:
    """The first of two: the right is asked for a colleague. On the second yes it is given, in that moment."""
    by.must(Permission.KEEP_DANGER_RIGHTS)
    return two_people.ask(Matter.Kind.DANGER, {"person": job.person_id, "job": job.pk}, why, by=by, at=at)


@transaction.atomic
def end(right_id: UUID, *, by: Viewer, at: datetime) -> None:
    """The right ends now: by one person who keeps rights, or by whoever holds it."""
    if not by.works:
        raise NotAllowed(Permission.KEEP_DANGER_RIGHTS.value)
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.end_danger_right(%s, %s)", [right_id, at])
        (ended,) = cursor.fetchone()
    if not ended:
        raise NotAllowed(Permission.KEEP_DANGER_RIGHTS.value)
    journal.write("ended the right in danger", by=by, at=at, object_id=right_id)
