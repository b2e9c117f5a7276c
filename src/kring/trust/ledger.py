"""The deletion ledger outside the database: one line of numbers and moments for everything asked, taken back and done.

A line is on the disk before what it says is done in the database. So an old backup, put back, meets it and forgets
again whoever was forgotten. The file names nobody.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

Line = dict[str, Any]


class LedgerIsDamaged(Exception):
    """A line of the ledger cannot be read; only the last one may be torn, when a machine stopped while writing it."""


def path() -> Path:
    """Where the ledger lies; never in the database nor in its backup."""
    return Path(settings.LEDGER)


def append(line: Line) -> None:
    """One more line, truly on the disk when this returns."""
    append_lines([json.dumps(line, sort_keys=True)])


def append_lines(lines: list[str]) -> None:
    """More lines, whole or none of them; several writers wait for each other."""
    file = path()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(file, os.O_CREAT | os.O_APPEND | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        whole = _mended(handle, file.read_bytes())
        try:
            _write(handle, "".join(f"{line}\n" for line in lines).encode())
            os.fsync(handle)
        except BaseException:
            os.ftruncate(handle, whole)
            raise
    finally:
        os.close(handle)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _mended(handle: int, written: bytes) -> int:
    """A last line that lacks only its end gets it, a torn one goes: nobody was told that it holds. Answers the length."""
    whole = written.rfind(b"\n") + 1
    if whole < len(written):
        try:
            json.loads(written[whole:])
        except ValueError:
            os.ftruncate(handle, whole)
        else:
            _write(handle, b"\n")
            whole = len(written) + 1
    return whole


def _write(handle: int, told: bytes) -> None:
    """Every byte; the system may take fewer at a time."""
    while told:
        told = told[os.write(handle, told) :]


def standing() -> Iterator[Line]:
    """What holds of each, in the order in which it came to hold: whoever went first goes first again. Raises LedgerIsDamaged."""
    last: dict[str, Line] = {}
    for line in _lines():
        if not last.get(line["id"], {}).get("done_at"):
            last.pop(line["id"], None)
            last[line["id"]] = line
    yield from last.values()


def moments(file: Path | None = None) -> set[datetime]:
    """When somebody was forgotten, as this ledger says, else our own. Raises LedgerIsDamaged."""
    return {datetime.fromisoformat(line["done_at"]) for line in _lines(file) if line.get("done_at")}


def _lines(file: Path | None = None) -> Iterator[Line]:
    file = file or path()
    written = file.read_text(encoding="utf-8").split("\n") if file.exists() else []
    for place, text in enumerate(written):
        if not text:
            continue
        try:
            yield json.loads(text)
        except ValueError as problem:
            if place + 1 < len(written):  # a torn line has no end
                raise LedgerIsDamaged(f"line {place + 1}") from problem
