"""A scratch database with the clock of the questions: a copy of the template, made in a moment and thrown away."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

import testbed
from kring.commands import harness
from kring.commands.harness_world import World
from kring.ground import roles


@pytest.fixture
def scratch(bed, django_db_blocker) -> Iterator[World]:
    """A world of the harness in a database of its own; Django asks there too."""
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
