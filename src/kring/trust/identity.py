"""Signing who asks: the database believes an identity only with this signature, on this connection, for a minute."""

import hashlib
import hmac
from uuid import UUID

BLOCK = 64
VALID_SECONDS = 60
#: An object that does not exist: who is here with one factor only opens nothing.
NOTHING = UUID(int=0)


def pads(key: bytes) -> tuple[bytes, bytes]:
    """The inner and outer pad of HMAC-SHA256 for this key (RFC 2104), as the database keeps them."""
    if len(key) > BLOCK:
        key = hashlib.sha256(key).digest()
    padded = key.ljust(BLOCK, b"\0")
    return bytes(b ^ 0x36 for b in padded), bytes(b ^ 0x5C for b in padded)


def signed(
    key: bytes,
    *,
    person: UUID,
    backend: int,
    at: float,
    scope: UUID | None = None,
    seen_as: UUID | None = None,
) -> str:
    """Who asks, as one line the database can verify.

    `backend` is the process id of the database connection, `at` the time in seconds since 1970.
    """
    parts = [str(person), str(scope or ""), str(seen_as or ""), str(backend), str(int(at) + VALID_SECONDS)]
    message = "|".join(parts)
    return f"{message}|{hmac.new(key, message.encode(), hashlib.sha256).hexdigest()}"


def vouched(key: bytes, *, subject: bytes, address: str, at: float) -> tuple[int, str]:
    """Until when, and by which signature, the database believes whom the sign-in of the town vouched for."""
    ends = int(at) + VALID_SECONDS
    message = f"town|{subject.hex()}|{ends}|{address}"
    return ends, hmac.new(key, message.encode(), hashlib.sha256).hexdigest()


def sought(key: bytes, *, kind: str, what: str, backend: int, at: float) -> str:
    """What Kring looks for while nobody is known, as one line the database can verify."""
    message = f"sought|{kind}|{backend}|{int(at) + VALID_SECONDS}|{what}"
    return f"{message}|{hmac.new(key, message.encode(), hashlib.sha256).hexdigest()}"
