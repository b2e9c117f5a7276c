"""What seats, jobs, agreements, birthdays and readings in danger say themselves of who may know, to the instant.

Nothing that is reckoned is asked: a row is laid, and of everybody is asked whether it opens a circle to them.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest

from trust.still import DAY, HOUR, INSTANT, Still, standing
from trust.whoever import NOBODY, of_whom

HERE = ZoneInfo("Europe/Brussels")


@pytest.fixture
def still(owner: psycopg.Connection) -> Iterator[Still]:
    """Nobody sits anywhere yet, and nobody read in danger or was left out."""
    with standing(owner) as made:
        made.stands("DELETE FROM trust_seat; DELETE FROM trust_danger; DELETE FROM trust_exclusion")
        yield made


def sits(still: Still, who: UUID, circle: UUID | None = None, **more: Any) -> UUID:
    """A seat since yesterday, in the first family where nothing else is said."""
    facts = {
        "circle_id": circle or still.here.circle, "person_id": who, "role": "natural", "relation": "", "ring": 2,
        "ground": "consent", "history": True, "since": still.now - DAY,
    }  # fmt: skip
    seat: UUID = still.lies("trust_seat", **facts | more)
    return seat


def works_there(still: Still, who: UUID, circle: UUID | None = None) -> UUID:
    """A seat by their work, since long before it."""
    return sits(still, who, circle, ground="job", job_id=still.here.jobs[who], since=still.now - 900 * DAY)


def by_seat(
    still: Still, at: datetime | None = None, circle: UUID | None = None, written: datetime | None = None
) -> set[str]:
    """To whom their seat opens the circle then; of what was written now, where nothing else is said."""
    values = (circle or still.here.circle, written or still.now, at or still.now)
    return of_whom(still.here, "seat_says_so", *values)


def by_danger(still: Still, at: datetime | None = None, circle: UUID | None = None) -> set[str]:
    """To whom danger opens it then."""
    return of_whom(still.here, "danger_says_so", circle or still.here.circle, at or still.now)


def from_to(told: Callable[[datetime], set[str]], since: datetime, until: datetime, *who: str) -> None:
    """These, beside whom it is said of before and after, from the one moment to an instant before the other."""
    before = told(since - INSTANT)
    assert before.isdisjoint(who)
    assert told(since) == told(until - INSTANT) == before | {*who}
    assert told(until) == before


def works_from_to(still: Still, told: Callable[[datetime], set[str]]) -> None:
    """It is said of Lotte while her work runs under an agreement, and of who else works or not all the time."""
    here, now, half = still.here, still.now, HOUR / 2
    job, school = here.jobs[here.lotte], here.organisations["School De Linde"]
    others = told(now) - {"lotte"}
    still.stands("UPDATE trust_job SET since = %s, until = %s WHERE id = %s", now - half, now + half, job)
    from_to(told, now - half, now + half, "lotte")
    still.stands("UPDATE trust_job SET since = %s, until = NULL WHERE id = %s", now - 900 * DAY, job)
    still.stands("DELETE FROM trust_agreement WHERE organisation_id = %s", school)
    assert told(now) == others, "there is none"
    for since, until in ((now - half, now), (now + half, now + HOUR)):
        still.lies("trust_agreement", organisation_id=school, since=since, until=until)
    from_to(told, now - half, now, "lotte")
    from_to(told, now + half, now + HOUR, "lotte")


def test_a_seat_opens_its_own_circle_from_its_first_moment_to_its_last(still):
    here, since, until = still.here, still.now - HOUR, still.now + HOUR
    sits(still, here.karim, since=since, until=until)
    sits(still, here.karim, since=still.now - 9 * DAY, until=still.now - 8 * DAY)
    sits(still, here.naima, here.next_circle)
    from_to(lambda at: by_seat(still, at), since, until, "karim")
    from_to(lambda at: by_seat(still, at), still.now - 9 * DAY, still.now - 8 * DAY, "karim")
    assert by_seat(still, circle=here.next_circle) == {"naima"}
    assert by_seat(still, still.now + 900 * DAY, here.next_circle) == {"naima"}
    assert by_seat(still, circle=uuid4()) == NOBODY


def test_what_was_written_before_a_seat_began_is_open_to_a_seat_that_sees_it(still):
    since = still.now - HOUR
    sits(still, still.here.karim, since=since, history=False)
    sits(still, still.here.naima, since=since)
    assert by_seat(still, written=since - INSTANT) == {"naima"}
    assert by_seat(still, written=since) == by_seat(still) == {"naima", "karim"}


def test_a_guardian_reads_what_is_about_a_child_until_the_day_it_turns_twelve(still):
    here, both = still.here, {"naima", "karim"}
    own, next_own, twelve = here.bram_own, here.own[here.yassin], datetime(2029, 2, 3, tzinfo=HERE)
    for circle in (own, next_own, here.next_circle):
        sits(still, here.naima, circle, ground="guardian")
        sits(still, here.karim, circle)
    assert by_seat(still, twelve - INSTANT, own) == both
    assert by_seat(still, twelve, own) == {"karim"}
    assert by_seat(still, twelve, next_own) == both, "he is eleven"
    assert by_seat(still, twelve, here.next_circle) == both, "it is about no child"


def test_a_seat_by_work_opens_while_that_work_runs_under_an_agreement(still):
    works_there(still, still.here.lotte)
    works_there(still, still.here.noor)
    works_there(still, still.here.lou, still.here.next_circle)
    sits(still, still.here.karim, since=still.now - 900 * DAY)
    works_from_to(still, lambda at: by_seat(still, at))
    assert by_seat(still) == {"karim", "noor"}


def test_danger_opens_for_four_hours_or_until_it_is_ended(still):
    here, at = still.here, still.now
    for ended, ends in (
        (None, at + 4 * HOUR),
        (at + 4 * HOUR + INSTANT, at + 4 * HOUR),
        (at + HOUR, at + HOUR),
    ):
        danger = still.danger(at=at, ended_at=ended)
        still.next_danger(here.lotte, at=at - HOUR)
        from_to(lambda then: by_danger(still, then), at, ends, "tom")
        assert by_danger(still, circle=here.next_circle) == {"lotte"}
        still.stands("DELETE FROM trust_danger WHERE id = %s", danger)
        assert by_danger(still) == NOBODY


def test_danger_opens_every_circle_in_which_a_family_lives_and_a_confidence_about_safety(still):
    here = still.here
    still.danger()
    for kind, safety, family, opens in (
        *((kind, False, here.family, True) for kind in ("family", "part", "home", "own")),
        ("part", True, here.next_family, False),
        ("confidence", True, here.family, True),
        ("confidence", True, here.next_family, False),
        ("confidence", False, here.family, False),
        ("sealed", True, here.family, False),
        ("first talk", True, here.family, False),
        ("desk", True, None, False),
    ):
        circle = still.lies(
            "trust_circle", kind=kind, safety=safety, family_id=family, village_id=here.village
        )
        assert by_danger(still, circle=circle) == ({"tom"} if opens else NOBODY), (kind, safety)
    assert by_danger(still, circle=uuid4()) == NOBODY


def test_danger_opens_while_the_work_through_which_it_was_taken_runs_under_an_agreement(still):
    here = still.here
    for who in (here.lotte, here.noor):
        still.danger(who, at=still.now - 2 * HOUR)
    still.next_danger(here.lou)
    works_from_to(still, lambda at: by_danger(still, at))
    assert by_danger(still) == {"noor"}
