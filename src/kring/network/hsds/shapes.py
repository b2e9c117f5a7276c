"""The shapes that come out of a directory file, whatever shape it had when it came in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Fields = dict[str, Any]

MOST_BYTES = 10 * 1024 * 1024
MOST_ENTRIES = 200
DEEPEST = 40
MOST_PROBLEMS = 1_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may hold and how long it may take."""

    bytes: int = MOST_BYTES
    rows: int = 60_000
    seconds: float = 8.0

    @property
    def megabytes(self) -> int:
        """As people are told."""
        return self.bytes // 1024 // 1024


WHILE_SOMEBODY_WAITS = Limits()
IN_THE_BACKGROUND = Limits(120 * 1024 * 1024, 500_000, 120.0)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in the file that could not be read, and where it stands.

    ``row`` is the line of a table or the place in a list, from 1; 0 means the file as a whole.
    ``column`` is the column of the table or the path inside the record.
    """

    file: str
    row: int
    column: str
    message_key: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or a desk one can call."""

    name: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When something happens: how often, on which days, from when to when."""

    freq: str = ""
    interval: int = 1
    days: tuple[str, ...] = ()
    opens: str = ""
    closes: str = ""
    times: int | None = None
    since: str = ""
    until: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """A place where something is offered."""

    foreign_id: str
    name: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    neighbourhood: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    phone: str = ""
    access: str = ""
    extra: Fields = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who offers."""

    foreign_id: str
    name: str
    words: str = ""
    website: str = ""
    email: str = ""
    contact: Contact = Contact()
    extra: Fields = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Service:
    """What is offered."""

    foreign_id: str
    organisation: str
    name: str
    words: str = ""
    status: str = "active"
    website: str = ""
    how_to_get_in: str = ""
    conditions: str = ""
    waiting: str = ""
    cost: str = ""
    free: bool | None = None
    youngest: int | None = None
    oldest: int | None = None
    languages: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    rhythms: tuple[Rhythm, ...] = ()
    contact: Contact = Contact()
    extra: Fields = field(default_factory=dict)


@dataclass(slots=True)
class Reading:
    """Everything one file told us, and everything in it we could not read.

    ``whole`` is true when the file holds its complete list, so that what is missing from it is
    really gone; one page out of ten, a single service or a half-read file never says that.
    ``left_out`` counts the records that could not be read at all.
    """

    organisations: dict[str, Organisation] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    locations: dict[str, Location] = field(default_factory=dict)
    sectors: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    left_out: int = 0
    whole: bool = False
    kind: str = ""
