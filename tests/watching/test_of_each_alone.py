"""An unusual look is one person's, in one village, on one day: what another did makes none and hides none."""

from datetime import timedelta

import pytest

from trust.scenes import LONG_AGO, insert
from watching.scene import Watched


@pytest.fixture
def here(owner):
    return Watched(owner)


def test_what_two_opened_in_an_hour_is_not_added_up(here):
    for number in range(12):
        here.looked((here.els, here.stijn)[number % 2], here.family(number), here.at(10, number))
    assert here.unusual(here.els) == here.unusual(here.stijn) == {}


def test_that_a_colleague_looked_not_long_ago_hides_nothing(here):
    here.looked(here.els, here.family(0), here.at(10, days=121))
    here.looked(here.stijn, here.family(0), here.at(10, days=5))
    here.looked(here.els, here.family(0), here.at(10))
    assert here.unusual(here.els) == {"after a long time": 1}


def test_one_is_not_ones_own_relative_by_name(here, owner):
    here.family(0)
    owner.execute("UPDATE trust_person SET surname = 'De Smet' WHERE id = %s", [here.els])
    sits = {"kind": "adult", "relation": "", "authority": False}
    insert(owner, "trust_familymember", family_id=here.families[0], person_id=here.els, **sits)
    here.looked(here.els, here.family(0), here.at(10))
    assert here.unusual(here.els) == {}


def leaves(here, who, at) -> None:
    """They said that they leave their work."""
    (job,) = here.owner.execute("SELECT id FROM trust_job WHERE person_id = %s", [who]).fetchone()
    insert(
        here.owner,
        "trust_leaving",
        at=at,
        person_id=who,
        job_id=job,
        last_on=here.yesterday + timedelta(days=20),
        settled=0,
        said_by_id=who,
    )


def test_before_leaving_counts_who_leaves_from_the_moment_it_was_said(here):
    for number in range(6):
        here.looked(here.els, here.family(number), here.at(9 + number))
    leaves(here, here.stijn, here.at(8))
    assert here.unusual(here.els) == {}, "another leaves"
    for number in range(5):
        here.looked(here.stijn, here.family(number), here.at(9 + number))
    assert here.unusual(here.stijn) == {}, "five, and another's are not added"
    leaves(here, here.els, here.at(14))
    assert here.unusual(here.els) == {"before leaving": 1}, (
        "the look at that very moment; those before were before it"
    )


def test_which_circle_it_was_is_kept_where_it_was_one_family_alone(here):
    for number in (0, 1):
        here.looked(here.els, here.family(number), here.at(23, 30))
    here.looked(here.stijn, here.family(0), here.at(23, 30))
    asked = "SELECT person, circle FROM trust.reckon_unusual(%s, %s) WHERE rule = 'at night'"
    told = dict(here.owner.execute(asked, [here.village, here.yesterday]).fetchall())
    assert told == {here.els: None, here.stijn: here.family(0)}


def test_what_happened_in_another_village_is_told_there(here, owner):
    next_village = insert(
        owner, "trust_village", name="Rozenwijk", slug=f"roos-{here.village.hex[:6]}", country="UK", timezone="Europe/London",
        language="en", phone="", answer_days=2, term_days=90, started_at=LONG_AGO,
    )  # fmt: skip
    here.looked(here.els, here.family(0), here.at(23, 30))
    assert here.unusual(here.els) == {"at night": 1}
    told = "SELECT rule FROM trust.reckon_unusual(%s, %s)"
    assert owner.execute(told, [next_village, here.yesterday]).fetchall() == []
    assert len(owner.execute(told, [here.village, here.yesterday]).fetchall()) == 1
    here.looked(here.stijn, here.family(0), here.at(0, 30, days=-1))
    assert here.unusual(here.stijn) == {}, "today, though it was yesterday still where the other village lies"
