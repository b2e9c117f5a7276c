"""Readers that never rest: each read is told apart by whether it began after the end of a right was acknowledged."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings

from kring.trust import identity

WHO = "SELECT set_config('kring.identity', %s, true)"
FOR_EVER = float("inf")


@dataclass
class Reader:
    """One connection of the serving role, asking as one person: in a new transaction each time, or in one that stays
    open, as a long task would."""

    connection: psycopg.Connection[Any]
    person: UUID
    question: str
    stays_open: bool

    def read(self) -> int:
        """How many rows there are for this person now."""
        if self.stays_open:
            return self._count()
        with self.connection.transaction():
            self.says_who()
            return self._count()

    def says_who(self) -> None:
        """The signed identity, for this transaction."""
        backend = self.connection.info.backend_pid
        line = identity.signed(settings.IDENTITY_KEY, person=self.person, backend=backend, at=time.time())
        self.connection.execute(WHO, [line])

    def _count(self) -> int:
        row = self.connection.execute(self.question).fetchone()
        return int(row[0]) if row else 0


@dataclass
class Tally:
    """What the readers found."""

    before: int = 0
    after: int = 0
    breaches: int = 0
    rounds: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass
class Round:
    """Readers hammer, a right ends, readers hammer on."""

    readers: list[Reader]
    each: int
    tally: Tally
    acknowledged: float = FOR_EVER

    def play(self, end: Callable[[], object]) -> None:
        """End it while they read; every read that begins after the answer must find nothing."""
        seen = [threading.Event() for _ in self.readers]
        threads = [
            threading.Thread(target=self._hammer, args=(reader, event), daemon=True)
            for reader, event in zip(self.readers, seen, strict=True)
        ]
        for thread in threads:
            thread.start()
        begun = [event.wait(timeout=60) for event in seen]
        try:
            end()
        finally:
            self.acknowledged = time.perf_counter()
            for thread in threads:
                thread.join(timeout=120)
        assert all(begun), "before the end every reader sees something; else the test could not fail"
        assert not any(thread.is_alive() for thread in threads)
        self.tally.rounds += 1

    def _hammer(self, reader: Reader, seen: threading.Event) -> None:
        before = after = breaches = 0
        if reader.stays_open:
            reader.connection.execute("BEGIN")
            reader.says_who()
        try:
            while after < self.each:
                begun = time.perf_counter()
                rows = reader.read()
                if begun > self.acknowledged:
                    after, breaches = after + 1, breaches + (rows > 0)
                elif rows:
                    before += 1
                    seen.set()
        finally:
            if reader.stays_open:
                reader.connection.execute("ROLLBACK")
            with self.tally.lock:
                self.tally.before += before
                self.tally.after += after
                self.tally.breaches += breaches
