"""Seals kept outside the database: a file that only grows, one line for each, safe on the disk before we go on."""

import fcntl
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from kring.trust.seals.prints import Sealed

FIRST_WORD = "kring-seal-1"
BEFORE = "kring-seals-before"


class NotSeals(Exception):
    """A file that should hold seals holds something else; its name and the line."""


class AnotherChain(Exception):
    """The last seal kept here is not in the database; its number."""


def file() -> Path:
    """Where this installation keeps its seals."""
    return Path(settings.SEALS_FILE)


def written(seal: Sealed) -> str:
    """A seal as one line: first word, number, moment, lines, root, the one before, fingerprint."""
    return " ".join([FIRST_WORD, str(seal.number), seal.at.isoformat(), str(seal.lines), seal.root,
                     seal.previous or "-", seal.fingerprint])  # fmt: skip


def read(path: Path) -> list[Sealed]:
    """The seals in a file; none when there is no file. What a power cut left of the last line is not there."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    whole = text[: text.rfind("\n") + 1]
    return [_seal(line, path, at) for at, line in enumerate(whole.splitlines(), start=1)
            if at > 1 or not line.startswith(f"{BEFORE} ")]  # fmt: skip


def _seal(line: str, path: Path, at: int) -> Sealed:
    try:
        first, number, moment, lines, root, previous, fingerprint = line.split(" ")
        seal = Sealed(int(number), datetime.fromisoformat(moment), int(lines), root, previous.strip("-"), fingerprint)  # fmt: skip
    except ValueError:
        raise NotSeals(f"{path}, line {at}") from None
    if first != FIRST_WORD:
        raise NotSeals(f"{path}, line {at}")
    return seal


def keep() -> int:
    """Write down what the file does not hold yet; answers how many seals that were. One at a time does so.

    Raises AnotherChain when the database does not know the last seal kept: nothing is written over it.
    """
    path = file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("a+b") as kept:
        os.chmod(path, 0o600)
        fcntl.flock(kept, fcntl.LOCK_EX)
        _drop_what_was_cut(kept.fileno(), path)
        known = read(path)
        new = after(known[-1].number - 1 if known else 0)
        if known and new[:1] != known[-1:]:
            raise AnotherChain(str(known[-1].number))
        new = new[1:] if known else new
        kept.write("".join(f"{written(seal)}\n" for seal in new).encode())
        kept.flush()
        os.fsync(kept.fileno())
    return len(new)


def every_seal() -> list[Sealed]:
    """The seals kept here: of this file, and of those set aside at a restore as far as the restored database went."""
    seals, shared, path = read(file()), None, file()
    while before := _before(path):
        path, number = before
        shared = number if shared is None else min(shared, number)
        seals += [seal for seal in read(path) if seal.number <= shared]
    return seals


def restored() -> int | None:
    """The last seal of the backup with which this file began; None when no backup was put back."""
    before = _before(file())
    return before[1] if before else None


def _before(path: Path) -> tuple[Path, int] | None:
    """The file set aside before this one, and up to which seal both are of one chain."""
    if not path.exists():
        return None
    with path.open(encoding="utf-8") as kept:
        words = kept.readline().split()
    if words[:1] != [BEFORE] or len(words) != 5:  # files begun by hand say nothing of what they share
        return None
    aside = path.with_name(words[3])
    return (aside, int(words[4])) if aside.exists() else None


def begin_anew(standing: Iterable[Sealed]) -> Path | None:
    """Another database took the place: unless its seals go on from those kept here, a new file begins."""
    standing = list(standing)
    last = _last(file())
    if not last or last in standing:
        return None
    return set_aside(file(), max((seal.number for seal in standing), default=0))


def set_aside(path: Path, shared: int | None = None) -> Path | None:
    """Begin a new file, which names the last seal of the old one; that one stays beside it. None when there is none.

    Up to the seal `shared` the old file still speaks: what was put back may not differ from it. A damaged one is set aside
    too, and names no seal.
    """
    if not path.exists():
        return None
    number = 1
    while (aside := path.with_name(f"{path.stem}-before-{number}{path.suffix}")).exists():
        number += 1
    try:
        last = _last(path)
    except NotSeals:
        last = None
    path.rename(aside)
    with path.open("x", encoding="utf-8") as kept:
        os.chmod(path, 0o600)
        told = [BEFORE, last.number if last else 0, last.fingerprint if last else "-", aside.name]
        kept.write(" ".join(map(str, told if shared is None else [*told, shared])) + "\n")
        kept.flush()
        os.fsync(kept.fileno())
    return aside


def _last(path: Path) -> Sealed | None:
    known = read(path)
    return known[-1] if known else None


def _drop_what_was_cut(handle: int, path: Path) -> None:
    """A last line without an end was never acknowledged: it is written again."""
    whole = path.read_bytes()
    os.ftruncate(handle, whole.rfind(b"\n") + 1)


def after(number: int) -> list[Sealed]:
    """The seals of the database after this one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust.seals_after(%s)", [number])
        rows: Iterable[tuple[int, datetime, int, str, str, str]] = cursor.fetchall()
    return [Sealed(*row) for row in rows]
