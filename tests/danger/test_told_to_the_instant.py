"""When a family is told of a reading in danger, who of it, and how long a trust officer may put that off: to the instant."""

from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest

from trust.still import DAY, HOUR, INSTANT, Still, standing
from trust.whoever import NOBODY, PARENTS

OFFICERS = {"vera", "vik"}


@pytest.fixture
def still(owner: psycopg.Connection) -> Iterator[Still]:
    """A moment at which nothing moves."""
    with standing(owner) as made:
        yield made


def put_off(still: Still, danger: UUID, hours: int, also_young: bool = False) -> UUID:
    """Vera puts it off, to so many hours from the reading on."""
    until = still.now + (hours - 1) * HOUR
    return still.lies(
        "trust_postponement", danger_id=danger, circle_id=still.here.circle, by_id=still.here.vera, at=still.now,
        until=until, also_young=also_young,
    )  # fmt: skip


def told(still: Still, danger: UUID) -> set[str]:
    """Who of the family is told by now."""
    return {name for name, yes in still.of_row("is_told_of_danger", "trust_danger", danger).items() if yes}


def test_the_family_is_told_after_two_days_and_the_child_when_it_is_over(still):
    one = still.danger()
    other = still.danger(still.here.lotte, ended_at=still.now)
    begun = still.now - HOUR

    def hours() -> list[float]:
        """After how many hours each of the two is told, to the family and to the child."""
        asked = [(danger, young) for danger in (one, other) for young in (False, True)]
        return [(still.hears(None, "danger_told_at", *values) - begun) / HOUR for values in asked]

    assert hours() == [48, 4, 48, 1]
    put_off(still, one, 50)
    assert hours() == [50, 4, 48, 1]
    put_off(still, one, 49, also_young=True)
    assert hours() == [50, 49, 48, 1]
    put_off(still, one, 47)
    assert hours() == [50, 49, 48, 1]


def test_who_is_told_at_which_instant(still):
    one = still.danger()
    begun = still.now - HOUR
    for after, whom in (
        (4 * HOUR - INSTANT, NOBODY),
        (4 * HOUR, {"samira"}),
        (48 * HOUR - INSTANT, {"samira"}),
        (48 * HOUR, PARENTS),
    ):
        still.clock(begun + after)
        assert told(still, one) == whom, after


def test_who_sits_with_the_family_or_on_an_own_page_of_it_is_told(still):
    here = still.here
    one = still.danger(at=still.now - 48 * HOUR)
    part = still.lies("trust_circle", village_id=here.village, family_id=here.family, kind="part")
    for circle, hears in (
        (here.circle, True),
        (here.own[here.yassin], True),
        (part, False),
        (here.desk, False),
        (here.next_circle, False),
    ):
        still.stands("DELETE FROM trust_seat WHERE person_id = %s", here.naima)
        assert told(still, one) == {"karim", "samira"}
        still.lies("trust_seat", circle_id=circle, person_id=here.naima, role="guardian", since=still.now)
        assert ("naima" in told(still, one)) is hears, circle


def test_a_trust_officer_puts_it_off_until_the_family_is_told(still):
    one = still.danger()
    still.danger(still.here.lotte, at=still.now - 9 * DAY)
    begun = still.now - HOUR
    for after, whom in ((HOUR, OFFICERS), (48 * HOUR - INSTANT, OFFICERS), (48 * HOUR, NOBODY)):
        still.clock(begun + after)
        assert still.whom("may_postpone_danger", one, still.now + DAY) == whom, after


def test_it_is_put_off_to_a_moment_to_come_within_four_weeks(still):
    one, four_weeks = still.danger(), 28 * DAY + HOUR / 60
    for later, whom in (
        (-INSTANT, NOBODY),
        (0 * INSTANT, NOBODY),
        (INSTANT, OFFICERS),
        (four_weeks, OFFICERS),
        (four_weeks + INSTANT, NOBODY),
    ):
        assert still.whom("may_postpone_danger", one, still.now + later) == whom, later


def test_who_is_left_out_of_the_child_is_told_nothing(still):
    one = still.danger(at=still.now - 50 * HOUR, ended_at=still.now - 46 * HOUR)
    everybody = told(still, one)
    assert "karim" in everybody
    still.keeps_away(still.here.samira, "court order", person_id=still.here.karim)
    assert told(still, one) == everybody - {"karim"}
