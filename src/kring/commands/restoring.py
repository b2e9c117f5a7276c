"""`kring restore`: a backup takes the place of what is there, by two people, and opens when everything is forgotten again."""

import argparse
import contextlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from psycopg import sql

from kring.commands import backup_codes, backup_contents, bringing_back, preparing, whole_ledger
from kring.commands.steps import step
from kring.ground import addresses, opening, places, roles
from kring.ground.addresses import RUNTIME, Addresses
from kring.ground.backups import codes, shelf
from kring.ground.cluster import Cluster
from kring.ground.refusals import Refusal
from kring.ground.roles import GATEKEEPER, Connection

TWO = (
    "Restoring needs two people. Here a village lives: one of its administrators asks it on the page “Two people”, naming "
    "{file}, another says yes, and the number goes with --number."
)
CODES = "Restoring needs two people. Here no village lives: let the two who keep the codes type them, with --codes."


def main(argv: list[str]) -> int:
    """Restore a backup, or go on where a restore stopped."""
    asked = _parser().parse_args(argv)
    preparing.django_ready()
    if not asked.open and not asked.file:
        raise Refusal("Name the file: kring restore FILE. The newest lies in KRING_BACKUPS.")
    with _server() as found:
        if asked.open:
            _open(found, None)
        else:
            _restore(
                found,
                Path(asked.file).absolute(),
                asked.number,
                asked.codes,
                lost=asked.codes and asked.ledger_lost,
            )
    print("The village is open again. Everybody signs in anew.")
    return 0


@contextlib.contextmanager
def _server() -> Iterator[Addresses]:
    """The addresses of a server that answers, also when no village is on it any more."""
    place = places.here()
    found = addresses.find(place)
    with Cluster(place).held() if found.embedded else contextlib.nullcontext():
        yield found


def _restore(found: Addresses, path: Path, number: str | None, by_codes: bool, *, lost: bool) -> None:
    """All of it: first beside what is there, then in its place."""
    at = datetime.now(UTC)
    if not path.is_file():
        raise Refusal(f"There is no backup {path}.")
    lives = _lives(found)
    if lives and not number:
        raise Refusal(TWO.format(file=path.name))
    if not lives and not by_codes:
        raise Refusal(CODES)
    if lives:
        _agreed(found, path, number, at, use=False)
    key = backup_codes.key_for(by_codes)
    manifest = _manifest(path, key)
    whole_ledger.insist(path.parent, key, done=_done(found) if lives else set(), lost=lost)
    name = bringing_back.scratch_name(found, at)
    with step("Tables and rows"):
        bringing_back.restored(found, path, key, name, Path(settings.MEDIA_ROOT))
    try:
        with step("What was forgotten"):
            _in_order(bringing_back.made_ready(found, name))
        if lives:
            _agreed(found, path, number, at, use=True)
        _swap(found, name, at)
    except BaseException:
        bringing_back.dropped(found, name)
        raise
    if by_codes:
        codes.keep(settings.PLACE, key)
    _open(found, manifest["comment"])


def _manifest(path: Path, key: bytes) -> dict[str, Any]:
    """What the backup says of itself; refused under a name that two people would take for another backup's."""
    manifest, _lines = backup_contents.told(path, key)
    if path.name != shelf.name_of(shelf.DATA, datetime.fromisoformat(manifest["made"])):
        raise Refusal(f"{path.name} was made at {manifest['made']}; it bears the name of another backup.")
    return manifest


def _lives(found: Addresses) -> bool:
    """Whether a village lives in the database of this name, so that its people can agree."""
    with bringing_back.beside(found) as connection:
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [found.migrator.name])
        if not there.fetchone() or opening.closed(connection, found.migrator.name):
            return False
    with roles.reach(bringing_back.keeper_of(found)) as connection:
        if not connection.execute("SELECT to_regclass('public.trust_village')").fetchone()[0]:
            return False
        _as_gatekeeper(connection)
        return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM trust_village)").fetchone()[0])


