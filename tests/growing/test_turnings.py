"""When a child turns: what changes, who may know it, and for how long the family page says so; in two families and two villages."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from trust.each_policy import Neighbourhood
from trust.one_trigger import Alone, alone
from trust.scenes import LONG_AGO
from trust.whoever import CIRCLE, NOBODY, hearing

#: Whom it concerns: who decides for the child, the coordinator, and the child.
OURS = {"naima", "karim", "noor"}
NEXT = {"britt", "bram", "tom"}
#: Samira is fourteen, Yassin eight and Bram nine; in this country own voice and the end of reading come on one day.
SAMIRA = ("both", date(2024, 1, 4), 12, True)
YASSIN = ("both", date(2030, 1, 4), 12, False)
BRAM = ("both", date(2029, 2, 3), 12, False)
LONG_BEFORE = LONG_AGO - timedelta(days=999)
SOON = date(2027, 1, 6)


@pytest.fixture
def by(here: Neighbourhood) -> Iterator[Alone]:
    """It is New Year's Day of 2027, everything is open since long and for long; what is tried is gone afterwards."""
    with alone(here.owner, "", "trust_birth") as by:
        by.stands("UPDATE trust_exclusion SET person_id = %s, since = %s", here.vik, LONG_AGO)
        by.stands("UPDATE trust_access SET since = %s, until = 'infinity' WHERE since <= now()", LONG_BEFORE)
        by.stops_the_clock("'2027-01-01 12:00+01'")
        yield by


def lives_in(by: Alone, here: Neighbourhood, country: str, zone: str = "Europe/Brussels") -> None:
    """The village lies somewhere else."""
    by.stands(
        "UPDATE trust_village SET country = %s, timezone = %s WHERE id = %s", country, zone, here.village
    )


def turnings(by: Alone, who: UUID | None, child: UUID, **more: Any) -> list[Any]:
    """What this person is told of it."""
    return by.reads(who, "SELECT * FROM trust.turnings_of(%s)", child, **more)


def told(by: Alone, here: Neighbourhood, child: UUID, **more: Any) -> set[str]:
    """Who is told of it."""
    return {name for name, who in here.called.items() if turnings(by, who, child, **more)}


def test_the_child_who_decides_for_it_and_the_coordinator_know_when_it_turns(here, by):
    for child, who in ((here.samira, OURS | {"samira"}), (here.yassin, OURS), (here.bram, NEXT)):
        assert hearing(by, here, "reckon_knows_turning", child) == told(by, here, child) == who
        assert hearing(by, here, "reckon_knows_turning", child, seen_as=here.naima) == NOBODY
        assert by.hears(None, "reckon_knows_turning", child) is False
    assert turnings(by, here.yassin, here.yassin) == [YASSIN]
    assert turnings(by, None, here.samira) == []
    assert hearing(by, here, "reckon_knows_turning", here.naima) == {"naima"}, "she is no child of the family"
    assert told(by, here, here.naima) == NOBODY


@pytest.mark.parametrize(
    ("ground", "is_told"),
    [
        ("own choice", True),
        ("guardian", True),
        ("conflict", True),
        ("withheld", True),
        ("court order", False),
    ],
)
def test_a_parent_left_out_silently_reads_the_sheet_as_before(here, by, ground, is_told):
    """A sheet that went would betray it; by a court, which tells them itself, one is not told."""
    turns(by, here.yassin, SOON)
    by.stands(
        "UPDATE trust_exclusion SET person_id = %s, subject_id = %s, ground = %s",
        here.karim,
        here.yassin,
        ground,
    )
    who = OURS if is_told else OURS - {"karim"}
    assert told(by, here, here.yassin) == hearing(by, here, "turning_soon", here.family) == who
    assert told(by, here, here.samira) == OURS | {"samira"}


def test_a_child_of_no_family_knows_it_still(here, by):
    by.stands("DELETE FROM trust_familymember WHERE person_id = %s", here.bram)
    assert hearing(by, here, "reckon_knows_turning", here.bram) == {"bram"}


