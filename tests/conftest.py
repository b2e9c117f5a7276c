"""The bench: a real database with real roles, no network, and the clock passed in."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import hypothesis
import psycopg
import pytest
import pytest_socket
from django.conf import settings
from psycopg import sql

import testbed
from trust import kept_scenes

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from kring.commands.harness_world import World
    from trust.each_policy import Neighbourhood
    from trust.one_trigger import Alone

# No test is timed: how busy a machine is says nothing of Kring.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")

_run: testbed.Run | None = None


def pytest_configure(config: pytest.Config) -> None:
    """The run that started it all owns the folder; its workers inherit the name."""
    global _run
    if not hasattr(config, "workerinput"):
        _run = testbed.Run()
    _plain_static_files()


def pytest_unconfigure(config: pytest.Config) -> None:
    if _run:
        _run.close()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Nothing is fetched from anywhere: only this machine answers."""
    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def bed(
    django_test_environment: None, django_db_blocker, worker_id_or_main: str
) -> Iterator[testbed.Testbed]:
    """This worker's database, migrated; Django is pointed at it as the role that serves."""
    bed = testbed.Testbed(worker_id_or_main)
    with django_db_blocker.unblock():
        testbed.point_django_at(bed.open())
        settings.SEALS_FILE = bed.run / f"seals-{worker_id_or_main}.txt"
        yield bed
        bed.close()
        testbed.forget_connections()


@pytest.fixture(scope="session")
def worker_id_or_main() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def django_db_setup(bed: testbed.Testbed) -> Iterator[None]:
    """Tests that commit leave the database as they found it: the serving role may not truncate tables."""
    from django.test import TransactionTestCase

    before = bed.untouched()
    kept_scenes.begin_from(bed.name, before)

    def teardown(self: TransactionTestCase) -> None:
        testbed.forget_connections()
        bed.clean(before)

    usual = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = usual


@pytest.fixture
def owner(bed: testbed.Testbed, transactional_db: None) -> Iterator[psycopg.Connection]:
    """The owner's connection, whom no policy binds: for setting a scene and for looking behind it.

    What it writes is committed at once and removed after the test.
    """
    with bed.connect() as connection:
        yield connection


@pytest.fixture
def here(owner: psycopg.Connection) -> "Neighbourhood":
    """Two families, colleagues of every work twice, and another village."""
    from trust.each_policy import Neighbourhood

    return Neighbourhood(owner)


@pytest.fixture
def by(here: "Neighbourhood") -> Iterator["Alone"]:
    """What is laid and tried there is gone afterwards."""
    from trust.one_trigger import alone

    with alone(here.owner, "") as by:
        yield by


@pytest.fixture(scope="module")
def chromium() -> Iterator["Browser"]:
    """A real browser; in the thread that drives it Django is asked too."""
    from network import browser

    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with browser.started() as chromium:
        yield chromium


@pytest.fixture
def scratch(bed: testbed.Testbed, django_db_blocker) -> Iterator["World"]:
    """A world of the harness with the clock of its questions, in a copy of the template; Django asks there too."""
    from kring.commands import harness
    from kring.commands.harness_world import World
    from kring.ground import roles

    name, gone = f"{bed.name}_proofs", sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    with bed.connect("postgres") as connection:
        connection.execute(gone.format(sql.Identifier(name)))
        roles.create_database(connection, name, testbed.TEMPLATE)
    here = bed._addresses(name)
    with django_db_blocker.unblock():
        testbed.point_django_at(here)
        try:
            with bed.connect(name) as owner, psycopg.connect(
                here.runtime.conninfo(), autocommit=True, prepare_threshold=0
            ) as runtime:  # fmt: skip
                owner.execute(harness.CLOCK)
                owner.execute(f"SET ROLE {roles.GATEKEEPER}")
                yield World(owner, runtime)
        finally:
            testbed.point_django_at(bed._addresses(bed.name))
            with bed.connect("postgres") as connection:
                connection.execute(gone.format(sql.Identifier(name)))


@pytest.fixture
def no_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for what is not here, where the words are compared and not the time."""
    from kring.web import middleware

    monkeypatch.setattr(middleware, "TICK", 0.0001)


@pytest.fixture
def letters_of_a_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters that a test announces are forgotten after it."""
    from kring.messaging import kinds

    monkeypatch.setattr(kinds._book, "kinds", dict(kinds._book.kinds))


def _plain_static_files() -> None:
    """Tests read static files from the source tree, whatever an earlier demonstration collected."""
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.WHITENOISE_USE_FINDERS = True
    settings.WHITENOISE_AUTOREFRESH = True
