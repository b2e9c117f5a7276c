"""For whom somebody may make a link: everybody is asked about everybody, to join, to one object and to sign in."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from trust.aside import Aside, aside
from trust.each_policy import LATER, Neighbourhood
from trust.scenes import LONG_AGO
from trust.whoever import CIRCLE, NOBODY

SEEKS = "SELECT trust.may_link(%s, %s, %s)"
ELSEWHERE = {"xavi", "xena", "xander", "xeno"}
#: Who works here and sits in no circle.
SEATLESS = {"lou", "ada", "nel", "vera", "bea", "nils", "vik"}
ONE, NEXT = ({"noor", "els"}, {"tom", "els"})


@pytest.fixture
def by(owner: psycopg.Connection) -> Iterator[Aside]:
    """Two families and their neighbours; Omar has been asked in and sits nowhere yet."""
    here = Neighbourhood(owner)
    here.called["omar"] = here.asked.person_id
    with aside(here) as by:
        yield by


def makers(by: Aside, whom: str, purpose: str, what: UUID | None = None, **more: Any) -> set[str]:
    """Who else may make one for them; for themselves everybody may."""
    told = set()
    for name, who in by.here.called.items():
        by.asks(who, **more)
        if by.owner.execute(SEEKS, [by.here.called[whom], purpose, what]).fetchone()[0]:
            told.add(name)
    assert (whom in told) is not bool(more), "for oneself, but not through other eyes"
    return told - {whom}


def every(by: Aside, purpose: str) -> dict[str, set[str]]:
    """For each, who else may make one."""
    return {name: makers(by, name, purpose) for name in by.here.called}


def usual() -> dict[str, set[str]]:
    """Whoever meets a family in person, for each who sits in its circle now."""
    return {
        **dict.fromkeys(CIRCLE | {"britt", "said", "bram", "eva"} | ELSEWHERE, NOBODY), **dict.fromkeys(CIRCLE, ONE),
        "britt": NEXT, "tom": {"els"}, "noor": {"els"}, "els": {"noor", "tom"},
    }  # fmt: skip


def test_to_one_object_by_who_coordinates_or_is_of_the_contact_point_there_and_for_who_sits_nowhere(by):
    locals_ = set(by.here.called) - ELSEWHERE
    alone = {name: locals_ - {name} for name in SEATLESS | {"omar"}}
    there = {name: ELSEWHERE - {name} for name in ELSEWHERE - {"xeno"}}
    assert every(by, "approve") == usual() | alone | there


def test_to_sign_in_a_worker_by_an_administrator_and_a_member_of_a_family_by_who_meets_them(by):
    workers = SEATLESS | {"noor", "lotte", "tom", "els", "eva"}
    told = every(by, "sign in")
    staff = {name: {"ada", "bea"} - {name} for name in workers}
    there = {name: {"xavi"} - {name} for name in ELSEWHERE}
    assert told == usual() | staff | there | {"omar": NOBODY}


def test_to_join_by_who_sits_where_one_is_asked_in(by):
    here = by.here
    facts = {"person_id": here.asked.person_id, "role": "natural", "until": LATER, "answer": ""}
    next_door = by.lies("trust_invitation", circle_id=here.next_circle, **facts)
    assert makers(by, "omar", "join", here.asked.pk) == CIRCLE
    assert makers(by, "omar", "join", next_door) == {"britt", "tom", "els"}
    for whom, what in (("omar", None), ("omar", uuid4()), ("hind", here.asked.pk), ("lou", here.asked.pk)):
        assert makers(by, whom, "join", what) == NOBODY


def test_nobody_makes_one_through_other_eyes(by):
    here = by.here
    for purpose, whom in (("approve", "lou"), ("approve", "noor"), ("sign in", "lou"), ("approve", "naima")):
        assert makers(by, whom, purpose, seen_as=here.karim) == NOBODY


def test_danger_makes_none_nor_does_a_seat_that_ended(by):
    here = by.here
    (seat,) = by.owner.execute("SELECT source_id FROM trust_access WHERE viewer_id = %s AND circle_id = %s", [
        here.noor, here.circle]).fetchone()  # fmt: skip
    by.lies(
        "trust_access", viewer_id=here.vik, circle_id=here.circle, since=LONG_AGO, until=LATER, danger=True, source_id=seat
    )  # fmt: skip
    assert makers(by, "naima", "approve") == ONE
    by.stands("UPDATE trust_access SET until = now() - interval '1 hour' WHERE viewer_id = %s", here.noor)
    assert makers(by, "naima", "approve") == {"els"}
    ended = "UPDATE trust_seat SET until = now() - interval '1 hour' WHERE person_id = %s AND circle_id = %s"
    by.stands(ended, here.aunt, here.circle)
    assert makers(by, "hind", "approve") == NOBODY
