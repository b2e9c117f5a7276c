"""`kring keys`: how many there are, a new master key without anybody waiting, and their own short backups."""

import argparse
import secrets
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from kring.commands import preparing
from kring.ground import keeping
from kring.ground.refusals import Refusal


def main(argv: list[str]) -> int:
    """Count the keys, rotate the master key, finish a rotation, back the keys up or put them back."""
    asked = _parser().parse_args(argv)
    preparing.django_ready()
    if asked.deed == "restore":
        _restore(Path(asked.file or ""), asked.codes)
        return 0
    {"count": _count, "rotate": _rotate, "finish": _finish, "backup": _backup}[asked.deed]()
    return 0


def _count() -> None:
    from kring.trust.keys import store

    found = Counter(path.read_bytes()[0] for path in store.every_key())
    for number in sorted(keeping.master_keys(settings.PLACE)):
        print(f"Wrapped by master key {number}: {found[number]}")
    desks = sum(path.stem.startswith("desk-") for path in store.every_key())
    if desks:
        print(f"Keys of a day at a contact point, each destroyed after a week: {desks}")


def _rotate() -> None:
    """A new master key for what is new from now on, then every old key is wrapped by it; both are live meanwhile."""
    from kring.trust.keys import store

    masters = keeping.master_keys(settings.PLACE)
    if len(masters) == 1:
        masters[max(masters) % 255 + 1] = secrets.token_bytes(32)
        keeping.write_master_keys(settings.PLACE, masters)
    newest = max(masters)
    done = sum(store.wrap_anew(path, newest) for path in store.every_key())
    print(f"Wrapped anew by master key {newest}: {done}. `kring keys finish` lets the old one go.")


def _finish() -> None:
    """Let the old master key go, once nothing is wrapped by it any more."""
    from kring.trust.keys import store

    masters = keeping.master_keys(settings.PLACE)
    newest = max(masters)
    left = sum(path.read_bytes()[0] != newest for path in store.every_key())
    if left:
        raise Refusal(f"{left} keys are still wrapped by the old master key; run kring keys rotate.")
    keeping.write_master_keys(settings.PLACE, {newest: masters[newest]})
    print(f"Only master key {newest} is live.")


def _backup() -> None:
    from kring.commands import key_backups

    path, number, went = key_backups.backup(at=datetime.now(UTC))
    print(f"{path}: {number} keys. Backups older than two weeks that went: {went}.")


def _restore(path: Path, by_codes: bool) -> None:
    """Keys that are missing come back; what was destroyed stays destroyed."""
    from kring.commands import backup_codes, key_backups
    from kring.trust import ledger

    if not path.is_file():
        raise Refusal("Name the file: kring keys restore FILE.")
    try:
        came, stays = key_backups.restore(path, backup_codes.key_for(by_codes))
    except ledger.LedgerIsDamaged as problem:
        raise Refusal(
            f"The ledger {ledger.path()} is damaged at {problem}; put it back from its copy. Nothing was put back."
        ) from None
    print(f"Keys that came back: {came}. Keys that stay destroyed: {stays}.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kring keys")
    parser.add_argument("deed", choices=("count", "rotate", "finish", "backup", "restore"))
    parser.add_argument("file", nargs="?", help="the backup of keys to put back")
    parser.add_argument("--codes", action="store_true", help="open it with the two codes of two people")
    return parser
