"""The day a child was born is said by who opens the circle, and by nobody alone afterwards."""

from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from django.db import Error, connection, transaction

from circle.furnished import Furnished
from kring.trust import viewer
from trust.scenes import LONG_AGO

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


@pytest.mark.parametrize("born", ["2004-01-01", "2014-03-01"])
def test_where_the_day_is_forgotten_a_guardian_reads_no_longer_than_with_it(here, born):
    """Whatever circle about the child stays: what the birthday ended does not begin again, and what it will end ends."""
    owner, about, other = here.owner, here.own[here.samira], here.own[here.yassin]
    about_whom = "UPDATE trust_circle SET subject_id = %s WHERE id = %s"
    owner.execute(about_whom, [here.samira, about])
    owner.execute(about_whom, [here.yassin, other])
    here.seat(about, here.karim, ground="guardian")
    here.seat(about, here.naima, ground="guardian", until=LONG_AGO + timedelta(days=1))
    here.seat(about, here.aunt)
    here.seat(other, here.karim, ground="guardian")
    owner.execute("UPDATE trust_birth SET born = %s WHERE person_id = %s", [born, here.samira])
    opened = "SELECT circle_id, viewer_id, until::text FROM trust_access WHERE circle_id IN (%s, %s)"
    before = sorted(owner.execute(opened, [about, other]).fetchall(), key=str)
    owner.execute("DELETE FROM trust_birth WHERE person_id = %s", [here.samira])
    assert sorted(owner.execute(opened, [about, other]).fetchall(), key=str) == before
    assert len({until for circle, _, until in before if circle == about}) == (1 if born < "2010" else 3)
