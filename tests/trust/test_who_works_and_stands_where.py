"""Who works now, who is a colleague, on whom somebody's work rests, and who came in; asked of everybody."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection

from kring.trust import viewer
from trust.by_hand import account_with_app
from trust.each_policy import LATER, NOW, Neighbourhood
from trust.scenes import LONG_AGO
from trust.whoever import NOBODY, by_whom, names, of_whom, stands
from trust.work_laid import BEFORE, agreement_ends, gave_all, given, work

HERE = {"noor", "lotte", "tom", "els", "lou", "ada", "nel", "vera", "bea", "nils", "eva", "vik"}
THERE = {"xavi", "xena", "xander", "xeno"}
HOUR = timedelta(hours=1)


@pytest.fixture
def here(owner: psycopg.Connection) -> Neighbourhood:
    """All work was written down when it began; nobody here gave it."""
    here = Neighbourhood(owner)
    stands(here, "UPDATE trust_job SET written_at = since")
    return here


def told(who: UUID, statement: str, *values: Any, **more: Any) -> list[tuple[Any, ...]]:
    """What this person is told."""
    with viewer.acting(who, **more), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def test_who_works_has_work_of_now_at_a_place_with_an_agreement_of_now(here):
    assert of_whom(here, "works") == HERE | THERE
    agreement_ends(here, "Ombuds")
    assert of_whom(here, "works") == HERE - {"vera", "vik"} | THERE
    stands(here, "UPDATE trust_job SET until = %s WHERE person_id = %s", NOW - HOUR, here.tom)
    work(here, here.tom, "worker", "Girlz Lounge", since=LATER)
    assert of_whom(here, "works") == HERE - {"vera", "vik", "tom"} | THERE
    assert of_whom(here, "works", "administrator") == {"ada", "bea", "xavi"}


def test_a_colleague_works_in_the_same_village(here):
    for whom, asks in (("lotte", set(here.called) - THERE), ("xena", THERE), ("naima", NOBODY)):
        assert by_whom(here, "colleague", here.called[whom]) == asks
    assert by_whom(here, "colleague", uuid4()) == NOBODY


def test_staff_is_who_ever_worked_here_and_who_has_an_address(here):
    stands(here, "UPDATE trust_job SET until = %s WHERE person_id = %s", NOW - HOUR, here.tom)
    assert of_whom(here, "is_staff") == HERE | THERE
    account_with_app(here.owner, here.naima, "naima@linde.example")
    account = account_with_app(here.owner, here.said, "said@linde.example")
    stands(here, "UPDATE trust_account SET email = NULL WHERE id = %s", account)
    assert of_whom(here, "is_staff") == HERE | THERE | {"naima"}


def test_who_was_just_met_was_written_down_by_who_asks_and_sits_nowhere(here):
    pia, otto = here.person("Pia"), here.person("Otto")
    met = "UPDATE trust_person SET met_by_id = %s WHERE id = %s"
    stands(here, met, here.noor, pia)
    stands(here, met, here.lotte, here.karim)
    assert by_whom(here, "just_met", pia) == {"noor"}
    assert by_whom(here, "just_met", otto) == by_whom(here, "just_met", uuid4()) == NOBODY
    assert by_whom(here, "just_met", here.karim) == NOBODY, "Karim sits with his family"


def test_who_stands_alone_has_work_that_nobody_gave_or_that_was_confirmed(here):
    assert of_whom(here, "stands_alone") == HERE | THERE
    for who in (here.lotte, here.tom, here.lou):
        gave_all(here, who, here.ada)
    assert of_whom(here, "stands_alone") == HERE - {"lotte", "tom", "lou"} | THERE
    stands(here, "UPDATE trust_job SET confirmed_at = %s WHERE person_id = %s", NOW, here.tom)
    work(here, here.lou, "worker", "Girlz Lounge", until=NOW - HOUR)
    assert of_whom(here, "stands_alone") == HERE - {"lotte", "lou"} | THERE


def stand_on(here: Neighbourhood) -> dict[str, str]:
    """On whom each stands, by name; of those who do not stand on themselves."""
    called = {who: name for name, who in here.called.items()}
    asked = "SELECT trust.stands_on(%s)"
    found = {name: here.owner.execute(asked, [who]).fetchone()[0] for name, who in here.called.items()}
    return {name: called.get(other, "nobody") for name, other in found.items() if other != here.called[name]}


def test_on_whom_somebody_stands(here):
    assert stand_on(here) == {}, "also who has no work here"
    gave_all(here, here.ada, here.eva)
    stands(here, "UPDATE trust_job SET since = %s WHERE person_id = %s", BEFORE, here.lotte)
    stands(
        here,
        "UPDATE trust_job SET given_here = true, given_by_id = %s, written_at = since WHERE person_id = %s",
        here.ada,
        here.lotte,
    )
    gave_all(here, here.tom, here.said)
    assert stand_on(here) == {"ada": "eva", "lotte": "eva", "tom": "nobody"}
    assert of_whom(here, "stands_on_somebody") == set(here.called) - {"tom"}
    stands(here, "UPDATE trust_person SET given_name = '', surname = '' WHERE id = %s", here.eva)
    assert of_whom(here, "stands_on_somebody") == set(here.called) - {"tom", "ada", "lotte", "eva"}


def test_work_that_was_written_down_later_than_it_gave_work_counts_for_nothing(here):
    """Said gave Lotte work two days ago; what he had then was written down only afterwards, or not at all."""
    stands(here, "DELETE FROM trust_job WHERE person_id = %s", here.lotte)
    given(here, here.lotte, here.said)
    assert stand_on(here) == {"lotte": "nobody"}
    for written, on in (
        (BEFORE + HOUR, "nobody"),
        (BEFORE, "nobody"),
        (BEFORE - timedelta(microseconds=1), "said"),
    ):
        stands(here, "DELETE FROM trust_job WHERE person_id = %s", here.said)
        work(here, here.said, "worker", "Girlz Lounge", since=LONG_AGO, written_at=written)
        assert stand_on(here) == {"lotte": on}


def test_administrators_read_whose_work_ended_between_two_moments_in_their_village(here):
    times = {
        "lotte": BEFORE,
        "tom": NOW,
        "noor": BEFORE + HOUR,
        "lou": BEFORE - HOUR,
        "eva": NOW + HOUR,
        "xeno": NOW,
    }
    stands(here, "UPDATE trust_person SET surname = given_name || 's'")
    for name, until in times.items():
        stands(here, "UPDATE trust_job SET until = %s WHERE person_id = %s", until, here.called[name])
    lines = "SELECT name, role, until FROM trust.ended_work(%s, %s)"
    noor, tom = ("Noor Noors", "worker", BEFORE + HOUR), ("Tom Toms", "worker", NOW)
    found = {name: told(who, lines, BEFORE, NOW) for name, who in here.called.items()}
    assert {name: rows for name, rows in found.items() if rows} == {
        "ada": [tom, noor], "bea": [tom, noor], "xavi": [("Xeno Xenos", "contact point", NOW)]
    }  # fmt: skip
    assert told(here.ada, lines, BEFORE, NOW, seen_as=here.naima) == []


def test_administrators_hear_who_of_their_village_came_in(here):
    for name in ("lotte", "tom", "naima", "xeno", "noor"):
        account_with_app(here.owner, here.called[name], name)
    stands(here, "UPDATE trust_account SET last_login = now() WHERE email <> 'noor'")
    lines = "SELECT trust.colleagues_who_came_in()"
    found = {name: names(here, [one for (one,) in told(who, lines)]) for name, who in here.called.items()}
    assert {name: came for name, came in found.items() if came} == {
        "ada": {"lotte", "tom"}, "bea": {"lotte", "tom"}, "xavi": {"xeno"}
    }  # fmt: skip
    assert told(here.ada, lines, seen_as=here.naima) == []
