"""`kring keys backup` and `kring keys restore`: the wrapped keys in a sealed file of their own, for two weeks at most.

They never lie in one file with what they open. A key that was destroyed is gone from every backup fourteen days later;
until then it stays destroyed where it was destroyed, whatever comes back.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from kring.ground import keeping, roles
from kring.ground.backups import bundles, codes, shelf
from kring.ground.backups.sealing import Unusable
from kring.ground.refusals import Refusal
from kring.trust import ledger
from kring.trust.keys import store
from kring.trust.usecases import forgettings

PURPOSE = "keys"
LONGEST = timedelta(days=14)
MADE, MASTERS, GONE = "made", "master-keys", "gone"
NO_KEYS = (
    "Words are locked in this database, and the keys that open them are not here. Put the keys back first, with kring keys "
    "restore FILE; then go on. A new key would open nothing of what stands there."
)


def backup(*, at: datetime) -> tuple[Path, int, int]:
    """All keys as they are now: the file, how many keys are in it, and how many old files went."""
    folder = Path(settings.KEY_BACKUPS_FOLDER)
    path = folder / shelf.name_of(shelf.KEYS, at)
    number = 0
    with shelf.turn(folder):
        for half in shelf.unfinished(folder):
            half.unlink()
        with bundles.writing(path, codes.backup_key(settings.PLACE), PURPOSE) as bundle:
            bundle.add(MADE, [at.isoformat().encode()])
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
    """Put back the keys that are missing: how many came back, and how many stay destroyed.

    Raises Unusable, and LedgerIsDamaged before anything is put back.
    """
    list(ledger.standing())
    files = {name: b"".join(pieces) for name, pieces in bundles.reading(path, key, PURPOSE)}
    _refuse_old(path, files.pop(MADE, b"").decode())
    masters, gone = files.pop(MASTERS, b"").decode(), files.pop(GONE, b"").decode().split()
    wrapped = {_inside(name, path): content for name, content in files.items()}
    together = _together(path, keeping.masters_in(masters) if masters else {})
    _refuse_others(path, wrapped, together)
    if masters and not keeping.has_master_keys(settings.PLACE):
        _written(settings.PLACE.keep / MASTERS, masters.encode())
    for name in gone:
        _written(_inside(name, path), b"")
    forgettings.destroy_again()
    came = stays = 0
    for target, content in wrapped.items():
        if target.with_suffix(store.DESTROYED).exists():
            stays += 1
        elif not target.exists():
            _written(target, content)
            came += 1
    return came, stays


def refuse_without_keys(connection: roles.Connection) -> None:
    """Go no further where words are locked and no key is here: a new one would be made quietly, and opens none of them."""
    here = keeping.has_master_keys(settings.PLACE) and any(store.folder().glob(f"*/*{store.KEPT}"))
    asked = None if here else connection.execute("SELECT trust.words_are_locked()").fetchone()
    if asked and asked[0]:
        raise Refusal(NO_KEYS)


def _refuse_old(path: Path, made: str) -> None:
    """By the moment that is sealed in it, whatever its name."""
    if not made:
        raise Unusable(f"{path.name} does not say when it was made. It is not used.")
    if datetime.now(UTC) - datetime.fromisoformat(made) >= LONGEST:
        raise Refusal(
            f"{path.name} is older than two weeks; it may hold what was forgotten since. It is not used."
        )


def _together(path: Path, theirs: dict[int, bytes]) -> dict[int, bytes]:
    """The master keys that are here and those of the backup; refused where two bear one number."""
    ours = keeping.master_keys(settings.PLACE) if keeping.has_master_keys(settings.PLACE) else {}
    for number in sorted(ours.keys() & theirs.keys()):
        if ours[number] != theirs[number]:
            raise Refusal(
                f"Master key {number} here is another than in {path.name}. Nothing was put back. Set the new one aside first."
            )
    return theirs | ours


def _refuse_others(path: Path, wrapped: dict[Path, bytes], masters: dict[int, bytes]) -> None:
    """A key that is here under the name of another would shut what the other locked."""
    for target, content in wrapped.items():
        if target.exists() and not _same(target, content, masters):
            raise Refusal(
                f"The key {target.name} here is another than in {path.name}. Nothing was put back. Set the new one aside first."
            )


def _same(target: Path, content: bytes, masters: dict[int, bytes]) -> bool:
    """Whether both open to one key, also when it was wrapped anew since."""
    here = target.read_bytes()
    try:
        return here == content or (
            store.unwrapped(here, target.stem, masters) == store.unwrapped(content, target.stem, masters)
        )
    except store.Damaged:
        return False


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
