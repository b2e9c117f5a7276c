"""When a danger is over, who is told when, until when somebody looks at it: in plain Python, and the same in the database."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.trust import rules
from kring.trust.holidays import DaysOff

ZONE = "Europe/Brussels"
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
LATER = st.timedeltas(timedelta(), timedelta(days=28))


@given(MOMENTS)
def test_a_review_is_due_at_a_midnight_two_working_days_on(at):
    due = rules.review_is_due(at, ZONE, ()).astimezone(ZoneInfo(ZONE))
    opened = at.astimezone(ZoneInfo(ZONE)).date()
    between = [opened + timedelta(days=n) for n in range(1, (due.date() - opened).days)]
    assert (due.hour, due.minute) == (0, 0)
    assert sum(day.weekday() < 5 for day in between) == 2
    assert between[-1].weekday() < 5
    assert timedelta(days=2) <= due.date() - opened <= timedelta(days=5)


@given(MOMENTS, st.none() | LATER, st.lists(LATER, max_size=3))
def test_the_young_person_is_told_first_and_the_family_within_72_hours(at, early, put_off):
    ended = None if early is None else at + early
    young, family = rules.young_is_told_at(at, ended), rules.family_is_told_at(at)
    assert rules.danger_ends(at, ended) == young <= at + rules.DANGER_LASTS
    assert young < family <= at + rules.FAMILY_IS_TOLD_WITHIN
    later = [at + one for one in put_off]
    assert rules.family_is_told_at(at, later) == max([family, *later])  # never without an end
    assert rules.young_is_told_at(at, ended, later) == max([young, *later])


@pytest.mark.parametrize("day", range(7))
def test_the_database_reckons_the_same(owner, day):
    at = datetime(2026, 10, 22, 22, 30, tzinfo=UTC) + timedelta(days=day)  # the clocks change on the Sunday
    for country in ("NL", "BE", "UK", "FR"):
        off = DaysOff(country)
        christmas = at + timedelta(days=60)
        row = owner.execute(
            "SELECT trust.review_due(%(at)s, %(zone)s, %(here)s), trust.review_due(%(later)s, %(zone)s, %(here)s)",
            {"at": at, "later": christmas, "zone": ZONE, "here": country},
        )
        assert row.fetchone() == (
            rules.review_is_due(at, ZONE, off),
            rules.review_is_due(christmas, ZONE, off),
        )
    row = owner.execute("SELECT trust.danger_ends(%s, %s)", [at, at + timedelta(hours=1)])
    assert row.fetchone() == (rules.danger_ends(at, at + timedelta(hours=1)),)
