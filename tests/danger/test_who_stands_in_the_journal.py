"""Whose names stand in the journal for whom: a reading in danger for who was told of it, others for who sits there."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from trust.each_policy import LATER, NOW, Neighbourhood
from trust.scenes import LONG_AGO
from trust.told import laid, opens, told
from trust.whoever import CIRCLE, NOBODY, asked_at_once, by_whom, lay_danger, stands

MINUTE, LONG = timedelta(minutes=1), timedelta(hours=4, minutes=1)
INSTANT = timedelta(microseconds=1)
NEXT = {"britt", "els", "tom"}


@pytest.fixture
def here(owner: psycopg.Connection) -> Neighbourhood:
    """Two families and their neighbours; nothing stands in the journal, and nobody read in danger yet."""
    made = Neighbourhood(owner)
    stands(
        made,
        "DELETE FROM trust_postponement; DELETE FROM trust_dangerreview; "
        "DELETE FROM trust_danger; DELETE FROM trust_entry",
    )
    return made


def knows(here: Neighbourhood, reader: UUID | None, where: UUID, at: datetime) -> set[str]:
    """For whom it stands in the journal that this one read there then."""
    return by_whom(here, "told_of_reading", reader, where, at)


def test_what_nobody_read_stands_there_for_all_and_ones_own_reading_for_oneself(here):
    assert knows(here, None, here.circle, NOW) == set(here.called)
    assert knows(here, here.tom, here.circle, NOW) == {"tom"}
    assert knows(here, here.naima, here.circle, NOW) == {"naima"}


def test_a_reading_in_danger_stands_there_for_the_coordinator_at_once_and_for_the_others_when_they_are_told(
    here,
):
    lay_danger(here)
    assert knows(here, here.tom, here.circle, NOW) == {"tom", "noor"}
    stands(here, "UPDATE trust_danger SET child_id = %s", here.samira)
    assert knows(here, here.tom, here.circle, NOW) == {"tom", "noor", "samira"}, "the young person first"
    stands(here, "UPDATE trust_danger SET at = %s, ended_at = %s", LONG_AGO, LONG_AGO)
    assert knows(here, here.tom, here.circle, LONG_AGO) == CIRCLE | {"tom"}
    assert knows(here, here.lou, here.circle, LONG_AGO) == {"lou"}, "somebody else read then"
    assert knows(here, here.tom, here.next_circle, LONG_AGO) == {"tom"}, "and elsewhere"
    stands(here, "UPDATE trust_exclusion SET person_id = %s", here.aunt)
    assert knows(here, here.tom, here.circle, LONG_AGO) == CIRCLE - {"hind"} | {"tom"}
    laid(here, "trust_postponement", danger_id=here.owner.execute("SELECT id FROM trust_danger").fetchone()[0],
         circle_id=here.circle, by_id=here.vera, until=LATER, also_young=False)  # fmt: skip
    assert knows(here, here.tom, here.circle, LONG_AGO) == {"tom", "noor", "samira"}


def test_it_stands_there_from_a_minute_before_until_four_hours_and_a_minute_later(here):
    lay_danger(here, at=LONG_AGO, ended_at=LONG_AGO)
    told_of = CIRCLE | {"tom"}
    for at, who in (
        (LONG_AGO - MINUTE - INSTANT, {"tom"}), (LONG_AGO - MINUTE, told_of), (LONG_AGO + LONG, told_of),
        (LONG_AGO + LONG + INSTANT, {"tom"}),
    ):  # fmt: skip
        assert knows(here, here.tom, here.circle, at) == who, at


def test_what_the_same_reader_opened_next_door_is_not_reckoned_with_it(here):
    lay_danger(here, at=LONG_AGO, ended_at=LONG_AGO)
    told_of = {"naima", "karim", "samira", "hind", "lotte", "noor", "els", "tom"}
    assert knows(here, here.tom, here.circle, LONG_AGO) == told_of
    door = lay_danger(
        here, at=LONG_AGO, ended_at=LONG_AGO, family_id=here.next_family, circle_id=here.next_circle
    )
    laid(
        here,
        "trust_postponement",
        danger_id=door,
        circle_id=here.next_circle,
        by_id=here.vera,
        until=LATER,
        also_young=True,
    )
    assert knows(here, here.tom, here.circle, LONG_AGO) == told_of
    assert knows(here, here.tom, here.next_circle, LONG_AGO) == {"tom"}


def test_of_two_readings_at_once_it_stands_there_when_both_are_told(here):
    lay_danger(here, at=LONG_AGO, ended_at=LONG_AGO)
    second = lay_danger(here, at=LONG_AGO, ended_at=LONG_AGO)
    assert knows(here, here.tom, here.circle, LONG_AGO) == CIRCLE | {"tom"}
    laid(
        here,
        "trust_postponement",
        danger_id=second,
        circle_id=here.circle,
        by_id=here.vera,
        until=LATER,
        also_young=True,
    )
    assert knows(here, here.tom, here.circle, LONG_AGO) == {"tom", "noor"}


def test_who_sits_there_is_told_from_the_very_hour_on(here):
    lay_danger(here)
    said = (
        "SET LOCAL session_replication_role = replica; UPDATE trust_danger SET at = trust.moment() - {0}; "
        "SELECT trust.told_of_reading(%s, %s, trust.moment() - {0})"
    )
    for long, is_told in (
        ("interval '48 hours'", True),
        ("interval '47 hours 59 minutes 59.999999 seconds'", False),
    ):
        assert asked_at_once(here, here.aunt, said.format(long), here.tom, here.circle) is is_told


def looked(here: Neighbourhood, who: UUID, where: UUID, **more: Any) -> None:
    """It stands in the journal that somebody read there."""
    facts = {
        "circle_id": where,
        "person_id": who,
        "kind": "read",
        "rule": "seat",
        "about_id": None,
        "part": "plan",
        "at": LONG_AGO,
    }
    laid(here, "trust_entry", **facts | more)


def names(here: Neighbourhood, *circles: UUID) -> dict[str, set[str]]:
    """Whose first names each of them is given, of all but Said."""
    asked = [who for name, who in here.called.items() if name != "said"]
    called = {who: name for name, who in here.called.items()}
    told_so = {
        name: told(here, who, "names_of_those_who_looked", list(circles), asked)
        for name, who in here.called.items()
    }
    assert all(called[row[0]] == row[1].lower() for rows in told_so.values() for row in rows)
    return {name: {called[row[0]] for row in rows} for name, rows in told_so.items() if rows}


def test_who_sits_there_is_given_the_first_names_of_who_looked(here):
    looked(here, here.lou, here.circle)
    looked(here, here.said, here.circle)
    looked(here, here.eva, here.next_circle)
    opens(here, here.vik, here.circle, danger=True)
    first, next_door = {name: {"lou"} for name in CIRCLE}, {name: {"eva"} for name in NEXT}
    assert names(here, here.circle) == first
    assert names(here, here.next_circle) == next_door
    assert names(here, here.circle, here.next_circle) == next_door | first | {"els": {"lou", "eva"}}
    assert names(here, here.own[here.samira]) == names(here) == {}
    looked(here, here.lou, here.next_circle)
    assert names(here, here.next_circle) == {name: {"eva", "lou"} for name in NEXT}


def test_who_is_left_out_of_whom_it_was_about_is_not_given_the_name(here):
    stands(here, "UPDATE trust_exclusion SET person_id = %s", here.aunt)
    looked(here, here.lou, here.circle, about_id=here.samira)
    looked(here, here.eva, here.circle, about_id=here.yassin)
    assert names(here, here.circle) == {name: {"lou", "eva"} for name in CIRCLE} | {"hind": {"eva"}}


def test_the_name_of_who_read_in_danger_is_given_to_who_was_told(here):
    danger = lay_danger(here)
    looked(here, here.tom, here.circle, rule="danger", at=NOW)
    looked(here, here.lou, here.circle)
    assert names(here, here.circle) == {name: {"lou"} for name in CIRCLE} | {"noor": {"lou", "tom"}}
    stands(here, "UPDATE trust_danger SET at = %s, ended_at = %s WHERE id = %s", LONG_AGO, LONG_AGO, danger)
    assert names(here, here.circle) == {name: {"lou"} for name in CIRCLE}, "it was another reading"
    looked(here, here.tom, here.circle, rule="danger")
    assert names(here, here.circle) == {name: {"lou", "tom"} for name in CIRCLE}
    assert names(here, here.next_circle).keys() == NOBODY
