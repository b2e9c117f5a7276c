"""Four hours that begin and end, and what was done in them: asked of the database by everybody, to the instant."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from trust.scenes import LONG_AGO
from trust.still import DAY, HOUR, INSTANT, Still, standing
from trust.whoever import NOBODY

NO_RIGHT, ASLEEP = "danger_without_the_right", "the_right_in_danger_sleeps"
ONE_AT_A_TIME, NO_REASON = "one_danger_at_a_time", "danger_without_a_reason"
ROW = (
    "SELECT person_id, job_id, family_id, child_id, circle_id, at, ended_at, ground, reason_locked, tried_locked, did_locked "
    "FROM trust_danger WHERE id = '{}'"
)
WHY, TRIED = b"w" * 30, b"t" * 30


@pytest.fixture
def still(owner: psycopg.Connection) -> Iterator[Still]:
    """Lotte and Tom hold the right."""
    with standing(owner) as made:
        made.right(made.here.lotte)
        made.right(made.here.tom)
        yield made


def opens(still: Still, who: UUID | None, seen_as: UUID | None = None, **other: Any) -> tuple[Any, list[Any]]:
    """What whoever opens the first family for Samira is told, and the row that stands there then."""
    here = still.here
    said = {
        "made": uuid4(), "through": here.jobs.get(who), "family": here.family, "child": here.samira, "ground": "hurt",
        "why": WHY, "tried": TRIED, "at": still.now,
    } | other  # fmt: skip
    return still.leaves(who, "open_danger", *said.values(), look=ROW.format(said["made"]), seen_as=seen_as)


def told(still: Still, who: UUID | None = None, **other: Any) -> Any:
    """Only what Lotte or somebody else is told."""
    return opens(still, who or still.here.lotte, **other)[0]


def test_a_reading_stands_there_as_it_was_opened_in_the_circle_of_that_family(still):
    here = still.here
    still.stands("UPDATE trust_circle SET opened_at = %s WHERE kind = 'own'", LONG_AGO)
    for family, circle, child in (
        (here.family, here.circle, here.samira),
        (here.family, here.circle, here.yassin),
        (here.next_family, here.next_circle, here.bram),
    ):
        yes, rows = opens(still, here.lotte, family=family, child=child)
        job = here.jobs[here.lotte]
        row = (here.lotte, job, family, child, circle, still.now, None, "hurt", WHY, TRIED, b"")
        assert (yes, rows) == (True, [row])


def test_it_opens_for_who_holds_the_right_through_that_work(still):
    here = still.here
    for name, who in here.called.items():
        through = here.jobs.get(who, here.jobs[here.lotte])
        answer = told(still, who, through=through)
        assert answer is True if name in ("lotte", "tom") else answer == NO_RIGHT, name
    assert told(still, here.lotte, through=here.jobs[here.tom]) == NO_RIGHT
    assert told(still, here.lotte, seen_as=here.naima) == NO_RIGHT
    assert opens(still, None, through=here.jobs[here.lotte])[0] == NO_RIGHT


def test_who_was_not_looked_at_in_time_opens_nothing_and_a_colleague_does(still):
    still.next_danger(still.here.lotte, at=still.now - 30 * DAY)
    assert told(still) == ASLEEP
    assert told(still, still.here.tom) is True


def test_nothing_is_opened_for_later_than_a_minute(still):
    minute = HOUR / 60
    assert told(still, at=still.now + minute) is True
    assert told(still, at=still.now + minute + INSTANT) == "not_yet"


def test_the_same_number_is_the_same_reading_and_only_for_whoever_opened_it(still):
    here = still.here
    mine = still.next_danger(here.lotte, ended_at=still.now - HOUR / 2)
    toms = still.danger(here.tom)
    (before,) = still.owner.execute(ROW.format(mine)).fetchall()
    assert opens(still, here.lotte, made=mine) == (True, [before])
    answer, rows = opens(still, here.lotte)
    assert answer is True
    assert len(rows) == 1
    assert opens(still, here.lotte, made=toms)[0] is not True


def test_one_runs_at_a_time_to_the_instant(still):
    here = still.here
    still.danger(here.tom, at=still.now)
    long = 4 * HOUR
    for at, ended_at, answer in (
        (still.now, None, ONE_AT_A_TIME),
        (still.now - long + INSTANT, None, ONE_AT_A_TIME),
        (still.now - HOUR, still.now + INSTANT, ONE_AT_A_TIME),
        (still.now + INSTANT, None, True),
        (still.now - long, None, True),
        (still.now - HOUR, still.now, True),
    ):
        running = still.next_danger(here.lotte, at=at, ended_at=ended_at)
        assert told(still) == answer, (at, ended_at)
        still.stands("DELETE FROM trust_danger WHERE id = %s", running)


def test_one_of_four_grounds_and_words_of_some_length_are_asked(still):
    for ground in ("hurt", "life", "missing", "health"):
        assert told(still, ground=ground) is True
    assert told(still, ground="other") == told(still, ground="") == NO_REASON
    assert told(still, why=WHY[1:]) == told(still, tried=TRIED[1:]) == NO_REASON


def test_a_family_that_is_not_theirs_to_open_answers_as_one_that_is_not_there(still):
    here, there = still.here, still.elsewhere()
    strange, child = still.lies("trust_family", village_id=there), uuid4()
    still.lies("trust_circle", family_id=strange, village_id=there, kind="family")
    still.lies("trust_familymember", family_id=strange, person_id=child, kind="child")
    still.keeps_away(here.bram, "conflict", person_id=here.tom)
    still.keeps_away(here.yassin, "own choice", person_id=here.lotte)
    nobody = (False, [])
    for other in (
        {"family": uuid4()},
        {"family": here.next_family},
        {"child": here.bram},
        {"child": here.naima},
        {"child": None},
        {"family": strange, "child": child},
    ):
        assert opens(still, here.lotte, **other) == nobody, other
    bakker = {"family": here.next_family, "child": here.bram}
    assert (told(still, here.lotte, **bakker), opens(still, here.tom, **bakker)) == (True, nobody)
    still.lies("trust_withdrawal", family_id=here.next_family, by_id=here.britt)
    assert (told(still), opens(still, here.lotte, **bakker)) == (True, nobody)
    still.stands(
        "UPDATE trust_withdrawal SET ended_at = %s WHERE family_id = %s", still.now, here.next_family
    )
    assert told(still, here.lotte, **bakker) is True


def test_only_who_opened_it_ends_it_and_no_other_one(still):
    here = still.here
    one, other = still.danger(here.tom), still.next_danger(here.tom, at=still.now + HOUR / 240)
    ended = f"SELECT id, ended_at FROM trust_danger WHERE id IN ('{one}', '{other}')"
    assert still.whom("end_danger", one, still.now) == {"tom"}
    answer, rows = still.leaves(here.tom, "end_danger", one, still.now, look=ended)
    assert (answer, dict(rows)) == (True, {one: still.now, other: None})
    assert still.whom("end_danger", one, still.now, seen_as=here.naima) == NOBODY
    still.stands("UPDATE trust_danger SET ended_at = %s WHERE id = %s", still.now - HOUR / 2, one)
    answer, rows = still.leaves(here.tom, "end_danger", one, still.now, look=ended)
    assert (answer, dict(rows)) == (False, {one: still.now - HOUR / 2, other: None})


def test_it_is_ended_until_its_four_hours_are_over_and_never_earlier_than_it_may_have_been(still):
    here, minute = still.here, HOUR / 60
    for at, said, ended_at in (
        (still.now - HOUR, still.now + minute, still.now + minute),
        (still.now - HOUR, still.now - HOUR / 2, still.now - minute),
        (still.now - minute / 2, still.now - HOUR, still.now - minute / 2),
        (still.now - 4 * HOUR + INSTANT, still.now, still.now),
        (still.now - 4 * HOUR, still.now, None),
    ):
        one = still.danger(here.tom, at=at)
        look = f"SELECT ended_at FROM trust_danger WHERE id = '{one}'"
        answer = still.leaves(here.tom, "end_danger", one, said, look=look)
        assert answer == (ended_at is not None, [(ended_at,)]), (at, said)


def test_what_was_done_is_written_by_who_opened_it_until_somebody_looked(still):
    here = still.here
    one, other = still.danger(here.tom), still.next_danger(here.tom, at=still.now - DAY)
    still.lies("trust_dangerreview", danger_id=other, by_id=here.vera)
    done = f"SELECT id, did_locked FROM trust_danger WHERE id IN ('{one}', '{other}')"
    assert still.whom("say_what_was_done", one, b"a bed for the night") == {"tom"}
    answer, rows = still.leaves(here.tom, "say_what_was_done", one, b"a bed for the night", look=done)
    assert (answer, dict(rows)) == (True, {one: b"a bed for the night", other: b""})
    assert still.whom("say_what_was_done", other, b"x") == NOBODY
    assert still.whom("say_what_was_done", one, b"x", seen_as=here.naima) == NOBODY
