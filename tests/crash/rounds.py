"""Rounds of killing under a writing load, and what is counted afterwards."""

import random
import time
from dataclasses import dataclass, field
from pathlib import Path

from crash.house import PARTS, House
from crash.post import Load

# A server that says yes before it wrote anything down: the control, which must lose something.
CARELESS = {"synchronous_commit": "off", "wal_writer_delay": "'10s'", "wal_writer_flush_after": "'1GB'"}
HERE = "SELECT count(*) FROM intake_concern WHERE receipt_hash = ANY(%s)"
FIRST = "SELECT count(*) FROM intake_promise WHERE kind = 'first answer'"


@dataclass
class Counted:
    """What came of it."""

    rounds: dict[str, int] = field(default_factory=dict)
    sent: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0

    def told(self) -> str:
        """The figures."""
        killed = ", ".join(f"{part} {number}" for part, number in self.rounds.items())
        return (
            f"killed: {killed}; forms sent {self.sent}, acknowledged {self.acknowledged}, "
            f"lost {self.lost}, doubled {self.doubled}"
        )


def crash(area: Path, rounds: int, seed: int, *, people: int = 3) -> Counted:
    """Kill one part after the other while people write; count what they were told is kept."""
    dice, counted, house = random.Random(seed), Counted(dict.fromkeys(PARTS, 0)), House(area)
    try:
        house.prepare()
        house.answers()
        load = Load(house.port, people)
        for number in range(rounds):
            part = PARTS[number % len(PARTS)]
            before = len(load.acknowledged)
            _until(lambda: len(load.acknowledged) >= before + people)  # noqa: B023  asked in this round only
            time.sleep(dice.uniform(0, 0.3))
            house.kill(part)
            house.start(part)
            counted.rounds[part] += 1
        house.answers()
        load.stop()
        return _count(house, load, counted)
    finally:
        house.leave()


def control(area: Path, rounds: int, seed: int) -> Counted:
    """The same with a server that promises too early, killed as a whole."""
    counted, house = Counted({"database": 0}), House(area, CARELESS)
    try:
        house.prepare()
        house.settle()  # so that the village itself stays
        house.answers()
        for _ in range(rounds):
            load = Load(house.port, 2)
            _until(lambda: len(load.acknowledged) >= 10)  # noqa: B023
            house.kill("database")
            load.enough.set()
            house.start("database")
            house.answers()
            load.stop()
            counted.rounds["database"] += 1
            found = Counted()
            _count(house, load, found)
            counted.sent, counted.acknowledged = (
                counted.sent + found.sent,
                counted.acknowledged + found.acknowledged,
            )
            counted.lost += found.lost
        return counted
    finally:
        house.leave()


def _count(house: House, load: Load, counted: Counted) -> Counted:
    kept = house.count(HERE, load.hashes())
    counted.sent, counted.acknowledged = load.sent, len(load.acknowledged)
    counted.lost = counted.acknowledged - kept
    concerns = house.count("SELECT count(*) FROM intake_concern")
    counted.doubled = max(concerns, house.count(FIRST)) - kept
    return counted


def _until(true) -> None:  # type: ignore[no-untyped-def]
    until = time.monotonic() + 90
    while not true():
        if time.monotonic() > until:
            raise RuntimeError("nobody can write any more")
        time.sleep(0.02)
