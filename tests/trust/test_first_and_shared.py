"""Who says whom to call first, who opened a family without a circle, which shared device lives, and when two working days are over."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
import pytest

from trust.aside import Aside, aside
from trust.each_policy import LATER, NOW, Neighbourhood
from trust.scenes import LONG_AGO
from trust.whoever import NOBODY

HOUR = timedelta(hours=1)
HERE, FAR = "Europe/Brussels", "America/New_York"


@pytest.fixture
def by(owner: psycopg.Connection) -> Iterator[Aside]:
    """Two families and their neighbours."""
    with aside(Neighbourhood(owner)) as by:
        yield by


def first(by: Aside, circle: UUID) -> set[str]:
    """Who says there whom to call first."""
    return by.yes("says_who_is_first", circle)


def ended(by: Aside, who: UUID, circle: UUID) -> None:
    """Their seat there is not open any more."""
    said = "UPDATE trust_access SET until = now() - interval '1 day' WHERE viewer_id = %s AND circle_id = %s"
    by.stands(said, who, circle)


def test_parents_and_the_coordinator_say_who_is_first_and_a_child_where_no_parent_sits(by):
    here = by.here
    assert (first(by, here.circle), first(by, here.next_circle)) == (
        {"naima", "karim", "noor"},
        {"britt", "tom"},
    )
    assert first(by, here.own[here.samira]) == {"samira"}
    assert first(by, here.bram_own) == {"bram"}
    ended(by, here.noor, here.circle)
    ended(by, here.karim, here.circle)
    assert first(by, here.circle) == {"naima"}
    ended(by, here.naima, here.circle)
    assert first(by, here.circle) == {"samira"}
    ended(by, here.samira, here.circle)
    assert first(by, here.circle) == NOBODY


def test_who_reads_in_danger_does_not_say_who_is_first(by):
    here = by.here
    seat = "SELECT id FROM trust_seat WHERE person_id = %s AND circle_id = %s"
    (naimas,) = by.owner.execute(seat, [here.naima, here.circle]).fetchone()
    access = {"circle_id": here.circle, "since": LONG_AGO, "until": LATER, "source_id": naimas}
    by.lies("trust_access", viewer_id=here.vik, danger=True, **access)
    assert first(by, here.circle) == {"naima", "karim", "noor"}


def test_a_family_without_a_circle_is_known_to_who_opened_it(by):
    here = by.here
    theirs = {
        name: by.lies("trust_family", village_id=here.village, opened_by_id=here.called[name])
        for name in ("eva", "lou")
    }
    for name, family in theirs.items():
        assert by.yes("circleless", family) == {name}
    assert by.yes("circleless", here.family) == NOBODY, "Els opened it, and it has a circle"
    by.lies("trust_circle", kind="family", family_id=theirs["eva"], village_id=here.village)
    assert (by.yes("circleless", theirs["eva"]), by.yes("circleless", theirs["lou"])) == (NOBODY, {"lou"})


def leaves(by: Aside, who: UUID, **said: Any) -> UUID:
    """A device that they leave to others."""
    facts = {"person_id": who, "since": LONG_AGO, "until": LATER}
    made: UUID = by.lies("trust_shareddevice", **facts | said)
    return made


def test_a_device_left_to_others_lives_until_its_hour_while_who_left_it_works_and_signs_in(by):
    here = by.here
    for who, active in ((here.lotte, True), (here.noor, True), (here.tom, False), (here.said, True)):
        by.lies("trust_account", person_id=who, is_active=active, email=f"{who}@linde.example")
    devices = {
        name: leaves(by, who, **said)
        for name, who, said in (
            ("lotte", here.lotte, {}), ("noor", here.noor, {}), ("ended", here.lotte, {"ended_at": NOW}),
            ("over", here.lotte, {"until": NOW}), ("later", here.lotte, {"since": LATER, "until": LATER + HOUR}), ("no account", here.lou, {}),
            ("closed account", here.tom, {}), ("no work", here.said, {}),
        )
    }  # fmt: skip

    def live() -> set[str]:
        return {name for name, key in devices.items() if by.told(None, "shared_lives", key)}

    assert live() == {"lotte", "noor"}
    by.stands("UPDATE trust_account SET is_active = false WHERE person_id = %s", here.lotte)
    assert live() == {"noor"}
    by.stands("UPDATE trust_job SET until = now() WHERE person_id = %s", here.noor)
    assert live() == NOBODY


def due(by: Aside, told: datetime, zone: str = HERE, country: str = "BE") -> date:
    """The day at whose beginning the two working days are over."""
    ends = by.told(None, "review_due", told, zone, country).astimezone(ZoneInfo(zone))
    assert (ends.hour, ends.minute, ends.second) == (0, 0, 0)
    day: date = ends.date()
    return day


def test_two_working_days_are_over_when_the_second_has_passed_where_they_live(by):
    by.owner.execute("SET LOCAL statement_timeout = '9s'")
    by.stands("DELETE FROM trust_holiday")
    for day in (9, 10, 11):
        assert due(by, datetime(2026, 3, day, 12, tzinfo=UTC)) == date(2026, 3, day + 3)
    assert due(by, datetime(2026, 3, 12, 12, tzinfo=UTC)) == date(2026, 3, 17), "Friday and Monday"
    for day in (13, 14, 15):
        assert due(by, datetime(2026, 3, day, 12, tzinfo=UTC)) == date(2026, 3, 18)
    late = datetime(2026, 3, 9, 23, 30, tzinfo=UTC)
    assert (due(by, late), due(by, late, FAR)) == (date(2026, 3, 13), date(2026, 3, 12))


def test_a_holiday_of_that_country_is_no_working_day(by):
    by.owner.execute("SET LOCAL statement_timeout = '9s'")
    by.stands("DELETE FROM trust_holiday")
    for country, day in (("BE", date(2026, 3, 10)), ("FR", date(2026, 3, 11)), ("BE", date(2026, 4, 6))):
        by.lies("trust_holiday", country=country, day=day)
    monday = datetime(2026, 3, 9, 12, tzinfo=UTC)
    told = {country: due(by, monday, country=country) for country in ("BE", "FR", "NL")}
    assert told == {"BE": date(2026, 3, 13), "FR": date(2026, 3, 13), "NL": date(2026, 3, 12)}
    tuesday = datetime(2026, 3, 10, 12, tzinfo=UTC)
    told = {country: due(by, tuesday, country=country) for country in ("BE", "FR", "NL")}
    assert told == {"BE": date(2026, 3, 13), "FR": date(2026, 3, 14), "NL": date(2026, 3, 13)}
