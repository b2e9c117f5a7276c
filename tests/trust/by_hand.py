"""A statement as somebody who holds the serving role's own connection would type it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

import psycopg
from django.db import Error, connection, transaction

from kring.trust import viewer
from trust.scenes import insert

Unit = Callable[[UUID], AbstractContextManager[Any]]


def account_with_app(owner: psycopg.Connection, person: UUID, address: str) -> UUID:
    """Somebody's way in, and a second factor for a year already."""
    account = insert(
        owner, "trust_account", person_id=person, email=address, password="!", language="nl", is_active=True, shortcuts=True
    )  # fmt: skip
    owner.execute(
        "INSERT INTO mfa_authenticator (type, data, user_id, created_at) "
        "VALUES ('totp', '{\"secret\": \"x\"}', %s, now() - interval '1 year')", [account],
    )  # fmt: skip
    return account


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
