"""The deletion ledger outside the database: one line of numbers and moments for everything asked, taken back and done.

A line is on the disk before what it says is done in the database. So an old backup, put back, meets it and forgets
again whoever was forgotten. The file names nobody.
"""

import json
import os
from collections.abc import Iterator
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
    """One more line, truly on the disk when this returns; several writers do not mix their lines."""
    file = path()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    try:
        os.write(handle, f"\n{json.dumps(line, sort_keys=True)}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def standing() -> Iterator[Line]:
    """What holds of each, in the order in which it was first asked. Raises LedgerIsDamaged."""
    last: dict[str, Line] = {}
    for line in _lines():
        if not last.get(line["id"], {}).get("done_at"):
            last[line["id"]] = line
    yield from last.values()


def _lines() -> Iterator[Line]:
    written = path().read_text(encoding="utf-8").split("\n") if path().exists() else []
    for place, text in enumerate(written):
        if not text:
            continue
        try:
            yield json.loads(text)
        except ValueError as problem:
            if place + 1 < len(written):  # a torn line has no end
                raise LedgerIsDamaged(f"line {place + 1}") from problem
