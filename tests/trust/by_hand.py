"""A statement as somebody who holds the serving role's own connection would type it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from django.db import Error, connection, transaction

from kring.trust import viewer

Unit = Callable[[UUID], AbstractContextManager[Any]]


def tried(who: UUID, statement: str, *values: Any, unit: Unit = viewer.acting) -> int | str:
    """How many rows it wrote as this person, or that it was refused; taken back at once."""
    with unit(who):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, values)
                many = cursor.rowcount
                transaction.set_rollback(True)
        except Error:
            return "refused"
    return many
