"""The folder of backups: their names, which are whole, which go, and when the last was made and tried."""

import contextlib
import fcntl
import json
import os
import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kring.ground.backups.bundles import HALF, settle
from kring.ground.places import Place
from kring.ground.refusals import Refusal

DATA, KEYS = "kring", "keys"
STAMP = "%Y%m%dT%H%M%SZ"
ENDING = ".backup"
A_DRILL_COUNTS = timedelta(days=30)


@dataclass(frozen=True, order=True)
class Backup:
    """One file of the shelf."""

    made: datetime
    path: Path


def name_of(kind: str, at: datetime) -> str:
    """How a backup of this moment is called."""
    return f"{kind}-{at.astimezone(UTC):{STAMP}}{ENDING}"


def every(folder: Path, kind: str) -> list[Backup]:
    """The backups of a folder by their names, the oldest first."""
    found = []
    for path in folder.glob(f"{kind}-*{ENDING}"):
        with contextlib.suppress(ValueError):
            found.append(Backup(datetime.fromisoformat(path.name[len(kind) + 1 : -len(ENDING)]), path))
    return sorted(found)


def unfinished(folder: Path) -> list[Path]:
    """What was begun and never finished."""
    return sorted(folder.glob(f"*{ENDING}{HALF}"))


@contextlib.contextmanager
def turn(folder: Path) -> Iterator[None]:
    """One backup at a time; whoever comes second is told so."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (folder / "turn.lock").open("a")
    except OSError as problem:
        raise Refusal(f"The folder {folder} cannot be written: {problem.strerror}.") from problem
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal("Another backup is being made at this moment.") from None
        yield


def thin(folder: Path, kind: str, stay: Collection[datetime]) -> list[Path]:
    """Remove the others."""
    gone = [backup.path for backup in every(folder, kind) if backup.made not in stay]
    for path in gone:
        path.unlink(missing_ok=True)
    if gone:
        settle(folder)
    return gone


def remember(place: Place, deed: str, **facts: Any) -> None:
    """Write down when something was done to the backups, for whoever asks later."""
    told = remembered(place) | {deed: facts}
    path = place.keep / "backups.json"
    beside = path.with_suffix(f".{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(told, file)
    os.replace(beside, path)


def remembered(place: Place) -> dict[str, dict[str, Any]]:
    """What was written down; nothing when there is nothing to read."""
    with contextlib.suppress(OSError, ValueError):
        told = json.loads((place.keep / "backups.json").read_text())
        return told if isinstance(told, dict) else {}
    return {}


def last(place: Place, deed: str) -> datetime | None:
    """When this was done last."""
    with contextlib.suppress(KeyError, TypeError, ValueError):
        return datetime.fromisoformat(remembered(place)[deed]["at"])
    return None


def counts(place: Place, at: datetime) -> bool:
    """Whether there is a backup that counts: one that was restored on trial within the last thirty days."""
    tried = last(place, "drill")
    return tried is not None and at - tried <= A_DRILL_COUNTS
