"""K4: a version of which silence hides every word is not there for who is left out, and the plan waits for nothing."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, transaction

from circle.furnished import LATER, Furnished
from clockwork import as_the_worker
from kring.clock import usecases as clock
from kring.trust import viewer
from kring.trust.models import Circle
from kring.wraparound.models import Plan, Review, Version
from kring.wraparound.usecases import actions, approvals, goals, plans, reviews, versions
from kring.wraparound.usecases.goals import GoalWords
from proofs.addresses import filled, ids, patterns
from proofs.test_two_worlds import asked, differing, traceless
from trust.scenes import insert

#: Where the addresses begin that show something of one's family.
OF_A_FAMILY = ("plans/", "family/", "families/", "today/", "me/")
#: What stands on a page where one looks at the plan together.
LOOKS = re.compile(rb"look together|We look at the plan together|Look at it together", re.I)


class OnlySamira(Furnished):
    """Two children; all that stands in the plan is about Samira, who left her father out."""

    def write_plan(self, steps: int) -> None:
        """One goal of hers, with steps."""
        with viewer.acting(self.naima) as me:
            plan = plans.start_plan(Circle.objects.get(pk=self.circle), by=me, at=LATER)
            self.steps_of(
                goals.add_goal(plan, GoalWords("school", "aim"), by=me, at=LATER, child=self.samira), me
            )
        self.plan = plan.pk

    def steps_of(self, goal, me) -> None:
        """A step of her mother."""
        actions.add_action(goal, actions.Step("We walk", self.naima), by=me, at=LATER)

    def without(self, who: UUID, **other) -> None:
        """Somebody is left out of Samira."""
        row = {
            "subject_id": self.samira,
            "person_id": who,
            "ground": "own choice",
            "decided_by_id": self.samira,
        }
        insert(
            self.owner, "trust_exclusion", **row | {"reason": "", "since": datetime.now(UTC) - timedelta(days=1)} | other
        )  # fmt: skip

    def offer(self, by: UUID | None = None) -> UUID:
        """Everybody's yes is asked."""
        with viewer.acting(by or self.noor) as me:
            return versions.offer_for_approval(Plan.objects.get(pk=self.plan), by=me, at=LATER).pk

    def agree(self, version: UUID) -> None:
        """Everybody of whom it is asked says yes."""
        with viewer.acting(self.naima):
            asked = [one.person_id for one in versions.answers_to(version)]
        for who in asked:
            with viewer.acting(who) as me:
                approvals.approve(Version.objects.get(pk=version), language="en", by=me, at=LATER)


@pytest.fixture
def home(owner: psycopg.Connection) -> OnlySamira:
    """The family."""
    return OnlySamira(owner)


def tells(home: OnlySamira, who: UUID) -> bool:
    """Whether somebody reads that there is a version; the row and its answers say the same."""
    with viewer.acting(who):
        there = Version.objects.first()
        answers = versions.answers_to(Version.objects.get().pk) if there else []
    assert bool(answers) is (there is not None)
    return there is not None


@pytest.mark.usefixtures("no_tick")
def test_whoever_is_left_out_of_every_word_opens_every_page_of_the_family_as_before(home):
    """Offered, agreed and looked at together: nothing of it is told, and its own pages are not there."""
    home.without(home.karim)
    his, known, wrong = home.browser(home.karim), ids(home.owner), {}
    pages = {
        page
        for one in patterns()
        if one.lstrip("/").startswith(OF_A_FAMILY)
        for page in filled(one, known, 1)
    }
    with traceless(home):
        first = asked(his, sorted(pages))  # a first visit may greet
    there = [page for page, told in first.items() if told[0] == 200]
    with traceless(home):
        before = asked(his, there)
    with traceless(home):
        version = home.offer()
        wrong["offered"] = list(differing(before, asked(his, there)))
    with traceless(home):
        home.agree(version)
        wrong["agreed"] = list(differing(before, asked(his, there)))
    with traceless(home):
        with viewer.acting(home.naima) as me:
            review = reviews.open_review(Plan.objects.get(), by=me, at=LATER).pk
        wrong["looked at"] = list(differing(before, asked(his, there)))
    assert wrong == {"offered": [], "agreed": [], "looked at": []}
    assert len(there) > 30
    for page in (
        f"/versions/{version}/",
        f"/a/{version}/",
        f"/reviews/{review}/",
        f"/reviews/{review}/prepare/",
    ):
        assert his.get(page).status_code == 404, page
        assert home.browser(home.naima).get(page).status_code == 200, page


