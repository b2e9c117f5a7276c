"""`kring bench`: how fast the pages answer in a made-up city, and whether that is within the limits."""

import argparse
import json
import sys

import psycopg

from kring.commands import database, harness, preparing, static_files
from kring.commands.benching import loading
from kring.commands.benching.measuring import MOST_GROWTH, Bench, Figure, machine
from kring.commands.benching.size import Size
from kring.ground.addresses import Addresses
from kring.ground.refusals import Refusal


def main(argv: list[str]) -> int:
    """Make the city, measure, print; 1 when a limit is missed."""
    asked = _parser().parse_args(argv)
    preparing.django_ready()
    with database.running() as found:
        if found.owner is None:
            raise Refusal("The bench needs the owner's address of a database server.")
        static_files.collect_if_changed()
        figures = _measure(found, asked, asked.scale)
        if asked.scale != 1:
            figures += _growth(_measure(found, asked, 1), figures)
    print(json.dumps([one.told() for one in figures], indent=1) if asked.json else _table(figures))
    return 0 if all(one.ok for one in figures) else 1


def _measure(found: Addresses, asked: argparse.Namespace, scale: int) -> list[Figure]:
    here = loading.city_at(found, scale)
    harness.point_django_at(here)
    known = loading.ready(here, Size(scale), lambda sentence: print(sentence, file=sys.stderr))
    assert here.owner is not None
    with psycopg.connect(here.owner.conninfo(), autocommit=True) as connection:
        _as_it_was(connection)
    return Bench(here, known, asked.requests, asked.port).run()


def _as_it_was(connection: psycopg.Connection) -> None:
    """What an earlier measurement wrote goes, so that each run asks the same city."""
    connection.execute("TRUNCATE trust.counted")
    connection.execute("TRUNCATE trust_entry, trust_session")
    connection.execute("SET session_replication_role = replica")
    # the city's own have a hash of twice the same half
    handed_in = "SELECT id FROM intake_concern WHERE left(encode(receipt_hash, 'hex'), 32) <> right(encode(receipt_hash, 'hex'), 32)"
    connection.execute(f"DELETE FROM intake_promise WHERE concern_id IN ({handed_in})")  # noqa: S608  words of our own
    connection.execute(f"DELETE FROM intake_concern WHERE id IN ({handed_in})")  # noqa: S608
    connection.execute(
        "DELETE FROM wraparound_approval a USING wraparound_version v WHERE a.version_id = v.id AND v.number = 2"
    )
    connection.execute("UPDATE wraparound_version SET stage = 'waiting', in_force_at = NULL WHERE number = 2")
    connection.execute(
        "UPDATE wraparound_version SET stage = 'in force', replaced_at = NULL WHERE number = 1"
    )
    connection.execute("SET session_replication_role = DEFAULT")


def _growth(small: list[Figure], large: list[Figure]) -> list[Figure]:
    before = {one.name: one.value for one in small}
    return [
        Figure(f"{one.name}: growth from scale 1", one.value / before[one.name], "x", MOST_GROWTH)
        for one in large
        if one.name.endswith(": median") and before.get(one.name)
    ]


def _table(figures: list[Figure]) -> str:
    lines = [machine()]
    for one in figures:
        limit = "" if one.limit is None else f"at most {one.limit:g}"
        lines.append(f"{'ok ' if one.ok else 'NOT'} {one.name:<58}{one.value:>10.2f} {one.unit:<4} {limit}")
    return "\n".join(lines)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kring bench")
    parser.add_argument("--json", action="store_true", help="a list of name, value, unit, limit, ok")
    parser.add_argument("--scale", type=int, default=1, help="so many cities in one; prints growth")
    parser.add_argument("--requests", type=int, default=100, help="requests for each page after warm-up")
    parser.add_argument("--port", type=int, default=8199)
    return parser
