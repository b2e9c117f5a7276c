"""Nobody new reads what lies at the desk by one person's word: who sits there lets them in, or a third person (K9, D6)."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection

from kring.trust import viewer
from trust.each_policy import LATER, NOW, Neighbourhood, lay
from trust.scenes import LONG_AGO
from trust.unheard import unheard
from trust.whoever import NOBODY, by_whom, stands
from trust.work_laid import BEFORE, all_of_old, given

MAY = "SELECT trust.may_let_in(%s, j) FROM trust_job j WHERE j.id = %s"
THIRD = {"lou", "vera", "vik"}
AT_THE_DESK = {"els", "eva"}
SEATS = "SELECT circle_id, person_id, job_id, history, decided_by_id, until IS NULL FROM trust_seat WHERE job_id = %s ORDER BY since"


@pytest.fixture
def here(owner: psycopg.Connection) -> Neighbourhood:
    """Els and Eva sit at the desk; all work was written down when it began."""
    return all_of_old(owner)


def at_the_desk(here: Neighbourhood, who: UUID, by: UUID, **more: Any) -> UUID:
    """Work at the contact point, given two days ago."""
    return given(here, who, by, "contact point", "Huis van het Kind", **more)


def seat(here: Neighbourhood, job: UUID, who: UUID, **more: Any) -> UUID:
    """A seat at the desk by that work, as it stands written."""
    said = {
        "circle_id": here.desk, "person_id": who, "job_id": job, "role": "professional", "ground": "job", "ring": 3,
        "since": BEFORE, "history": True, "decided_by_id": here.ada,
    }  # fmt: skip
    with unheard(here.owner):
        made: UUID = lay(here.owner, "trust_seat", said | more)
    return made


def let_in_by(here: Neighbourhood, job: UUID) -> set[str]:
    """Who may let them in."""
    return {name for name, who in here.called.items() if here.owner.execute(MAY, [who, job]).fetchone()[0]}


def lets_in(who: UUID, job: UUID, seen_as: UUID | None = None) -> Any:
    """What they are told who say that they know them."""
    with viewer.acting(who, seen_as=seen_as), connection.cursor() as cursor:
        cursor.execute("SELECT trust.let_in_at_desk(%s)", [job])
        return cursor.fetchone()[0]


def test_whoever_sits_there_or_a_third_person(here):
    assert let_in_by(here, at_the_desk(here, here.tom, here.ada)) == AT_THE_DESK | THIRD
    assert let_in_by(here, at_the_desk(here, here.noor, here.els)) == {"eva"} | THIRD | {
        "ada",
        "bea",
        "nel",
        "nils",
    }
    assert let_in_by(here, at_the_desk(here, here.els, here.ada)) == {"eva"} | THIRD


@pytest.mark.parametrize("role", ["worker", "coordinator", "trust officer", "administrator"])
def test_into_no_other_work(here, role):
    assert let_in_by(here, given(here, here.tom, here.ada, role)) == NOBODY


def test_into_no_work_that_is_over_is_to_come_or_was_given_by_nobody_here(here):
    for said in ({"until": NOW}, {"since": LATER}, {"given_here": False}):
        assert let_in_by(here, at_the_desk(here, here.tom, here.ada, **said)) == NOBODY, said
    assert let_in_by(here, at_the_desk(here, here.tom, here.ada, until=LATER)) == AT_THE_DESK | THIRD


def test_who_reads_all_of_it_there_already_is_let_in_by_nobody(here):
    job = at_the_desk(here, here.tom, here.ada)
    seat(here, job, here.tom, until=NOW - timedelta(hours=9))
    seat(here, job, here.tom, circle_id=here.circle)
    seat(here, here.jobs[here.els], here.tom, since=NOW - timedelta(hours=9), until=NOW - timedelta(hours=1))
    last = seat(here, job, here.tom, history=False, since=NOW - timedelta(hours=1))
    assert let_in_by(here, job) == AT_THE_DESK | THIRD
    stands(here, "UPDATE trust_seat SET job_id = %s, history = true WHERE id = %s", here.jobs[here.els], last)
    assert let_in_by(here, job) == AT_THE_DESK | THIRD, "not by this work"
    stands(here, "UPDATE trust_seat SET job_id = %s WHERE id = %s", job, last)
    assert let_in_by(here, job) == NOBODY


@pytest.mark.parametrize("how", [
    "since = now() + interval '1 hour'", "until = now() - interval '1 second'", "danger = true", "shows_from = now() - interval '1 day'",
])  # fmt: skip
def test_who_sits_there_only_half_lets_nobody_in(here, how):
    job = at_the_desk(here, here.tom, here.ada)
    stands(
        here, f"UPDATE trust_access SET {how} WHERE viewer_id = %s AND circle_id = %s", here.els, here.desk
    )
    assert let_in_by(here, job) == {"eva"} | THIRD


def test_who_sits_in_another_circle_lets_nobody_in(here):
    job = at_the_desk(here, here.tom, here.ada)
    stands(here, "UPDATE trust_access SET circle_id = %s WHERE circle_id = %s", here.circle, here.desk)
    assert let_in_by(here, job) == THIRD


def test_at_the_desk_of_ones_own_village(here):
    there = here.owner.execute(
        "SELECT organisation_id FROM trust_job WHERE person_id = %s", [here.xeno]
    ).fetchone()[0]
    job = given(here, here.xena, here.xavi, "contact point", organisation_id=there)
    assert let_in_by(here, job) == {"xeno"}


def test_who_is_let_in_sits_there_and_reads_what_waits(here):
    tom, noor = at_the_desk(here, here.tom, here.ada), at_the_desk(here, here.noor, here.ada)
    seat(here, tom, here.tom, history=False, since=NOW - timedelta(minutes=59))
    kept = seat(here, noor, here.noor, history=False)
    over = seat(here, tom, here.tom, history=False, until=NOW - timedelta(hours=1), since=LONG_AGO)
    beside = seat(here, tom, here.tom, circle_id=here.circle)
    assert lets_in(here.els, tom, seen_as=here.noor) is False, "nobody does anything through other eyes"
    assert lets_in(here.karim, tom) is lets_in(here.els, uuid4()) is lets_in(here.ada, tom) is False
    assert lets_in(here.els, tom) is lets_in(here.els, tom) is True
    assert lets_in(here.eva, tom) is False, "nothing waits any more"
    assert here.owner.execute(SEATS, [tom]).fetchall()[-1] == (here.desk, here.tom, tom, True, here.els, True)
    live = "SELECT history FROM trust_seat WHERE job_id = %s AND circle_id = %s AND until IS NULL"
    assert here.owner.execute(live, [tom, here.desk]).fetchall() == [(True,)]
    assert here.owner.execute(live, [tom, here.circle]).fetchall() == [(True,)], beside
    ended = "SELECT until FROM trust_seat WHERE id = %s"
    assert here.owner.execute(ended, [over]).fetchone()[0] == NOW - timedelta(hours=1)
    assert here.owner.execute(ended, [kept]).fetchone() == (None,)
    written = "SELECT person_id, organisation_id, role, object_id, about_id FROM trust_entry WHERE deed LIKE 'let a colleague%'"
    assert here.owner.execute(written).fetchall() == [
        (here.els, here.organisations["Huis van het Kind"], "contact point", tom, here.tom)
    ]


def test_it_is_written_with_the_work_at_the_contact_point_that_they_have_now(here):
    job = at_the_desk(here, here.tom, here.ada)
    given(here, here.els, here.ada, "worker", "Girlz Lounge", since=LONG_AGO - timedelta(days=9))
    at_the_desk(
        here,
        here.els,
        here.ada,
        since=LONG_AGO - timedelta(days=8),
        until=NOW,
        organisation_id=here.organisations["Girlz Lounge"],
    )
    given(here, here.lou, here.ada, "worker", "School De Linde", since=LONG_AGO + timedelta(days=9))
    assert lets_in(here.els, job) is True
    other = at_the_desk(here, here.noor, here.ada)
    assert lets_in(here.lou, other) is True
    written = "SELECT organisation_id, role FROM trust_entry WHERE deed LIKE 'let a colleague%' ORDER BY at"
    assert here.owner.execute(written).fetchall() == [
        (here.organisations["Huis van het Kind"], "contact point"), (here.organisations["School De Linde"], "lead"),
    ]  # fmt: skip


def test_nobody_lets_in_who_is_nobody(here):
    assert by_whom(here, "let_in_at_desk", uuid4()) == NOBODY
    job = at_the_desk(here, here.tom, here.ada)
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.let_in_at_desk(%s)", [job])
        assert cursor.fetchone() == (False,)


def whoami(who: UUID) -> list[tuple[str, bool]]:
    """What work somebody has as the pages know it, and whether it waits."""
    with viewer.acting(who) as me:
        return [(job.role, job.waits) for job in me.jobs]


def works(here: Neighbourhood, who: UUID, role: str) -> bool:
    """Whether somebody has such work."""
    return here.owner.execute("SELECT trust.works(%s, %s)", [who, role]).fetchone()[0]


def test_work_at_the_contact_point_counts_once_one_sits_there(here):
    assert (whoami(here.els), works(here, here.els, "contact point")) == ([("contact point", False)], True)
    stands(here, "DELETE FROM trust_job WHERE person_id = %s", here.tom)
    job = at_the_desk(here, here.tom, here.ada)
    seat(here, job, here.tom, circle_id=here.circle)
    seat(here, job, here.tom, until=NOW - timedelta(hours=9))
    seat(here, here.jobs[here.els], here.tom, since=NOW - timedelta(hours=9), until=NOW - timedelta(hours=8))
    other = seat(here, here.jobs[here.els], here.tom, since=NOW - timedelta(hours=8))
    assert whoami(here.tom) == [("worker", True)]
    assert not works(here, here.tom, "contact point")
    assert works(here, here.tom, None)
    stands(here, "DELETE FROM trust_seat WHERE id = %s", other)
    half = seat(here, job, here.tom, history=False, since=NOW - timedelta(hours=1))
    assert (whoami(here.tom), works(here, here.tom, "contact point")) == ([("contact point", True)], True)
    stands(here, "UPDATE trust_seat SET history = true WHERE id = %s", half)
    assert whoami(here.tom) == [("contact point", False)]
    other = given(here, here.said, here.ada, "teacher")
    assert (whoami(here.said), works(here, here.said, "teacher")) == ([("teacher", False)], True), other


def lines(who: UUID) -> list[tuple[Any, ...]]:
    """What waits for their word, or of theirs for somebody's."""
    with viewer.acting(who), connection.cursor() as cursor:
        cursor.execute("SELECT id, name, role, gave, mine FROM trust.work_to_confirm()")
        return cursor.fetchall()


