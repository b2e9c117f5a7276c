"""`kring check --drill`: the newest backup becomes a database on trial, is compared, looked at and thrown away."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from kring.commands import bringing_back
from kring.ground.addresses import Addresses
from kring.ground.backups import codes, shelf
from kring.ground.refusals import Refusal

NONE = "A backup nobody restored counts as none: {last}. Run kring check --drill."


def drill(found: Addresses, folder: Path, *, at: datetime) -> dict[str, int | str]:
    """Try the newest backup; what was tried and how much it held. Raises Refusal with everything that is wrong."""
    path, name = bringing_back.newest(folder), bringing_back.scratch_name(found, at)
    key = codes.backup_key(settings.PLACE)
    manifest = bringing_back.restored(found, path, key, name, pictures=None)
    try:
        wrong = bringing_back.made_ready(found, name)
    finally:
        bringing_back.dropped(found, name)
    if wrong:
        raise Refusal("\n".join(wrong))
    tables = manifest["tables"].values()
    facts = {"file": path.name, "tables": len(tables), "rows": sum(rows for rows, _sum in tables)}
    shelf.remember(settings.PLACE, "drill", at=at.isoformat(), **facts)
    return facts


def reminder(at: datetime) -> str | None:
    """One sentence when no backup counts: none was restored on trial within thirty days."""
    if shelf.counts(settings.PLACE, at):
        return None
    tried = shelf.last(settings.PLACE, "drill")
    return NONE.format(last=f"the last was tried on {tried:%Y-%m-%d}" if tried else "none was ever tried")
