"""The nouns of the protocol, one dataclass each, and how a moment is read and written."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

FOREVER = datetime.max.replace(tzinfo=UTC)
SECTORS = ("education", "wellbeing", "leisure", "community", "police", "health", "town")
KINDS = ("family", "part", "home", "own", "confidence", "sealed", "group", "desk")
KINDS_OF_A_FAMILY = ("family", "part", "home", "own", "confidence", "sealed")
SEAT_GROUNDS = ("consent", "guardian", "own choice", "legal duty", "job")
EXCLUSION_GROUNDS = ("own choice", "guardian", "court order", "conflict", "withheld")


def moment(text: str) -> datetime:
    """Read a moment with its offset; one without an offset is no moment."""
    read = datetime.fromisoformat(text)
    if read.tzinfo is None:
        raise ValueError("a moment needs an offset")
    return read.astimezone(UTC)


def end_moment(text: str | None) -> datetime:
    """Read an end; no end is for ever."""
    return FOREVER if text is None else moment(text)


@dataclass(slots=True, eq=False)
class Village:
    """A village with the profile of its country and its own clock."""

    id: str
    country: str
    zone: ZoneInfo


@dataclass(slots=True, eq=False)
class Organisation:
    """A partner of one village."""

    id: str
    village: Village
    sector: str


@dataclass(slots=True, eq=False)
class Agreement:
    """A period in which an organisation works with its village."""

    id: str
    organisation: Organisation
    since: datetime
    until: datetime


@dataclass(slots=True, eq=False)
class Person:
    """Somebody in a village; the birth date may be unknown."""

    id: str
    village: Village
    born: date | None


@dataclass(slots=True, eq=False)
class Job:
    """A person's work at an organisation, bound by professional secrecy or not."""

    id: str
    person: Person
    organisation: Organisation
    bound: bool
    since: datetime
    until: datetime


@dataclass(slots=True, eq=False)
class Family:
    """Children and those who care for them."""

    id: str
    village: Village
    children: tuple[Person, ...]
    guardians: tuple[Person, ...]


@dataclass(slots=True, eq=False)
class Circle:
    """People who may know something together; `reading_ends` is when guardians stop reading."""

    id: str
    kind: str
    village: Village
    family: Family | None
    subject: Person | None
    safety: bool
    secrecy: bool
    reading_ends: datetime


@dataclass(slots=True, eq=False)
class Seat:
    """A person's place in a circle."""

    id: str
    circle: Circle
    person: Person
    since: datetime
    until: datetime
    job: Job | None
    history: bool
    ground: str


@dataclass(slots=True, eq=False)
class Exclusion:
    """Hides what is about the subject from a person, an organisation or a sector."""

    id: str
    subject: Person
    person: Person | None
    organisation: Organisation | None
    sector: str | None
    since: datetime
    until: datetime
    ground: str
    own_voice: datetime


@dataclass(slots=True, eq=False)
class Item:
    """Something written down in a circle."""

    id: str
    circle: Circle
    subject: Person | None
    author: Person
    at: datetime


@dataclass(slots=True, eq=False)
class Danger:
    """A professional opens a family's circles for four hours."""

    id: str
    person: Person
    job: Job
    family: Family
    at: datetime


Period = Agreement | Job | Seat | Exclusion
