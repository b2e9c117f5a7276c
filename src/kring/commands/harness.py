"""`kring harness`: one door for every oracle. JSON lines in, JSON lines out; see the protocol in docs/trust.

Worlds are built in a scratch database through the real tables and triggers; every answer comes from the
run-time role through the same policies that serve the pages. Nothing is reckoned here.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import groupby
from typing import Any

import psycopg

from kring.commands import database, preparing
from kring.commands.harness_steps import Refused
from kring.commands.harness_world import World
from kring.ground import roles
from kring.ground.addresses import Address, Addresses

SCRATCH = "kring_harness"

CLOCK = """CREATE OR REPLACE FUNCTION trust.moment() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT coalesce(nullif(current_setting('harness.at', true), '')::timestamptz, statement_timestamp()) $$"""


def main(argv: list[str]) -> int:
    """Answer every line of standard input until it ends."""
    argparse.ArgumentParser(prog="kring harness", description=__doc__).parse_args(argv)
    preparing.django_ready()
    with database.running() as found, scratch(found) as world:
        for lines in waiting_lines(sys.stdin.fileno()):
            for said in answers(world, lines):
                sys.stdout.write(said + "\n")
            sys.stdout.flush()
    return 0


def waiting_lines(source: int) -> Iterator[list[str]]:
    """The lines that wait to be read, as many as there are."""
    rest = b""
    while piece := os.read(source, 1 << 16):
        *lines, rest = (rest + piece).split(b"\n")
        yield [line.decode("utf-8", "replace") for line in lines if line.strip()]
    if rest.strip():
        yield [rest.decode("utf-8", "replace")]


def answers(world: World, lines: list[str]) -> Iterator[str]:
    """One line for one line, in order; questions that follow each other are sent together."""
    read = [_read(line) for line in lines]
    for asking, group in groupby(read, key=lambda op: op.get("op") == "ask"):
        if asking:
            for told in world.ask_many(list(group)):
                yield json.dumps(told, ensure_ascii=False)
        else:
            for op in group:
                yield answer(world, op)


def _read(line: str) -> dict[str, Any]:
    try:
        op = json.loads(line)
    except ValueError as problem:
        return {"malformed": str(problem)}
    return op if isinstance(op, dict) else {"malformed": "an operation is a JSON object"}


def answer(world: World, op: dict[str, Any]) -> str:
    """An operation is done or refused; a problem is an answer too."""
    try:
        if "malformed" in op:
            raise Refused("malformed", op["malformed"])
        return json.dumps(world.do(op), ensure_ascii=False)
    except Refused as refused:
        return json.dumps({"error": refused.code, "message": refused.message})


@contextmanager
def scratch(found: Addresses) -> Iterator[World]:
    """A database of its own for the harness, with the clock of the questions."""
    if found.owner is None:
        raise Refused("no_owner", "the harness needs the owner's address of a database server")
    name = f"{SCRATCH}_{_free_number(found)}"
    here = found.at(name)
    if found.embedded:
        _copy_an_empty_house(found.owner, name)
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


def _copy_an_empty_house(owner: Address, name: str) -> None:
    """Where nobody lives yet the house itself is copied: that spares the half minute of making tables."""
    with suppress(psycopg.Error):  # no house is here yet, or somebody works in it: the tables are made anew
        with psycopg.connect(owner.conninfo()) as house:
            lived_in = house.execute("SELECT EXISTS (SELECT FROM trust_village)").fetchone()
        if lived_in == (False,):
            with psycopg.connect(owner.conninfo("postgres"), autocommit=True) as connection:
                roles.create_database(connection, name, owner.name)


def _free_number(found: Addresses) -> int:
    """Several harnesses may run side by side."""
    return os.getpid()


def point_django_at(here: Addresses) -> None:
    """Have Django use these addresses from now on; what it holds open leads elsewhere."""
    from django.db import connections

    forget_connections()
    for alias, address in (("default", here.runtime), ("migrator", here.migrator), ("clock", here.clock)):
        if address is None:
            continue
        options: dict[str, Any] = {
            key: value for key, value in connections.settings[alias]["OPTIONS"].items() if key != "pool"
        }
        connections.settings[alias].update(address.django(**options))


def forget_connections() -> None:
    """Close what Django holds open, so that a database can be copied or dropped."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
