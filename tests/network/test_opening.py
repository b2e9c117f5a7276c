"""When one can come: hours typed as people type them, open now, school holidays, days that are different."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours

from kring.network import opening
from kring.network.opening import Different, HoursUnreadable, Now, Opening, now, read_hours
from kring.network.published.rhythms import opening_hours

AFTERNOON = (time(14), time(16))
WEDNESDAY = {"WE": (AFTERNOON,)}
#: A Wednesday.
DAY = date(2026, 11, 18)


def never(_day: date) -> bool:
    return False


def always(_day: date) -> bool:
    return True


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime.combine(day, time(hour, minute))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("14-16", "14:00–16:00"), ("9:30-12, 14.00 - 16.30", "09:30–12:00, 14:00–16:30"), ("9u30 tot 12u", "09:30–12:00"),
        ("14h à 16h30", "14:00–16:30"), ("٩-١٢", "09:00–12:00"), ("9–12 ; 9–12", "09:00–12:00"), ("20-24", "20:00–24:00"),
        ("", ""), ("  ", ""),
    ],
)  # fmt: skip
def test_hours_are_read_as_people_type_them(typed: str, read: str) -> None:
    assert opening.write_hours(read_hours(typed)) == read


@pytest.mark.parametrize("typed", ["afternoon", "16-14", "25-26", "9", "9:70-12", "14-14", "-", "9-12-14"])
def test_what_is_no_hours_is_named(typed: str) -> None:
    with pytest.raises(HoursUnreadable) as told:
        read_hours(typed)
    assert told.value.said == typed


def test_open_now_says_until_when_and_closed_says_when_again() -> None:
    known = Opening(opening.as_rhythms(WEDNESDAY))
    assert now(known, at(14), never) == Now(True, until=time(16))
    assert now(known, at(16), never) == Now(False, day=DAY + timedelta(days=7), at=time(14))
    assert now(known, at(9), never) == Now(False, day=DAY, at=time(14))
    assert now(Opening(), at(14), never) is None


def test_what_goes_on_without_a_pause_is_open_until_the_end() -> None:
    week = {"WE": ((time(9), time(12)), (time(12), time(17)), (time(20), time.min))}
    known = Opening(opening.as_rhythms(week))
    assert now(known, at(10), never) == Now(True, until=time(17))
    assert now(known, at(23, 59), never) == Now(True, until=time.min)


def test_a_school_holiday_closes_opens_or_makes_unsure() -> None:
    rhythms = opening.as_rhythms(WEDNESDAY)
    assert now(Opening(rhythms, "closed"), at(15), always) == Now(False)
    assert now(Opening(rhythms, "only"), at(15), never) == Now(False)
    assert now(Opening(rhythms, "only"), at(15), always) == Now(True, until=time(16))
    assert now(Opening(rhythms, "also"), at(15), always) == Now(True, until=time(16))
    assert now(Opening(rhythms, ""), at(15), always) == Now(True, until=time(16), sure=False)


def test_a_day_that_is_different_goes_before_the_week_and_the_shortest_goes_first() -> None:
    holidays = Different(DAY, DAY + timedelta(days=13), ())
    party = Different(DAY, DAY, ((time(10), time(11)),), "party")
    kept = opening.kept_from((holidays, party))
    known = Opening(opening.as_rhythms(WEDNESDAY), "", opening.different_from(kept))
    assert known.hours_on(DAY) == ((time(10), time(11)),)
    assert known.hours_on(DAY + timedelta(days=7)) == ()
    assert now(known, at(14), never) == Now(False)
    assert now(known, at(9), never) == Now(False, day=DAY, at=time(10))


def test_every_second_week_is_reckoned_from_its_first_day() -> None:
    told = opening.as_rhythms(WEDNESDAY)[0] | {"interval": 2}
    assert not Opening([told]).is_known
    known = Opening([told | {"since": "2026-11-18"}])
    assert [bool(known.hours_on(DAY + timedelta(weeks=week))) for week in range(4)] == [
        True,
        False,
        True,
        False,
    ]
    assert known.hours_on(DAY - timedelta(weeks=2)) == ()


SLOWLY = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def half_hours(told: tuple[int, int]) -> opening.Hours:
    opens, closes = told[0], min(told[0] + told[1], 47)
    return time(opens // 2, opens % 2 * 30), time(closes // 2, closes % 2 * 30)


SPANS = st.lists(st.tuples(st.integers(0, 46), st.integers(1, 20)), max_size=3)
WEEKS = st.dictionaries(
    st.sampled_from(opening.WEEKDAYS), SPANS.map(lambda spans: tuple(sorted(set(map(half_hours, spans)))))
)


@SLOWLY
@given(WEEKS, st.datetimes(at(0, day=date(2026, 1, 1)), at(0, day=date(2027, 12, 31))))
def test_an_independent_reading_of_what_goes_out_says_the_same(
    week: dict[str, tuple[opening.Hours, ...]], moment: datetime
) -> None:
    rhythms = opening.as_rhythms(week)
    written = opening_hours(rhythms)
    ours = now(Opening(rhythms), moment, never)
    assert (ours is None) == (written == "")
    if ours is not None:
        assert ours.open == OpeningHours(written).is_open(moment)
    assert opening.of_a_week(rhythms) == {day: week.get(day, ()) for day in opening.WEEKDAYS}


@SLOWLY
@given(st.text(max_size=40))
def test_nothing_anybody_types_makes_it_fall(typed: str) -> None:
    try:
        spans = read_hours(typed)
    except HoursUnreadable:
        return
    assert read_hours(opening.write_hours(spans)) == spans
