"""The city in a database of its own; made once and kept until the way it is made changes."""

import hashlib
import time
from collections.abc import Callable
from contextlib import suppress
from importlib.resources import files
from typing import Any

import psycopg
from django.apps import apps

from kring.commands import harness, preparing
from kring.commands.benching import copying
from kring.commands.benching.city import Builder
from kring.commands.benching.size import Size
from kring.ground.addresses import Address, Addresses

ORDER = (
    "trust.Village", "trust.Organisation", "trust.Agreement", "trust.Person", "trust.Account", "trust.Job",
    "trust.Family", "trust.FamilyMember", "trust.Birth", "trust.Circle", "trust.Seat", "trust.ContactCard",
    "intake.Duty", "intake.Concern", "intake.Promise", "network.Offer", "network.Spelling", "network.TownMap", "wraparound.Story", "wraparound.Plan",
    "wraparound.Wish", "wraparound.Goal", "wraparound.Action", "wraparound.Version", "wraparound.VersionPart",
    "wraparound.Approval", "wraparound.Note",
)  # fmt: skip


def city_at(found: Addresses, scale: int) -> Addresses:
    """Where the city of this scale lies."""
    return found.at(f"kring_bench_{scale}")


def ready(here: Addresses, size: Size, tell: Callable[[str], None]) -> dict[str, Any]:
    """Make the city unless it stands already; who is asked for what."""
    assert here.owner is not None
    mark = fingerprint(size)
    known = _known(here.owner, mark)
    if known is None:
        _make(here, size, mark, tell)
        known = _known(here.owner, mark)
    assert known is not None
    return known


def _known(owner: Address, mark: str) -> dict[str, Any] | None:
    """Who is asked for what in the city that stands, if it was made the same way."""
    missing = (psycopg.OperationalError, psycopg.errors.UndefinedTable)
    with suppress(*missing), psycopg.connect(owner.conninfo()) as connection:
        row = connection.execute("SELECT known FROM bench_city WHERE mark = %s", [mark]).fetchone()
        return dict(row[0]) if row else None
    return None


def fingerprint(size: Size) -> str:
    """What the city was made with: the code, the migrations and the policies."""
    digest = hashlib.sha256(repr(size).encode())
    for package in ("commands/benching", "trust", "trust/sql", "trust/migrations", "intake/migrations", "intake/sql",
                    "wraparound/migrations", "wraparound/sql", "network/migrations",
                    "network/search", "network/sql"):  # fmt: skip
        for file in sorted(files("kring").joinpath(package).iterdir(), key=lambda f: f.name):
            if file.name.endswith((".py", ".sql")) and file.name not in ("measuring.py", "asking.py"):
                digest.update(file.read_bytes())
    return digest.hexdigest()


def _make(here: Addresses, size: Size, mark: str, tell: Callable[[str], None]) -> None:
    import json

    assert here.owner is not None
    with psycopg.connect(
        here.owner.conninfo("postgres" if here.embedded else None), autocommit=True
    ) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{here.owner.name}" WITH (FORCE)')
    preparing.prepare(here, tell=lambda sentence: None)
    harness.forget_connections()
    started = time.monotonic()
    city = Builder(size).build()
    with psycopg.connect(here.owner.conninfo(), autocommit=True) as connection:
        connection.execute("SET synchronous_commit = off")
        with connection.transaction():
            for label in ORDER:
                # what is who is reckoned by its triggers; what lies in circles comes as it was written
                mode = "origin" if label.startswith("trust.") else "replica"
                connection.execute(f"SET LOCAL session_replication_role = {mode}")
                for piece in copying.pieces(city.rows.pop(label, []), 50_000):
                    copying.copy(connection, apps.get_model(label), piece)
            assert not city.rows, sorted(city.rows)
            connection.execute("SELECT trust.reckon_signposts(ARRAY(SELECT id FROM trust_village))")
        connection.execute("VACUUM ANALYZE")
        connection.execute("CREATE TABLE bench_city (mark text, known jsonb)")
        connection.execute(
            "INSERT INTO bench_city VALUES (%s, %s)", [mark, json.dumps(city.known, default=str)]
        )
    tell(f"The city stands, made in {time.monotonic() - started:.0f} s.")
