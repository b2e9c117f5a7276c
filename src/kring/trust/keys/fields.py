"""A text of a row that is written locked: `words = LockedText("words_locked")` beside a BinaryField of that name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from kring.trust.keys.locking import Lock, lock_of


class LockedText:
    """Reads and writes as a text, and lies in the database locked under the keys of `circle` and `subject`.

    The row says circle and subject before its text is set, and never changes them afterwards. Reading raises
    `Gone` when a key was destroyed and `DoesNotOpen` when the text was changed or moved.
    """

    def __init__(self, column: str) -> None:
        self.column = column

    def __get__(self, row: Any | None, of: type | None = None) -> Any:
        if row is None:
            return self
        return (
            self.opened(row, lock_of(row.circle_id, row.subject_id, make=False)) if self._locked(row) else ""
        )

    def __set__(self, row: Any, text: str) -> None:
        locked = b""
        if text:
            lock = lock_of(row.circle_id, row.subject_id)
            locked = lock.close(text.encode(), table=row._meta.db_table, column=self.column, row=row.pk)
        setattr(row, self.column, locked)

    def opened(self, row: Any, lock: Lock) -> str:
        """The text, opened with a lock taken once for many rows."""
        locked = self._locked(row)
        if not locked:
            return ""
        return lock.open(locked, table=row._meta.db_table, column=self.column, row=row.pk).decode()

    def of_many(self, rows: Sequence[Any]) -> list[str]:
        """The texts of many rows; each lock is taken once."""
        locks = dict(_locks(rows))
        return [self.opened(row, locks[row.circle_id, row.subject_id]) for row in rows]

    def _locked(self, row: Any) -> bytes:
        return bytes(getattr(row, self.column) or b"")


def _locks(rows: Iterable[Any]) -> Iterable[tuple[tuple[UUID, UUID | None], Lock]]:
    for circle_id, subject_id in {(row.circle_id, row.subject_id) for row in rows}:
        yield (circle_id, subject_id), lock_of(circle_id, subject_id, make=False)
