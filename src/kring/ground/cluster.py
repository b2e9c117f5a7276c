"""The embedded database: a PostgreSQL server of our own, for the demo, the tests and a small trial.

It listens on a socket only, asks everyone for a password, keeps checksums, and never trusts a pid
file: whether it runs is decided by connecting to it.
"""

import contextlib
import fcntl
import os
import pwd
import shutil
import stat
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from kring.ground import engines, keeping, postmaster
from kring.ground.places import Place
from kring.ground.refusals import Refusal

OWNER = "owner"
PATIENCE = 600

SETTINGS: Mapping[str, str] = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "password_encryption": "'scram-sha-256'",
    "timezone": "'UTC'",
    "shared_buffers": "'128MB'",
    "max_connections": "100",
    "random_page_cost": "1.1",
    "jit": "off",
    "track_io_timing": "on",
    # the log says what the server does, never what a statement or a row held
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}


@dataclass
class Cluster:
    """One data folder with its server; `settings` are added to the ones every cluster has."""

    place: Place
    settings: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.engine = engines.find(self.place)

    def conninfo(self, user: str = OWNER, dbname: str = "postgres", password: str | None = None) -> str:
        """A connection string over the socket; without a password given, the owner's own is used."""
        if password is None:
            password = keeping.kept(self.place, "owner")
        return psycopg.conninfo.make_conninfo(
            host=str(self.place.run), user=user, dbname=dbname, password=password, connect_timeout=5
        )

    def alive(self) -> bool:
        """Does the server answer? Decided by connecting, whatever a pid file says."""
        try:
            psycopg.connect(self.conninfo()).close()
        except psycopg.OperationalError as problem:
            if "password authentication failed" in str(problem):
                raise Refusal(
                    f"The password in {self.place.keep / OWNER} is not the database's; put the file back."
                ) from problem
            return False
        return True

    def start(self) -> bool:
        """Have the server running; True when this call started it."""
        with self._alone():
            if self.alive():
                return False
            self._init()
            if self._awaken():
                return False
            self._write_settings()
            self._start()
            return True

    def stop(self) -> None:
        """Stop the server, and wait until it has written everything down."""
        with self._alone():
            if postmaster.running(self.place.data):
                self._program("pg_ctl", "-D", self.place.data, "-w", "-t", "120", "-m", "fast", "stop")

    @contextlib.contextmanager
    def held(self) -> Iterator[bool]:
        """Run while somebody uses it: the last one to leave stops the server. Yields: did we start it?"""
        self.place.area.mkdir(parents=True, exist_ok=True)
        with (self.place.area / "users.lock").open("a") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                yield self.start()
            finally:
                with contextlib.suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self.stop()

    def destroy(self) -> None:
        """Stop the server and remove all it held. There is no way back."""
        self.stop()
        shutil.rmtree(self.place.data, ignore_errors=True)

    def _init(self) -> None:
        if (self.place.data / "PG_VERSION").exists():
            self._same_version()
            return
        if self.place.data.exists() and any(self.place.data.iterdir()):
            raise Refusal(f"The folder {self.place.data} holds something else than a database; move it away.")
        for folder in (self.place.data, self.place.run, self.place.log.parent):
            self._own(folder)
        locale = (
            ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if self.engine.version >= 17 else []
        )
        lists = ["--auth-local=scram-sha-256", "--auth-host=scram-sha-256"]
        given: list[object] = ["-D", self.place.data, "-U", OWNER, "--encoding=UTF8", "--locale=C", *locale]
        try:
            with self._password_file() as words:
                self._program("initdb", *given, "--data-checksums", *lists, f"--pwfile={words}")
        except Refusal:
            shutil.rmtree(self.place.data, ignore_errors=True)
            raise
        (self.place.data / "pg_hba.conf").write_text("local all all scram-sha-256\n")

    def _same_version(self) -> None:
        version = (self.place.data / "PG_VERSION").read_text().strip()
        if version != str(self.engine.version):
            raise Refusal(
                f"The data in {self.place.data} is of PostgreSQL {version}, but {self.engine.version} is installed."
            )

    def _awaken(self) -> bool:
        """A server that is starting or stopping is waited for; a pid file nobody stands for is removed."""
        until = time.monotonic() + PATIENCE
        while postmaster.running(self.place.data):
            if self.alive():
                return True
            if time.monotonic() > until:
                raise Refusal(f"The database in {self.place.data} is running but does not answer.")
            time.sleep(0.1)
        postmaster.forget(self.place)
        return False

    def _start(self) -> None:
        """Start the server; after a hard kill its last children may need a moment to leave."""
        until = time.monotonic() + 60
        while True:
            size = self.place.log.stat().st_size if self.place.log.exists() else 0
            try:
                self._program(
                    *("pg_ctl", "-D", self.place.data, "-w", "-t", PATIENCE, "-l", self.place.log, "start")
                )
            except Refusal as problem:
                said = postmaster.last_words(self.place.log, since=size)
                if "pre-existing shared memory block" not in said or time.monotonic() > until:
                    raise postmaster.refusal(said, self.place) from problem
                time.sleep(0.2)
            else:
                return

    def _write_settings(self) -> None:
        self._own(self.place.run)
        self._own(self.place.log.parent)
        own = {"unix_socket_directories": f"'{self.place.run}'"}
        lines = [f"{name} = {value}\n" for name, value in {**SETTINGS, **own, **self.settings}.items()]
        try:
            self._give("kring.conf", "".join(lines))
            main = self.place.data / "postgresql.conf"
            if "include 'kring.conf'" not in main.read_text():
                with main.open("a") as file:
                    file.write("\ninclude 'kring.conf'\n")
        except OSError as problem:
            raise Refusal(f"The folder {self.place.data} cannot be written: {problem.strerror}.") from problem

    def _give(self, name: str, text: str) -> None:
        path = self.place.data / name
        path.write_text(text)
        self._hand_over(path)

    @contextlib.contextmanager
    def _password_file(self) -> Iterator[Path]:
        """The owner's password where initdb can read it, for that moment only."""
        path = self.place.run / "first-password"
        path.touch(mode=0o600)
        self._hand_over(path)
        path.write_text(keeping.kept(self.place, OWNER))
        try:
            yield path
        finally:
            path.unlink()

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Two starts at the same moment take turns."""
        try:
            self.place.area.mkdir(parents=True, exist_ok=True)
            lock = (self.place.area / "start.lock").open("a")
        except OSError as problem:
            raise Refusal(f"The folder {self.place.area} cannot be written: {problem.strerror}.") from problem
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _own(self, folder: Path) -> None:
        """A folder that only the server's user may enter; somebody else's folder is not taken over."""
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            entry = folder.lstat()
            ours = {
                os.geteuid(),
                pwd.getpwnam(self.place.os_user).pw_uid if self.place.os_user else os.geteuid(),
            }
            if not stat.S_ISDIR(entry.st_mode) or entry.st_uid not in ours:
                raise Refusal(f"The folder {folder} belongs to somebody else; remove it.")
            folder.chmod(0o700)
            self._hand_over(folder)
        except OSError as problem:
            raise Refusal(f"The folder {folder} cannot be used: {problem.strerror}.") from problem

    def _hand_over(self, path: Path) -> None:
        if self.place.os_user:
            entry = pwd.getpwnam(self.place.os_user)
            os.chown(path, entry.pw_uid, entry.pw_gid)

    def _program(self, name: str, *arguments: object) -> None:
        """Run one of the engine's programs as the unprivileged user."""
        user = self.place.os_user
        group = pwd.getpwnam(user).pw_gid if user else None
        done = subprocess.run(
            [self.engine.program(name), *map(str, arguments)],
            **({"user": user, "group": group, "extra_groups": []} if user else {}),  # type: ignore[call-overload]
            env={"PATH": os.environ.get("PATH", "/usr/bin"), "LC_ALL": "C", "TZ": "UTC"},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        if done.returncode:
            raise postmaster.refusal(done.stderr, self.place)
