"""The database as a stream of SQL, read in one snapshot by the role `kring_backup`; and back into a new database."""

import contextlib
import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import IO, Any, cast

import psycopg
from psycopg import sql

from kring.ground.addresses import Address
from kring.ground.backups.sealing import Unusable
from kring.ground.engines import Engine
from kring.ground.refusals import Refusal
from kring.ground.roles import BACKUP, Connection

PIECE = 1 << 18
# Who is signed in and what is remembered for a moment does not come back: everybody signs in anew.
PASSING = ("trust_session", "ground_cache")
# Laid anew by every migration.
UNKEPT = "trust.counted"
TABLES = (
    "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND c.relpersistence = 'p' ORDER BY 1, 2"
)
HELD_BACK = (
    "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') "
    "AND n.nspname NOT LIKE 'pg\\_%%' AND n.nspname <> 'information_schema' AND c.relpersistence = 'p' AND (NOT has_table_privilege(c.oid, 'SELECT') "
    "OR (c.relrowsecurity AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive "
    "AND p.polcmd = 'r' AND pg_get_expr(p.polqual, c.oid) = 'true' "
    "AND %s = ANY(SELECT pg_get_userbyid(r) FROM unnest(p.polroles) r))))"
)


@dataclass(frozen=True)
class Snapshot:
    """One moment of the database, on which several readers agree."""

    connection: Connection
    name: str

    def tables(self) -> dict[str, list[Any]]:
        """Of every table its number of rows and a sum over all of them, whatever their order."""
        return sums(self.connection)

    def one(self, statement: str) -> Any:
        """One answer of that moment."""
        row = self.connection.execute(cast("Any", statement)).fetchone()
        return row[0] if row else None


@contextlib.contextmanager
def snapshot(address: Address) -> Iterator[Snapshot]:
    """The database as it is now, for as long as it is read; refused where the reader does not see all of it."""
    with psycopg.connect(address.conninfo(), autocommit=True) as connection:
        connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(BACKUP)))
        connection.execute("SET timezone = 'UTC'")
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        held_back = connection.execute(cast("Any", HELD_BACK), [BACKUP]).fetchall()
        if held_back:
            names = ", ".join(sorted(name for (name,) in held_back))
            raise Refusal(f"The role {BACKUP} does not see all of {names}; run kring migrate.")
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        yield Snapshot(connection, row[0] if row else "")
        connection.execute("ROLLBACK")


def sums(connection: Connection) -> dict[str, list[Any]]:
    """Rows and sum of every table but the passing ones."""
    found = {}
    for schema, table in connection.execute(cast("Any", TABLES)).fetchall():
        if table not in PASSING:
            statement = sql.SQL(
                "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0)::text FROM {} t"
            )
            number, sum_ = connection.execute(statement.format(sql.Identifier(schema, table))).fetchone() or (
                0,
                "0",
            )
            found[f"{schema}.{table}"] = [number, sum_]
    return found


def dumped(engine: Engine, address: Address, moment: Snapshot) -> Iterator[bytes]:
    """The pieces of the dump; they are never written down here."""
    options = [
        "--format=plain",
        "--enable-row-security",
        "--no-comments",
        "--no-publications",
        "--no-subscriptions",
    ]
    options += [f"--exclude-table-data=*.{table}" for table in PASSING]
    options += [f"--exclude-table={UNKEPT}", f"--role={BACKUP}", f"--snapshot={moment.name}"]
    with _program(engine, "pg_dump", address, *options) as program:
        while piece := cast("IO[bytes]", program.stdout).read(PIECE):
            yield piece
        said = cast("IO[bytes]", program.stderr).read()
        if program.wait():
            raise Refusal(f"The database cannot be read for a backup: {_last(said)}.")


def filled(engine: Engine, address: Address, pieces: Iterable[bytes]) -> None:
    """Write a dump into an empty database, all of it or nothing."""
    options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    options += ["--set=VERBOSITY=terse", "--set=SHOW_CONTEXT=never"]  # an error never says what a row held
    with _program(engine, "psql", address, *options) as program:
        inlet = cast("IO[bytes]", program.stdin)
        with contextlib.suppress(BrokenPipeError):
            for piece in pieces:
                inlet.write(_understood(piece))
            inlet.close()
        said = cast("IO[bytes]", program.stderr).read()
        if program.wait():
            raise Unusable(f"This backup cannot be restored here: {_last(said)}.")


def _understood(piece: bytes) -> bytes:
    """A newer program begins with a setting that an older server does not know; it is 0 there anyhow."""
    return piece.replace(b"SET transaction_timeout = 0;\n", b"")


@contextlib.contextmanager
def _program(engine: Engine, name: str, address: Address, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """One of the engine's programs with its pipes; the password goes along unseen, and nothing is left running."""
    environment = {
        "PATH": os.environ.get("PATH", "/usr/bin"),
        "LC_ALL": "C",
        "TZ": "UTC",
        "PGPASSWORD": address.password,
    }
    program = subprocess.Popen(
        [engine.program(name), *options, f"--dbname={replace(address, password='').conninfo()}"],
        env=environment,
        stdin=subprocess.PIPE if name == "psql" else subprocess.DEVNULL,
        stdout=subprocess.PIPE if name == "pg_dump" else subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    with program:
        try:
            yield program
        finally:
            if program.poll() is None:
                program.kill()
            with contextlib.suppress(BrokenPipeError):
                if program.stdin:
                    program.stdin.close()


def _last(said: bytes) -> str:
    lines = [line for line in said.decode(errors="replace").splitlines() if "error" in line.lower()]
    return (lines or ["no reason given"])[-1].split("ERROR:")[-1].strip().rstrip(".")