def _agreed(found: Addresses, path: Path, number: str | None, at: datetime, *, use: bool) -> None:
    """Two people agreed on exactly this backup, within a day, and it was not used yet."""
    facts = json.dumps({"backup": path.name})
    question = "SELECT trust.lock_use_matter(%s, 'restore', %s::jsonb, %s)"
    with (
        roles.reach(bringing_back.keeper_of(found)) as connection,
        connection.transaction(force_rollback=not use),
    ):
        _as_gatekeeper(connection)
        row = connection.execute(question, [(number or "").replace(" ", ""), facts, at]).fetchone()
    if not row or row[0] is None:
        raise Refusal(
            f"Under this number two people did not agree on {path.name}, or not within a day, or it was used already."
        )


def _as_gatekeeper(connection: Connection) -> None:
    connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(GATEKEEPER)))


def _done(found: Addresses) -> set[str]:
    """Whom the village that lives here has forgotten, by the numbers of their lines."""
    with roles.reach(bringing_back.keeper_of(found)) as connection:
        _as_gatekeeper(connection)
        rows = connection.execute("SELECT id FROM trust_forgetting WHERE done_at IS NOT NULL").fetchall()
    return {str(row[0]) for row in rows}


def _swap(found: Addresses, name: str, at: datetime) -> None:
    """What was restored takes the place; what was there is set aside for a week, and lets nobody in."""
    ours, aside = (
        found.migrator.name,
        f"{found.migrator.name}_{bringing_back.UNTIL}_{at:{bringing_back.MOMENT}}",
    )
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with bringing_back.beside(found) as connection:
        here = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'",
            [ours],
        ).fetchone()
        if here and here[0]:
            raise Refusal("Somebody still works in the database: stop kring serve and kring worker first.")
        with connection.transaction():
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [ours]).fetchone():
                connection.execute(rename.format(*map(sql.Identifier, (ours, aside))))
                shut = sql.SQL("REVOKE CONNECT ON DATABASE {} FROM {}")
                connection.execute(shut.format(*map(sql.Identifier, (aside, RUNTIME))))
            connection.execute(rename.format(*map(sql.Identifier, (name, ours))))


def _open(found: Addresses, comment: str | None) -> None:
    """Forget once more what was forgotten until this moment, and let the serving role in."""
    ours = found.migrator.name
    with bringing_back.beside(found) as connection:
        if not opening.closed(connection, ours):
            raise Refusal("This database is open; there is nothing to go on with.")
        _in_order(bringing_back.made_ready(found, ours))
        _insist_on_keys(found)
        _seals_anew(found)
        opening.open_(connection, ours, comment)


def _insist_on_keys(found: Addresses) -> None:
    """It stays closed where its words would be opened with no key: kring keys restore, then kring restore --open."""
    from kring.commands import key_backups

    with roles.reach(bringing_back.keeper_of(found)) as connection:
        _as_gatekeeper(connection)
        key_backups.refuse_without_keys(connection)


def _seals_anew(found: Addresses) -> None:
    """The seals kept until now are of days this database does not know: they stay, beside a new file."""
    from kring.trust.seals import kept, reading

    with roles.reach(bringing_back.keeper_of(found)) as connection, connection.cursor() as cursor:
        _as_gatekeeper(connection)
        try:
            aside = kept.begin_anew(reading.seals(cursor))
        except kept.NotSeals:
            aside = kept.set_aside(kept.file())
    if aside:
        print(f"The seals kept until now lie in {aside}.")


def _in_order(wrong: list[str]) -> None:
    if wrong:
        raise Refusal("\n".join(wrong))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kring restore")
    parser.add_argument("file", nargs="?", help="the backup")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--number", help="the number under which two people agreed on it")
    how.add_argument("--codes", action="store_true", help="the server is new: two people type their codes")
    how.add_argument("--open", action="store_true", help="go on where a restore was cut off")
    parser.add_argument(
        "--ledger-lost",
        action="store_true",
        help="with --codes: no copy of the ledger is left, what the backups know of it has to do",
    )
    return parser
