"""Every night what waits at a desk goes under the key of the day, and the keys of more than a week ago are destroyed.

So a backup older than a week cannot be opened with the keys of today, although the concern may still wait.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from kring.intake.models import Concern
from kring.trust.keys import turning
from kring.trust.usecases.gatekeeping import at_the_gate

WAITING = """SELECT c.id, c.circle_id, c.subject_id, c.told_locked FROM intake_concern c
JOIN trust_circle k ON k.id = c.circle_id WHERE k.kind = 'desk' AND c.told_locked <> '' ORDER BY c.id"""
DESKS = "SELECT id FROM trust_circle WHERE kind = 'desk' ORDER BY id"


def turn(*, at: datetime) -> int:
    """Lock what waits anew; answers how many texts moved. Where only the serving role is known nothing turns."""
    if settings.ADDRESSES.owner is None:
        return 0
    today, moved = at.astimezone(UTC).date(), 0
    with at_the_gate() as gate:
        for row in gate.execute(WAITING).fetchall():
            moved += _under_the_key_of(row, today, gate)
        in_use = {turning.turn_of(bytes(locked)) for *_place, locked in gate.execute(WAITING).fetchall()}
        desks: list[UUID] = [desk for (desk,) in gate.execute(DESKS).fetchall()]
    for desk in desks:
        turning.destroy_old(desk, today, in_use)
    return moved


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
