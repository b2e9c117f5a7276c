"""What is in a backup: the manifest, what was forgotten so far, the database, pictures and recordings."""

import json
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings

from kring.ground import engines, opening
from kring.ground.addresses import Addresses
from kring.ground.backups import bundles, codes, dumping, shelf
from kring.ground.backups.sealing import Unusable
from kring.ground.refusals import Refusal
from kring.trust import kept

MANIFEST, LEDGER, DUMP, MEDIA, KEPT = "manifest.json", "forgotten.jsonl", "database.sql", "media/", "kept/"
PURPOSE = "everything"


def make(found: Addresses, folder: Path, *, at: datetime) -> Path:
    """One backup of this moment: the manifest, what was forgotten so far, the database, pictures and recordings."""
    if found.owner is None:
        raise Refusal("A backup needs the owner's DATABASE_URL; this one names the serving role.")
    path = folder / shelf.name_of(shelf.DATA, at)
    if path.exists():
        raise Refusal("There is a backup of this very second already.")
    key = codes.backup_key(settings.PLACE)
    with dumping.snapshot(found.owner) as moment, bundles.writing(path, key, PURPOSE) as bundle:
        opening.refuse_closed(moment.connection, found.owner.name)
        engine = engines.fitting(settings.PLACE, moment.connection.info.server_version // 10_000)
        ledger = forgotten()
        bundle.add(MANIFEST, [json.dumps(_manifest(moment, ledger, at)).encode()])
        bundle.add(LEDGER, [ledger])
        bundle.add(DUMP, dumping.dumped(engine, found.owner, moment))
        for file in pictures():
            bundle.add(f"{MEDIA}{file.relative_to(settings.MEDIA_ROOT)}", bundles.of_file(file))
        for file in sorted(kept.folder().glob(f"*{kept.ENDING}")):
            bundle.add(f"{KEPT}{file.name}", bundles.of_file(file))
    shelf.remember(settings.PLACE, "backup", at=at.isoformat(), size=path.stat().st_size)
    return path


def forgotten() -> bytes:
    """The ledger of what was forgotten, as it lies outside the database."""
    path = Path(settings.LEDGER)
    return path.read_bytes() if path.exists() else b""


def pictures() -> Iterator[Path]:
    """Every picture and recording that lies as a file."""
    yield from sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def _manifest(moment: dumping.Snapshot, ledger: bytes, at: datetime) -> dict[str, Any]:
    migrations = moment.connection.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
    said = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
    return {
        "kring": version("kring"),
        "made": at.isoformat(),
        "server": moment.connection.info.server_version,
        "migrations": [f"{app}.{name}" for app, name in migrations],
        "comment": moment.one(said),
        "forgotten": len(lines_of(ledger)),
        "tables": moment.tables(),
    }


def told(path: Path, key: bytes) -> tuple[dict[str, Any], list[str]]:
    """What a backup says of itself, and the lines of the ledger in it. Raises Unusable."""
    files: dict[str, bytes] = {}
    for name, pieces in bundles.reading(path, key, PURPOSE):
        if name not in (MANIFEST, LEDGER):
            break
        files[name] = b"".join(pieces)
    if len(files) < 2:
        raise Unusable(f"{path.name} does not begin as a backup. It is not used.")
    return json.loads(files[MANIFEST]), lines_of(files[LEDGER])


def lines_of(ledger: bytes) -> list[str]:
    """The lines of a ledger that were written to their end."""
    return [line for line in ledger.decode().split("\n")[:-1] if line]
