"""Every night what waits at a desk goes under the key of the day, and the keys of more than a week ago are destroyed.

So a backup older than a week cannot be opened with the keys of today, although the concern may still wait.
"""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from kring.intake.models import Concern
from kring.trust.keys import DoesNotOpen, store, turning

log = logging.getLogger(__name__)


def turn(*, at: datetime) -> int:
    """Lock what waits anew; answers how many texts moved."""
    today = at.astimezone(UTC).date()
    with transaction.atomic():
        waiting = _asked("SELECT * FROM trust.waits_at_desks()")
        for key in _keys(waiting):  # yesterday's backup needs them, also after a standstill
            store.use("desk", key, at)
        moved = sum(_tried(row, today) for row in waiting)
        in_use = _keys(_asked("SELECT * FROM trust.waits_at_desks()"))
        desks: list[UUID] = [desk for (desk,) in _asked("SELECT id FROM trust.every_desk()")]
    for desk in desks:
        turning.destroy_old(desk, today, in_use)
    return moved


def _asked(question: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, list(values))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _keys(waiting: list[tuple[Any, ...]]) -> set[UUID]:
    """The keys of days under which this lies."""
    return {key for *_place, locked in waiting if (key := turning.turn_of(bytes(locked)))}


def _tried(row: tuple[Any, ...], today: date) -> int:
    """One text that does not open holds up no other; its key stays."""
    try:
        return _under_the_key_of(row, today)
    except (DoesNotOpen, store.Damaged) as problem:
        log.error("The concern %s does not turn: %s", row[0], type(problem).__name__)
        return 0


def _under_the_key_of(row: tuple[Any, ...], today: date) -> int:
    """One text, unless it lies there already, was taken up meanwhile, or its key is gone."""
    which, circle, subject, locked = row
    concern = Concern(id=which, circle_id=circle, subject_id=subject, told_locked=bytes(locked))
    if turning.turn_of(bytes(concern.told_locked)) == turning.key_of(circle, today) or not concern.told:
        return 0
    concern.tell(concern.told, on=today)
    ((moved,),) = _asked("SELECT trust.turn_told(%s, %s, %s)", which, locked, concern.told_locked)
    return int(moved)
