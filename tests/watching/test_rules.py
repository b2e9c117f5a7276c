"""When a look is unusual: plain rules, at their very edges. Nobody is judged, nothing is added up over days."""

from datetime import timedelta

import pytest

from trust.scenes import insert
from watching.scene import Watched

MINUTE = timedelta(minutes=1)


@pytest.fixture
def here(owner):
    return Watched(owner)


def test_the_night_begins_at_eleven_and_ends_at_five_in_the_time_of_the_village(here):
    for hour, minute, second in ((5, 0, 0), (12, 0, 0), (22, 59, 59)):
        here.looked(here.els, here.family(0), here.at(hour, minute, second))
    assert here.unusual(here.els) == {}
    here.looked(here.els, here.family(0), here.at(4, 59, 59))
    here.looked(here.stijn, here.family(1), here.at(23))
    assert here.unusual(here.els) == here.unusual(here.stijn) == {"at night": 1}


def test_twelve_families_within_an_hour_are_many_and_eleven_are_not(here):
    for number in range(11):
        here.looked(here.els, here.family(number), here.at(10, number))
    here.looked(here.els, here.family(3), here.at(10, 30))  # one of them again
    here.looked(here.els, here.family(11), here.at(11))  # an hour after the first
    assert here.unusual(here.els) == {}
    here.looked(here.els, here.family(12), here.at(10, 59, 59))
    assert here.unusual(here.els) == {"many in an hour": 2}  # from the twelfth on


def test_a_family_is_opened_again_after_four_months(here):
    here.looked(here.els, here.family(0), here.at(0, days=120))
    here.looked(here.els, here.family(0), here.at(10))
    here.looked(here.stijn, here.family(0), here.at(10))  # for the first time: a new family is not unusual
    assert here.unusual(here.els) == here.unusual(here.stijn) == {}
    here.looked(here.els, here.family(1), here.at(23, 59, days=121))
    here.looked(here.els, here.family(1), here.at(10))
    assert here.unusual(here.els) == {"after a long time": 1}


def test_what_lies_apart_from_the_family_makes_no_look_long_ago_and_hides_none(here):
    """K6: a confidence, what is sealed, a first talk; and what was written is no look."""
    for number, kind in enumerate(("confidence", "sealed", "first talk")):
        here.looked(here.els, here.family(number, kind), here.at(10, days=400))
        here.looked(here.els, here.family(number), here.at(10))
    assert here.unusual(here.els) == {}
    here.looked(here.els, here.family(3), here.at(10, days=400))
    here.looked(here.els, here.family(3, "confidence"), here.at(10, days=5))
    here.looked(here.els, here.family(3), here.at(9, days=5), kind="done")
    here.looked(here.els, here.family(3), here.at(10))
    assert here.unusual(here.els) == {"after a long time": 1}
    for number, kind in enumerate(("part", "home", "own"), 4):
        here.looked(here.els, here.family(number), here.at(10, days=400))
        here.looked(here.els, here.family(number, kind), here.at(10, days=5))
        here.looked(here.els, here.family(number), here.at(10))
    assert here.unusual(here.els) == {"after a long time": 1}, "that was a look at the family not long ago"


def test_a_family_with_the_same_surname(here, owner):
    for number, name in enumerate((" de smet", "Smet", "")):
        child = insert(owner, "trust_person", village_id=here.village, given_name="Kind", surname=name)
        here.family(number)
        insert(owner, "trust_familymember", family_id=here.families[number], person_id=child, kind="child", relation="", authority=False)  # fmt: skip
    for number in (1, 2):
        here.looked(here.els, here.family(number), here.at(10))
    assert here.unusual(here.els) == {}  # nobody without a surname has the same one
    owner.execute("UPDATE trust_person SET surname = 'De Smet' WHERE id = %s", [here.els])
    assert here.unusual(here.els) == {}
    here.looked(here.els, here.family(0), here.at(10))
    assert here.unusual(here.els) == {"same name": 1}


def test_many_families_after_the_last_day_was_said(here, owner):
    said = {"person_id": here.els, "job_id": here.jobs[here.els], "said_by_id": here.els, "last_on": here.yesterday, "settled": 0}  # fmt: skip
    for number in range(6):
        here.looked(here.els, here.family(number), here.at(9 + number))
    assert here.unusual(here.els) == {}
    leaving = insert(owner, "trust_leaving", at=here.at(8), **said)
    assert here.unusual(here.els) == {"before leaving": 6}
    owner.execute("UPDATE trust_leaving SET stopped_at = now() WHERE id = %s", [leaving])
    assert here.unusual(here.els) == {}


def test_danger_is_always_told_and_what_is_confided_sealed_or_a_familys_own_look_never(here):
    here.looked(here.els, here.family(0), here.at(10), rule="danger")
    assert here.unusual(here.els) == {"danger": 1}
    for kind in ("confidence", "sealed"):
        here.looked(here.stijn, here.family(1, kind), here.at(3))
    here.looked(here.stijn, here.family(1), here.at(3), organisation_id=None)
    here.looked(here.stijn, here.desk, here.at(3))
    here.looked(here.stijn, here.family(1), here.at(0) - MINUTE)  # the day before
    assert here.unusual(here.stijn) == {}
