"""A backup becomes a database again: a new one, closed to who serves, compared row by row with what was read."""

import contextlib
import json
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from kring.commands import backup_contents, preparing
from kring.commands.harness import forget_connections, point_django_at
from kring.ground import engines, opening, roles
from kring.ground.addresses import Address, Addresses
from kring.ground.backups import bundles, dumping, shelf
from kring.ground.backups.sealing import Unusable
from kring.ground.refusals import Refusal
from kring.ground.roles import BACKUP, Connection
from kring.trust import kept

MOMENT = "%Y%m%d%H%M%S"
TRIAL, UNTIL = "trial", "until"
STAYS = {TRIAL: timedelta(days=1), UNTIL: timedelta(days=7)}


def keeper_of(found: Addresses) -> Address:
    """Who makes and removes databases."""
    if found.owner is None:
        raise Refusal("This needs the owner's DATABASE_URL; this one names the serving role.")
    return found.owner


@contextlib.contextmanager
def beside(found: Addresses) -> Iterator[Connection]:
    """A connection from which the database of the village itself can be renamed."""
    with roles.reach(keeper_of(found), "postgres") as connection:
        yield connection


def restored(found: Addresses, path: Path, key: bytes, name: str, pictures: Path | None) -> dict[str, Any]:
    """This backup in a new database of this name, and its pictures in a folder; what the backup says of itself.

    Nothing is left behind of one that is unfinished or damaged, or becomes another than it was. Raises Unusable.
    """
    owner = replace(keeper_of(found), name=name)
    with beside(found) as connection:
        roles.create(connection)
        roles.set_passwords(connection, found)
        roles.create_database(connection, name)
        opening.close(connection, name)
    try:
        manifest = _filled(owner, path, key, pictures)
        with psycopg.connect(owner.conninfo(), autocommit=True) as connection:
            connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(BACKUP)))
            connection.execute("SET timezone = 'UTC'")
            now = dumping.sums(connection)
        other = sorted(
            table for table in {*now, *manifest["tables"]} if now.get(table) != manifest["tables"].get(table)
        )
        if other:
            raise Unusable(f"What was restored is not what was read: {', '.join(other)}.")
    except BaseException:
        dropped(found, name)
        raise
    return manifest


def _filled(owner: Address, path: Path, key: bytes, pictures: Path | None) -> dict[str, Any]:
    """Every file of the backup to its place; the manifest."""
    manifest: dict[str, Any] = {}
    for name, pieces in bundles.reading(path, key, backup_contents.PURPOSE):
        if name == backup_contents.MANIFEST:
            manifest = json.loads(b"".join(pieces))
        elif name == backup_contents.DUMP:
            engine = engines.fitting(settings.PLACE, _version(owner))
            dumping.filled(engine, owner, pieces)
        elif name.startswith(backup_contents.MEDIA) and pictures is not None:
            _written(pictures / name.removeprefix(backup_contents.MEDIA), pictures, pieces)
        elif name.startswith(backup_contents.KEPT) and pictures is not None:
            kept.put_back(name.removeprefix(backup_contents.KEPT), b"".join(pieces))
    return manifest


def _written(path: Path, folder: Path, pieces: Iterator[bytes]) -> None:
    if not path.resolve().is_relative_to(folder.resolve()):
        raise Unusable("This backup wants to write outside its folder. It is not used.")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
        for piece in pieces:
            file.write(piece)


def _version(owner: Address) -> int:
    with psycopg.connect(owner.conninfo()) as connection:
        return connection.info.server_version // 10_000


def dropped(found: Addresses, name: str) -> None:
    """This database is gone."""
    forget_connections()
    with beside(found) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextlib.contextmanager
def pointed_at(found: Addresses, name: str) -> Iterator[Addresses]:
    """Django uses the database of this name; as the one who owns the tables, since the serving role is kept out."""
    there = found.at(name)
    here = replace(there, runtime=there.migrator, clock=there.migrator)
    point_django_at(here)
    try:
        yield here
    finally:
        point_django_at(found)


def made_ready(found: Addresses, name: str) -> list[str]:
    """As of today: the tables of this version, everybody forgotten who was; what the audit of policies finds wrong."""
    from kring.trust.audit import audit
    from kring.trust.usecases import forgettings

    with pointed_at(found, name) as here:
        with psycopg.connect(keeper_of(here).conninfo(), autocommit=True) as connection:
            roles.furnish(connection, name)
        preparing.migrate(keeper_of(here))
        forgettings.replay()
        with connections["migrator"].cursor() as cursor:
            return audit(cursor)


def scratch_name(found: Addresses, at: datetime) -> str:
    """A name nothing has yet, with the moment from which it may go."""
    return f"{found.migrator.name}_{TRIAL}_{at:{MOMENT}}_{secrets.token_hex(3)}"


def let_old_go(found: Addresses, *, at: datetime) -> list[str]:
    """Databases that were set aside a week ago, and trials that broke off yesterday, are dropped; their names."""
    old = []
    with beside(found) as connection:
        for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall():
            part = re.fullmatch(
                rf"{re.escape(found.migrator.name)}_({TRIAL}|{UNTIL})_(\d{{14}})(_[0-9a-f]+)?", name
            )
            if part and at - datetime.strptime(part[2], MOMENT).replace(tzinfo=UTC) > STAYS[part[1]]:
                old.append(name)
    for name in old:
        dropped(found, name)
    return old


def newest(folder: Path) -> Path:
    """The newest backup of a folder."""
    made = shelf.every(folder, shelf.DATA)
    if not made:
        raise Refusal(f"There is no backup in {folder}; make one with kring backup.")
    return made[-1].path
