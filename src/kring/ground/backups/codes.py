"""The backup key, and its two halves on paper: two people together open a backup when the server is gone."""

import base64
import hashlib
import os
import re
import secrets
from pathlib import Path

from kring.ground.places import Place
from kring.ground.refusals import Refusal

KEY_BYTES, SUM_BYTES = 32, 3


def backup_key(place: Place) -> bytes:
    """The key of every backup: from KRING_BACKUP_KEY, KRING_BACKUP_KEY_FILE, or made once and kept in the keep."""
    given = os.environ.get("KRING_BACKUP_KEY")
    if given is None:
        path = Path(os.environ.get("KRING_BACKUP_KEY_FILE") or place.keep / "backup-key")
        if not path.exists():
            _begin(path)
        given = path.read_text()
    try:
        key = bytes.fromhex(given.strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise Refusal("The backup key is not 64 hexadecimal digits; put it back, or use the two codes.")
    return key


def keep(place: Place, key: bytes) -> None:
    """A new machine keeps the key that two people brought, unless it has one."""
    if not os.environ.get("KRING_BACKUP_KEY") and not os.environ.get("KRING_BACKUP_KEY_FILE"):
        _begin(place.keep / "backup-key", key)


def _begin(path: Path, key: bytes | None = None) -> None:
    """The first key, written whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_suffix(f".{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write((key or secrets.token_bytes(KEY_BYTES)).hex())
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()


def halves(key: bytes) -> tuple[str, str]:
    """Two codes for two people; each alone is worth nothing, and every printing gives another pair."""
    first = secrets.token_bytes(KEY_BYTES)
    return written(first), written(bytes(a ^ b for a, b in zip(first, key, strict=True)))


def joined(first: str, second: str) -> bytes:
    """The key, from both codes."""
    return bytes(a ^ b for a, b in zip(read(first), read(second), strict=True))


def written(half: bytes) -> str:
    """A half as one writes it: groups of four letters, with a sum that finds a slip of the pen."""
    letters = base64.b32encode(half + hashlib.sha256(half).digest()[:SUM_BYTES]).decode().rstrip("=")
    return "-".join(letters[begin : begin + 4] for begin in range(0, len(letters), 4))


def read(code: str) -> bytes:
    """The half that was written down."""
    letters = re.sub(r"[^A-Z2-7]", "", code.upper().replace("0", "O").replace("1", "I").replace("8", "B"))
    try:
        found = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        found = b""
    half, sum_ = found[:KEY_BYTES], found[KEY_BYTES:]
    if len(half) != KEY_BYTES or hashlib.sha256(half).digest()[:SUM_BYTES] != sum_:
        raise Refusal("This code is not read well: one letter or more is different. Look again.")
    return half
