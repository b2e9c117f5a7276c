"""Growing up is a date, not an action: what changes for a child on which day, to talk about it in good time."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection


@dataclass(frozen=True)
class Turning:
    """A birthday on which something changes by itself.

    `kind` is `voice` (the child decides from then on), `reading` (the guardians' reading ends) or `both`.
    """

    kind: str
    day: date
    age: int
    over: bool


def turnings(child_id: UUID) -> list[Turning]:
    """When something changes for this child, the first day first; empty for whoever may not know."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust.turnings_of(%s)", [child_id])
        return [Turning(*row) for row in cursor.fetchall()]
