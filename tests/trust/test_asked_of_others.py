"""What the serving role may ask about somebody else, by their number: a list that gets shorter and never longer."""

from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from circle.furnished import Furnished
from kring.trust import viewer
from kring.trust.callers import ASKED_OF_OTHERS
from kring.trust.usecases import accounts


def may_be_asked(connection: psycopg.Connection) -> set[str]:
    """The functions about a person named in an argument that the serving role may run."""
    found = connection.execute(
        "SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'trust'::regnamespace AND 'who' = ANY(p.proargnames) "
        "AND has_function_privilege('kring_runtime', p.oid, 'EXECUTE')"
    )
    return {name for (name,) in found}


def test_about_another_only_what_the_list_names(owner: psycopg.Connection) -> None:
    assert may_be_asked(owner) == set(ASKED_OF_OTHERS)


@pytest.mark.parametrize("function", ["works", "is_staff", "holds_danger_right", "nowhere_seated"])
def test_nobody_asks_what_another_is(owner: psycopg.Connection, function: str) -> None:
    home = Furnished(owner)
    for who in (home.naima, home.lotte):
        refused = pytest.raises(DatabaseError, match="permission denied")
        with viewer.acting(who), refused, transaction.atomic():
            asked(f"SELECT trust.{function}(%s)", home.noor)


def test_who_sits_how_is_told_to_who_sits_there(owner: psycopg.Connection) -> None:
    home = Furnished(owner)
    question = "SELECT trust.sits_as(%s, %s, '{child,guardian}')"
    with viewer.acting(home.noor):
        assert asked(question, home.naima, home.circle) is True
    with viewer.acting(home.worker("Wies", "administrator", "Town hall")):
        assert asked(question, home.naima, home.circle) is False
    assert (accounts.is_staff(home.noor), accounts.is_staff(home.naima)) == (True, False)


def asked(question: str, *values: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        (answer,) = cursor.fetchone()
    return bool(answer)
