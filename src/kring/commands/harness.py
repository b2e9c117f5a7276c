"""`kring harness`: one door for every oracle. JSON lines in, JSON lines out; see the protocol in docs/trust.

Worlds are built in a scratch database through the real tables and triggers; every answer comes from the
run-time role through the same policies that serve the pages. Nothing is reckoned here.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import psycopg

from kring.commands import database, preparing
from kring.commands.harness_world import Refused, World
from kring.ground import roles
from kring.ground.addresses import Addresses

SCRATCH = "kring_harness"

CLOCK = """CREATE OR REPLACE FUNCTION trust.moment() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT coalesce(nullif(current_setting('harness.at', true), '')::timestamptz, statement_timestamp()) $$"""


def main(argv: list[str]) -> int:
    """Answer every line of standard input until it ends."""
    preparing.django_ready()
    with database.running() as found, scratch(found) as world:
        for line in sys.stdin:
            if line.strip():
                sys.stdout.write(answer(world, line) + "\n")
                if not sys.stdin.isatty():
                    sys.stdout.flush()
    return 0


def answer(world: World, line: str) -> str:
    """One line for one line; a problem is an answer too."""
    try:
        op = json.loads(line)
        if not isinstance(op, dict):
            raise Refused("malformed", "an operation is a JSON object")
        return json.dumps(world.do(op), ensure_ascii=False)
    except json.JSONDecodeError as problem:
        return json.dumps({"error": "malformed", "message": str(problem)})
    except Refused as refused:
        return json.dumps({"error": refused.code, "message": refused.message})


@contextmanager
def scratch(found: Addresses) -> Iterator[World]:
    """A database of its own for the harness, made anew, with the clock of the questions."""
    if found.owner is None:
        raise Refused("no_owner", "the harness needs the owner's address of a database server")
    name = f"{SCRATCH}_{_free_number(found)}"
    here = Addresses(
        *(replace(a, name=name) for a in (found.owner, found.migrator, found.runtime)), found.embedded
    )
    point_django_at(here)
    preparing.prepare(here, tell=lambda sentence: None)
    forget_connections()
    assert here.owner is not None
    try:
        with psycopg.connect(here.owner.conninfo(), autocommit=True) as owner:
            owner.execute(CLOCK)
            owner.execute(f"SET ROLE {roles.GATEKEEPER}")
            with psycopg.connect(here.runtime.conninfo(), autocommit=True, prepare_threshold=0) as runtime:
                yield World(owner, runtime)
    finally:
        with psycopg.connect(
            found.owner.conninfo("postgres" if found.embedded else None), autocommit=True
        ) as owner:
            owner.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _free_number(found: Addresses) -> int:
    """Several harnesses may run side by side."""
    import os

    return os.getpid()


def point_django_at(here: Addresses) -> None:
    """Have Django use these addresses from its next connection on."""
    from django.db import connections

    for alias, address in (("default", here.runtime), ("migrator", here.migrator)):
        options: dict[str, Any] = {
            key: value for key, value in connections.settings[alias]["OPTIONS"].items() if key != "pool"
        }
        connections.settings[alias].update(address.django(**options))


def forget_connections() -> None:
    """Close what Django holds open, so that a database can be copied or dropped."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
