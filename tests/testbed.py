"""A database of one's own for every test run: real roles, real policies, thrown away at the end.

Tests run as the role that serves (`kring_runtime`), because a test that may see everything shows
nothing; what the worker does runs as the clock's (`clockwork`). One run has one embedded server in its own folder, whichever number of workers share it; each
worker has a copy of one migrated template. After a test that commits, the copy is made as it was.
"""

import fcntl
import os
import shutil
import threading
import time
import uuid
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from django.db.backends.signals import connection_created
from django.dispatch import receiver
from psycopg import sql

import prepared
from kring.ground import keeping, places, roles
from kring.ground.addresses import CLOCK, MIGRATOR, RUNTIME, Address, Addresses
from kring.ground.cluster import Cluster

SECRET = "only the tests use this word, and everybody may know it"
TEMPLATE = "kring_template"
RUN = "KRING_TEST_RUN"
FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum_naptime": "'10s'"}


class Testbed:
    """One worker's database on the run's server."""

    def __init__(self, worker: str) -> None:
        self.area = places.here("test").area
        self.run = self.area / os.environ[RUN]
        self.cluster = Cluster(places.at(self.run), FAST)
        self.name = f"kring_test_{worker}"
        self.cleaning: psycopg.Connection | None = None

    def open(self) -> Addresses:
        """Start what is not running, and give this worker its database."""
        with self._turn():
            if not self.cluster.place.data.exists():
                name = prepared.key(self.cluster.engine.bin)
                prepared.fill(self.run, self.area / "prepared", name, self._build)
            self.cluster.start()
            self.clone()
        return self._addresses(self.name)

    def clone(self) -> None:
        """The worker's database as a fresh copy of the template."""
        self.close()
        with self.connect("postgres") as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.name))
            )
            roles.create_database(connection, self.name, TEMPLATE)

    def close(self) -> None:
        """Let go of the connection that cleans."""
        if self.cleaning:
            self.cleaning.close()

    def connect(self, name: str | None = None) -> psycopg.Connection:
        """A connection as the owner of the server, whom no policy binds."""
        return psycopg.connect(self.cluster.conninfo(dbname=name or self.name), autocommit=True)

    def untouched(self) -> dict[tuple[str, str], int]:
        """How many rows each table that is not empty holds before any test."""
        return rows(self._cleaner())

    def clean(self, before: dict[tuple[str, str], int]) -> None:
        """Empty every table a test filled; where a test changed what was there, copy the template again."""
        connection = self._cleaner()
        now = rows(connection)
        touched = [name for name in now if name not in before]
        if touched:
            emptied = [sql.SQL("DELETE FROM {}").format(sql.Identifier(*name)) for name in touched]
            with suppress(psycopg.errors.LockNotAvailable):  # somebody still holds a row: then a fresh copy
                connection.execute(sql.SQL("; ").join(emptied))
                now = {name: number for name, number in now.items() if name in before}
        if now != before:
            self.clone()

    def _cleaner(self) -> psycopg.Connection:
        """One connection for all cleaning: it knows every table already, and no trigger hears it."""
        if self.cleaning is None or self.cleaning.closed:
            self.cleaning = self.connect()
            self.cleaning.execute("SET session_replication_role = replica; SET lock_timeout = '5s'")
        return self.cleaning

    def _build(self) -> None:
        from kring.commands import preparing

        self.cluster.start()
        template = self._addresses(TEMPLATE)
        roles.prepare(template, tell=lambda sentence: None)
        point_django_at(template)
        preparing.migrate(template.owner)
        forget_connections()
        self.cluster.stop()

    def _addresses(self, name: str) -> Addresses:
        host = str(self.cluster.place.run)
        words = {role: keeping.role_password(SECRET, role, "tests") for role in (MIGRATOR, RUNTIME, CLOCK)}
        owner = Address(name, "owner", keeping.kept(self.cluster.place, "owner"), host)
        migrator, runtime, clock = (Address(name, role, word, host) for role, word in words.items())
        return Addresses(owner, migrator, runtime, clock, embedded=True)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        self.run.mkdir(parents=True, exist_ok=True)
        with (self.run / "turn.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def rows(connection: psycopg.Connection) -> dict[tuple[str, str], int]:
    """Rows per table, empty ones left out."""
    listed = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    names = connection.execute(listed).fetchall()
    count = sql.SQL("SELECT {}, {}, (SELECT count(*) FROM {})")
    parts = [count.format(*map(sql.Literal, name), sql.Identifier(*name)) for name in names]
    found = connection.execute(sql.SQL(" UNION ALL ").join(parts), prepare=True)
    return {(schema, name): number for schema, name, number in found if number}


def point_django_at(found: Addresses) -> None:
    """Have Django use these addresses: its connections are lazy, so the settings are changed in place."""
    from django.db import connections

    forget_connections()
    for alias, address in (("default", found.runtime), ("migrator", found.migrator), ("clock", found.clock)):
        entry = connections.settings[alias]
        options = {key: value for key, value in entry["OPTIONS"].items() if key != "pool"}
        entry.update(address.django(**options))
        entry["TEST"] = {**entry.get("TEST", {}), "NAME": address.name}


_opened: weakref.WeakSet = weakref.WeakSet()


@receiver(connection_created)
def _remember(connection: object, **_: object) -> None:
    _opened.add(connection)


def forget_connections() -> None:
    """Close what this thread holds open, so that a database can be copied or dropped.

    Django keeps two sets of connections in a thread in which a browser is driven, one for when its event
    loop runs and one for when it does not; `connections.all()` knows only the present one.
    """
    for connection in list(_opened):
        if connection._thread_ident == threading.get_ident():
            connection.close()


class Run:
    """The run itself: it names the folder, and sweeps up after runs that were killed."""

    def __init__(self) -> None:
        self.area = places.here("test").area
        self.area.mkdir(parents=True, exist_ok=True)
        self._sweep()
        self.name = uuid.uuid4().hex[:8]
        os.environ[RUN] = self.name
        self.sign = (self.area / f"{self.name}.alive").open("w")
        fcntl.flock(self.sign, fcntl.LOCK_EX)

    def close(self) -> None:
        """Stop the server and remove the folder."""
        _remove(self.area / self.name)
        self.sign.close()
        with suppress(FileNotFoundError):
            Path(self.sign.name).unlink()

    def _sweep(self) -> None:
        for sign in self.area.glob("*.alive"):
            with suppress(OSError), sign.open("a") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if time.time() - sign.stat().st_mtime > 5:
                    _remove(self.area / sign.stem)
                    sign.unlink()
        for trial in self.area.glob("trial-*"):
            if time.time() - trial.stat().st_mtime > 3600:
                _remove(trial)


def _remove(folder: Path) -> None:
    if (folder / "postgres").exists():
        Cluster(places.at(folder)).stop()
    shutil.rmtree(folder, ignore_errors=True)
