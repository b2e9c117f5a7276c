"""The server's process and its last words: does it really run, and why did it not?"""

import contextlib
import os
from pathlib import Path

from kring.ground.places import SOCKET_NAME, Place
from kring.ground.refusals import Refusal

SENTENCES = (
    ("No space left on device", "The disk is full; make room at {area} and start again."),
    ("Disk quota exceeded", "The disk quota is used up; make room at {area} and start again."),
    ("is too long", "The path {run} is too long for a database socket; choose a shorter folder."),
    ("incompatible with server", "The data in {data} is of another PostgreSQL version."),
    ("Permission denied", "The system user {user} may not use {area}; give that folder to it."),
    ("could not create shared memory", "The machine has too little memory for the database."),
    ("Cannot allocate memory", "The machine has too little memory for the database."),
)


def running(data: Path) -> bool:
    """Is there a live server for this data folder? A pid that now belongs to another program is not one."""
    pid = _pid(data)
    if pid is None:
        return False
    if not Path("/proc/self").exists():
        return _exists(pid)
    proc = Path("/proc") / str(pid)
    try:
        if (proc / "comm").read_text().strip() != "postgres" or proc.stat().st_uid != data.stat().st_uid:
            return False
        return Path(os.readlink(proc / "cwd")) == data.resolve()
    except PermissionError:
        return True  # it runs as the same user, and we may not look closer: better to wait than to harm
    except OSError:
        return False


def forget(place: Place) -> None:
    """Remove the pid file and the socket's lock for which no server stands; both folders are ours alone."""
    for path in (place.data / "postmaster.pid", place.run / f"{SOCKET_NAME}.lock", place.run / SOCKET_NAME):
        path.unlink(missing_ok=True)


def last_words(log: Path, *, since: int) -> str:
    """What the server wrote to its log after a moment."""
    with contextlib.suppress(OSError), log.open(errors="replace") as file:
        file.seek(since)
        return file.read()
    return ""


def refusal(said: str, place: Place) -> Refusal:
    """The server's words as one sentence a person can act on."""
    for part, sentence in SENTENCES:
        if part in said:
            user = place.os_user or "running Kring"
            return Refusal(sentence.format(area=place.area, run=place.run, data=place.data, user=user))
    lines = [line for line in said.splitlines() if "FATAL" in line or "error" in line.lower()]
    reason = (lines or said.splitlines() or ["no reason given"])[-1].split("FATAL:")[-1].strip()
    return Refusal(f"The database does not start: {reason} (its log is {place.log})")


def _pid(data: Path) -> int | None:
    try:
        return abs(int((data / "postmaster.pid").read_text().split("\n")[0]))
    except (OSError, ValueError):
        return None


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
