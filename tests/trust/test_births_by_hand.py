"""The day a child was born is said by few, and what stood before is kept."""

from datetime import date
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


def test_only_a_guardian_with_authority_and_the_coordinator_change_it_and_the_family_can_read_back(
    home: Furnished,
) -> None:
    home.owner.execute("UPDATE trust_familymember SET authority = false WHERE person_id = %s", [home.karim])
    for who in (home.lotte, home.aunt, home.samira, home.karim):
        for child in (home.yassin, home.samira):
            assert tried(who, YOUNGER, child) in (0, "refused"), who
        assert tried(who, NEW, home.naima, None) == "refused"
        assert tried(who, NEW, home.naima, home.circle) == "refused"
    assert tried(home.naima, INTO, home.yassin) == "refused"
    assert tried(home.naima, YOUNGER, home.yassin) == 1
    assert tried(home.noor, YOUNGER, home.yassin) == 1, "the same day again keeps nothing"
    kept = home.owner.execute("SELECT person_id, born, changed_by_id FROM trust_birthbefore").fetchall()
    assert kept == [(home.yassin, date(2018, 1, 4), home.naima)]
    noted = home.owner.execute(
        "SELECT person_id, about_id FROM trust_entry WHERE deed = 'birth date changed'"
    ).fetchall()
    assert noted == [(home.naima, home.yassin)]
    assert tried(home.naima, "DELETE FROM trust_birthbefore") == "refused"
    assert tried(home.lotte, "UPDATE trust_birthbefore SET born = now()") == "refused"
