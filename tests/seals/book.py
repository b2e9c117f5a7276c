"""A journal of a few days, made up, sealed in batches, with one circle that was forgotten lawfully."""

import random
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg

from kring.trust.seals import reading
from kring.trust.seals.prints import Line, Sealed
from kring.trust.seals.verifying import Verified, verify

BEGAN = datetime(2026, 3, 2, 7, tzinfo=UTC)
BATCHES, LINES = 8, 8
KEPT = ("id", "at", "kind", "deed", "organisation_id", "rule")
COLUMNS = (*KEPT, "person_id", "role", "circle_id", "about_id", "part", "object_id", "purpose")


def one_line(chance: random.Random, at: datetime, **facts: Any) -> dict[str, Any]:
    """A line as it could have been."""
    some = lambda share: uuid.UUID(int=chance.getrandbits(128)) if chance.random() < share else None  # noqa: E731
    return {
        "id": uuid.UUID(int=chance.getrandbits(128)), "at": at, "kind": chance.choice(["read", "done"]),
        "deed": chance.choice(["", "plan approved", "écrit, ٣:"]), "organisation_id": some(0.7),
        "rule": chance.choice(["seat", "link"]), "person_id": uuid.UUID(int=chance.getrandbits(128)),
        "role": chance.choice(["coordinator", "guardian"]), "circle_id": some(1), "about_id": some(0.4),
        "part": chance.choice(["plan", "story"]), "object_id": some(0.3), "purpose": chance.choice(["", "seen"]),
    } | facts  # fmt: skip


def write(owner: psycopg.Connection, line: dict[str, Any]) -> None:
    """Write one line with the owner's power."""
    marks = ", ".join(["%s"] * len(line))
    owner.execute(f"INSERT INTO trust_entry ({', '.join(line)}) VALUES ({marks})", list(line.values()))


class Book:
    """The journal, and the seals as they were kept elsewhere."""

    def __init__(self, owner: psycopg.Connection, seed: int) -> None:
        self.owner, self.chance = owner, random.Random(seed)
        owner.execute(
            "SET session_replication_role = replica"
        )  # no trigger, no foreign key: the owner's full power
        for batch in range(BATCHES):
            day = BEGAN + timedelta(days=batch)
            for minute in sorted(self.chance.sample(range(600), LINES)):
                write(owner, one_line(self.chance, day + timedelta(minutes=minute)))
            self.seal(day + timedelta(hours=11))
        (forgotten,) = owner.execute("SELECT circle_id FROM trust_entry ORDER BY at LIMIT 1").fetchone()
        (person,) = owner.execute("SELECT person_id FROM trust_entry ORDER BY at DESC LIMIT 1").fetchone()
        self.last = BEGAN + timedelta(days=BATCHES)
        assert owner.execute("SELECT trust.empty_entries(%s, %s, %s)", [[forgotten], [person], self.last]).fetchone() == (2,)  # fmt: skip
        self.outside, self.forgotten = self.seals(), {self.last}

    def seal(self, at: datetime) -> None:
        """Seal what is there until then."""
        self.owner.execute("SELECT trust.reckon_seal(%s, %s, 50000)", [at, at])

    def seals(self) -> list[Sealed]:
        """The seals as they stand now."""
        with self.owner.cursor() as cursor:
            return reading.seals(cursor)

    def lines(self) -> Iterable[Line]:
        """The lines as they stand now, inside a transaction."""
        return reading.lines(self.owner)

    def verified(self) -> Verified:
        """What a verification from the seals kept elsewhere and the ledger says now."""
        return verify(self.lines(), self.seals(), self.outside, self.forgotten)
