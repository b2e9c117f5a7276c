"""The right in danger: until when it stays awake, and who ends it; in two families and two villages."""

from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
import pytest

from trust.still import DAY, HOUR, INSTANT, Still, standing
from trust.whoever import NOBODY, of_whom

MONDAY = datetime(2026, 9, 7, 10, tzinfo=UTC)
#: Wednesday is over in Brussels.
DUE = datetime(2026, 9, 9, 22, tzinfo=UTC)


@pytest.fixture
def still(owner: psycopg.Connection) -> Iterator[Still]:
    """A moment at which nothing moves."""
    with standing(owner) as made:
        yield made


def sleepers(still: Still) -> set[str]:
    """Whose right sleeps."""
    return of_whom(still.here, "danger_right_sleeps")


def test_a_right_sleeps_from_that_midnight_until_the_moment_somebody_looked(still):
    here, there = still.here, still.elsewhere()
    still.stands("UPDATE trust_village SET timezone = 'Pacific/Auckland' WHERE id = %s", there)
    still.lies("trust_family", village_id=there)
    still.danger(here.tom, at=MONDAY)
    still.danger(here.lou, at=MONDAY, ground="")
    still.danger(here.vik, at=DUE)
    looked_at = still.next_danger(here.lotte, at=MONDAY)
    still.lies("trust_dangerreview", danger_id=looked_at, by_id=here.vera, at=DUE + HOUR)
    for at, asleep in (
        (DUE - INSTANT, NOBODY),
        (DUE, {"tom", "lotte"}),
        (DUE + HOUR - INSTANT, {"tom", "lotte"}),
        (DUE + HOUR, {"tom"}),
    ):
        still.clock(at)
        assert sleepers(still) == asleep, at


def test_a_right_stands_by_its_own_work_and_the_agreement_of_that_organisation(still):
    here = still.here
    still.right(here.lotte)
    still.right(here.tom)
    holders = lambda *through: of_whom(here, "holds_danger_right", *through)  # noqa: E731
    assert holders() == {"lotte", "tom"}
    assert holders(here.jobs[here.lotte]) == {"lotte"}
    assert holders(here.jobs[here.lou]) == NOBODY
    school = here.organisations["School De Linde"]
    still.stands("UPDATE trust_agreement SET until = %s WHERE organisation_id = %s", still.now, school)
    assert holders() == {"tom"}
    still.stands("UPDATE trust_job SET until = %s WHERE id = %s", still.now, here.jobs[here.tom])
    assert holders() == NOBODY


def test_one_person_of_the_village_ends_a_right_and_no_other_right_with_it(still):
    here = still.here
    right, other = still.right(here.lotte), still.right(here.tom)
    begun, long = still.now - 60 * DAY, still.now + 300 * DAY
    look = f"SELECT id, until FROM trust_dangerright WHERE id IN ('{right}', '{other}')"
    assert still.whom("end_danger_right", right, still.now) == {"lotte", "lou", "ada", "bea", "vera", "vik"}
    assert still.whom("end_danger_right", other, still.now) == {"tom", "lou", "ada", "bea", "vera", "vik"}
    for at, until in ((still.now, still.now), (still.now + 400 * DAY, long), (begun - DAY, begun)):
        told, left = still.leaves(here.vera, "end_danger_right", right, at, look=look)
        assert told is True
        assert dict(left) == {right: until, other: long}, at
    for who, seen_as in ((here.vera, here.lotte), (here.noor, None), (here.xander, None)):
        told, left = still.leaves(who, "end_danger_right", right, still.now, look=look, seen_as=seen_as)
        assert told is False
        assert dict(left) == {right: long, other: long}