def test_a_version_is_there_for_everybody_else_and_without_anybody_left_out(home):
    home.offer()
    assert tells(home, home.karim)
    home.without(home.karim)
    for who in (home.naima, home.samira, home.noor, home.aunt):
        assert tells(home, who)
    assert not tells(home, home.karim)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({}, False),
        ({"ground": "withheld"}, False),
        ({"ground": "conflict"}, False),
        ({"ground": "court order"}, True),
        ({"until": datetime.now(UTC) - timedelta(hours=1)}, True),
    ],
)
def test_a_court_is_no_silence_and_what_ended_hides_nothing(home, other, told):
    home.without(home.karim, **other)
    version = home.offer()
    with viewer.acting(home.karim):
        assert Version.objects.filter(pk=version).exists() is told
        assert bool(versions.answers_to(version)) is told


def test_who_knows_one_word_knows_of_it(home):
    home.without(home.karim)
    with viewer.acting(home.naima) as me:
        goals.add_goal(Plan.objects.get(), GoalWords("home", "of us all"), by=me, at=LATER)
    home.offer()
    assert tells(home, home.karim)


def test_who_wrote_one_word_knows_of_it(home):
    with viewer.acting(home.karim) as me:
        goals.add_goal(Plan.objects.get(), GoalWords("home", "his"), by=me, at=LATER, child=home.samira)
    home.without(home.karim)
    home.offer()
    assert tells(home, home.karim)


def test_who_asked_for_the_yes_knows_of_it(home):
    home.offer()
    home.without(home.noor)
    assert tells(home, home.noor)


def test_what_a_narrower_circle_hides_is_hidden_by_no_silence(home):
    """Whoever does not sit there reads of it what everybody in that place does."""
    home.without(home.karim)
    version = home.offer()
    part = insert(
        home.owner, "trust_circle", village_id=home.village, family_id=home.family, kind="part", name="",
        safety=False, secrecy=False, opened_at=LATER,
    )  # fmt: skip
    moved = "UPDATE wraparound_versionpart SET circle_id = %s WHERE version_id = %s AND kind = 'action'"
    home.owner.execute(moved, [part, version])
    assert tells(home, home.karim)


def reviewed(home, who: UUID) -> tuple[bool, ...]:
    """Whether somebody reads that one looks at the plan together: on its pages, among the families, and as a row."""
    browser = home.browser(who)
    pages = (f"/plans/{home.plan}/", "/families/", f"/plans/{home.plan}/review/", "/today/")
    said = tuple(LOOKS.search(browser.get(page, follow=True).content) is not None for page in pages)
    with viewer.acting(who):
        return (*said, Review.objects.exists())


def test_who_is_told_of_no_agreement_reads_of_no_review(home):
    """Only who coordinates has a line about it on the page of the day."""
    home.without(home.karim)
    home.without(home.noor)
    home.agree(home.offer(home.naima))
    home.owner.execute("UPDATE wraparound_plan SET next_review_on = current_date")
    assert reviewed(home, home.karim) == reviewed(home, home.noor) == (False,) * 5
    assert reviewed(home, home.naima) == (True, True, True, False, False)
    with viewer.acting(home.naima) as me:
        reviews.open_review(Plan.objects.get(), by=me, at=LATER)
    assert reviewed(home, home.karim) == reviewed(home, home.noor) == (False,) * 5
    home.owner.execute("DELETE FROM trust_exclusion")
    assert reviewed(home, home.noor) == (True,) * 5


