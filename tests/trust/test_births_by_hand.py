"""The day a child was born is said by who opens the circle, and by nobody alone afterwards."""

from uuid import UUID

import psycopg
import pytest
from django.db import Error, connection, transaction

from circle.furnished import Furnished
from kring.trust import viewer

YOUNGER = "UPDATE trust_birth SET born = '2018-01-05' WHERE person_id = %s"
INTO = "UPDATE trust_birth SET circle_id = NULL WHERE person_id = %s"
NEW = "INSERT INTO trust_birth (person_id, born, circle_id) VALUES (%s, '1990-01-01', %s)"


@pytest.fixture
def home(owner: psycopg.Connection) -> Furnished:
    return Furnished(owner)


def tried(who: UUID, statement: str, *values: object) -> int | str:
    with viewer.acting(who):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.rowcount
        except Error:
            return "refused"


def test_afterwards_nobody_writes_or_changes_it_alone(home: Furnished) -> None:
    for who in (home.lotte, home.aunt, home.samira, home.karim, home.naima, home.noor):
        for child in (home.yassin, home.samira):
            assert tried(who, YOUNGER, child) in (0, "refused"), who
            assert tried(who, INTO, child) in (0, "refused"), who
    home.owner.execute("DELETE FROM trust_birth WHERE person_id = %s", [home.yassin])
    for who in (home.naima, home.noor, home.karim):
        assert tried(who, NEW, home.yassin, home.circle) == "refused"
        assert tried(who, NEW, home.naima, home.circle) == "refused"
    assert home.owner.execute("SELECT count(*) FROM trust_birthbefore").fetchone() == (0,)
    assert tried(home.naima, "DELETE FROM trust_birthbefore") == "refused"
    assert tried(home.lotte, "UPDATE trust_birthbefore SET born = now()") == "refused"
