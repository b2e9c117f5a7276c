"""Where the data of an installation lies, and which system user may touch it."""

import contextlib
import hashlib
import os
import pwd
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from kring.ground.refusals import Refusal

LONGEST_SOCKET_PATH = 107
SOCKET_NAME = ".s.PGSQL.5432"
SYSTEM_AREA = Path("/var/lib/kring")
SYSTEM_USERS = ("kring", "postgres", "nobody")


@dataclass(frozen=True)
class Place:
    """One installation's own ground.

    `area` holds everything; `os_user` is the unprivileged system user that runs the database,
    or None when whoever runs Kring is unprivileged already.
    """

    area: Path
    os_user: str | None = None

    @property
    def keep(self) -> Path:
        """What only the person who installs may read: passwords and the secret."""
        return self.area / "keep"

    @property
    def data(self) -> Path:
        """The data folder of the embedded database."""
        return self.area / "postgres"

    @property
    def log(self) -> Path:
        """What the embedded database says about itself; never the text of a statement."""
        return self.area / "log" / "postgres"

    @property
    def run(self) -> Path:
        """The folder of the socket, short enough for the system's limit of 107 bytes."""
        near = self.area / "run"
        if len(os.fsencode(near / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return near
        runtime = os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()
        far = Path(runtime) / f"kring-{os.getuid()}-{fingerprint(self.area)}"
        if len(os.fsencode(far / SOCKET_NAME)) > LONGEST_SOCKET_PATH:
            raise Refusal(
                f"The path {far} is too long for a database socket; set XDG_RUNTIME_DIR to a short one."
            )
        return far

    @property
    def engines(self) -> Path:
        """Copies of server binaries that the unprivileged user can reach."""
        return (SYSTEM_AREA if self.os_user else self.area) / "engines"


def fingerprint(path: Path) -> str:
    """Twelve letters that stand for a folder."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def project() -> Path | None:
    """The checked-out project folder, or None when Kring was installed as a package."""
    folder = Path(__file__).resolve().parents[3]
    return folder if (folder / "pyproject.toml").exists() else None


def here(purpose: str = "") -> Place:
    """The place of this installation; `purpose` names a second one beside it, as tests need."""
    given = os.environ.get("KRING_AREA")
    if given and not purpose:
        return at(Path(given).absolute())
    name = fingerprint(project() or Path("/")) + (f"-{purpose}" if purpose else "")
    if os.geteuid() == 0:
        return at(SYSTEM_AREA / name)
    home = project()
    if home and os.access(home, os.W_OK):
        return at(home / "var" / (purpose or "kring"))
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return at(data / "kring" / name)


def at(area: Path) -> Place:
    """A place in a named folder, with the unprivileged user where the caller is root."""
    if os.geteuid() != 0:
        return Place(area)
    with contextlib.suppress(FileNotFoundError, KeyError):
        return Place(area, pwd.getpwuid((area / "postgres").stat().st_uid).pw_name)
    return Place(area, _unprivileged_user())


def _unprivileged_user() -> str:
    """The system user that runs the database when we are root: our own if it can be made."""
    if not _exists(SYSTEM_USERS[0]):
        command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        with contextlib.suppress(OSError):
            subprocess.run([*command, "--shell", "/usr/sbin/nologin", SYSTEM_USERS[0]], capture_output=True)
    for name in SYSTEM_USERS:
        if _exists(name):
            return name
    raise Refusal("There is no unprivileged system user to run the database; create one named kring.")


def _exists(name: str) -> bool:
    with contextlib.suppress(KeyError):
        return bool(pwd.getpwnam(name).pw_uid)
    return False
