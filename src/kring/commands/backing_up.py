"""`kring backup`: everything a village wrote and drew, in one sealed file that two people can open without the server."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from kring.commands import backup_codes, backup_contents, bringing_back, database, preparing
from kring.ground.backups import bundles, codes, shelf, thinning
from kring.ground.backups.sealing import Unusable


def main(argv: list[str]) -> int:
    """Make a backup, list them, or print the two codes."""
    asked = _parser().parse_args(argv)
    preparing.django_ready()
    folder = Path(asked.folder or settings.BACKUPS_FOLDER).absolute()
    if asked.codes:
        return backup_codes.print_codes()
    if asked.list:
        return _list(folder)
    with database.running() as found, shelf.turn(folder):
        bringing_back.let_old_go(found, at=datetime.now(UTC))
        for half in shelf.unfinished(folder):
            half.unlink()
            print(f"{half.name} was never finished; it is removed.")
        path = backup_contents.make(found, folder, at=datetime.now(UTC))
        gone = shelf.thin(
            folder, shelf.DATA, thinning.kept([one.made for one in shelf.every(folder, shelf.DATA)])
        )
    print(f"{path}: {path.stat().st_size} bytes. Older backups that went: {len(gone)}.")
    print("A backup nobody restored counts as none: kring check --drill tries the newest.")
    return 0


def _list(folder: Path) -> int:
    """Every backup, read to its end; what cannot be used is named."""
    key, wrong = codes.backup_key(settings.PLACE), 0
    for backup in shelf.every(folder, shelf.DATA):
        try:
            files = sum(1 for _name, _pieces in bundles.reading(backup.path, key, backup_contents.PURPOSE))
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
