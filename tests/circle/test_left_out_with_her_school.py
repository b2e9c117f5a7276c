"""K4: who is left out with a whole school, or kind of work, reads beside their own words no name that was not missing before."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.test import Client

from kring.trust import viewer
from kring.trust.models import Person
from kring.trust.usecases import exclusions
from kring.trust.usecases.knowing import who_knows
from kring.wraparound.models import Celebration
from proofs.test_being_left_out import NothingOfHim
from trust.scenes import insert

DAY = timedelta(days=1)


class WithAColleague(NothingOfHim):
    """Two teachers of one school help the family; one of them, Lotte, wrote something good about Yassin."""

    def __init__(self, owner: psycopg.Connection) -> None:
        super().__init__(owner)
        self.tom = self.worker("Tom", "teacher", "School De Linde", title="teacher")
        self.let_in(self.naima, job_of=self.tom, ring=3)
        owner.execute("UPDATE trust_organisation SET sector = 'community' WHERE name <> 'School De Linde'")
        self.good_news(self.browser(self.lotte), self.yassin)

    def good_news(self, browser: Client, child: UUID) -> None:
        """Something good about a child."""
        told = {"words": "He laughed", "language": "en", "child": str(child)}
        assert browser.post(f"/family/{self.family}/good-news/", told).status_code == 302

    def without(self, **other: Any) -> None:
        """The school is left out of Yassin in silence."""
        school = {"organisation_id": self.organisations["School De Linde"]}
        row = {"subject_id": self.yassin, "ground": "guardian", "decided_by_id": self.noor, "reason": "",
               "since": datetime.now(UTC) - DAY}  # fmt: skip
        whom = {} if other.keys() & {"person_id", "sector"} else school
        insert(self.owner, "trust_exclusion", **row | whom | other)

    def names(self, who: UUID, child: UUID | None = None) -> set[str]:
        """Who knows of it, as this person reads."""
        with viewer.acting(who):
            row = Celebration.objects.get(about_id=child or self.yassin)
            return {person.given_name for person in who_knows([row])[0]}


@pytest.fixture
def home(owner: psycopg.Connection) -> WithAColleague:
    """The family."""
    return WithAColleague(owner)


def read(browser: Client, page: str) -> str:
    """The words of a page."""
    main = browser.get(page).content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


@pytest.mark.parametrize("how", ["sector", "organisation"])
def test_left_out_with_her_school_she_reads_her_pages_as_before(home: WithAColleague, how: str) -> None:
    hers, his, here = home.browser(home.lotte), home.browser(home.tom), f"/family/{home.family}/"
    pages = (here, f"{here}who-sees/", f"{here}path/", f"/plans/{home.plan}/")
    before = [read(hers, page) for page in pages]
    assert "He laughed" in before[0]
    assert "but Tom" not in before[0]
    with viewer.acting(home.naima) as me:
        school = {"organisation_id": home.organisations["School De Linde"]}
        whom: dict[str, Any] = {"sector": "education"} if how == "sector" else school
        exclusions.leave_out(Person.objects.get(pk=home.yassin), by=me, at=datetime.now(UTC), **whom)
    assert [read(hers, page) for page in pages] == before
    assert "He laughed" not in read(his, here)
    assert "everybody in this circle but Tom" in read(home.browser(home.naima), here)


def test_nobodys_name_comes_that_was_not_there(home: WithAColleague) -> None:
    before = home.names(home.lotte)
    home.without(person_id=home.karim, ground="withheld")
    known = home.names(home.lotte)
    home.without()
    assert home.names(home.lotte) == known == before - {"Karim"}


def test_of_an_exclusion_of_the_colleague_alone_she_reads_as_everybody(home: WithAColleague) -> None:
    home.without()
    home.without(person_id=home.tom)
    assert "Tom" not in home.names(home.lotte)


def test_left_out_alone_before_him_she_reads_as_before_of_him(home: WithAColleague) -> None:
    home.without(person_id=home.lotte)
    assert "Tom" in home.names(home.lotte)
    assert "Lotte" in home.names(home.naima), "it is hers"


@pytest.mark.parametrize(("days", "named"), [(-1, True), (1, False)])
def test_what_ended_takes_nobodys_name_away(home: WithAColleague, days: int, named: bool) -> None:
    now = datetime.now(UTC)
    home.without(since=now - 3 * DAY, until=now + days * DAY)
    assert ("Tom" in home.names(home.naima)) is named
    assert "Lotte" in home.names(home.naima)


@pytest.mark.parametrize(("born", "named"), [("2010-01-01", True), ("2020-01-01", False)])
def test_a_guardians_choice_ends_with_the_young_persons_own_voice(
    home: WithAColleague, born: str, named: bool
) -> None:
    home.without()
    home.owner.execute("UPDATE trust_birth SET born = %s WHERE person_id = %s", [born, home.yassin])
    assert ("Tom" in home.names(home.naima)) is named


def test_a_young_persons_own_choice_lasts(home: WithAColleague) -> None:
    home.owner.execute("UPDATE trust_birth SET born = '2010-01-01' WHERE person_id = %s", [home.yassin])
    home.without(ground="own choice", decided_by_id=home.yassin)
    assert "Tom" not in home.names(home.naima)


@pytest.mark.parametrize(("ground", "named"), [("conflict", True), ("court order", False)])
def test_a_court_takes_the_author_away_too(home: WithAColleague, ground: str, named: bool) -> None:
    home.without(ground=ground)
    assert ("Lotte" in home.names(home.naima)) is named
    assert "Tom" not in home.names(home.naima)


def test_who_decided_it_is_told_also_when_it_meets_them(home: WithAColleague) -> None:
    home.without(decided_by_id=home.lotte)
    assert "Tom" not in home.names(home.lotte)


def test_it_never_meets_the_child_it_is_about(home: WithAColleague) -> None:
    """A child that works at the school it leaves out is not left out of itself, and knows what it decided."""
    home.good_news(home.browser(home.naima), home.samira)
    insert(
        home.owner, "trust_job", person_id=home.samira, organisation_id=home.organisations["School De Linde"],
        role="worker", title="", bound=False, phone="", languages="nl", since=datetime.now(UTC) - 9 * DAY,
    )  # fmt: skip
    home.without(subject_id=home.samira, ground="own choice", decided_by_id=home.naima)
    for who in (home.naima, home.samira):
        names = home.names(who, home.samira)
        assert "Samira" in names
        assert "Tom" not in names
