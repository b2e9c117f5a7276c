"""What is asked for two people's word, laid as no rule would, and what a function answers to somebody who asks it by hand."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import DatabaseError, connection

from kring.trust import viewer
from trust.each_policy import LATER, NOW, Neighbourhood, lay
from trust.unheard import unheard

HOUR = timedelta(hours=1)


def plain(facts: dict[str, Any]) -> str:
    """Facts as they are written down."""
    return json.dumps(facts, default=str)


def matter(
    here: Neighbourhood, kind: str, asked_by: UUID, subject: UUID | None = None, /, *, row: dict[str, Any] | None = None, **facts: Any
) -> UUID:  # fmt: skip
    """This was asked."""
    with unheard(here.owner):
        asked: UUID = lay(here.owner, "trust_matter", {
            "village_id": here.village, "circle_id": here.circle, "kind": kind, "answer": "", "asked_by_id": asked_by,
            "until": LATER, "facts": plain(facts), "subject_id": subject, "number": uuid4().hex[:9],
        } | (row or {}))  # fmt: skip
    return asked


def answered(by: UUID, answer: str = "yes", at: datetime = NOW) -> dict[str, Any]:
    """What stands in the row when somebody answered."""
    return {"answer": answer, "answered_by_id": by, "answered_at": at}


def says(who: UUID, function: str, *values: Any, seen_as: UUID | None = None) -> Any:
    """What the function answers to this person, or the word of its refusal."""
    try:
        with viewer.acting(who, seen_as=seen_as), connection.cursor() as cursor:
            cursor.execute(f"SELECT trust.{function}({', '.join(['%s'] * len(values))})", values)
            return cursor.fetchone()[0]
    except DatabaseError as refused:
        return str(refused).splitlines()[0]


def ask(who: UUID, kind: str = "export", *, at: datetime = NOW, **facts: Any) -> Any:
    """Somebody asks for a second yes; the number of the matter."""
    return says(who, "ask_two", uuid4(), kind, plain(facts or {"families": 12}), b"why", at)


def row(here: Neighbourhood, which: UUID, *columns: str) -> tuple[Any, ...]:
    """What stands in these columns of the matter."""
    told = f"SELECT {', '.join(columns)} FROM trust_matter WHERE id = %s"
    return here.owner.execute(told, [which]).fetchone()  # type: ignore[return-value]
