"""A backup becomes a database again: a new one, closed to who serves, compared row by row with what was read."""

import contextlib
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from kring.commands import backing_up, preparing
from kring.commands.harness import forget_connections, point_django_at
from kring.ground import engines, opening, roles
from kring.ground.addresses import Address, Addresses
from kring.ground.backups import bundles, dumping, shelf
from kring.ground.backups.sealing import Unusable
from kring.ground.refusals import Refusal
from kring.ground.roles import BACKUP, Connection
from kring.trust.audit import audit


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
    for name, pieces in bundles.reading(path, key, backing_up.PURPOSE):
        if name == backing_up.MANIFEST:
            manifest = json.loads(b"".join(pieces))
        elif name == backing_up.DUMP:
            engine = engines.fitting(settings.PLACE, _version(owner))
            dumping.filled(engine, owner, pieces)
        elif name.startswith(backing_up.MEDIA) and pictures is not None:
            _written(pictures / name.removeprefix(backing_up.MEDIA), pictures, pieces)
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
    owner, migrator = (replace(address, name=name) for address in (keeper_of(found), found.migrator))
    here = Addresses(owner, migrator, migrator, found.embedded)
    point_django_at(here)
    try:
        yield here
    finally:
        point_django_at(found)


def made_current(here: Addresses) -> None:
    """Tables, functions and policies as this version of Kring wants them."""
    with psycopg.connect(keeper_of(here).conninfo(), autocommit=True) as connection:
        roles.furnish(connection, here.migrator.name)
    preparing.migrate(keeper_of(here))


def made_ready(found: Addresses, name: str, folder: Path, key: bytes, manifest: dict[str, Any]) -> list[str]:
    """What was restored, as of today: the tables of this version, and what the audit of policies finds wrong in it."""
    with pointed_at(found, name) as here:
        made_current(here)
        with connections["migrator"].cursor() as cursor:
            return audit(cursor)


def scratch_name(found: Addresses) -> str:
    """A name nothing has yet."""
    return f"{found.migrator.name}_{secrets.token_hex(4)}"


def newest(folder: Path) -> Path:
    """The newest backup of a folder."""
    made = shelf.every(folder, shelf.DATA)
    if not made:
        raise Refusal(f"There is no backup in {folder}; make one with kring backup.")
    return made[-1].path
