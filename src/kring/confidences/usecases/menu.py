"""The confidential menu: who of the village can be asked for what, chosen by the keepers of its words."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kring.confidences.models import OnTheMenu
from kring.trust import journal
from kring.trust.models import Job
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer


class NotAListener(Exception):
    """Only somebody with work that goes on can be asked."""


def standing(village_id: UUID) -> list[OnTheMenu]:
    """Who stands on the menu of this village now."""
    rows = OnTheMenu.objects.filter(village_id=village_id, until=None).exclude(job__until__isnull=False)
    return list(rows.select_related("job__organisation", "job__person").order_by("kind", "added_at", "id"))


@transaction.atomic
def put(job: Job, kind: str, *, by: Viewer, at: datetime) -> OnTheMenu:
    """From now on every young person can ask this colleague for this; twice is the same as once."""
    by.must(Permission.KEEP_WORDS)
    if kind not in OnTheMenu.Kind.values or job.until is not None:
        raise NotAListener
    row, new = OnTheMenu.objects.get_or_create(
        job=job, kind=kind, until=None,
        defaults={"village_id": by.village_id, "added_by_id": by.person_id, "added_at": at},
    )  # fmt: skip
    if new:
        journal.write("put somebody on the menu", by=by, at=at, object_id=row.pk)
    return row


@transaction.atomic
def take_off(row: OnTheMenu, *, by: Viewer, at: datetime) -> None:
    """Nobody new asks this colleague; what was begun goes on."""
    by.must(Permission.KEEP_WORDS)
    if row.until is None:
        row.until = at
        row.save(update_fields=["until"])
        journal.write("took somebody off the menu", by=by, at=at, object_id=row.pk)
