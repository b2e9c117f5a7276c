"""Before a restore: does the ledger of this machine hold every line that is known anywhere else?"""

import contextlib
import json
from pathlib import Path

from kring.commands import backup_contents
from kring.ground.backups import shelf
from kring.ground.backups.sealing import Unusable
from kring.ground.refusals import Refusal


def insist(folder: Path, key: bytes, *, done: set[str], lost: bool) -> None:
    """Refuse a ledger that lacks a line which a backup of this folder knows, or one that was `done` in the database.

    Where two people say that no copy of it is left, it begins anew with what the backups know.
    """
    from kring.trust import ledger

    known = backup_contents.lines_of(backup_contents.forgotten())
    missing = [line for line in _told(folder, key) if line not in set(known)]
    if lost and missing:
        ledger.append_lines(missing)
    elif missing or done - _numbers_done(known):
        raise Refusal(
            f"The ledger {ledger.path()} is missing or too short: more people were forgotten than it knows. Put it back from its "
            "copy. On a new machine, and only if no copy is left, --ledger-lost takes what the backups know."
        )


def _told(folder: Path, key: bytes) -> list[str]:
    """Every line of the ledger that stands in a backup of this folder, the oldest first."""
    lines: dict[str, None] = {}
    for backup in shelf.every(folder, shelf.DATA):
        with contextlib.suppress(Unusable):
            lines |= dict.fromkeys(backup_contents.told(backup.path, key)[1])
    return list(lines)


def _numbers_done(lines: list[str]) -> set[str]:
    numbers = set()
    for line in lines:
        with contextlib.suppress(ValueError):  # a torn line says nothing
            told = json.loads(line)
            numbers |= {told["id"]} if told["done_at"] else set()
    return numbers
