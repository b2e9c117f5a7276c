"""Two workers, prepared persons, a hundred requests a page, and what came of it."""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from kring.commands.benching import asking, replaying
from kring.commands.benching.asking import Browser, Measured
from kring.ground.addresses import Addresses

WORKERS, WARM_UP = 2, 12
MOST_STATEMENTS, MOST_POLICY_COST, MOST_TIMES_SIGN_IN, MOST_MEMORY_MB = 14, 2.0, 8.0, 220.0
MOST_GROWTH = 1.5
"""How many times longer a page may take when there are ten times as many families and offers."""

WIDE = {
    "": "?", ", two words": "?q=dansen+vrijdag&", ", a typing error": "?q=danzn&", ", a place": "?q=koken&place=Wijk+Zuid&",
    ", a word in half of them": "?q=gewoon3&", " on the map": "map/?",
}  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """One measured number and its limit, if it has one."""

    name: str
    value: float
    unit: str
    limit: float | None = None

    @property
    def ok(self) -> bool:
        """Whether it stays within its limit."""
        return self.limit is None or self.value <= self.limit

    def told(self) -> dict[str, Any]:
        """For programs."""
        return {
            "name": self.name,
            "value": round(self.value, 3),
            "unit": self.unit,
            "limit": self.limit,
            "ok": self.ok,
        }


class Server:
    """Two workers serving the city, counting their statements."""

    def __init__(self, here: Addresses, port: int) -> None:
        self.port, self.folder = port, Path(tempfile.mkdtemp(prefix="kring-bench-"))
        environ = os.environ | {
            "DATABASE_URL": here.runtime.conninfo(), "KRING_BENCH_FOLDER": str(self.folder),
            "KRING_HOSTS": "localhost,127.0.0.1", "KRING_DEMO": "1",
        }  # fmt: skip
        from kring.commands import serving

        command = serving.command("127.0.0.1", port, WORKERS)
        command[-1] = "kring.commands.benching.wsgi:application"
        self.process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL)
        self._wait()

    def _wait(self) -> None:
        for _try in range(240):
            with suppress(OSError, asking.Unexpected):
                Browser(self.port).ask("GET", "/sign-in/")
                return
            if self.process.poll() is not None:
                raise RuntimeError("the server did not start")
            time.sleep(0.25)
        raise RuntimeError("the server does not answer")

    def memory_mb(self) -> float:
        """Proportional memory of the workers together, in megabytes."""
        return sum(_pss(pid) for pid in _children(self.process.pid)) / 1024

    def stop(self) -> None:
        """Stop, and leave nothing behind."""
        import shutil

        self.process.terminate()
        self.process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)


def _children(pid: int) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError, IndexError):
                if (folder / "stat").read_text().rsplit(")", 1)[1].split()[1] == str(pid):
                    found.append(int(folder.name))
    return found


def _pss(pid: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return float(line.split()[1])
    return 0.0


def session_of(person: str) -> str:
    """A signed-in session with its second factor, as after signing in."""
    from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from kring.trust.usecases import accounts
    from kring.web import sessions

    account = accounts.of_person(UUID(person))
    store = sessions.SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(account.pk), sessions.BACKEND
    store[HASH_SESSION_KEY], store[sessions.SECOND] = account.get_session_auth_hash(), True
    store[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "link", "at": time.time()}]
    store.save()
    return str(store.session_key)


