"""The coordinator hears of a review twice at most: two weeks before, and on the day (W13)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from clockwork import as_the_worker
from kring.clock import usecases as clock
from kring.messaging import kinds
from kring.trust import viewer
from kring.wraparound import letters
from web.doorstep import account
from wraparound.home import Home
from wraparound.test_reviews import agreed


@pytest.fixture
def home(owner):
    return Home(owner)


def comes_in(home, days):
    home.owner.execute(
        "UPDATE wraparound_plan SET next_review_on = %s", [timezone.localdate() + timedelta(days)]
    )


def sent(home):
    rows = home.owner.execute(
        "SELECT kind, person_id FROM messaging_letter WHERE kind LIKE 'review%' ORDER BY queued_at"
    )
    return [(kind, person) for kind, person in rows]


def day(days):
    """The clock may look back, never ahead: the plan's day moves instead."""
    return timezone.now() + timedelta(seconds=days)


@pytest.mark.parametrize(("days", "kind"), [(15, None), (14, "review soon"), (1, "review soon"), (0, "review due"),
                                            (-14, "review due"), (-15, None)])  # fmt: skip
def test_the_letter_comes_two_weeks_before_or_on_the_day_and_once(home, days, kind):
    agreed(home)
    comes_in(home, days)
    as_the_worker(clock.remind_of_reviews, at=day(0))
    as_the_worker(clock.remind_of_reviews, at=day(1))
    assert sent(home) == ([(kind, home.hanne)] if kind else [])


def test_two_letters_and_never_more(home):
    agreed(home)
    comes_in(home, 14)
    as_the_worker(clock.remind_of_reviews, at=day(0))
    home.owner.execute("UPDATE wraparound_plan SET next_review_on = current_date, told_before = current_date")
    for again in range(3):
        as_the_worker(clock.remind_of_reviews, at=day(again))
    assert [kind for kind, _person in sent(home)] == ["review soon", "review due"]


def test_without_a_coordinator_nobody_is_reminded_and_the_next_one_is(home):
    agreed(home)
    comes_in(home, -1)
    home.owner.execute("UPDATE trust_seat SET until = now() WHERE person_id = %s", [home.hanne])
    assert as_the_worker(clock.remind_of_reviews, at=day(0)) == 0
    home.seat(home.circle, home.tom, role="coordinator", job_id=home.jobs[home.tom], since=timezone.now())
    assert as_the_worker(clock.remind_of_reviews, at=day(1)) == 1
    assert sent(home) == [("review due", home.tom)]


def test_the_letter_names_nobody_and_goes_only_while_the_day_stands(home, owner):
    plan = agreed(home)
    account(owner, home.hanne, "hanne@example.org")
    comes_in(home, 0)
    as_the_worker(clock.remind_of_reviews, at=day(0))
    asked = kinds.Asked(plan, home.hanne, "email", day(0))
    letter = as_the_worker(kinds.wording(letters.DUE), asked)
    assert letter.address == "hanne@example.org"
    whole = " ".join([letter.subject, *letter.lines, letter.link])
    assert "Hanne" in whole
    for name in ("Samira", "Yara", "Naima", "Amrani"):
        assert name not in whole
    comes_in(home, 30)
    assert as_the_worker(kinds.wording(letters.DUE), asked) is None


def test_a_plan_that_is_closed_reminds_nobody(home):
    agreed(home)
    comes_in(home, 0)
    home.owner.execute("UPDATE wraparound_plan SET stage = 'closed', closed_at = now()")
    assert as_the_worker(clock.remind_of_reviews, at=day(0)) == 0


def test_who_asks_as_somebody_hears_nothing_of_it(home):
    plan = agreed(home)
    comes_in(home, 0)
    as_the_worker(clock.remind_of_reviews, at=day(0))
    with pytest.raises(DatabaseError, match="permission denied"), viewer.acting(home.hanne):
        kinds.wording(letters.DUE)(kinds.Asked(plan, home.hanne, "email", day(0)))
