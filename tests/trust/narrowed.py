"""Of which tables the tests ask that go through every row: of all, or of those whose policy a proof has broken."""

from collections.abc import Collection

_only: set[str] = set()


def to(tables: Collection[str]) -> None:
    """Ask of these alone; of none named: of all again."""
    _only.clear()
    _only.update(tables)


def asks(table: str) -> bool:
    """Whether this table is asked for."""
    return not _only or table in _only
