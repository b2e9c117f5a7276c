"""Receipts: an address that only the one who asked holds, and what it shows.

The token is reckoned from the concern and a secret of this installation, so that a letter can carry it
again without its being stored; the database keeps a hash only.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from kring.intake.models import Concern

LONGEST_TOKEN = 64


def _sealed(purpose: str, *parts: str) -> bytes:
    key = settings.SECRET_KEY.encode()
    message = "\x1f".join((purpose, *parts)).encode("utf-8", "surrogatepass")
    return hmac.new(key, message, hashlib.sha256).digest()


def concern_id(form_key: str, *content: str) -> UUID:
    """The id of the concern this form makes: the same form sent twice makes one, a changed one another."""
    return UUID(bytes=_sealed("concern", form_key, *content)[:16], version=4)


def token(concern: UUID) -> str:
    """The secret in the address of a receipt."""
    return base64.urlsafe_b64encode(_sealed("receipt", str(concern))[:24]).decode().rstrip("=")


def hashed(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token[:LONGEST_TOKEN].encode("utf-8", "surrogatepass")).digest()


def path(concern: UUID) -> str:
    """The page of a receipt."""
    return f"/r/{token(concern)}/"


def house() -> str:
    """Where people find this village on the web."""
    return str(getattr(settings, "PUBLIC_ADDRESS", "http://localhost:8000")).rstrip("/")


def address(concern: UUID) -> str:
    """The whole address of a receipt, for letters."""
    return house() + path(concern)


@dataclass(frozen=True)
class Receipt:
    """What the one who asked may see: a word, a name, a day; at the end how it went and why."""

    state: str
    person: dict[str, str] | None
    stand_in: dict[str, str] | None
    due: datetime | None
    outcome: str
    reason: str
    asks: bool
    reachable: bool
    asks_reach: bool
    village: dict[str, str]


def read(token: str, *, at: datetime) -> Receipt | None:
    """The receipt behind a token; None when there is none, or not any more."""
    told = _ask("SELECT trust.receipt(%s, %s)::text", hashed(token), at)
    if told is None:
        return None
    told["due"] = datetime.fromisoformat(told["due"]) if told["due"] else None
    return Receipt(**told)


def answer(token: str, *, answer: str, at: datetime) -> bool:
    """Say whether a promise was true; counts once."""
    return bool(_one("SELECT trust.answer_receipt(%s, %s, %s)", hashed(token), answer, at))


def add_reach(token: str, *, name: str, reach: str, at: datetime) -> bool:
    """A child who asked for help says where to find them; counts once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust.asks_reach(%s)", [hashed(token)])
        found = cursor.fetchone()
        if found is None or not reach:
            return False
        concern = Concern(id=found[0], circle_id=found[1], subject_id=found[2], told_locked=found[3])
        told = concern.told | {"reach": reach} | ({"asker_name": name} if name else {})
        concern.tell(told, on=at.astimezone(UTC).date() if found[4] else None)
        return bool(_one("SELECT trust.add_reach(%s, %s, %s)", hashed(token), found[1], concern.told_locked))


def _one(query: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, list(values))
        row = cursor.fetchone()
    return row[0] if row else None


def _ask(query: str, *values: Any) -> dict[str, Any] | None:
    told = _one(query, *values)
    return json.loads(told) if told else None
