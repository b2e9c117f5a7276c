"""Locking a text: AES-256-GCM under the keys of its circle and its person, bound to table, column and row."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kring.trust.keys import store

FORM = b"\x01"
NONCE_BYTES = 12


class DoesNotOpen(Exception):
    """A locked text that was changed, or moved to another row, column or table."""


@dataclass(frozen=True)
class Lock:
    """What opens and locks the texts of one circle about one person; take it once for many rows."""

    key: bytes
    bound: str

    def close(self, content: bytes, *, table: str, column: str, row: UUID) -> bytes:
        """`content` as it is written down: form (1 byte), nonce (12), text and tag (16 more than the content)."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return FORM + nonce + AESGCM(self.key).encrypt(nonce, content, self._place(table, column, row))

    def open(self, locked: bytes, *, table: str, column: str, row: UUID) -> bytes:
        """What was written. Raises DoesNotOpen."""
        try:
            if locked[:1] != FORM:
                raise DoesNotOpen(table)
            nonce, text = locked[1 : 1 + NONCE_BYTES], locked[1 + NONCE_BYTES :]
            return AESGCM(self.key).decrypt(nonce, text, self._place(table, column, row))
        except (InvalidTag, ValueError) as problem:
            raise DoesNotOpen(table) from problem

    def _place(self, table: str, column: str, row: UUID) -> bytes:
        return f"{table}|{column}|{row.hex}|{self.bound}".encode()


def lock_of(
    circle_id: UUID, person_id: UUID | None = None, *, make: bool = True, turn: UUID | None = None
) -> Lock:  # fmt: skip
    """The lock of a circle, and of the person it is about when there is one: without either key nothing opens.

    `make` makes keys that are not there yet; when reading, leave it off. `turn` names the key of a day, which stands
    for that of the circle. Raises store.Gone.
    """
    material = store.key("desk", turn, make=make) if turn else store.key("circle", circle_id, make=make)
    bound = f"{circle_id.hex}|{turn.hex}" if turn else circle_id.hex
    if person_id is not None:
        material += store.key("person", person_id, make=make)
        bound += f"|{person_id.hex}"
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"kring locked text " + bound.encode())
    return Lock(derived.derive(material), bound)
