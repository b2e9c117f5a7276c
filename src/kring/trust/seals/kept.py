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


class NotSeals(Exception):
    """A file that should hold seals holds something else; its name and the line."""


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
    return [_seal(line, path, at) for at, line in enumerate(whole.splitlines(), start=1)]


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
    """Write down what the file does not hold yet; answers how many seals that were. One at a time does so."""
    path = file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("a+b") as kept:
        os.chmod(path, 0o600)
        fcntl.flock(kept, fcntl.LOCK_EX)
        _drop_what_was_cut(kept.fileno(), path)
        known = read(path)
        new = _after(known[-1].number if known else 0)
        if known and new and new[0].previous != known[-1].fingerprint:
            return 0  # another chain than the one kept here: nothing is written over it, and `verify` says so
        kept.write("".join(f"{written(seal)}\n" for seal in new).encode())
        kept.flush()
        os.fsync(kept.fileno())
    return len(new)


def set_aside(path: Path) -> Path | None:
    """Begin a new file, as after a restore from a backup; the old one stays beside it. None when there is none."""
    if not path.exists():
        return None
    number = 1
    while (aside := path.with_name(f"{path.stem}-before-{number}{path.suffix}")).exists():
        number += 1
    return path.rename(aside)


def _drop_what_was_cut(handle: int, path: Path) -> None:
    """A last line without an end was never acknowledged: it is written again."""
    whole = path.read_bytes()
    os.ftruncate(handle, whole.rfind(b"\n") + 1)


def _after(number: int) -> list[Sealed]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust.seals_after(%s)", [number])
        rows: Iterable[tuple[int, datetime, int, str, str, str]] = cursor.fetchall()
    return [Sealed(*row) for row in rows]
