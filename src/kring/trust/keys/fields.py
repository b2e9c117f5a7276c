"""What is written locked in a row: `words = LockedText("words_locked")` beside a BinaryField; `LockedBytes` for files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from kring.trust.keys.locking import Lock, lock_of


class LockedBytes:
    """Reads and writes as bytes, and lies in the database locked under the keys of `circle` and `subject`.

    The row says circle and subject before its content is set, and never changes them afterwards. Reading raises
    `Gone` when a key was destroyed and `DoesNotOpen` when the content was changed or moved.
    """

    def __init__(self, column: str) -> None:
        self.column = column

    def __get__(self, row: Any | None, of: type | None = None) -> Any:
        if row is None:
            return self
        return self.opened(row, self.lock(row)) if self._locked(row) else self.decoded(b"")

    def __set__(self, row: Any, content: Any) -> None:
        locked = b""
        if content:
            lock = lock_of(row.circle_id, row.subject_id)
            locked = lock.close(
                self.encoded(content), table=row._meta.db_table, column=self.column, row=row.pk
            )
        setattr(row, self.column, locked)

    def lock(self, row: Any) -> Lock:
        """What opens this row. Raises Gone."""
        return lock_of(row.circle_id, row.subject_id, make=False)

    def opened(self, row: Any, lock: Lock) -> Any:
        """The content, opened with a lock taken once for many rows."""
        locked = self._locked(row)
        if not locked:
            return self.decoded(b"")
        return self.decoded(lock.open(locked, table=row._meta.db_table, column=self.column, row=row.pk))

    def of_many(self, rows: Sequence[Any]) -> list[Any]:
        """The contents of many rows; each lock is taken once."""
        locks = dict(_locks(rows))
        return [self.opened(row, locks[row.circle_id, row.subject_id]) for row in rows]

    def encoded(self, content: Any) -> bytes:
        """As it is locked."""
        return bytes(content)

    def decoded(self, content: bytes) -> Any:
        """As it is read."""
        return content

    def _locked(self, row: Any) -> bytes:
        return bytes(getattr(row, self.column) or b"")


class LockedText(LockedBytes):
    """Reads and writes as a text, and lies in the database locked."""

    def encoded(self, content: Any) -> bytes:
        """As it is locked."""
        return str(content).encode()

    def decoded(self, content: bytes) -> Any:
        """As it is read."""
        return content.decode()


def _locks(rows: Iterable[Any]) -> Iterable[tuple[tuple[UUID, UUID | None], Lock]]:
    for circle_id, subject_id in {(row.circle_id, row.subject_id) for row in rows}:
        yield (circle_id, subject_id), lock_of(circle_id, subject_id, make=False)
