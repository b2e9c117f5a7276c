"""Which test comes by what: every plain test runs once, and the database counts what it called and what it filled."""

import json
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType, SimpleNamespace

import pytest
from _pytest.runner import runtestprotocol

import testbed
from proofs.texts import print_of

#: Another database than the test's own, a browser, or texts that are compared instead of asked.
NOT_ASKED = (
    "tests/journeys/", "tests/house/", "tests/proofs/", "tests/oracle/", "tests/crash/", "tests/markers/", "tests/demo/",
    "tests/ground/", "tests/trust/test_two_ways_of_knowing.py",
)  # fmt: skip
CALLED = (
    "SELECT 'function ' || funcname FROM pg_stat_user_functions WHERE calls > 0 "
    "UNION ALL SELECT relname FROM pg_stat_user_tables WHERE n_tup_ins > 0"
)
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
FAILED = 999.0
KEPT = Path("var/mutants/calls.json")


class TooLong(BaseException):
    """A broken clause may turn in circles; nobody waits for it."""


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Break off after so long."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooLong

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def say(sentence: str) -> None:
    """To whoever waits; pytest keeps what is written otherwise."""
    sys.__stdout__.write(sentence + "\n")
    sys.__stdout__.flush()


def plain(item: pytest.Item) -> bool:
    """Whether this test asks the database, without a browser."""
    names = set(getattr(item, "fixturenames", ()))
    if item.get_closest_marker("journey") or "live_server" in names or "in_the_browser" in item.nodeid:
        return False
    return "bed" in names or "django_db_setup" in names


def _file(nodeid: str) -> str:
    return nodeid.split("::")[0]


def _print(file: str) -> str:
    return print_of(Path(file).read_text()) if Path(file).exists() else ""


class Watched:
    """Runs inside pytest in place of its own loop."""

    session: pytest.Session
    bed: testbed.Testbed | None = None

    def __init__(self, *, anew: bool) -> None:
        self.items: dict[str, pytest.Item] = {}
        self.seconds: dict[str, float] = {}
        self.calls: dict[str, list[str]] = {}
        if KEPT.exists() and not anew:
            told = json.loads(KEPT.read_text())
            same = {file for file, was in told.get("files", {}).items() if was == _print(file)}
            self.seconds, self.calls = (
                {one: what for one, what in told[kept].items() if _file(one) in same}
                for kept in ("seconds", "calls")
            )

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef) -> object:
        """Catch the bed as it is made, and have it count from then on what is called."""
        made = yield
        if fixturedef.argname == "bed":
            self.bed = made
            with made.connect() as owner:
                owner.execute("ALTER SYSTEM SET track_functions = 'all'")
                owner.execute("SELECT pg_reload_conf()")
        return made

    def run(self, nodeid: str) -> str:
        """Run one test, and let go of all but what lasts a whole session; how it failed, if it did."""
        after = SimpleNamespace(listchain=lambda: [self.session])
        try:
            with at_most(60 if self.bed else 900):  # the first one may build the tables
                reports = runtestprotocol(self.items[nodeid], log=False, nextitem=after)  # type: ignore[arg-type]
        except TooLong:
            with suppress(Exception):
                self.session._setupstate.teardown_exact(after)  # type: ignore[arg-type]
            testbed.forget_connections()
            return "too long"
        return next((one.when for one in reports if one.failed), "")

    def watch(self) -> None:
        """Every test that was not watched as it is written now; one is run in any case, to open the bed."""
        for number, nodeid in enumerate(self.items):
            if not self.bed:
                self.run(nodeid)  # opens the bed, which may take long
            if nodeid not in self.seconds:
                self._look(nodeid)
            if number % 50 == 49:
                say(f"watched {number + 1} of {len(self.items)} tests")
        KEPT.parent.mkdir(parents=True, exist_ok=True)
        files = {file: _print(file) for file in sorted(set(map(_file, self.seconds)))}
        KEPT.write_text(json.dumps({"seconds": self.seconds, "calls": self.calls, "files": files}))

    def _look(self, nodeid: str) -> None:
        if not self.bed:
            return
        with self.bed.connect() as owner:
            owner.execute("SELECT pg_stat_reset()")
        begun = time.perf_counter()
        failed = self.run(nodeid)
        self.seconds[nodeid] = FAILED if failed else time.perf_counter() - begun
        with self.bed.connect() as owner:
            for _ in range(20):  # what was counted is told when a connection ends; one cleans, and stays
                if owner.execute(OTHERS).fetchone()[0] <= 1:  # type: ignore[index]
                    break
                time.sleep(0.01)
            self.calls[nodeid] = [name for (name,) in owner.execute(CALLED).fetchall()]
