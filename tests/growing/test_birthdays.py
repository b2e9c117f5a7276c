"""The first moment of a birthday in the village's own time: where the clock goes back or skips at midnight too (K7)."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from oracle.birthdays import birthday, midnight

ASKED = "SELECT d, trust.birthday(d, %s, %s) FROM unnest(%s::date[]) d"
EVERY_DAY = [date(2010, 1, 1) + timedelta(days=day) for day in range(3 * 365)]
#: The clock goes back at 01:00, to midnight once more; it skips midnight; it never changes; half an hour; our own.
ZONES = (
    "Atlantic/Azores", "America/Havana", "Africa/Cairo", "Asia/Beirut", "UTC", "Australia/Lord_Howe", "Europe/Brussels",
    "Europe/London",
)  # fmt: skip


@pytest.mark.parametrize("zone", ZONES)
def test_it_begins_at_the_first_moment_of_that_day(owner, zone):
    for day, begins in owner.execute(ASKED, [12, zone, EVERY_DAY]).fetchall():
        assert begins == midnight(birthday(day, 12), ZoneInfo(zone)), day


@pytest.mark.parametrize(
    ("born", "years", "day"),
    [
        (date(2012, 2, 29), 12, date(2024, 2, 29)),
        (date(2012, 2, 29), 15, date(2027, 3, 1)),
        (date(2088, 2, 29), 12, date(2100, 3, 1)),
        (date(1988, 2, 29), 12, date(2000, 2, 29)),
        (date(2012, 3, 29), 15, date(2027, 3, 29)),
        (date(2012, 1, 29), 15, date(2027, 1, 29)),
        (date(2012, 2, 28), 15, date(2027, 2, 28)),
    ],
)
def test_who_was_born_on_a_leap_day_turns_on_the_first_of_march_in_other_years(owner, born, years, day):
    ((_born, begins),) = owner.execute(ASKED, [years, "Europe/Brussels", [born]]).fetchall()
    assert begins == midnight(day, ZoneInfo("Europe/Brussels"))


def test_of_whom_no_day_is_known_there_is_none(owner):
    assert owner.execute("SELECT trust.birthday(NULL, 12, 'UTC')").fetchone() == (None,)