def test_who_is_told_of_no_agreement_opens_no_review(home):
    home.without(home.karim)
    home.agree(home.offer())
    with viewer.acting(home.karim) as me:
        plan = Plan.objects.get()
        with pytest.raises(reviews.NothingWasAgreed):
            reviews.open_review(plan, by=me, at=LATER)
        facts = {"circle_id": plan.circle_id, "author_id": me.person_id, "at": LATER}
        with pytest.raises(DatabaseError, match="not_everybody_said_yes"), transaction.atomic():
            Review.objects.create(plan=plan, **facts)


def test_who_opened_a_review_knows_of_it(home):
    home.agree(home.offer())
    with viewer.acting(home.karim) as me:
        reviews.open_review(Plan.objects.get(), by=me, at=LATER)
    home.without(home.karim)
    with viewer.acting(home.karim):
        assert Review.objects.exists()
    home.without(home.noor)
    with viewer.acting(home.naima):
        assert Review.objects.exists()


def test_who_knew_an_older_agreement_knows_of_the_review(home):
    with viewer.acting(home.naima) as me:
        goal = goals.add_goal(Plan.objects.get(), GoalWords("home", "of us all"), by=me, at=LATER)
    home.without(home.karim)
    home.agree(home.offer())
    with viewer.acting(home.naima) as me:
        goals.drop_goal(goal, by=me, at=LATER)
    home.agree(home.offer())
    with viewer.acting(home.noor) as me:
        reviews.open_review(Plan.objects.get(), by=me, at=LATER)
    with viewer.acting(home.karim):
        assert [one.stage for one in Version.objects.all()] == ["replaced"]
        assert Review.objects.exists()


def test_no_letter_tells_who_coordinates_of_a_review_of_which_they_are_not_told(home):
    home.without(home.noor)
    home.agree(home.offer(home.naima))
    home.owner.execute("UPDATE wraparound_plan SET next_review_on = current_date + 3")
    assert as_the_worker(clock.remind_of_reviews, at=datetime.now(UTC)) == 0
    home.owner.execute("DELETE FROM trust_exclusion")
    assert as_the_worker(clock.remind_of_reviews, at=datetime.now(UTC)) == 1


def test_what_one_knows_of_another_plan_tells_nothing_of_this_one(home):
    home.without(home.karim)
    home.agree(home.offer())
    with viewer.acting(home.naima) as me:
        reviews.open_review(Plan.objects.get(), by=me, at=LATER)
    row = {"circle_id": home.circle, "at": LATER}
    plan = insert(home.owner, "wraparound_plan", family_id=home.family, stage="written", **row)
    insert(
        home.owner, "wraparound_version", plan_id=plan, number=1, stage="waiting", caring="{}", in_force_at=LATER,
        author_id=home.karim, **row,
    )  # fmt: skip
    with viewer.acting(home.karim):
        assert not Review.objects.exists()


@pytest.mark.parametrize("agreed", [True, False])
def test_what_only_waited_says_nothing_of_what_was_agreed(home, agreed):
    """Karim asked for a yes himself; of what was agreed without him he is not told, and without it nothing is hidden."""
    home.without(home.karim)
    if agreed:
        home.agree(home.offer())
    row = {"circle_id": home.circle, "at": LATER, "plan_id": home.plan}
    insert(
        home.owner, "wraparound_version", number=9, stage="waiting", caring="{}", author_id=home.karim, **row
    )  # fmt: skip
    home.owner.execute("UPDATE wraparound_plan SET in_force_since = now()")
    insert(home.owner, "wraparound_review", outcome="", author_id=home.naima, **row)
    with viewer.acting(home.karim):
        assert Review.objects.exists() is not agreed
