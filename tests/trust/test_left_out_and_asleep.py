"""Who reads of whom a child is kept from, before whom that is kept silent, and whose seats sleep: with two families."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest

from trust.still import DAY, HOUR, INSTANT, Still, standing
from trust.whoever import NOBODY

KEEPERS = {"noor", "els"}
NEAR = {"naima", "karim", "samira", "hind", "noor", "els"}


@pytest.fixture
def still(owner: psycopg.Connection) -> Iterator[Still]:
    """A moment at which nobody is left out of anybody yet."""
    with standing(owner) as made:
        made.stands("DELETE FROM trust_exclusion")
        yield made


def reading(still: Still, family: UUID, **more: Any) -> dict[str, list[Any]]:
    """The rows about this family that each reads who reads any."""
    told = {
        name: still.rows(who, "left_out_by_two", family, **more) for name, who in still.here.called.items()
    }
    return {name: rows for name, rows in told.items() if rows}


def test_whom_two_people_kept_from_a_child_is_read_by_who_keeps_that_family(still):
    here, since = still.here, still.now - DAY
    ombuds = here.organisations["Ombuds"]
    still.stands("UPDATE trust_person SET surname = 'Peeters' WHERE id = %s", here.lou)
    person = still.keeps_away(here.samira, "conflict", person_id=here.lou)
    house = still.keeps_away(here.yassin, "court order", organisation_id=ombuds, since=since + HOUR)
    sector = still.keeps_away(
        here.samira, "withheld", sector="police", since=since + 2 * HOUR, until=still.now + DAY
    )
    next_door = still.keeps_away(here.bram, "conflict", person_id=here.lou)
    still.keeps_away(here.samira, "own choice", person_id=here.lou)
    still.keeps_away(here.yassin, "guardian", person_id=here.lou)
    still.keeps_away(here.samira, "conflict", person_id=here.lou, until=still.now)
    rows = [
        (person, here.samira, here.lou, None, None, "conflict", "Lou Peeters", None),
        (house, here.yassin, None, ombuds, None, "court order", "Ombuds", None),
        (sector, here.samira, None, None, "police", "withheld", "", still.now + DAY),
    ]
    bram = [(next_door, here.bram, here.lou, None, None, "conflict", "Lou Peeters", None)]
    assert reading(still, here.family) == dict.fromkeys(KEEPERS, rows)
    assert reading(still, here.next_family) == dict.fromkeys(("tom", "els"), bram)
    assert reading(still, here.family, seen_as=here.naima) == {}
    still.lies("trust_familymember", family_id=here.next_family, person_id=here.samira, kind="child")
    still.lies("trust_familymember", family_id=here.family, person_id=here.samira, kind="guardian")
    assert reading(still, here.family) == dict.fromkeys(KEEPERS, rows), "each once, whatever else she is"
    still.keeps_away(here.samira, "conflict", person_id=here.noor)
    assert [row[0] for row in reading(still, here.family)["noor"]] == [house], "nothing about her"


def test_a_silence_is_kept_before_whoever_cannot_know_of_it_also_when_nobody_says_who_decided(still):
    here, everybody = still.here, set(still.here.called)
    still.keeps_away(here.bram, "conflict", person_id=here.lou, decided_by_id=here.tom)
    assert still.whom("keeps_a_silence", here.samira) == NOBODY
    still.keeps_away(here.samira, "conflict", person_id=here.lou)
    assert still.whom("keeps_a_silence", here.samira) == everybody - {"samira"}
    assert still.whom("keeps_a_silence", here.bram) == everybody - {"tom", "bram"}
    assert still.whom("keeps_a_silence", None) == NOBODY


def asleep(still: Still, **more: Any) -> dict[str, Any]:
    """What each is told about sleeping seats in the first family, who is told anything."""
    told = still.each("asleep_in", still.here.family, **more)
    return {name: one for name, one in told.items() if one is not None}


def lapses(still: Still, name: str, at: Any) -> None:
    """The agreement with this organisation ends then; another one ended a week before, a third begins next year."""
    organisation = still.here.organisations[name]
    still.stands("DELETE FROM trust_agreement WHERE organisation_id = %s", organisation)
    for since, until in ((300, 8), (400, 301)):
        still.lies(
            "trust_agreement", organisation_id=organisation, since=at - since * DAY, until=at - until * DAY
        )
    still.lies("trust_agreement", organisation_id=organisation, since=at - 7 * DAY, until=at)
    still.lies("trust_agreement", organisation_id=organisation, since=at + 300 * DAY, until=at + 400 * DAY)


def test_whose_seats_sleep_is_told_by_organisation_to_who_sits_there_awake(still):
    here, now = still.here, still.now
    lapses(still, "School De Linde", now)
    lapses(still, "Ombuds", now - HOUR)
    lapses(still, "Town hall", now - 9 * DAY)
    still.stands("UPDATE trust_access SET until = %s WHERE viewer_id = %s", now, here.lotte)
    for who, circle, times in (
        (here.lou, here.next_circle, {}),
        (here.lou, here.own[here.samira], {}),
        (here.bea, here.circle, {"until": now}),
        (here.vik, here.circle, {}),
        (here.vera, here.circle, {}),
        (here.nils, here.circle, {}),
        (here.eva, here.circle, {}),
    ):
        job = here.jobs[who]
        still.lies("trust_seat", circle_id=circle, person_id=who, job_id=job, role="professional", **times)
    still.stands("UPDATE trust_job SET until = %s WHERE person_id = %s", now, here.nils)
    told = [("Ombuds", "Vera, Vik", now - HOUR), ("School De Linde", "Lotte", now)]
    answers = asleep(still)
    assert answers.keys() == NEAR
    for rows in answers.values():
        since = "SELECT array_agg((one ->> 'since')::timestamptz ORDER BY one ->> 'organisation') FROM jsonb_array_elements(%s) one"
        (moments,) = still.owner.execute(since, [psycopg.types.json.Jsonb(rows)]).fetchone()
        said = [(row["organisation"], row["people"]) for row in rows]
        assert [(*row, at) for row, at in zip(said, moments, strict=True)] == told
    assert asleep(still, seen_as=here.naima) == {}
    still.clock(now - INSTANT)
    assert [row["organisation"] for row in asleep(still)["naima"]] == ["Ombuds", "Town hall"]
