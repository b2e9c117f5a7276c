"""The store of keys: one small file per circle and per person, each wrapped by the master key of its number.

A file holds the number of its master key (one byte), a nonce (12 bytes) and the wrapped key (48 bytes). Its name is
bound into the wrapping (AES-256-GCM, NIST SP 800-38D), so that files cannot be exchanged for one another. What was
destroyed leaves an empty file with another ending: the name stays taken for ever.
"""

import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from kring.ground import keeping

KEY_BYTES, NONCE_BYTES = 32, 12
KEPT, DESTROYED = ".key", ".gone"
KINDS = ("circle", "person", "desk")


class Gone(Exception):
    """This key was destroyed: what it locked is forgotten."""


class Damaged(Exception):
    """This file of the key store does not open with the master key."""


def folder() -> Path:
    """Where the wrapped keys lie; never in the database, never in its backup."""
    return Path(settings.KEYS_FOLDER)


def key(kind: str, of: UUID, *, make: bool = True) -> bytes:
    """The key of a circle or a person, 32 bytes; made of random bits at the first asking.

    Raises Gone when it was destroyed, or when there is none and `make` is false; Damaged when it does not open.
    """
    path = _path(kind, of)
    wrapped = _read(path)
    if wrapped is None and make and not destroyed(kind, of):
        _write_new(path)
        wrapped = _read(path)
    if wrapped is None or destroyed(
        kind, of
    ):  # asked last: a key that came back from a backup stays destroyed
        raise Gone(path.stem)
    return unwrapped(wrapped, path.stem, keeping.master_keys(settings.PLACE))


def destroy(kind: str, of: UUID) -> None:
    """Destroy a key: from now on nobody reads what it locked. Destroying it twice is the same as once."""
    path = _path(kind, of)
    _make_folder(path)
    os.close(os.open(path.with_suffix(DESTROYED), os.O_CREAT | os.O_WRONLY, 0o600))
    if path.exists():
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(1 + NONCE_BYTES + KEY_BYTES + 16))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    _settle(path.parent)


def destroyed(kind: str, of: UUID) -> bool:
    """Whether this key was destroyed."""
    return _path(kind, of).with_suffix(DESTROYED).exists()


def stands(kind: str, of: UUID) -> bool:
    """Whether this key is there."""
    return _path(kind, of).exists()


def use(kind: str, of: UUID, at: datetime) -> None:
    """Write down when a key was last in use, as the moment of its file."""
    if (path := _path(kind, of)).exists():
        os.utime(path, (at.timestamp(), at.timestamp()))


def last_used(kind: str, of: UUID) -> datetime:
    """When it was made, or last in use."""
    return datetime.fromtimestamp(_path(kind, of).stat().st_mtime, UTC)


def every_key() -> Iterator[Path]:
    """Every file that holds a key, in the order of their names."""
    yield from sorted(folder().glob(f"*/*{KEPT}"))


def wrap_anew(path: Path, number: int) -> bool:
    """Wrap one key by the master key of this number; false when it is so already."""
    masters = keeping.master_keys(settings.PLACE)
    wrapped = path.read_bytes()
    if wrapped[0] == number:
        return False
    opened = unwrapped(wrapped, path.stem, masters)
    beside = path.with_suffix(f".{secrets.token_hex(4)}.new")
    _write(beside, wrapping(opened, path.stem, number, masters[number]))
    if path.exists():
        os.replace(beside, path)
    else:  # destroyed meanwhile
        beside.unlink()
    _settle(path.parent)
    return True


def wrapping(opened: bytes, name: str, number: int, master: bytes) -> bytes:
    """A key as it is kept: wrapped by a master key and bound to its name."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return bytes([number]) + nonce + AESGCM(master).encrypt(nonce, opened, name.encode())


def unwrapped(wrapped: bytes, name: str, masters: dict[int, bytes]) -> bytes:
    """The key itself. Raises Damaged."""
    try:
        master = masters[wrapped[0]]
        return AESGCM(master).decrypt(wrapped[1 : 1 + NONCE_BYTES], wrapped[1 + NONCE_BYTES :], name.encode())
    except (KeyError, IndexError, ValueError, InvalidTag) as problem:
        raise Damaged(name) from problem


def _path(kind: str, of: UUID) -> Path:
    if kind not in KINDS:
        raise ValueError(kind)
    return folder() / of.hex[:2] / f"{kind}-{of.hex}{KEPT}"


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _make_folder(path: Path) -> None:
    """The folder of a key; neither which keys lie there nor when the last one came is for others on this machine."""
    for one in (folder(), path.parent):
        one.mkdir(parents=True, exist_ok=True, mode=0o700)


def _write_new(path: Path) -> None:
    """A new key under a name that is free; who comes second finds the first one's."""
    _make_folder(path)
    masters = keeping.master_keys(settings.PLACE)
    newest = max(masters)
    beside = path.with_suffix(f".{secrets.token_hex(4)}.new")
    _write(beside, wrapping(secrets.token_bytes(KEY_BYTES), path.stem, newest, masters[newest]))
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
    _settle(path.parent)


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _settle(directory: Path) -> None:
    """What was written in a folder survives a power cut only when the folder itself is on the disk."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