def seat(by: Alone, circle: UUID, who: UUID, role: str) -> None:
    """Somebody sits there since long, without any job."""
    facts = {"role": role, "relation": "", "ring": 3, "ground": "consent", "history": True, "since": LONG_AGO}
    by.lies("trust_seat", circle_id=circle, person_id=who, job_id=None, until=None, **facts)


def test_whoever_sits_with_the_family_now_as_who_decides_is_told_and_nobody_else(here, by):
    def are_told() -> set[str]:
        said = "SELECT trust.reckon_told_of_turning(%s, %s, trust.moment())"
        return {
            name for name, who in here.called.items() if by.owner.execute(said, [here.samira, who]).fetchone()[0]
        }  # fmt: skip

    assert are_told() == OURS | {"samira"}
    seat(by, here.next_circle, here.lotte, "guardian")
    seat(by, here.own[here.samira], here.karim, "guardian")
    by.stands(
        "UPDATE trust_seat SET until = since + interval '1 day' WHERE circle_id = %s AND person_id = ANY(%s)",
        here.circle, [here.karim, here.samira],
    )  # fmt: skip
    assert are_told() == OURS - {"karim"}, "Lotte decides for another child, Karim sits elsewhere"


def test_each_child_turns_on_its_own_day(here, by):
    for child, turns in ((here.samira, SAMIRA), (here.yassin, YASSIN), (here.bram, BRAM)):
        assert turnings(by, here.tom if child == here.bram else here.noor, child) == [turns]


def test_where_own_voice_comes_before_the_end_of_reading_there_are_two_days(here, by):
    lives_in(by, here, "NL")
    assert turnings(by, here.noor, here.samira) == [
        ("voice", date(2024, 1, 4), 12, True), ("reading", date(2028, 1, 4), 16, False),
    ]  # fmt: skip
    assert turnings(by, here.noor, here.yassin) == [
        ("voice", date(2030, 1, 4), 12, False), ("reading", date(2034, 1, 4), 16, False),
    ]  # fmt: skip


def test_the_day_is_that_of_its_own_village(here, by):
    """Midnight of the same day begins elsewhere at another hour."""
    for zone in ("Pacific/Auckland", "Pacific/Honolulu"):
        lives_in(by, here, "BE", zone)
        assert turnings(by, here.noor, here.yassin) == [YASSIN]
        assert turnings(by, here.tom, here.bram) == [BRAM]


def moments(by: Alone, child: UUID) -> list[Any]:
    """What is reckoned of it."""
    return by.owner.execute(
        "SELECT turning, moment FROM trust.reckon_turnings(%s) ORDER BY moment", [child]
    ).fetchall()


def test_what_is_reckoned_is_told_once_and_of_nobody_whose_day_is_not_written(here, by):
    when = "SELECT trust.own_voice_from(%(who)s), trust.guardian_reads_until(%(who)s)"
    voice, reading = here.owner.execute(when, {"who": here.samira}).fetchone()
    assert moments(by, here.samira) == [("both", voice)]
    assert voice == reading
    lives_in(by, here, "NL")
    voice, reading = here.owner.execute(when, {"who": here.samira}).fetchone()
    assert moments(by, here.samira) == [("voice", voice), ("reading", reading)]
    assert moments(by, here.naima) == []


def test_at_its_moment_it_is_over(here, by):
    when = f"SELECT trust.own_voice_from('{here.samira}')"
    for at, over in ((when, True), (when + " - interval '1 microsecond'", False)):
        by.stops_the_clock(at)
        assert turnings(by, here.samira, here.samira) == [(*SAMIRA[:3], over)]
        assert by.hears(here.samira, "turning_soon", here.family) == soon(here.samira, "Samira", over)


def soon(child: UUID, name: str, over: bool) -> dict[str, Any]:
    """What the family page says."""
    return {"child": str(child), "name": name, "over": over}


