"""The lines a function of access tells somebody who asks."""

from typing import Any
from uuid import UUID

from django.db import connection

from kring.trust import viewer
from trust.each_policy import Neighbourhood


def rows(who: UUID, function: str, *values: Any, seen_as: UUID | None = None) -> list[tuple[Any, ...]]:
    """What a function tells this person."""
    with viewer.acting(who, seen_as=seen_as), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM trust.{function}({', '.join(['%s'] * len(values))})", values)
        return cursor.fetchall()


def rows_of_all(here: Neighbourhood, function: str, *values: Any) -> dict[str, list[tuple[Any, ...]]]:
    """Who is told what; only those who are told something."""
    told = {name: rows(who, function, *values) for name, who in here.called.items()}
    return {name: lines for name, lines in told.items() if lines}
