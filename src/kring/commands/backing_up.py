"""`kring backup`: everything a village wrote and drew, in one sealed file that two people can open without the server."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings

from kring.commands import database, preparing
from kring.ground import engines
from kring.ground.addresses import Addresses
from kring.ground.backups import bundles, codes, dumping, shelf, thinning
from kring.ground.backups.sealing import Unusable
from kring.ground.refusals import Refusal

MANIFEST, LEDGER, DUMP, MEDIA = "manifest.json", "forgotten.jsonl", "database.sql", "media/"
PURPOSE = "everything"
ABANDONED = timedelta(days=1)


def main(argv: list[str]) -> int:
    """Make a backup, list them, or print the two codes."""
    asked = _parser().parse_args(argv)
    preparing.django_ready()
    folder = Path(asked.folder or settings.BACKUPS_FOLDER).absolute()
    if asked.codes:
        return print_codes()
    if asked.list:
        return _list(folder)
    with database.running() as found, shelf.turn(folder):
        for half in shelf.unfinished(folder):
            half.unlink()
            print(f"{half.name} was never finished; it is removed.")
        path = make(found, folder, at=datetime.now(UTC))
        gone = shelf.thin(
            folder, shelf.DATA, thinning.kept([one.made for one in shelf.every(folder, shelf.DATA)])
        )
    print(f"{path}: {path.stat().st_size} bytes. Older backups that went: {len(gone)}.")
    print("A backup nobody restored counts as none: kring check --drill tries the newest.")
    return 0


def make(found: Addresses, folder: Path, *, at: datetime) -> Path:
    """One backup of this moment: the manifest, what was forgotten so far, the database, pictures and recordings."""
    if found.owner is None:
        raise Refusal("A backup needs the owner's DATABASE_URL; this one names the serving role.")
    path = folder / shelf.name_of(shelf.DATA, at)
    if path.exists():
        raise Refusal("There is a backup of this very second already.")
    key = codes.backup_key(settings.PLACE)
    with dumping.snapshot(found.owner) as moment, bundles.writing(path, key, PURPOSE) as bundle:
        engine = engines.fitting(settings.PLACE, moment.connection.info.server_version // 10_000)
        ledger = forgotten()
        bundle.add(MANIFEST, [json.dumps(_manifest(moment, ledger, at)).encode()])
        bundle.add(LEDGER, [ledger])
        bundle.add(DUMP, dumping.dumped(engine, found.owner, moment))
        for file in pictures():
            bundle.add(f"{MEDIA}{file.relative_to(settings.MEDIA_ROOT)}", bundles.of_file(file))
    shelf.remember(settings.PLACE, "backup", at=at.isoformat(), size=path.stat().st_size)
    return path


def forgotten() -> bytes:
    """The ledger of what was forgotten, as it lies outside the database."""
    path = Path(os.environ.get("KRING_LEDGER") or settings.PLACE.keep / "forgotten.jsonl")
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
        "forgotten": len(ledger.splitlines()),
        "tables": moment.tables(),
    }


def manifest_of(path: Path, key: bytes) -> dict[str, Any]:
    """What a backup says of itself. Raises Unusable."""
    for name, pieces in bundles.reading(path, key, PURPOSE):
        if name == MANIFEST:
            return dict(json.loads(b"".join(pieces)))
        break
    raise Unusable(f"{path.name} does not begin as a backup. It is not used.")


def print_codes() -> int:
    """Two codes for two people; on a screen the first is gone before the second is shown."""
    first, second = codes.halves(codes.backup_key(settings.PLACE))
    print("With both codes a backup opens when the server is gone. Two people keep one each, on paper.\n")
    print(f"The first code, for the first person:\n\n  {first}\n")
    if sys.stdin.isatty() and sys.stdout.isatty():
        input("Write it down, press Enter, and let the second person come. ")
        print("\033[2J\033[3J\033[H", end="")
    print(f"The second code, for the second person:\n\n  {second}\n")
    return 0


def _list(folder: Path) -> int:
    """Every backup, read to its end; what cannot be used is named."""
    key, wrong = codes.backup_key(settings.PLACE), 0
    for backup in shelf.every(folder, shelf.DATA):
        try:
            files = sum(1 for _name, _pieces in bundles.reading(backup.path, key, PURPOSE))
            print(f"{backup.path.name}: whole, {files} files, {backup.path.stat().st_size} bytes")
        except Unusable as problem:
            wrong += 1
            print(problem)
    for half in shelf.unfinished(folder):
        print(f"{half.name} is unfinished. It is not used.")
    return 1 if wrong else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kring backup")
    parser.add_argument("folder", nargs="?", help="where to lay it; otherwise KRING_BACKUPS")
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--list", action="store_true", help="read every backup to its end and say which are whole"
    )
    what.add_argument("--codes", action="store_true", help="print the two codes for two people")
    return parser
