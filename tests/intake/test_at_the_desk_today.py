"""Who works at the desk, who is on duty there and stands in, and what is told of them, by day and village."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from intake.at_the_door import Door
from trust.each_policy import NOW
from trust.scenes import LONG_AGO

#: A Wednesday at noon where the village lies, and when that day began.
NOON, BEGAN = datetime(2026, 3, 4, 11, tzinfo=UTC), datetime(2026, 3, 3, 23, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LEAST = timedelta(microseconds=1)
TURNS = (
    "UPDATE trust_village SET chosen = jsonb_build_object('turns', jsonb_build_object('{}', %s::text)) "
    "WHERE id = %s"
)


def workers(door: Door, at: datetime = NOW) -> set[tuple[Any, ...]]:
    """Who works at the desk of the village, and since when."""
    return set(door.by.rows(None, "desk_workers", door.village, at))


def test_who_works_at_the_desk_of_a_village(door):
    usual = {(door.desk, door.els, LONG_AGO), (door.desk, door.eva, LONG_AGO)}
    assert workers(door) == usual
    assert door.by.rows(None, "desk_workers", door.next_village, NOW) == [
        (door.next_desk, door.xeno, LONG_AGO)
    ]
    door.opens(door.desk, door.lotte, danger=True)
    door.opens(door.desk, door.home.tom, until=NOW)
    door.opens(door.circle(), door.home.lou)
    assert workers(door) == usual, "not in danger, not any more, not in a first talk"
    assert workers(door, NOW - LEAST) == usual | {(door.desk, door.home.tom, LONG_AGO)}
    door.opens(door.desk, door.eva, since=LONG_AGO - DAY)
    assert workers(door) == {(door.desk, door.els, LONG_AGO), (door.desk, door.eva, LONG_AGO - DAY)}


def test_the_desk_of_a_village_is_its_first_desk(door):
    door.circle("first talk", opened_at=LONG_AGO - DAY)
    door.circle("desk", opened_at=LONG_AGO + DAY)
    for village, desk in ((door.village, door.desk), (door.next_village, door.next_desk)):
        assert door.by.hears(None, "desk_of", village) == desk


def on_duty(door: Door, at: datetime = NOON) -> list[tuple[UUID | None, UUID | None]]:
    """Who is on duty and who stands in."""
    return door.by.rows(None, "on_duty", door.village, at)


@pytest.fixture
def three(door: Door) -> Door:
    """Els works there longest, then Eva, then Lou; nobody has been named for a day."""
    door.by.stands("DELETE FROM intake_duty")
    for who, since in ((door.els, LONG_AGO - 2 * DAY), (door.eva, LONG_AGO - DAY)):
        door.by.stands(
            "UPDATE trust_access SET since = %s WHERE circle_id = %s AND viewer_id = %s",
            since,
            door.desk,
            who,
        )
    door.opens(door.desk, door.home.lou, until="infinity")
    return door


def duty(
    door: Door, who: UUID, stand_in: UUID | None = None, since: datetime = BEGAN - DAY, **more: Any
) -> None:
    """They were named for it, before today if nothing else is said."""
    facts = {"village_id": door.village, "stand_in_id": stand_in, "until": None}
    door.by.lies("intake_duty", person_id=who, since=since, **facts | more)


def turn(door: Door, who: UUID, day: int = 3, village: UUID | None = None) -> None:
    """They are named for this day of the week."""
    door.by.stands(TURNS.format(day), str(who), village or door.village)


def test_without_a_word_of_the_village_it_is_who_works_there_longest(three):
    assert on_duty(three) == [(three.els, three.eva)]
    turn(three, three.home.lou, day=2)
    turn(three, three.home.lou, village=three.next_village)
    duty(three, three.home.lou, village_id=three.next_village)
    duty(three, three.home.lou, until=NOON)
    duty(three, three.home.lou, since=NOON + LEAST)
    assert on_duty(three) == [(three.els, three.eva)], "of another day, another village, before and after"


def test_who_was_named_before_is_on_duty_with_who_stands_in(three):
    duty(three, three.eva, three.home.lou, until=NOON + LEAST)
    assert on_duty(three) == [(three.eva, three.home.lou)]
    assert on_duty(three, NOON + LEAST) == [(three.els, three.eva)]


def test_the_day_of_the_week_goes_before_who_was_named_before_and_after_who_was_named_today(three):
    duty(three, three.eva, three.home.lou, since=BEGAN - LEAST)
    turn(three, three.home.lou)
    assert on_duty(three) == [(three.home.lou, three.els)]
    duty(three, three.eva, three.home.lou, since=BEGAN)
    assert on_duty(three) == [(three.eva, three.home.lou)]


def test_who_is_named_for_the_day_but_works_there_no_more_is_not_on_duty(three):
    duty(three, three.eva, three.home.lou)
    turn(three, three.lotte)
    assert on_duty(three) == [(three.eva, three.home.lou)]


def test_what_is_told_of_who_works_there(door):
    home = door.home
    for village, phone in ((door.village, "015 11 11 11"), (door.next_village, "015 22 22 22")):
        door.by.stands("UPDATE trust_village SET phone = %s WHERE id = %s", phone, village)
    job = "UPDATE trust_job SET title = %s, phone = %s, languages = %s, since = %s WHERE person_id = %s"
    for title, phone, who in (
        ("desk", "", door.els),
        ("desk", "", door.xeno),
        ("coach", "0470 33 33 33", home.noor),
    ):
        door.by.stands(job, title, phone, "nl, ar", LONG_AGO, who)
    before = {"organisation_id": home.organisations["Ombuds"], "since": LONG_AGO - DAY, "until": NOW - HOUR}
    door.by.lies("trust_job", person_id=home.noor, role="contact point", title="before", **before)

    def card(who: UUID | None) -> Any:
        return door.by.hears(None, "desk_card", who)

    assert card(door.els) == {"name": "Els", "title": "desk", "phone": "015 11 11 11", "languages": "nl, ar"}
    assert card(door.xeno) == {
        "name": "Xeno",
        "title": "desk",
        "phone": "015 22 22 22",
        "languages": "nl, ar",
    }
    assert card(home.noor) == {
        "name": "Noor",
        "title": "coach",
        "phone": "0470 33 33 33",
        "languages": "nl, ar",
    }
    assert card(home.naima) == {"name": "Naima", "title": "", "phone": "015 11 11 11", "languages": ""}
    assert card(None) is None


def test_at_a_door_where_nobody_works_nobody_reads(door):
    assert door.by.hears(None, "front_door", door.village, NOW)["readers"] == ["Els", "Eva"]
    door.by.stands("DELETE FROM trust_access WHERE circle_id = %s", door.desk)
    nobody = {"duty": None, "stand_in": None, "readers": []}
    assert door.by.hears(None, "front_door", door.village, NOW) == nobody