def test_it_stands_with_who_may_say_it_and_with_whose_work_it_is(here):
    job = at_the_desk(here, here.tom, here.ada)
    line = (job, "Tom Toms", "contact point", "Ada Adas")
    assert {name: lines(who) for name, who in here.called.items() if lines(who)} == {
        **{name: [(*line, False)] for name in AT_THE_DESK | THIRD}, "tom": [(*line, True)],
    }  # fmt: skip
    asked = "SELECT family_name, role, asked_by FROM trust.asked_of_me() WHERE id = %s"
    for name, who in here.called.items():
        with viewer.acting(who), connection.cursor() as cursor:
            cursor.execute(asked, [job])
            told = cursor.fetchall()
        assert told == ([("Tom Toms", "confirms", "Ada")] if name in AT_THE_DESK | THIRD else []), name
    assert lets_in(here.eva, job)
    assert {name for name, who in here.called.items() if lines(who)} == NOBODY


def test_who_was_confirmed_from_the_server_waits_at_the_desk_all_the_same(here):
    """That it is their work is said; that all that lies there opens to them is said by somebody here."""
    job = at_the_desk(here, here.tom, here.ada, confirmed_at=NOW)
    assert {name for name, who in here.called.items() if lines(who)} == AT_THE_DESK | THIRD | {"tom"}
    with viewer.acting(here.els), connection.cursor() as cursor:
        cursor.execute("SELECT role FROM trust.asked_of_me() WHERE id = %s", [job])
        assert cursor.fetchall() == [("confirms",)]
    officer = given(here, here.noor, here.ada, confirmed_at=NOW)
    assert {
        name for name, who in here.called.items() if officer in [line[0] for line in lines(who)]
    } == NOBODY


def test_who_let_one_in_lets_another_in_too(here):
    jobs = [at_the_desk(here, who, here.ada) for who in (here.tom, here.noor)]
    assert [lets_in(here.els, job) for job in jobs] == [True, True]
    for job in jobs:
        assert here.owner.execute(SEATS, [job]).fetchone()[-2:] == (here.els, True)


def test_work_that_nobody_is_known_to_have_given_is_let_in_by_nobody(here):
    job = given(here, here.tom, None, "contact point", "Huis van het Kind")
    assert lets_in(here.els, job) is False
    assert here.owner.execute(SEATS, [job]).fetchall() == []


def test_work_at_the_contact_point_that_nobody_here_gave_counts_without_a_seat(here):
    stands(here, "DELETE FROM trust_seat WHERE person_id = %s", here.els)
    assert works(here, here.els, "contact point")
