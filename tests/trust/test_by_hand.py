"""By hand-made SQL of the serving role: nobody becomes the opener of a circle, asks of another, or ends what was."""

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from kring.trust import viewer
from wraparound.home import Home


@pytest.fixture
def home(owner: psycopg.Connection) -> Home:
    return Home(owner)


def by_hand(who, statement, *values):
    """What somebody gets who signs in and writes SQL of their own."""
    with viewer.acting(who), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


@pytest.mark.parametrize("column", ["opened_by_id = trust.viewer()", "opened_in = pg_current_xact_id()"])
def test_nobody_makes_themselves_the_opener_of_a_circle(home, column):
    with pytest.raises(DatabaseError, match="stays_as_written"):
        by_hand(home.fatna, f"UPDATE trust_circle SET {column} WHERE id = %s", home.circle)


@pytest.mark.parametrize("question", [
    "trust.is_denied(%s, %s, NULL, now())", "trust.seat_says_so(%s, %s, now(), now())", "trust.keeps_family(%s, %s, NULL)",
    "trust.is_near_family(%s, %s)", "trust.kept_from_family(%s, %s)",
])  # fmt: skip
def test_nobody_asks_what_another_may_know(home, question):
    home.exclude(home.samira, home.samir)
    with pytest.raises(DatabaseError, match="permission denied"):
        by_hand(home.samir, f"SELECT {question}", home.samir, home.samira)
