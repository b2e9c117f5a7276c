"""Which circles of a family are open to somebody, and which organisations are partners of a village."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest

from trust.each_policy import LATER, NOW, Neighbourhood
from trust.laid import Laid, laid
from trust.scenes import LONG_AGO

DAY = timedelta(days=1)


@pytest.fixture
def home(owner: psycopg.Connection) -> Neighbourhood:
    """Two families, and another village."""
    return Neighbourhood(owner)


@pytest.fixture
def by(home: Neighbourhood) -> Iterator[Laid]:
    """Nothing is open to anybody."""
    with laid(home.owner) as by:
        by.stands("DELETE FROM trust_access")
        yield by


def test_the_circles_of_a_family_that_are_open_to_somebody_now(by, home):
    part = by.lies("trust_circle", kind="part", family_id=home.family, village_id=home.village)
    both, facts = (home.naima, home.karim), {"danger": False, "since": LONG_AGO}
    for who, circle, until in (
        (home.naima, home.circle, LATER), (home.naima, part, LATER), (home.naima, home.next_circle, LATER),
        (home.naima, home.own[home.samira], NOW), (home.karim, home.circle, LATER), (home.karim, home.bram_own, LATER),
    ):  # fmt: skip
        by.lies("trust_access", viewer_id=who, circle_id=circle, until=until, **facts)

    def opened(who: UUID | None, family: UUID) -> list[UUID]:
        return sorted(row[0] for row in by.rows(who, "open_circles", family))

    assert [opened(who, home.family) for who in both] == [sorted([home.circle, part]), [home.circle]]
    assert [opened(who, home.next_family) for who in both] == [[home.next_circle], [home.bram_own]]
    assert opened(home.tom, home.family) == opened(None, home.family) == []


def test_the_partners_of_a_village_are_those_with_whom_something_is_agreed_now(by, home):
    for name, times in (
        ("Away", [(LONG_AGO, NOW)]), ("Back", [(LONG_AGO, LONG_AGO + DAY), (NOW - DAY, None)]), ("Never", []),
        ("Coming", [(LATER, None)]),
    ):  # fmt: skip
        organisation = by.lies("trust_organisation", village_id=home.village, name=name, sector="youth work")
        for since, until in times:
            by.lies("trust_agreement", organisation_id=organisation, since=since, until=until)
    always = ("Girlz Lounge", "Huis van het Kind", "Ombuds", "School De Linde", "Town hall")
    told = [("Back", "youth work", NOW - DAY), *((name, "education", LONG_AGO) for name in always)]
    assert by.rows(None, "partners_of", home.village) == told
    (village,) = by.looks("SELECT village_id FROM trust_person WHERE id = %s", home.called["xena"])
    assert by.rows(None, "partners_of", village[0]) == [("Elsewhere", "education", LONG_AGO)]
