"""A migrated database kept from an earlier run, as long as nothing that makes tables has changed."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "kring"
KEPT = 4
PARTS = ("postgres", "keep")
# what stands here never makes a table, a policy or a function
WITHOUT = {"usecases", "locale", "templates", "static", "templatetags", "design", "hsds", "__pycache__"}
ONLY_TABLES = {"web", "commands", "demo", "clock"}


def key(engine: Path) -> str:
    """A name for everything the tables follow from."""
    found = hashlib.sha256(f"{engine}".encode())
    for path in [*_sources(), ROOT / "requirements" / "run.txt", ROOT / "tests" / "testbed.py"]:
        found.update(str(path).encode() + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:16]


def _sources() -> list[Path]:
    files = sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.sql")])
    return [path for path in files if _makes_tables(path.relative_to(SOURCE))]


def _makes_tables(path: Path) -> bool:
    if WITHOUT.intersection(path.parts):
        return False
    if path.parts[0] not in ONLY_TABLES or {"migrations", "models", "sql"}.intersection(path.parts):
        return True
    return path.name in ("models.py", "apps.py", "sessions.py", "preparing.py")


def fill(run: Path, shelf: Path, name: str, build: Callable[[], None]) -> None:
    """Have the data of a run: copied from the shelf, or built once and laid there.

    `build` leaves a stopped server's data in the folder of the run.
    """
    shelf.mkdir(parents=True, exist_ok=True)
    with (shelf / "turn.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ready = shelf / name
        if not ready.exists():
            build()
            half = shelf / f"half-{os.getpid()}"
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir()
            _copy(run, half)
            half.rename(ready)
            _forget_old(shelf)
            return
        os.utime(ready)
        _copy(ready, run)


def _copy(source: Path, target: Path) -> None:
    """With owners and modes as they are; a file system that can share blocks does."""
    parts = [str(source / part) for part in PARTS]
    for part in PARTS:
        shutil.rmtree(target / part, ignore_errors=True)
    subprocess.run(["cp", "-a", "--reflink=auto", *parts, str(target)], check=True)


def _forget_old(shelf: Path) -> None:
    folders = sorted(
        (path for path in shelf.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime
    )
    for old in folders[:-KEPT]:
        with suppress(OSError):
            if time.time() - old.stat().st_mtime > 60:
                shutil.rmtree(old)
