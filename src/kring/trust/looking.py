"""An account is found while nobody is known: by what was typed or shown, and by nothing else.

The database shows a row only to whom it belongs, or while Kring looks for this one. What is looked for is signed as an
identity is, for this connection and a minute: who only speaks with the database finds nobody, whatever they know.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from kring.trust import identity

#: What was looked for before comes back afterwards: one search may stand within another.
LOOKS = """WITH before AS MATERIALIZED (SELECT coalesce(current_setting('kring.looked_for', true), '') AS told)
SELECT told, set_config('kring.looked_for', %s, true) FROM before"""


def by_address(typed: str) -> AbstractContextManager[None]:
    """The account with exactly this e-mail address, in small letters or large, and its factors."""
    return _looking_for("address", typed.strip().lower())


def by_account(account: UUID | None) -> AbstractContextManager[None]:
    """This account, and its factors: named by a session, a letter or a passkey."""
    return _looking_for("account", str(account or ""))


def by_persons(persons: Iterable[UUID]) -> AbstractContextManager[None]:
    """The accounts of these people, to whom a letter goes."""
    return _looking_for("persons", f"{{{','.join(sorted({str(person) for person in persons}))}}}")


def named(kind: str, what: str | None) -> str | None:
    """Whose session is kept, or on which shared device, as the database believes it; nothing where there is none."""
    connection.ensure_connection()
    return _signed(kind, what) if what else None


@contextmanager
def _looking_for(kind: str, what: str) -> Iterator[None]:
    """Tell the database what is looked for; nothing is told in the same way, so that it takes as long."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LOOKS, [_signed(kind, "" if "\0" in what else what)])
        (before, _) = cursor.fetchone()
        yield
        cursor.execute("SELECT set_config('kring.looked_for', %s, true)", [before])


def _signed(kind: str, what: str) -> str:
    backend = connection.connection.info.backend_pid
    return identity.sought(settings.IDENTITY_KEY, kind=kind, what=what, backend=backend, at=time.time())
