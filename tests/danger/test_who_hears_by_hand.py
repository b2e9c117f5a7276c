"""Who watches, looks at it afterwards and hears of a reading in danger; asked of everybody, of two readings in two families."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest

from trust.still import DAY, HOUR, INSTANT, Still, standing
from trust.whoever import NOBODY

OFFICERS = {"vera", "vik"}


@pytest.fixture
def still(owner: psycopg.Connection) -> Iterator[Still]:
    """Lou holds the right in danger; in the other village lives a family too, and Xavi sits where no rule puts him."""
    with standing(owner) as made:
        here = made.here
        made.right(here.lou)
        made.lies("trust_family", village_id=made.elsewhere())
        seat = "SELECT id FROM trust_seat WHERE circle_id = %s AND role = 'coordinator'"
        (source,) = made.owner.execute(seat, [here.circle]).fetchone()
        made.lies(
            "trust_access",
            viewer_id=here.xavi,
            circle_id=here.circle,
            until=made.now + 90 * DAY,
            source_id=source,
        )
        yield made


def saying(still: Still, function: str, danger: UUID) -> set[str]:
    """Of whom this is said about that reading."""
    return {name for name, yes in still.of_row(function, "trust_danger", danger).items() if yes}


def works_too(still: Still, who: UUID, where: str, **times: Any) -> UUID:
    """Somebody works there too, for a time."""
    return still.lies(
        "trust_job", person_id=who, organisation_id=still.here.organisations[where], role="worker", **times
    )


def test_trust_officers_of_the_village_watch_all_but_their_own(still):
    here = still.here
    assert saying(still, "watches_danger", still.danger(here.tom)) == OFFICERS
    assert saying(still, "watches_danger", still.next_danger(here.vik)) == {"vera"}


def test_who_looks_at_it_is_of_another_organisation_now_and_was_then(still):
    here = still.here
    still.right(here.nel)
    one = still.danger(here.tom)
    begun, long_ago = still.now - HOUR, still.now - 90 * DAY
    everybody = OFFICERS | {"lou", "nel"}
    assert saying(still, "reviews_danger", one) == everybody
    for who, where, since, until, yes in (
        (here.nel, "Girlz Lounge", long_ago, still.now, True),
        (here.nel, "Girlz Lounge", long_ago, still.now + INSTANT, False),
        (here.tom, "Town hall", long_ago, begun, True),
        (here.tom, "Town hall", long_ago, begun + INSTANT, False),
        (here.tom, "Town hall", still.now + INSTANT, None, True),
        (here.tom, "Town hall", still.now, None, False),
    ):
        job = works_too(still, who, where, since=since, until=until)
        assert saying(still, "reviews_danger", one) == everybody - (NOBODY if yes else {"nel"}), (
            since,
            until,
        )
        still.stands("DELETE FROM trust_job WHERE id = %s", job)


def test_nobody_looks_at_their_own_reading_not_even_in_the_minute_before_their_work_ends(still):
    here, second = still.here, HOUR / 3600
    one = still.danger(here.vik, at=still.now + 30 * second)
    still.stands("UPDATE trust_job SET until = %s WHERE person_id = %s", still.now + 20 * second, here.vik)
    assert saying(still, "reviews_danger", one) == {"vera", "lou"}


def test_who_is_near_the_family_neither_watches_nor_looks_at_it(still):
    one = still.danger(still.here.tom)
    assert saying(still, "watches_danger", one) == OFFICERS
    assert saying(still, "reviews_danger", one) == OFFICERS | {"lou"}
    still.keeps_away(still.here.yassin, "conflict", person_id=still.here.vik)
    assert saying(still, "watches_danger", one) == {"vera"}
    assert saying(still, "reviews_danger", one) == {"vera", "lou"}


def hearing(still: Still, who: UUID, danger: UUID) -> set[tuple[str, bool, str]]:
    """Who hears of it, whether they are asked to look at it, and in which language: as this person is told."""
    called = {person: name for name, person in still.here.called.items()}
    rows = still.rows(who, "who_hears_of_danger", danger)
    told = {(called[person], reviews, language) for person, reviews, language in rows}
    assert len(told) == len(rows)
    return told


def test_whoever_opened_it_has_those_told_who_hear_at_once(still):
    here = still.here
    still.stands("UPDATE trust_village SET language = 'fr' WHERE id = %s", still.elsewhere())
    still.right(here.nel)
    still.right(here.bea)
    for name, who in here.called.items():
        if name != "bea":
            still.lies(
                "trust_account",
                person_id=who,
                is_active=name != "vik",
                language="en" if name == "noor" else "",
            )
    one, other = still.danger(here.lotte), still.next_danger(here.tom)
    looks = {("vera", True, "nl"), ("nel", True, "nl")}
    assert hearing(still, here.lotte, one) == looks | {("noor", False, "en")}
    assert hearing(still, here.tom, other) == looks | {("lou", True, "nl")}
    officers = {("vera", False, "nl"), ("noor", False, "en"), ("nel", True, "nl"), ("lou", True, "nl")}
    assert hearing(still, here.vik, still.danger(here.vik)) == officers, (
        "a colleague watches and does not look"
    )
    for name, who in here.called.items():
        assert name in ("lotte", "tom") or not hearing(still, who, one) | hearing(still, who, other), name
    assert hearing(still, here.tom, one) == hearing(still, here.lotte, other) == set()
    still.stands("UPDATE trust_job SET until = %s WHERE person_id = %s", still.now, here.noor)
    assert hearing(still, here.lotte, one) == looks, "who works no more"


def heard(still: Still, **dangers: UUID) -> dict[str, list[str]]:
    """Of which each hears on their first page, the last one first."""
    called = {str(danger): name for name, danger in dangers.items()}
    told = {
        name: still.owner.execute("SELECT trust.dangers_heard(%s)", [who]).fetchone()[0]
        for name, who in still.here.called.items()
    }
    assert all(isinstance(one, list) for one in told.values())
    return {name: [called[one] for one in ids] for name, ids in told.items() if ids}


def test_of_which_readings_each_hears_and_how_long(still):
    here = still.here
    begun = still.now - HOUR
    ours = still.danger(here.tom)
    theirs = still.next_danger(here.lotte, at=begun - INSTANT)
    toms = still.next_danger(here.tom, at=begun - 2 * INSTANT)
    still.danger(here.vik, ground="")
    for danger in (theirs, toms):
        still.lies("trust_dangerreview", danger_id=danger, by_id=here.vera, circle_id=here.next_circle)
    every = ["ours", "theirs", "toms"]
    watching = {"vera": every, "vik": every, "noor": ["ours"], "tom": ["theirs"], "lou": ["ours"]}
    looking = {name: ["ours"] for name in ("vera", "vik", "lou")}
    next_door = {name: ["theirs", "toms"] for name in ("britt", "bram")}
    parents = {name: ["ours"] for name in ("naima", "karim")}
    samira, long = {"samira": ["ours"]}, 14 * DAY
    for after, expected in (
        (HOUR, watching),
        (4 * HOUR - INSTANT, watching | {"bram": ["theirs", "toms"]}),
        (4 * HOUR, watching | {"bram": ["theirs", "toms"]} | samira),
        (48 * HOUR, watching | next_door | samira | parents),
        (3 * DAY - 3 * INSTANT, watching | next_door | samira | parents),
        (3 * DAY - INSTANT, looking | {"noor": ["ours"]} | next_door | samira | parents),
        (3 * DAY, looking | next_door | samira | parents),
        (4 * HOUR + long, looking | {"britt": ["theirs", "toms"]} | parents),
        (48 * HOUR + long - 3 * INSTANT, looking | {"britt": ["theirs", "toms"]} | parents),
        (48 * HOUR + long - INSTANT, looking | parents),
        (48 * HOUR + long, looking),
        (48 * HOUR + 60 * DAY - INSTANT, looking),
        (48 * HOUR + 60 * DAY, {}),
    ):
        still.clock(begun + after)
        assert heard(still, ours=ours, theirs=theirs, toms=toms) == expected, after