class Bench:
    """All measurements over one city."""

    def __init__(self, here: Addresses, known: dict[str, Any], requests: int, port: int) -> None:
        self.here, self.known, self.requests = here, known, requests
        self.server = Server(here, port)
        self.figures: list[Figure] = []
        self.pages: dict[str, Measured] = {}

    def browser(self, person: str) -> Browser:
        """Somebody's browser, signed in."""
        return Browser(self.server.port, session_of(person))

    def run(self) -> list[Figure]:
        """Measure everything; the server stops whatever happens."""
        try:
            self._read()
            self._write()
            self._judge()
            self.figures.append(
                Figure("memory of two workers", self.server.memory_mb(), "MB", MOST_MEMORY_MB)
            )
        finally:
            self.server.stop()
        return self.figures

    def _get(self, name: str, browsers: list[tuple[Browser, str]], record: str = "") -> None:
        measured = self.pages[name] = Measured()
        for number in range(WARM_UP + self.requests):
            browser, path = browsers[number % len(browsers)]
            took, text, answer = browser.ask("GET", path)
            if number >= WARM_UP:
                measured.seconds.append(took)
                measured.statements = max(measured.statements, int(answer.headers["X-Bench-Statements"]))
                measured.size = len(text.encode())
        if record:
            browsers[0][0].ask("GET", browsers[0][1], record=record)

    def _read(self) -> None:
        families = self.known["families"][:8]
        guardians = [(self.browser(one["guardian"]), one) for one in families]
        coordinators = [self.browser(one["coordinator"]) for one in families]
        self._get("sign-in page", [(Browser(self.server.port), "/sign-in/")])
        self._get("family page", [(b, f"/family/{one['family']}/") for b, one in guardians], "family")
        self._get("plan", [(b, f"/plans/{one['plan']}/") for b, one in guardians], "plan")
        self._get("coordinator's day", [(b, "/today/") for b in coordinators], "day")
        self._get("desk", [(self.browser(self.known["desk worker"]), "/concerns/")], "desk")
        self._get("directory search", [(coordinators[0], "/village/offers/?q=dansen+vrijdag")], "directory")
        for what, question in WIDE.items():
            name = f"directory of 20,000 offers{what}"
            self._get(name, [(Browser(self.server.port), f"/offers/{question}village=wijdeland")])
        for size in ("small", "large"):
            one = self.known[size]
            self._get(f"family page ({size})", [(self.browser(one["guardian"]), f"/family/{one['family']}/")])
            self._get(f"plan ({size})", [(self.browser(one["guardian"]), f"/plans/{one['plan']}/")])

    def _write(self) -> None:
        measured = self.pages["concern handed in"] = Measured()
        for number in range(WARM_UP + self.requests):
            browser = Browser(self.server.port, source=f"127.0.0.{2 + number // 30}")
            token, _page = browser.token("/concern/")
            form = {"csrfmiddlewaretoken": token, "form_key": asking.secret(), "who_about": "Jonas, 3B",
                    "seen": "stil de laatste weken", "reach": "0470 00 00 00", "asker_kind": "teacher"}  # fmt: skip
            took, _text, answer = browser.ask("POST", "/concern/", form, expected=(302,))
            self._kept(measured, number, took, answer)
        measured = self.pages["approval"] = Measured()
        for number, (version, person) in enumerate(self.known["waiting"][: WARM_UP + self.requests]):
            browser = self.browser(person)
            token, _page = browser.token(f"/a/{version}/?answer=yes")
            form = {"csrfmiddlewaretoken": token, "answer": "yes"}
            took, _text, answer = browser.ask("POST", f"/a/{version}/", form, expected=(302,))
            self._kept(measured, number, took, answer)

    @staticmethod
    def _kept(measured: Measured, number: int, took: float, answer: Any) -> None:
        if number >= WARM_UP:
            measured.seconds.append(took)
            measured.statements = max(measured.statements, int(answer.headers["X-Bench-Statements"]))

    def _judge(self) -> None:
        base = self.pages["sign-in page"].median_ms
        for name, measured in self.pages.items():
            self.figures.append(Figure(f"{name}: median", measured.median_ms, "ms"))
            self.figures.append(Figure(f"{name}: p95", measured.p95_ms, "ms"))
            if name != "sign-in page":
                of_a_size = name.endswith(("(small)", "(large)"))  # there only to count statements
                times, most = measured.median_ms / base, None if of_a_size else MOST_TIMES_SIGN_IN
                self.figures.append(Figure(f"{name}: times the sign-in page", times, "x", most))
                self.figures.append(
                    Figure(f"{name}: statements", measured.statements, "SQL", MOST_STATEMENTS)
                )
        for page in ("family page", "plan"):
            more = self.pages[f"{page} (large)"].statements - self.pages[f"{page} (small)"].statements
            self.figures.append(Figure(f"{page}: more statements for thirty than for three", more, "SQL", 0))
        one = self.known["families"][0]
        askers = {"family": one["guardian"], "plan": one["guardian"], "day": one["coordinator"],
                  "desk": self.known["desk worker"], "directory": one["coordinator"]}  # fmt: skip
        for page, person in askers.items():
            statements = replaying.recorded(self.server.folder, page)
            slow, quick = replaying.cost(self.here, statements, UUID(person), max(20, self.requests // 2))
            self.figures.append(Figure(f"{page}: database with policies", slow * 1000, "ms"))
            self.figures.append(Figure(f"{page}: policies cost", slow / quick, "x", MOST_POLICY_COST))


def machine() -> str:
    """What the numbers were measured on."""
    import platform

    import django
    import psycopg

    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, Django {django.get_version()}, "
        f"psycopg {psycopg.__version__}, {sys.platform}"
    )
