"""What the law makes us keep of a family that was forgotten: locked copies in a folder of their own.

A file holds one line that names no one (the law, the days, the village) and the copy, locked under a key of its own
and bound to that line. No page and no search reads it; two people open it by a command. On its day the key goes, and
what stays is the line. The folder lies outside the database; the keys, also the one of the marks, lie with all others.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.conf import settings

from kring.ground.backups import bundles
from kring.trust import keys
from kring.trust.keys import store

ENDING, TABLE = ".kept", "kept"
#: Under this name the key of the marks lies with the keys of the copies: both come along to a new machine.
MARKS = uuid5(NAMESPACE_OID, "marks of what is kept")


@dataclass(frozen=True)
class Copy:
    """What everybody who has its number may know of one copy; `house` is the number of the village, `village` its name then."""

    id: str
    house: str
    village: str
    country: str
    file: str
    law: str
    language: str
    made_on: str
    until: str
    marks: tuple[str, ...] = ()
    destroyed_on: str = ""
    opened_on: tuple[str, ...] = ()

    @property
    def ends(self) -> date:
        """The day on which it is destroyed."""
        return date.fromisoformat(self.until)

    @property
    def bound(self) -> str:
        """What the locked text is bound to: everything that was said when it was made."""
        fixed = asdict(self) | {"destroyed_on": "", "opened_on": ()}
        return hashlib.sha256(json.dumps(fixed, sort_keys=True).encode()).hexdigest()


def folder() -> Path:
    """Where the copies lie; never in the database."""
    return Path(settings.KEPT_FOLDER)


def mark(given_name: str, born: str, *, make: bool = False) -> str:
    """By this a command finds the copy of somebody whose name and birthday it is told; nobody reads them from it.

    Raises keys.Gone where the keys are not here.
    """
    told = f"{' '.join(given_name.casefold().split())}|{born}".encode()
    return hmac.new(store.key("circle", MARKS, make=make), told, hashlib.sha256).hexdigest()


def keep(copy: Copy, content: dict[str, Any]) -> Copy:
    """Lock a copy away, truly on the disk when this returns; anew while the family is not forgotten yet.

    What was destroyed stays so, and days on which it was opened stay beside it.
    """
    if (before := find(UUID(copy.id))) is not None:
        if before.destroyed_on:
            return before
        copy = replace(copy, opened_on=before.opened_on)
    lock = keys.lock_of(UUID(copy.id))
    words = json.dumps(content, ensure_ascii=False, default=str).encode()
    _write(copy, lock.close(words, table=TABLE, column=copy.bound, row=UUID(copy.id)))
    return copy


def find(which: UUID) -> Copy | None:
    """The copy of this number."""
    path = _path(which)
    return _read(path)[0] if path.exists() else None


def of_house(which: UUID, house: UUID) -> Copy | None:
    """The copy of this number, where this village keeps it and its day has not come; nobody is told of another's."""
    found = find(which)
    return found if found and found.house == str(house) and not found.destroyed_on else None


def every() -> Iterator[Copy]:
    """All copies, by their numbers."""
    for path in sorted(folder().glob(f"*{ENDING}")):
        yield _read(path)[0]


def opened(which: UUID, at: datetime) -> dict[str, Any]:
    """What was kept, for two people who agreed on it; the day stays beside it. Raises keys.Gone."""
    copy, locked = _read(_path(which))
    lock = keys.lock_of(which, make=False)
    content: dict[str, Any] = json.loads(lock.open(locked, table=TABLE, column=copy.bound, row=which))
    days = (*copy.opened_on, at.date().isoformat())
    _write(replace(copy, opened_on=days), locked)
    return content


def destroy_those_over(at: datetime) -> int:
    """Whose day has come is destroyed: its key first, then its words. Answers how many."""
    over = [copy for copy in every() if not copy.destroyed_on and copy.ends <= at.date()]
    for copy in over:
        keys.destroy("circle", UUID(copy.id))
        _write(replace(copy, destroyed_on=at.date().isoformat(), marks=()), b"")
    return len(over)


def put_back(name: str, content: bytes) -> None:
    """A copy from a backup, where it is missing here; its key comes from the key backups, and from none after its day."""
    copy, locked = _parted(content)
    if name == f"{copy.id}{ENDING}" and not _path(UUID(copy.id)).exists():
        _write(copy, locked)


def _path(which: UUID) -> Path:
    return folder() / f"{which}{ENDING}"


def _read(path: Path) -> tuple[Copy, bytes]:
    return _parted(path.read_bytes())


def _parted(content: bytes) -> tuple[Copy, bytes]:
    line, _end, locked = content.partition(b"\n")
    told = json.loads(line)
    return Copy(**(told | {name: tuple(told[name]) for name in ("marks", "opened_on")})), locked


def _write(copy: Copy, locked: bytes) -> None:
    """Whole or not at all."""
    path = _path(UUID(copy.id))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_suffix(f".{secrets.token_hex(4)}.new")
    with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(json.dumps(asdict(copy), sort_keys=True).encode() + b"\n" + locked)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
    bundles.settle(path.parent)