def turns(by: Alone, child: UUID, day: date) -> datetime:
    """A child turns twelve on this day; from which moment."""
    by.stands("UPDATE trust_birth SET born = %s WHERE person_id = %s", day.replace(year=day.year - 12), child)
    at: datetime = by.owner.execute("SELECT trust.own_voice_from(%s)", [child]).fetchone()[0]  # type: ignore[index]
    return at


def test_the_family_page_says_so_to_whom_it_concerns(here, by):
    for child in (here.yassin, here.bram):
        turns(by, child, SOON)
    for family, child, name, who in (
        (here.family, here.yassin, "Yassin", OURS), (here.next_family, here.bram, "Bram", NEXT),
    ):  # fmt: skip
        assert hearing(by, here, "turning_soon", family) == who
        for one in who:
            assert by.hears(here.called[one], "turning_soon", family) == soon(child, name, False)
        assert hearing(by, here, "turning_soon", family, seen_as=here.noor) == NOBODY


def test_of_two_children_the_page_names_the_sooner_one_whom_one_is_told_of(here, by):
    turns(by, here.samira, SOON)
    turns(by, here.yassin, SOON + timedelta(days=9))
    by.stands("UPDATE trust_exclusion SET person_id = %s, ground = 'court order'", here.karim)
    assert by.hears(here.karim, "turning_soon", here.family) == soon(here.yassin, "Yassin", False)
    assert by.hears(here.naima, "turning_soon", here.family) == soon(here.samira, "Samira", False)


def test_of_two_families_each_page_names_its_own_child(here, by):
    turns(by, here.yassin, SOON + timedelta(days=9))
    turns(by, here.bram, SOON)
    by.stands("UPDATE trust_access SET until = since WHERE viewer_id = %s", here.yassin)
    assert by.hears(here.yassin, "turning_soon", here.family) is None, (
        "he knows nothing of the family any more"
    )
    seat(by, here.next_circle, here.noor, "guardian")
    assert by.hears(here.noor, "turning_soon", here.family) == soon(here.yassin, "Yassin", False)


def test_whoever_is_no_child_of_the_family_turns_elsewhere(here, by):
    """A guardian so young that her own day comes still."""
    turns(by, here.yassin, date(2040, 1, 1))
    by.lies("trust_birth", person_id=here.britt, born=SOON.replace(year=2015))
    assert hearing(by, here, "turning_soon", here.next_family) == NOBODY


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        ("- interval '30 days'", True), ("- interval '30 days 0.000001 seconds'", False),
        ("+ interval '14 days'", True), ("+ interval '14 days 0.000001 seconds'", False),
    ],
)  # fmt: skip
def test_from_thirty_days_before_until_fourteen_after(here, by, at, shown):
    lives_in(by, here, "BE", "UTC")
    turns(by, here.samira, date(2027, 6, 15))
    by.stops_the_clock(f"SELECT trust.own_voice_from('{here.samira}') {at}")
    assert hearing(by, here, "turning_soon", here.family) == (OURS | {"samira"} if shown else NOBODY)


def test_from_when_a_child_decides_is_told_to_who_sits_with_its_family(here, by):
    for child, who in ((here.samira, CIRCLE), (here.yassin, CIRCLE), (here.bram, {"britt", "tom", "els"})):
        voice = here.owner.execute("SELECT trust.own_voice_from(%s)", [child]).fetchone()[0]
        assert hearing(by, here, "voice_of", child) == who
        assert by.hears(here.els, "voice_of", child) == voice
    silent = {"subject_id": here.yassin, "person_id": here.aunt, "ground": "own choice", "since": LONG_AGO}
    by.lies("trust_exclusion", **silent)
    assert hearing(by, here, "voice_of", here.yassin) == CIRCLE - {"hind"}, "a day of birth is in it"
    by.stands("DELETE FROM trust_birth WHERE person_id = %s", here.samira)
    assert hearing(by, here, "voice_of", here.samira) == NOBODY
