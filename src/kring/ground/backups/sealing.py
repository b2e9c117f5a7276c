"""A sealed file: a stream written in chunks under AES-256-GCM, whose end cannot be cut off unseen.

Every chunk is bound to its number, to whether it is the last, and to the head of its file (the STREAM construction of
Hoang, Reyhanitabar, Rogaway and Vizár). Nothing of it is ever on a disk in the clear.
"""

import io
import secrets
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kring.ground.refusals import Refusal

FORM = b"KRING BACKUP 1\n"
SALT_BYTES = 32
CHUNK = 1 << 20
LAST = 1 << 31


class Unusable(Refusal):
    """A backup that is unfinished, damaged, or made with another key."""


def _cipher(key: bytes, salt: bytes, purpose: str) -> AESGCM:
    info = f"kring backup of {purpose}".encode()
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(key))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class Sealer(io.RawIOBase):
    """Writes a sealed file; without `finish` it stays one that is refused."""

    def __init__(self, file: BinaryIO, key: bytes, purpose: str) -> None:
        salt = secrets.token_bytes(SALT_BYTES)
        self.file, self.cipher, self.head = file, _cipher(key, salt, purpose), FORM + salt
        self.number, self.waiting = 0, bytearray()
        file.write(self.head)

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        """Take this in; what fills a chunk is sealed and written."""
        self.waiting += piece
        while len(self.waiting) > CHUNK:
            self._seal(bytes(self.waiting[:CHUNK]), last=False)
            del self.waiting[:CHUNK]
        return len(piece)

    def finish(self) -> None:
        """Write the last chunk."""
        self._seal(bytes(self.waiting), last=True)
        self.waiting.clear()

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        sealed = self.cipher.encrypt(_nonce(self.number, last), chunk, self.head)
        self.file.write((len(sealed) | (LAST if last else 0)).to_bytes(4, "big") + sealed)
        self.number += 1


class Opener(io.RawIOBase):
    """Reads a sealed file piece by piece; every piece was checked before it is given."""

    def __init__(self, file: BinaryIO, key: bytes, purpose: str, name: str) -> None:
        self.file, self.name, self.number, self.ended, self.ready = file, name, 0, False, bytearray()
        self.head = file.read(len(FORM) + SALT_BYTES)
        if len(self.head) < len(FORM) + SALT_BYTES:
            raise self._unfinished()
        if not self.head.startswith(FORM):
            raise Unusable(f"{name} is not a backup of Kring.")
        self.cipher = _cipher(key, self.head[len(FORM) :], purpose)

    def exactly(self, length: int) -> bytes:
        """The next bytes, as many as asked."""
        while len(self.ready) < length:
            if self.ended:
                raise self._damaged()
            self._open()
        found = bytes(self.ready[:length])
        del self.ready[:length]
        return found

    def finish(self) -> None:
        """Nothing follows."""
        while not self.ended:
            self._open()
        if self.ready or self.file.read(1):
            raise self._damaged()

    def _open(self) -> None:
        said = self.file.read(4)
        if len(said) < 4:
            raise self._unfinished()
        length = int.from_bytes(said, "big")
        last, length = bool(length & LAST), length & ~LAST
        if length > CHUNK + 16:
            raise self._damaged()
        sealed = self.file.read(length)
        if len(sealed) < length:
            raise self._unfinished()
        try:
            self.ready += self.cipher.decrypt(_nonce(self.number, last), sealed, self.head)
        except InvalidTag as problem:
            raise self._damaged() from problem
        self.number, self.ended = self.number + 1, last

    def _unfinished(self) -> Unusable:
        return Unusable(f"{self.name} is unfinished: its end is missing. It is not used.")

    def _damaged(self) -> Unusable:
        return Unusable(f"{self.name} is damaged, or made with another backup key. It is not used.")
