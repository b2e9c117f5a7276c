"""Days off of each country are data with a source, and the database knows the same ones (S2, K8)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from kring.intake import rules
from kring.trust import holidays, profiles
from kring.trust.holidays import DaysOff

BRUSSELS = "Europe/Brussels"


@pytest.mark.parametrize(
    ("country", "off", "on"),
    [
        ("NL", ["2027-04-27", "2027-03-29", "2030-05-05", "2028-12-26"], ["2027-05-05", "2027-07-14", "2027-03-26"]),
        ("BE", ["2027-07-21", "2027-05-06", "2027-11-11", "2027-05-17"], ["2027-12-27", "2027-04-27"]),
        ("FR", ["2029-05-08", "2027-07-14", "2026-05-14"], ["2027-07-21", "2027-03-26"]),
        ("UK", ["2027-03-26", "2027-05-03", "2027-05-31", "2027-08-30", "2027-12-27", "2027-12-28", "2028-01-03"],
         ["2027-12-29", "2028-01-04", "2026-12-24"]),
    ],
)  # fmt: skip
def test_the_table_of_a_country_names_its_days_with_a_source(country, off, on):
    table = holidays.of(country)
    assert (table.country, bool(table.source), table.reviewed_on.year) == (country, True, 2026)
    assert all(line["what"] for line in table.lines)
    assert all(date.fromisoformat(day) in DaysOff(country) for day in off)
    assert not any(date.fromisoformat(day) in DaysOff(country) for day in on)


def test_the_database_knows_every_day_by_heart(owner):
    rows = owner.execute("SELECT country, day FROM trust_holiday").fetchall()
    assert set(rows) == {
        (country, day)
        for country in profiles.PROFILES
        for year in holidays.YEARS
        for day in holidays.in_year(country, year)
    }


def test_what_is_promised_before_christmas_is_promised_for_a_day_on_which_somebody_works():
    at = datetime(2026, 12, 24, 15, tzinfo=ZoneInfo(BRUSSELS))  # a Thursday
    day = rules.answer_by(at, answer_days=2, zone=BRUSSELS, off=DaysOff("BE"))
    assert day.date() == date(2026, 12, 29)
    assert rules.help_by(at, zone=BRUSSELS, off=DaysOff("BE")).date() == date(2026, 12, 28)
