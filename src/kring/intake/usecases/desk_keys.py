"""Every night what waits at a desk goes under the key of the day, and the keys of more than a week ago are destroyed.

So a backup older than a week cannot be opened with the keys of today, although the concern may still wait.
"""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from kring.intake.models import Concern
from kring.trust.keys import DoesNotOpen, store, turning
from kring.trust.usecases.gatekeeping import at_the_gate

log = logging.getLogger(__name__)
WAITING = """SELECT c.id, c.circle_id, c.subject_id, c.told_locked FROM intake_concern c
JOIN trust_circle k ON k.id = c.circle_id WHERE k.kind = 'desk' AND c.told_locked <> '' ORDER BY c.id"""
DESKS = "SELECT id FROM trust_circle WHERE kind = 'desk' ORDER BY id"


def turn(*, at: datetime) -> int:
    """Lock what waits anew; answers how many texts moved. Where only the serving role is known nothing turns."""
    if settings.ADDRESSES.owner is None:
        return 0
    today, moved = at.astimezone(UTC).date(), 0
    with at_the_gate() as gate:
        waiting = gate.execute(WAITING).fetchall()
        for key in _keys(waiting):  # yesterday's backup needs them, also after a standstill
            store.use("desk", key, at)
        for row in waiting:
            moved += _tried(row, today, gate)
        in_use = _keys(gate.execute(WAITING).fetchall())
        desks: list[UUID] = [desk for (desk,) in gate.execute(DESKS).fetchall()]
    for desk in desks:
        turning.destroy_old(desk, today, in_use)
    return moved


def _keys(waiting: list[tuple[Any, ...]]) -> set[UUID]:
    """The keys of days under which this lies."""
    return {key for *_place, locked in waiting if (key := turning.turn_of(bytes(locked)))}


def _tried(row: tuple[Any, ...], today: date, gate: Any) -> int:
    """One text that does not open holds up no other; its key stays."""
    try:
        return _under_the_key_of(row, today, gate)
    except (DoesNotOpen, store.Damaged) as problem:
        log.error("The concern %s does not turn: %s", row[0], type(problem).__name__)
        return 0


def _under_the_key_of(row: tuple[Any, ...], today: date, gate: Any) -> int:
    """One text, unless it lies there already, was taken up meanwhile, or its key is gone."""
    which, circle, subject, locked = row
    concern = Concern(id=which, circle_id=circle, subject_id=subject, told_locked=bytes(locked))
    if turning.turn_of(bytes(concern.told_locked)) == turning.key_of(circle, today) or not concern.told:
        return 0
    concern.tell(concern.told, on=today)
    done = gate.execute(
        "UPDATE intake_concern SET told_locked = %s WHERE id = %s AND told_locked = %s",
        [concern.told_locked, which, locked],
    )
    return int(done.rowcount)
