"""Calls instead of letters: what the coordinator tells somebody who wishes to be told."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from kring.messaging.models import Call
from kring.trust import journal
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer

#: So long one sees what was told, and can take it back.
SEEN = timedelta(days=7)


@transaction.atomic
def told(call: Call, *, by: Viewer, at: datetime, words: str = "") -> Call:
    """It was told; a second tap finds it done."""
    by.must(Permission.KEEP_PLAN, call.circle_id)
    call = Call.objects.select_for_update().get(pk=call.pk)
    if call.told_at is None:
        call.told_at, call.told_by_id, call.words = at, by.person_id, words
        call.save(update_fields=["told_at", "told_by", "words"])
        journal.write("told instead of written", by=by, at=at, circle_id=call.circle_id, about=call.person_id)
    return call


@transaction.atomic
def still_to_tell(call: Call, *, by: Viewer, at: datetime) -> Call:
    """Not told after all: it stands on the list again, unless a new call for the same person stands there already."""
    by.must(Permission.KEEP_PLAN, call.circle_id)
    call = Call.objects.select_for_update().get(pk=call.pk)
    waits = Call.objects.filter(circle_id=call.circle_id, person_id=call.person_id, told_at__isnull=True)
    if call.told_at is not None and not waits.exists():
        call.told_at, call.told_by_id, call.words = None, None, ""
        call.save(update_fields=["told_at", "told_by", "words"])
        journal.write("still to tell", by=by, at=at, circle_id=call.circle_id, about=call.person_id)
    return call


def of_family(family_id: UUID, at: datetime) -> list[Call]:
    """What is to be told, the oldest first; then what was told these days."""
    rows = Call.objects.filter(circle__family_id=family_id).exclude(told_at__lte=at - SEEN)
    found = list(rows.select_related("person", "told_by").order_by("asked_at", "id"))
    return sorted(found, key=lambda call: call.told_at is not None)
