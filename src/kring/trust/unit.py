"""The unit of work: who is asking, and which circles were read, from the first query to the last byte."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass
class Unit:
    """What one viewer did in one transaction."""

    at: datetime | None = None  # without it, the moment at which the database writes the readings down
    page: str = ""
    purpose: str = ""
    seen: set[tuple[UUID, UUID | None, str]] = field(default_factory=set)


_current: ContextVar[Unit | None] = ContextVar("kring_unit", default=None)


def saw(circle_id: UUID, part: str, about_id: UUID | None = None) -> None:
    """Remember that something of this circle was read, and about which child, for the journal."""
    unit = _current.get()
    if unit is not None:
        unit.seen.add((circle_id, about_id, part))


def current() -> Unit | None:
    """The unit of work that is open now, if any."""
    return _current.get()


@contextmanager
def opened(unit: Unit) -> Iterator[Unit]:
    """Keep this unit while the block runs."""
    token = _current.set(unit)
    try:
        yield unit
    finally:
        _current.reset(token)
