"""Recompute every seal from the lines of the journal, in one pass, and say what is not as it was sealed."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import groupby
from uuid import UUID

from kring.trust.seals.prints import Line, Sealed, fingerprint

#: A line older than the last seal by more than this was not on its way: somebody slipped it in.
LATE = timedelta(hours=1)
EMPTIED = "line emptied"


@dataclass(frozen=True)
class Finding:
    """Something that is not as it was sealed: in which batch, what, and which line if it is one."""

    seal: int | None
    what: str
    entry: UUID | None = None

    def __str__(self) -> str:
        where = f"Batch {self.seal}" if self.seal else "Not sealed yet"
        return f"{where}: {self.what}{f' ({self.entry})' if self.entry else ''}."


@dataclass
class Verified:
    """What a verification found; `waiting` lines are newer than the last seal."""

    seals: int = 0
    lines: int = 0
    emptied: int = 0
    waiting: int = 0
    findings: list[Finding] = field(default_factory=list)
    _emptied: set[tuple[UUID, str]] = field(default_factory=set)
    _named: set[tuple[UUID, str]] = field(default_factory=set)
    _emptyings: set[tuple[int, datetime]] = field(default_factory=set)

    def say(self, seal: int | None, what: str, entry: UUID | None = None) -> None:
        """Write down one finding."""
        self.findings.append(Finding(seal, what, entry))


def verify(lines: Iterable[Line], seals: Iterable[Sealed], outside: Iterable[Sealed] = (),
           forgotten: Collection[datetime] = ()) -> Verified:  # fmt: skip
    """Every finding in lines given in the order of seal and position, those without a seal last.

    `outside` are the seals kept elsewhere, `forgotten` the moments of the ledger at which somebody was forgotten.
    """
    found = Verified()
    standing = {seal.number: seal for seal in seals}
    found.seals = len(standing)
    _chain(found, standing)
    _elsewhere(found, standing, outside)
    seen = set()
    for number, batch in groupby(lines, key=lambda line: line.seal):
        if number is None:
            _waiting(found, batch, standing)
        else:
            seen.add(number)
            _batch(found, number, batch, standing)
    for number in standing.keys() - seen:
        found.say(number, "all its lines are missing")
    for entry, part in found._emptied - found._named:
        found.say(None, f"a line was emptied ({part}) and nothing says why", entry)
    for entry, part in found._named - found._emptied:
        found.say(None, f"a line that was emptied ({part}) has come back", entry)
    _explained(found, forgotten)
    return found


def _explained(found: Verified, forgotten: Collection[datetime]) -> None:
    """Lines are emptied by a forgetting of the ledger only, and all of one forgetting in one batch."""
    over = set()
    for number, at in sorted(found._emptyings):
        if at not in forgotten:
            found.say(
                number,
                f"lines were emptied and no forgetting in the ledger explains it (at {at.isoformat()})",
            )
        elif at in over:
            found.say(number, f"lines were emptied for a forgetting that was over (at {at.isoformat()})")
        over.add(at)


def _chain(found: Verified, standing: dict[int, Sealed]) -> None:
    """Each seal follows from its own values and from the one before it, without a gap."""
    before = ""
    for place, number in enumerate(sorted(standing), start=1):
        seal = standing[number]
        if number != place:
            found.say(number, "a seal before it is missing")
        if seal.fingerprint != seal.recomputed():
            found.say(number, "the seal was changed")
        if seal.previous != before:
            found.say(number, "the seal does not follow from the one before")
        before = seal.fingerprint


def _elsewhere(found: Verified, standing: dict[int, Sealed], outside: Iterable[Sealed]) -> None:
    """What was kept elsewhere is there, and the same."""
    for kept in outside:
        seal = standing.get(kept.number)
        if seal is None:
            found.say(kept.number, "the seal is missing here and was kept elsewhere")
        elif seal != kept:
            found.say(kept.number, "the seal is another than the one kept elsewhere")


def _batch(found: Verified, number: int, batch: Iterable[Line], standing: dict[int, Sealed]) -> None:
    """The lines of one batch: each as it was, none missing, none added, in their order."""
    root, count, so_far = sha256(), 0, len(found.findings)
    earliest = standing[number - 1].at - LATE if number - 1 in standing else None
    for count, line in enumerate(batch, start=1):
        found.lines += 1
        for what in _spoiled(line, found):
            found.say(number, what, line.entry)
        if line.position != count:
            found.say(number, "a line is missing, added or in another order", line.entry)
        if earliest and line.at and line.at < earliest:
            found.say(number, "a line was added to the past", line.entry)
        root.update(line.fingerprint().encode())
    seal = standing.get(number)
    if seal is None:
        found.say(number, "the seal is missing")
    elif seal.lines != count:
        found.say(number, f"{seal.lines} lines were sealed and {count} are there")
    elif seal.root != root.hexdigest() and len(found.findings) == so_far:
        found.say(number, "a line was changed, or the lines stand in another order")


def _spoiled(line: Line, found: Verified) -> Iterator[str]:
    """In which ways a sealed line is not as it was; notes on the way what was emptied, and what says so."""
    if line.at is None:
        yield "a line is missing"
        return
    if line.deed == EMPTIED and line.person is None and line.object:
        found._named.add((line.object, line.part))
        found._emptyings.add((line.seal or 0, line.at))
    for part, salt, values, kept in (
        ("who", line.who_salt, line.who, line.who_print),
        ("what", line.what_salt, line.what, line.what_print),
    ):
        if salt is None:
            found.emptied += 1
            found._emptied.add((line.entry, part))
            if any(values):
                yield f"a line that was emptied ({part}) has words again"
        elif fingerprint(part, salt, *values) != kept:
            yield f"a line was changed ({part})"


def _waiting(found: Verified, batch: Iterable[Line], standing: dict[int, Sealed]) -> None:
    """Lines that wait for the next seal; one from before the last seal was slipped in."""
    last = standing[max(standing)].at if standing else None
    for line in batch:
        found.waiting += 1
        if last and line.at and line.at < last - LATE:
            found.say(None, "a line was added to the past", line.entry)
