"""Make the database ready: roles, tables, the shared cache. The same steps for a town, the demo and the tests."""

import contextlib
import os
from collections.abc import Callable, Iterator

import psycopg

from kring.ground import opening, roles
from kring.ground.addresses import Address, Addresses
from kring.ground.refusals import Refusal

CACHE_TABLE = "ground_cache"
WITHOUT_CLOCK = (
    "The worker has no way in of its own: DATABASE_URL names the serving role, which may not do what is done by the clock. "
    "Name kring_clock in KRING_CLOCK_URL."
)
MAKING_READY = 5_746_401  # the number of the lock; any would do


def django_ready() -> None:
    """Have Django know its settings and apps."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kring.settings")
    django.setup()


def prepare(found: Addresses, tell: Callable[[str], None] = print) -> None:
    """Roles, then tables. Without an owner's address nothing is changed here."""
    if found.owner is None:
        return
    with _alone(found.owner, found.owner.name if not found.embedded else "postgres") as connection:
        opening.refuse_closed(connection, found.owner.name)
        roles.prepare(found, tell)
        migrate(found.owner)


@contextlib.contextmanager
def _alone(owner: Address, database: str) -> Iterator[roles.Connection]:
    """One command at a time makes a database ready: `kring setup` may be typed while `kring serve` starts."""
    with roles.reach(owner, database) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [MAKING_READY])
        yield connection


def migrate(owner: Address) -> None:
    """Bring the tables up to date as the migrator, and close what only a migration may write."""
    from django.core.management import call_command
    from django.db import OperationalError

    try:
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
        call_command("createcachetable", CACHE_TABLE, database="migrator", verbosity=0)
    except OperationalError as problem:
        if isinstance(problem.__cause__, psycopg.errors.DiskFull):
            raise Refusal("The disk is full; make room for the database and start again.") from problem
        raise
    with psycopg.connect(owner.conninfo(), autocommit=True) as connection:
        roles.settle(connection)


def refuse_unready(found: Addresses) -> None:
    """Go no further with a database that does not let us in, or whose tables are behind."""
    try:
        migrator = roles.reach(found.migrator)
    except Refusal:
        roles.reach(found.runtime).close()  # where nobody is let in, who serves is named
        raise
    with migrator as connection:
        opening.refuse_closed(connection, found.migrator.name)
    roles.reach(found.runtime).close()
    missing = waiting()
    if missing:
        raise Refusal(
            f"{len(missing)} migrations are waiting; run kring migrate with the owner's DATABASE_URL."
        )
    from kring.commands import key_backups

    with roles.reach(found.runtime) as connection:
        key_backups.refuse_without_keys(connection)


def refuse_without_clock(found: Addresses) -> None:
    """Go no further where the clock's work is to be done and its role is not let in."""
    if found.clock is None:
        raise Refusal(WITHOUT_CLOCK)
    try:
        roles.reach(found.clock).close()
    except Refusal as problem:
        raise Refusal(f"{problem} If this role is new here, run kring migrate first.") from problem


def waiting() -> list[str]:
    """The migrations that have not been applied yet, by name."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["migrator"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
