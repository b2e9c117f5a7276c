"""The fingerprints of the journal: SHA-256 over values told in one way only. No database, no Django."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

Value = str | UUID | int | None
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def told(values: Iterable[Value]) -> str:
    """Values as `3:abc,-,0:`: each with its number of bytes, nothing as a dash."""
    return ",".join("-" if value is None else f"{len(str(value).encode())}:{value}" for value in values)


def fingerprint(*values: Value) -> str:
    """SHA-256 of what is told, in hexadecimal digits."""
    return sha256(told(values).encode()).hexdigest()


def microseconds(at: datetime) -> int:
    """A moment as microseconds since 1970."""
    return (at - EPOCH) // timedelta(microseconds=1)


@dataclass(frozen=True)
class Line:
    """One line of the journal with its place; without `entry` the line is gone, without `seal` it waits for one."""

    seal: int | None
    position: int
    entry: UUID
    who_salt: UUID | None
    who_print: str
    what_salt: UUID | None
    what_print: str
    at: datetime | None
    kind: str
    deed: str
    organisation: UUID | None
    rule: str
    person: UUID | None
    role: str
    circle: UUID | None
    about: UUID | None
    part: str
    object: UUID | None
    purpose: str

    @property
    def who(self) -> tuple[Value, ...]:
        """What an erasure of a person takes."""
        return (self.person, self.role)

    @property
    def what(self) -> tuple[Value, ...]:
        """What an erasure of a circle takes."""
        return (self.circle, self.about, self.part, self.object, self.purpose)

    def fingerprint(self) -> str:
        """What its batch binds."""
        at = microseconds(self.at) if self.at else None
        return fingerprint("line", self.entry, at, self.kind, self.deed, self.organisation, self.rule,
                           self.who_print, self.what_print)  # fmt: skip


@dataclass(frozen=True)
class Sealed:
    """A seal, as it stands in the database or as it was kept elsewhere."""

    number: int
    at: datetime
    lines: int
    root: str
    previous: str
    fingerprint: str

    def recomputed(self) -> str:
        """The fingerprint that follows from the rest."""
        return fingerprint("seal", self.number, microseconds(self.at), self.lines, self.root, self.previous)
