"""Which test comes by what: every plain test runs once, and the database counts what it called and what it filled.

Every clause gives a sign of its value then (`values.py`), in a database that is thrown away with the run. What was
seen of a test counts as long as its file is the same.
"""

import argparse
import json
import signal
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType, SimpleNamespace

import pytest
from _pytest.runner import runtestprotocol

import testbed
from proofs import values
from proofs.texts import functions, policies, print_of

#: Another database than the test's own, a browser, or texts that are compared instead of asked.
NOT_ASKED = (
    "tests/journeys/", "tests/house/", "tests/proofs/", "tests/oracle/", "tests/crash/", "tests/markers/", "tests/demo/",
    "tests/ground/", "tests/trust/test_two_ways_of_knowing.py",
)  # fmt: skip
CALLED = (
    "SELECT CASE schemaname WHEN 'watched' THEN '' ELSE 'function ' END || funcname "
    "FROM pg_stat_user_functions WHERE calls > 0 "
    "UNION ALL SELECT relname FROM pg_stat_user_tables WHERE n_tup_ins > 0"
)
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
LET_GO = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
#: A broken clause may turn in circles where nobody waits for it any more; with this it ends by itself.
NOT_FOR_EVER = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET statement_timeout = ''100s''', current_database()); END $$"
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


def file_of(nodeid: str) -> str:
    return nodeid.split("::")[0]


def print_of_file(file: str) -> str:
    return print_of(Path(file).read_text()) if Path(file).exists() else ""


class Kept:
    """What was seen of each test whose file is as it was: how long it took, what it came by, which signs it gave."""

    def __init__(self) -> None:
        told = json.loads(KEPT.read_text()) if KEPT.exists() else {}
        same = {file for file, was in told.get("files", {}).items() if was == print_of_file(file)}
        names = told.get("names", [])
        self.seconds = {one: many for one, many in told.get("seconds", {}).items() if file_of(one) in same}
        seen = {one: what for one, what in told.get("seen", {}).items() if one in self.seconds}
        self.seen = {one: {names[n] for n in what} for one, what in seen.items()}

    def keep(self) -> None:
        """For later runs."""
        names = sorted(set().union(*self.seen.values()))
        number = {name: n for n, name in enumerate(names)}
        seen = {one: sorted(number[name] for name in what) for one, what in self.seen.items()}
        files = {file: print_of_file(file) for file in sorted(set(map(file_of, self.seconds)))}
        KEPT.parent.mkdir(parents=True, exist_ok=True)
        KEPT.write_text(json.dumps({"files": files, "seconds": self.seconds, "names": names, "seen": seen}))


class Watched(ABC):
    """Runs inside pytest in place of its own loop."""

    session: pytest.Session
    bed: testbed.Testbed | None = None

    def __init__(self) -> None:
        self.items: dict[str, pytest.Item] = {}
        self.kept = Kept()

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef) -> object:
        """Catch the bed as it is made."""
        made = yield
        if fixturedef.argname == "bed":
            self.bed = made
        return made

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Open the bed with a test that is thrown away, and do what this run is for."""
        self.session = session
        self.items = {one.nodeid: one for one in session.items if plain(one)}
        for nodeid in self.items:
            if self.bed is None:
                self.run(nodeid)
        self.work()
        return True

    @abstractmethod
    def work(self) -> None:
        """What this run is for."""

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
            self._let_go()
            return "too long"
        return next((f"{one.when}: {str(one.longrepr)[-1500:]}" for one in reports if one.failed), "")

    def _let_go(self) -> None:
        """What turns in circles in the database turns on when nobody waits for it any more."""
        if self.bed:
            self.bed.close()
            with self.bed.connect() as owner:
                owner.execute(LET_GO)


class Watching(Watched):
    """Every test that was not seen as it is written now."""

    def __init__(self, chosen: argparse.Namespace) -> None:
        super().__init__()
        self.chosen = chosen
        if chosen.anew:
            self.kept.seen.clear()

    def work(self) -> None:
        """The quickest first, as far as was known."""
        assert self.bed
        until = time.monotonic() + self.chosen.minutes * 60
        asked = [one for one in self.items if one not in self.kept.seen]
        asked.sort(key=lambda one: self.kept.seconds.get(one, 0))
        say(f"{len(asked)} tests to watch")
        if asked:
            self._count()
        for number, nodeid in enumerate(asked, 1):
            if time.monotonic() > until:
                break
            self._look(nodeid)
            if number % 100 == 0:
                say(f"watched {number} of {len(asked)} tests")
                self.kept.keep()
        self.kept.keep()

    def _count(self) -> None:
        """From now on every copy of the template gives the signs, and counts them."""
        assert self.bed
        begun = time.perf_counter()
        testbed.forget_connections()
        with self.bed.connect(testbed.TEMPLATE) as owner:
            owner.execute("ALTER SYSTEM SET track_functions = 'all'")
            owner.execute("SELECT pg_reload_conf()")
            values.lay(owner, [*policies(), *functions(owner)])
        self.bed.clone()
        say(f"signs laid in {time.perf_counter() - begun:.0f} seconds")

    def _look(self, nodeid: str) -> None:
        assert self.bed
        with self.bed.connect() as owner:
            owner.execute("SELECT pg_stat_reset()")
        begun = time.perf_counter()
        failed = self.run(nodeid)
        self.kept.seconds[nodeid] = FAILED if failed else time.perf_counter() - begun
        with self.bed.connect() as owner:
            for _ in range(20):  # what was counted is told when a connection ends; one cleans, and stays
                if owner.execute(OTHERS).fetchone()[0] <= 1:  # type: ignore[index]
                    break
                time.sleep(0.01)
            self.kept.seen[nodeid] = {name for (name,) in owner.execute(CALLED).fetchall()}
        if failed:
            say(f"fails while it is watched: {nodeid}\n{failed}")


def asked_of() -> list[str]:
    """What pytest is told: every test but those that are not asked."""
    return ["-q", *(f"--ignore={folder}" for folder in NOT_ASKED)]


def main() -> int:
    """Watch them all."""
    made = argparse.ArgumentParser(prog="python -m proofs.watched", description=__doc__)
    made.add_argument("--minutes", type=float, default=600, help="begin no other after so long")
    made.add_argument("--anew", action="store_true", help="watch also those that were seen")
    made.add_argument("tests", nargs="*", default=["tests"])
    chosen = made.parse_args()
    return int(pytest.main([*asked_of(), *chosen.tests], plugins=[Watching(chosen)]))


if __name__ == "__main__":
    sys.exit(main())
