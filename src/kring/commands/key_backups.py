"""`kring keys backup` and `kring keys restore`: the wrapped keys in a sealed file of their own, for two weeks at most.

They never lie in one file with what they open. A key that was destroyed is gone from every backup fourteen days later;
until then it stays destroyed where it was destroyed, whatever comes back.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from kring.ground.backups import bundles, codes, shelf
from kring.ground.backups.sealing import Unusable
from kring.ground.refusals import Refusal
from kring.trust.keys import store

PURPOSE = "keys"
LONGEST = timedelta(days=14)
MASTERS, GONE = "master-keys", "gone"


def backup(*, at: datetime) -> tuple[Path, int, int]:
    """All keys as they are now: the file, how many keys are in it, and how many old files went."""
    folder = Path(settings.KEY_BACKUPS_FOLDER)
    path = folder / shelf.name_of(shelf.KEYS, at)
    number = 0
    with shelf.turn(folder):
        for half in shelf.unfinished(folder):
            half.unlink()
        with bundles.writing(path, codes.backup_key(settings.PLACE), PURPOSE) as bundle:
            masters = settings.PLACE.keep / MASTERS
            if masters.exists():  # where they come from outside, they are kept there
                bundle.add(MASTERS, bundles.of_file(masters))
            bundle.add(GONE, ["\n".join(sorted(_gone())).encode()])
            for key in store.every_key():
                bundle.add(str(key.relative_to(store.folder())), bundles.of_file(key))
                number += 1
        made = [one.made for one in shelf.every(folder, shelf.KEYS)]
        went = shelf.thin(folder, shelf.KEYS, {moment for moment in made if at - moment < LONGEST})
    shelf.remember(settings.PLACE, "keys", at=at.isoformat(), keys=number)
    return path, number, len(went)


def restore(path: Path, key: bytes) -> tuple[int, int]:
    """Put back the keys that are missing: how many came back, and how many stay destroyed. Raises Unusable."""
    if (datetime.now(UTC) - _made(path)) >= LONGEST:
        raise Refusal(
            f"{path.name} is older than two weeks; it may hold what was forgotten since. It is not used."
        )
    files = {name: b"".join(pieces) for name, pieces in bundles.reading(path, key, PURPOSE)}
    masters, gone = files.pop(MASTERS, None), files.pop(GONE, b"").decode().split()
    held = settings.PLACE.keep / MASTERS
    if masters is not None and not held.exists():
        _written(held, masters)
    for name in gone:
        _written(_inside(name, path), b"")
    came = stays = 0
    for name, wrapped in files.items():
        target = _inside(name, path)
        if target.with_suffix(store.DESTROYED).exists():
            stays += 1
        elif not target.exists():
            _written(target, wrapped)
            came += 1
    return came, stays


def _gone() -> Iterator[str]:
    for path in store.folder().glob(f"*/*{store.DESTROYED}"):
        yield str(path.relative_to(store.folder()))


def _inside(name: str, path: Path) -> Path:
    target = store.folder() / name
    if not target.resolve().is_relative_to(store.folder().resolve()):
        raise Unusable(f"{path.name} wants to write outside its folder. It is not used.")
    return target


def _written(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    path.write_bytes(content)
    bundles.settle(path.parent)


def _made(path: Path) -> datetime:
    """When it was made, by its name."""
    for one in shelf.every(path.parent, shelf.KEYS):
        if one.path.name == path.name:
            return one.made
    raise Unusable(f"{path.name} is not the name of a backup of keys.")
