"""Who finds a family by a child's first name and one thing more, and whom to call: of two families and a third elsewhere."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
import pytest

from trust.still import DAY, HOUR, Still, standing

TOWN_HALL, NOORS, TOMS = "015 00 00 00", "0470 11 00 11", "0470 22 00 22"


@pytest.fixture
def still(owner: psycopg.Connection) -> Iterator[Still]:
    """Lotte holds the right; Noor and Tom, who coordinate, have a line of their own."""
    with standing(owner) as made:
        here = made.here
        made.right(here.lotte)
        for who, line in ((here.noor, NOORS), (here.tom, TOMS)):
            made.stands("UPDATE trust_job SET phone = %s WHERE person_id = %s", line, who)
        made.stands("UPDATE trust_person SET surname = 'El Idrissi' WHERE id = %s", here.samira)
        made.stands("UPDATE trust_person SET surname = 'Jansen' WHERE id = %s", here.britt)
        elsewhere(made)
        yield made


def elsewhere(still: Still) -> None:
    """Another Samira, whose family lives in another village."""
    there = still.elsewhere()
    still.stands("UPDATE trust_village SET phone = '03 00 00 00' WHERE id = %s", there)
    family = still.lies("trust_family", village_id=there, name="Familie Amrani")
    still.lies("trust_circle", village_id=there, family_id=family, kind="family")
    child = still.lies("trust_person", village_id=there, given_name="Samira", surname="El Idrissi")
    still.lies("trust_familymember", family_id=family, person_id=child, kind="child")


def found(still: Still, child: str, known: str, who: UUID | None = None, **more: Any) -> list[Any]:
    """What Lotte finds, or somebody else."""
    return still.rows(who or still.here.lotte, "find_in_danger", child, known, **more)


def amrani(still: Still, name: str = "Noor", phone: str = NOORS, role: str = "coordinator") -> list[Any]:
    """The family of Samira, and who is called first."""
    return [(still.here.family, still.here.circle, still.here.samira, name, phone, role)]


def bakker(still: Still) -> list[Any]:
    """The family of Bram, whom Tom coordinates."""
    here = still.here
    return [(here.next_family, here.next_circle, here.bram, "Tom", TOMS, "coordinator")]


def test_a_child_is_found_by_its_own_day_its_own_name_its_parents_or_its_familys(still):
    day = still.owner.execute("SELECT born::text FROM trust_birth WHERE person_id = %s", [still.here.samira])
    for known in (*day.fetchone(), "el idrissi", " FAMILIE Amrani ", "Naima", "karím"):
        assert found(still, "samirá", known) == amrani(still), known
    for known in ("2017-02-03", "Familie Bakker", "Britt", "Jansen"):
        assert found(still, "Bram", known) == bakker(still), known


def test_nothing_is_found_by_what_belongs_to_somebody_else(still):
    for known in ("2017-02-03", "Familie Bakker", "Britt", "Jansen", "Hind", "Noor", "Yassin", "Samira", ""):
        assert found(still, "Samira", known) == [], known
    for nothing in ("", " ", "\u0301"):
        assert found(still, "Yassin", nothing) == [], (
            "a child without a surname is not known by a first name alone"
        )
    for child in ("Karim", "Bram", "Hind", "Nobody", ""):
        assert found(still, child, "Familie Amrani") == [], child
    still.stands("UPDATE trust_birth SET born = %s WHERE person_id = %s", date(2012, 5, 5), still.here.bram)
    assert found(still, "Samira", "2012-05-05") == []


def test_whom_to_call_is_the_one_who_coordinates_that_family_now(still):
    here = still.here
    ends = "UPDATE trust_seat SET until = %s WHERE person_id = %s"
    still.stands(ends, still.now + HOUR, here.noor)
    for who, role, since in (
        (here.lou, "professional", still.now - HOUR),
        (here.nel, "coordinator", still.now + HOUR),
    ):
        job = here.jobs[who]
        still.lies("trust_seat", circle_id=here.circle, person_id=who, job_id=job, role=role, since=since)
    still.stands("UPDATE trust_seat SET since = %s WHERE person_id = %s", still.now - DAY, here.tom)
    assert found(still, "Samira", "Naima") == amrani(still)
    assert found(still, "Bram", "Britt") == bakker(still)
    still.stands("UPDATE trust_job SET phone = '' WHERE person_id = %s", here.noor)
    assert found(still, "Samira", "Naima") == amrani(still, phone=TOWN_HALL)
    still.stands(ends, still.now, here.noor)
    assert found(still, "Samira", "Naima") == amrani(still, "", TOWN_HALL, "")
    assert found(still, "Bram", "Britt") == bakker(still)


def test_a_child_of_one_family_and_a_parent_of_another_find_nothing(still):
    assert found(still, "Samira", "Britt") == found(still, "Bram", "Naima") == []


def test_who_finds_it(still):
    here = still.here
    still.right(here.tom)
    still.right(here.lou)
    still.next_danger(here.lou, at=still.now - 30 * DAY)
    finders = {name for name, who in here.called.items() if found(still, "Samira", "Naima", who)}
    assert finders == {"lotte", "tom"}, "Lou's right sleeps"
    assert found(still, "Samira", "Naima", seen_as=here.naima) == []
    still.keeps_away(here.yassin, "court order", person_id=here.tom)
    assert found(still, "Samira", "Naima", here.tom) == []
    assert found(still, "Bram", "Britt", here.tom) == bakker(still)


def test_a_family_that_stopped_is_not_found_as_long_as_it_stands(still):
    here = still.here
    stop = still.lies("trust_withdrawal", family_id=here.next_family, by_id=here.britt)
    assert found(still, "Bram", "Britt") == []
    assert found(still, "Samira", "Naima") == amrani(still)
    still.stands("UPDATE trust_withdrawal SET ended_at = %s WHERE id = %s", still.now, stop)
    assert found(still, "Bram", "Britt") == bakker(still)
