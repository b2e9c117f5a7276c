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


def derived(secret: str, purpose: str) -> str:
    """A password that follows from the secret: HMAC-SHA256, as 64 hexadecimal digits."""
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).hexdigest()


def role_password(secret: str, role: str, database: str) -> str:
    """The password of a login role for one installation's database."""
    return derived(secret, f"{role}@{database}")


def _read(path: Path) -> str:
    try:
        word = path.read_text().strip()
    except OSError as problem:
        raise Refusal(f"The file {path} cannot be read: {problem.strerror}.") from problem
    if len(word) < 32:
        raise Refusal(f"The file {path} is empty or damaged; put it back from a backup.")
    return word
