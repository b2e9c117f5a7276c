"""A village in a folder of its own, whose database, pages and background work can be killed at any moment."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path

import psycopg

from crash.post import Post
from kring.commands import serving
from kring.commands.children import kring
from kring.ground import places
from kring.ground.cluster import Cluster

PARTS = ("database", "web", "worker")


def free_port() -> int:
    """A port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def surroundings(area: Path) -> dict[str, str]:
    """The environment of somebody who just installed Kring there."""
    without = ("DATABASE_URL", "KRING_", "DJANGO_", "PYTEST")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(without)}
    chosen = {"KRING_PG_BIN": os.environ["KRING_PG_BIN"]} if "KRING_PG_BIN" in os.environ else {}
    return {**kept, **chosen, "KRING_AREA": str(area), "PYTHONUNBUFFERED": "1"}


class House:
    """The three parts of a village; `settings` are added to those of its database."""

    def __init__(self, area: Path, settings: Mapping[str, str] | None = None) -> None:
        self.cluster = Cluster(places.at(area), settings or {})
        self.surroundings, self.port = surroundings(area), free_port()
        self.held = ExitStack()
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.letters = tempfile.TemporaryFile()  # noqa: SIM115  closed when we leave

    def prepare(self) -> None:
        """Tables and a village with a contact point."""
        self.held.enter_context(self.cluster.held())
        self.run("migrate")
        flags = ["--country", "BE", "--timezone", "Europe/Brussels", "--admin", "mo@example.org"]
        self.run("village", "create", "--name", "Kade", *flags)
        for part in PARTS[1:]:
            self.start(part)

    def run(self, *words: str) -> None:
        """A command of the administrator."""
        subprocess.run(kring(*words), env=self.surroundings, check=True, stdout=subprocess.DEVNULL)

    def start(self, part: str) -> None:
        """Start a part that does not run."""
        if part == "database":
            self.cluster.start()
            return
        command = serving.command("127.0.0.1", self.port, 1) if part == "web" else kring("worker")
        self.running[part] = subprocess.Popen(
            command, env=self.surroundings, start_new_session=True, stdout=self.letters, stderr=self.letters
        )

    def kill(self, part: str) -> None:
        """As when the plug is pulled: no process of this part has a chance to say anything."""
        if part == "database":
            first = int((self.cluster.place.data / "postmaster.pid").read_text().split("\n")[0])
            for pid in (first, *_children(first)):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            return
        process = self.running.pop(part)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def answers(self, seconds: float = 30) -> None:
        """Wait until a page comes again."""
        until = time.monotonic() + seconds
        while True:
            with suppress(OSError, ValueError):
                Post(self.port).token()
                return
            if time.monotonic() > until:
                self.letters.seek(0)
                sys.stderr.write(self.letters.read().decode()[-3000:])
                raise RuntimeError("no page comes any more")
            time.sleep(0.05)

    def settle(self) -> None:
        """Everything written so far is on the disk."""
        with psycopg.connect(self.cluster.conninfo(dbname="kring"), autocommit=True) as connection:
            connection.execute("CHECKPOINT")

    def count(self, question: str, *values: object) -> int:
        """A number from the database, whom no policy binds."""
        with psycopg.connect(self.cluster.conninfo(dbname="kring"), autocommit=True) as connection:
            return int(connection.execute(question, values).fetchone()[0])

    def leave(self) -> None:
        """Stop everything, and leave nothing behind."""
        for part in list(self.running):
            self.kill(part)
        self.held.close()
        self.letters.close()
        shutil.rmtree(self.cluster.place.run, ignore_errors=True)
        shutil.rmtree(self.cluster.place.area, ignore_errors=True)


def _children(pid: int) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        with suppress(OSError, IndexError, ValueError):
            if (folder / "stat").read_text().rsplit(")", 1)[1].split()[1] == str(pid):
                found.append(int(folder.name))
    return found
