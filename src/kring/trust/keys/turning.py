"""Keys that turn: what waits at a desk lies under the key of a day. Such a key opens for a week and is destroyed then.

Before a text that turns stand a sign (one byte) and the id of its key (16 bytes); after them it is as any locked text.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from kring.trust.keys import store
from kring.trust.keys.fields import LockedText
from kring.trust.keys.locking import Lock, lock_of

SIGN, BEFORE = b"\x02", 17
#: So long the key of a day opens what lies in backups; longer than a week ago nobody restores a desk.
OPENS = timedelta(days=7)
FARTHEST = timedelta(days=400)


def key_of(circle_id: UUID, day: date) -> UUID:
    """The id of the key of one day."""
    return uuid5(circle_id, day.isoformat())


def turn_of(locked: bytes) -> UUID | None:
    """The key of a day under which a text lies; None when it lies under the key of its circle."""
    return UUID(bytes=locked[1:BEFORE]) if locked[:1] == SIGN else None


def destroy_old(circle_id: UUID, today: date, in_use: Container[UUID | None]) -> int:
    """Destroy the keys of days a week ago and before, left a week ago by what lay under them; answers how many went."""
    went, back = 0, OPENS + timedelta(days=1)
    while back <= FARTHEST:
        key = key_of(circle_id, today - back)
        if (
            key not in in_use
            and store.stands("desk", key)
            and store.last_used("desk", key).date() <= today - OPENS
        ):
            store.destroy("desk", key)
            went += 1
        back += timedelta(days=1)
    return went


class TurningText(LockedText):
    """A locked text that lies under the key of a day, or under that of its circle."""

    def lock(self, row: Any) -> Lock:
        """What opens this row. Raises Gone."""
        return lock_of(row.circle_id, row.subject_id, make=False, turn=turn_of(super()._locked(row)))

    def of_many(self, rows: Sequence[Any]) -> list[Any]:
        """The texts of many rows; of a few days, each under a key of its own."""
        return [self.opened(row, self.lock(row)) for row in rows]

    def close(self, row: Any, text: str, day: date | None) -> None:
        """Lock a text under the key of this day, else under that of the circle."""
        if day is None or not text:
            self.__set__(row, text)
            return
        turn = key_of(row.circle_id, day)
        lock = lock_of(row.circle_id, row.subject_id, turn=turn)
        locked = lock.close(text.encode(), table=row._meta.db_table, column=self.column, row=row.pk)
        setattr(row, self.column, SIGN + turn.bytes + locked)

    def _locked(self, row: Any) -> bytes:
        locked = super()._locked(row)
        return locked[BEFORE:] if turn_of(locked) else locked
