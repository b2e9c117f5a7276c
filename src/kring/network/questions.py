"""Is this still right? The page behind a letter, for whoever keeps offers and has no account at hand.

The secret in the address is reckoned from the question and a secret of this installation, so that the letter
can carry it without its being stored; the database keeps a hash only.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from kring.network import rules

LONGEST_TOKEN = 64
LONGEST_WORDS = 500


def token(question: UUID) -> str:
    """The secret in the address of a question."""
    sealed = hmac.new(settings.SECRET_KEY.encode(), f"question\x1f{question}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(sealed.digest()[:24]).decode().rstrip("=")


def hashed(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token[:LONGEST_TOKEN].encode("utf-8", "surrogatepass")).digest()


@dataclass(frozen=True)
class Asked:
    """What a letter asks: whom, in which village, and of which offers; each with its answer or none."""

    name: str
    village: UUID
    offers: dict[UUID, str]

    @property
    def answered(self) -> bool:
        """Whether everything was answered."""
        return all(self.offers.values())


def put(*, at: datetime) -> list[tuple[UUID, UUID]]:
    """The clock asks: questions and the persons they go to, each sealed with its secret."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT question_id, person_id FROM trust.ask_whether_offers_are_right(%s)", [at])
        asked = [(question, person) for question, person in cursor.fetchall()]
        for question, _person in asked:
            cursor.execute("SELECT trust.seal_question(%s, %s)", [question, hashed(token(question))])
    return asked


def waits(question: UUID, person_id: UUID | None, *, at: datetime) -> dict[str, Any]:
    """What a letter about this question says to this person; nothing when it need not go, or asks somebody else."""
    return _asked("SELECT trust.question_still_waits(%s, %s, %s)::text", question, person_id, at)


def read(token: str, *, at: datetime) -> Asked | None:
    """What the letter with this secret asks; None when there is no such letter, or not any more."""
    told = _asked("SELECT trust.question_opens(%s, %s)::text", hashed(token), at)
    if not told:
        return None
    offers = {UUID(key): answer for key, answer in told["offers"].items()}
    return Asked(told["name"], UUID(told["village"]), offers)


def is_right(token: str, offer: UUID, *, at: datetime) -> bool:
    """Yes, this is right; counts once."""
    return bool(_one("SELECT trust.offer_is_right(%s, %s, %s)", hashed(token), offer, at))


def differs(token: str, offer: UUID, words: str, *, at: datetime) -> bool:
    """Something is different: the village's network coordinator and the lead read what."""
    said = rules.clean(words, LONGEST_WORDS)
    return bool(said) and bool(
        _one("SELECT trust.offer_differs(%s, %s, %s, %s)", hashed(token), offer, said, at)
    )


def _one(query: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, list(values))
        row = cursor.fetchone()
    return row[0] if row else None


def _asked(query: str, *values: Any) -> dict[str, Any]:
    told = _one(query, *values)
    found: dict[str, Any] = json.loads(told) if told else {}
    return found
