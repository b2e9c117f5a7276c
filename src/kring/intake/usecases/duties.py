"""Whose turn it is at the contact point."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from kring.intake.models import Duty
from kring.trust import journal
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer


@transaction.atomic
def take_turns(
    *,
    person_id: UUID,
    stand_in_id: UUID | None,
    since: datetime,
    by: Viewer,
    at: datetime,
    until: datetime | None = None,
) -> Duty:
    """Say who is on duty from a moment on, and who stands in; whoever was on duty stops then."""
    by.must(Permission.ANSWER_CONCERN)
    Duty.objects.filter(
        Q(until__isnull=True) | Q(until__gt=since), village_id=by.village_id, since__lte=since
    ).update(until=since)
    duty = Duty.objects.create(
        village_id=by.village_id, person_id=person_id,
        stand_in_id=None if stand_in_id == person_id else stand_in_id, since=since, until=until,
    )  # fmt: skip
    journal.write("duty given", by=by, at=at, object_id=duty.pk)
    return duty
