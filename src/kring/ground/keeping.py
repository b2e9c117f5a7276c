"""What an installation must keep for itself: the owner's password and one secret, each in a 0600 file."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from kring.ground.places import Place
from kring.ground.refusals import Refusal


def secret(place: Place) -> str:
    """The seed of everything that is signed; from KRING_SECRET, KRING_SECRET_FILE or the keep."""
    if given := os.environ.get("KRING_SECRET"):
        return given
    if named := os.environ.get("KRING_SECRET_FILE"):
        return _read(Path(named))
    return kept(place, "secret")


def told(word: str) -> str:
    """A secret from the environment, or from the file named there with `_FILE`; empty when neither is given."""
    named = os.environ.get(f"{word}_FILE")
    return _read(Path(named), shortest=1) if named else os.environ.get(word, "")


def kept(place: Place, name: str) -> str:
    """The kept word called `name`, made of 256 random bits at the first asking."""
    path = place.keep / name
    try:
        place.keep.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return _read(path)
    except OSError as problem:
        raise Refusal(f"The folder {place.keep} cannot be written: {problem.strerror}.") from problem
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(32))
    return _read(path)


def master_keys(place: Place) -> dict[int, bytes]:
    """The master keys that are live, by their number: from KRING_MASTER_KEYS, KRING_MASTER_KEYS_FILE or the keep.

    Written as `1:64 hexadecimal digits`, several parted by commas or lines; the highest number wraps what is new.
    While keys are wrapped anew, two are live.
    """
    given = os.environ.get("KRING_MASTER_KEYS")
    path = _masters_file(place)
    if given is None:
        if not path.exists():
            _begin_master_keys(path)
        given = _read(path)
    return masters_in(given)


def has_master_keys(place: Place) -> bool:
    """Whether master keys are here already; none is made by asking."""
    return "KRING_MASTER_KEYS" in os.environ or _masters_file(place).exists()


def _masters_file(place: Place) -> Path:
    return Path(os.environ.get("KRING_MASTER_KEYS_FILE") or place.keep / "master-keys")


def masters_in(written: str) -> dict[int, bytes]:
    """The master keys of a text, by their number."""
    found = {}
    for line in written.replace(",", "\n").split():
        number, _, digits = line.partition(":")
        try:
            found[int(number)] = bytes.fromhex(digits)
        except ValueError:
            raise Refusal("The master keys are damaged; put them back from a backup.") from None
    if not found or any(len(key) != 32 or not 0 < number < 256 for number, key in found.items()):
        raise Refusal("The master keys are damaged; put them back from a backup.")
    return found


def write_master_keys(place: Place, masters: dict[int, bytes]) -> None:
    """Keep these master keys from now on; refused where they come from the environment."""
    if os.environ.get("KRING_MASTER_KEYS") or os.environ.get("KRING_MASTER_KEYS_FILE"):
        raise Refusal("The master keys come from outside; change them where they are kept.")
    path = place.keep / "master-keys"
    beside = path.with_suffix(f".{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write("\n".join(f"{number}:{key.hex()}" for number, key in sorted(masters.items())))
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)


def _begin_master_keys(path: Path) -> None:
    """The first master key; who comes second finds the first one's."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = path.with_suffix(f".{secrets.token_hex(4)}")
        handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(f"1:{secrets.token_bytes(32).hex()}")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(beside, path)
        except FileExistsError:
            pass
        finally:
            beside.unlink()
    except OSError as problem:
        raise Refusal(f"The folder {path.parent} cannot be written: {problem.strerror}.") from problem


def derived(secret: str, purpose: str) -> str:
    """A password that follows from the secret: HMAC-SHA256, as 64 hexadecimal digits."""
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).hexdigest()


def role_password(secret: str, role: str, database: str) -> str:
    """The password of a login role for one installation's database."""
    return derived(secret, f"{role}@{database}")


def _read(path: Path, shortest: int = 32) -> str:
    try:
        word = path.read_text().strip()
    except OSError as problem:
        raise Refusal(f"The file {path} cannot be read: {problem.strerror}.") from problem
    if len(word) < shortest:
        raise Refusal(f"The file {path} is empty or damaged; put it back from a backup.")
    return word
