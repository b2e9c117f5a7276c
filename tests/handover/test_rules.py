"""When a hand-over ends, and what lies ahead: decisions without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kring.trust import rules

ZONE = "Europe/Brussels"


def test_who_hands_over_is_there_until_the_last_day_is_over():
    begins = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert rules.hand_over_ends(begins, date(2026, 3, 10), ZONE) == datetime(2026, 3, 10, 23, tzinfo=UTC)
    assert rules.hand_over_ends(begins, date(2026, 3, 2), ZONE) == datetime(2026, 3, 2, 23, tzinfo=UTC)


def test_two_weeks_are_the_longest_also_when_the_clock_changes():
    begins = rules.day_begins(date(2026, 10, 20), ZONE)
    ends = rules.hand_over_ends(begins, date(2026, 12, 1), ZONE)
    assert ends.astimezone(UTC) - begins.astimezone(UTC) == timedelta(days=14)


def test_nobody_leaves_before_the_next_one_begins():
    with pytest.raises(rules.LeavesBeforeTheNextBegins):
        rules.hand_over_ends(rules.day_begins(date(2026, 3, 10), ZONE), date(2026, 3, 8), ZONE)


def test_a_day_lies_ahead_until_it_is_over_in_the_village():
    late = datetime(2026, 3, 2, 22, 59, tzinfo=UTC)
    assert rules.lies_ahead(date(2026, 3, 2), late, ZONE)
    assert not rules.lies_ahead(date(2026, 3, 2), late + timedelta(minutes=1), ZONE)
    assert not rules.lies_ahead(date(2027, 4, 2), late, ZONE)
