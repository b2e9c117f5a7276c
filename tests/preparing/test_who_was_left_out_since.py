"""K4: who keeps the plan and was left out of a child in silence writes down what the child says, and reads it back; a court refuses."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.utils import timezone

from circle.furnished import LATER, Furnished
from kring.trust import viewer
from kring.trust.models import Circle
from kring.wraparound.models import GoalFace, Plan, Preparation, Review, Version
from kring.wraparound.usecases import approvals, goals, plans, reviews, versions
from kring.wraparound.usecases.goals import GoalWords
from kring.wraparound.usecases.reviews import OwnView
from trust.scenes import insert

SILENT = ["own choice", "conflict"]


class Looking(Furnished):
    """They look together at a plan with a goal of all and one that Noor wrote about Samira."""

    def __init__(self, owner: psycopg.Connection) -> None:
        super().__init__(owner)
        with viewer.acting(self.noor) as me:
            plan = Plan.objects.get(pk=self.plan)
            self.hers = goals.add_goal(
                plan, GoalWords("friends", "Noor's aim"), by=me, at=LATER, child=self.samira
            ).pk
            version = versions.offer_for_approval(plan, by=me, at=LATER).pk
        for who in (self.naima, self.karim, self.samira):
            with viewer.acting(who) as me:
                approvals.approve(Version.objects.get(pk=version), language="en", by=me, at=LATER)
        with viewer.acting(self.noor) as me:
            self.review = reviews.open_review(Plan.objects.get(), by=me, at=LATER).pk
        owner.execute("UPDATE wraparound_goal SET state = 'in the plan', taken_in_at = %s", [LATER])
        self.page = f"/reviews/{self.review}/"

    def write_plan(self, steps: int) -> None:
        """One goal of all of them."""
        with viewer.acting(self.naima) as me:
            plan = plans.start_plan(Circle.objects.get(pk=self.circle), by=me, at=LATER)
            goals.add_goal(plan, GoalWords("home", "aim home", language="en"), by=me, at=LATER)
        self.plan = plan.pk

    def left_out(self, ground: str, who: UUID | None = None) -> None:
        """From now on Noor knows nothing about Samira."""
        insert(
            self.owner, "trust_exclusion", subject_id=self.samira, person_id=who or self.noor, ground=ground, reason="",
            decided_by_id=self.samira, since=datetime.now(UTC) - timedelta(minutes=1),
        )  # fmt: skip

    def write_down(self, whose: UUID, helped: str = "The coach") -> Any:
        """Noor writes down what somebody says, with a face for every goal she is shown."""
        there = f"{self.page}write-down/{whose}/"
        noor = self.browser(self.noor)
        form = noor.get(there)
        assert form.status_code == 200
        asked = set(re.findall(r'name="(face-[\w-]+)"', form.content.decode()))
        told = {
            "helped": helped,
            "wish": "",
            "language": "en",
            "how": "spoken",
            "said_on": f"{timezone.localdate()}",
        }
        return noor.post(there, told | dict.fromkeys(asked, "heavy"))

    def shown(self, who: UUID) -> str:
        """What the page of the review says."""
        main = self.browser(who).get(self.page).content.decode().partition("<main")[2].partition("</main>")[0]
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))

    def read(self, who: UUID) -> tuple[dict[UUID, str], set[tuple[UUID, UUID]]]:
        """What was said, by whom, and who gave which goal a face, as this person may read it."""
        with viewer.acting(who):
            said = {row.author_id: row.helped for row in Preparation.objects.all()}
            return said, {(row.author_id, row.goal_id) for row in GoalFace.objects.all()}


@pytest.fixture
def home(owner: psycopg.Connection) -> Looking:
    """The family, looking at its plan."""
    return Looking(owner)


@pytest.mark.parametrize("ground", ["own choice", "conflict"])
def test_she_writes_it_down_and_finds_it_as_if_nothing_were(home: Looking, ground: str) -> None:
    home.left_out(ground)
    for whose in (home.samira, home.aunt, home.naima):
        assert home.write_down(whose).status_code == 302
    assert home.write_down(home.samira, "The coach, and sleep").status_code == 302, "said anew"
    before, (said, faces) = home.shown(home.noor), home.read(home.noor)
    assert "The coach, and sleep" in before
    assert set(said) == {home.samira, home.aunt, home.naima}
    assert {who for who, goal in faces if goal == home.hers} == set(said), (
        "faces for her own goal about her too"
    )
    assert home.write_down(home.samira, "Sleep").status_code == 302, "the page asks again, as before"
    assert set(said) == set(home.read(home.noor)[0])
    changed = home.shown(home.noor)
    home.owner.execute("DELETE FROM trust_exclusion")
    assert home.shown(home.noor) == changed


def test_a_court_refuses_it_and_hides_what_she_wrote_down(home: Looking) -> None:
    home.write_down(home.samira)
    home.write_down(home.aunt)
    home.left_out("court order")
    assert home.write_down(home.samira).status_code == 409
    said, faces = home.read(home.noor)
    assert set(said) == {home.aunt}
    assert {goal for _who, goal in faces}.isdisjoint({home.hers})
    assert {who for who, _goal in faces} == {home.aunt}


def test_what_others_write_about_her_stays_hidden(home: Looking) -> None:
    """What she says herself, and the faces of others for a goal about her."""
    home.left_out("own choice")
    home.write_down(home.aunt)
    for who in (home.samira, home.naima):
        with viewer.acting(who) as me:
            view = OwnView({home.hers: "heavy"}, helped="HER OWN", language="en")
            reviews.prepare(Review.objects.get(), view, by=me, at=timezone.now())
    said, faces = home.read(home.noor)
    assert (said, {who for who, _goal in faces}) == (
        {home.naima: "HER OWN", home.aunt: "The coach"},
        {home.aunt},
    )
    for other in (home.karim, home.lotte):
        home.left_out("own choice", other)
        said, faces = home.read(other)
        assert home.samira not in said
        assert home.hers not in {goal for _who, goal in faces}


def test_what_they_say_themselves_afterwards_is_theirs_again(home: Looking) -> None:
    home.left_out("own choice")
    home.write_down(home.samira)
    with viewer.acting(home.samira) as me:
        reviews.prepare(Review.objects.get(), OwnView({}, helped="HER OWN"), by=me, at=timezone.now())
    said, faces = home.read(home.noor)
    assert home.samira not in said
    assert home.samira not in {who for who, _goal in faces}


def test_what_was_written_down_for_one_review_opens_no_other(home: Looking) -> None:
    home.write_down(home.samira)
    home.left_out("own choice")
    over = "UPDATE wraparound_review SET outcome = 'finish', word_of_id = %s, settled_at = now()"
    home.owner.execute(over, [home.naima])
    with viewer.acting(home.naima) as me:
        later = reviews.open_review(Plan.objects.get(), by=me, at=timezone.now())
    with viewer.acting(home.samira) as me:
        view = OwnView({home.hers: "heavy"}, helped="HER OWN")
        reviews.prepare(Review.objects.get(pk=later.pk), view, by=me, at=timezone.now())
    with viewer.acting(home.noor):
        assert {row.helped for row in Preparation.objects.all()} == {"The coach"}
        assert {row.review_id for row in GoalFace.objects.all()} == {home.review}


def test_a_face_of_another_coordinator_is_not_hers(home: Looking) -> None:
    """Words are written down anew as a whole; a face that nobody asked about again stays the other's."""
    hour, now = timedelta(hours=1), datetime.now(UTC)
    kept = "UPDATE trust_seat SET until = since + interval '2 hours' WHERE person_id = %s AND role = 'coordinator' RETURNING since"
    (first,) = home.owner.execute(kept, [home.noor]).fetchone()
    tom = home.worker("Tom", "worker", "Girlz Lounge")
    for since, until in ((first - 2 * hour, first), (first + 2 * hour, now - hour)):
        sits(
            home, tom, since, until
        )  # he kept the plan then, she was there for something else, and kept another
        sits(home, home.noor, since, until, role="professional")
        sits(home, home.noor, since, until, circle_id=home.own[home.yassin])
    sits(home, home.noor, now - hour)
    given = {home.samira: first - hour, home.aunt: first + hour, home.naima: first + 3 * hour, home.karim: now}  # fmt: skip
    facts = {"circle_id": home.circle, "review_id": home.review}
    words = {"helped": "BEFORE", "wish": "", "language": "en", "how": "spoken", "interpreter": ""}
    face = {"goal_id": home.hers, "face": "heavy", "subject_id": home.samira}
    for who, at in given.items():
        by = {"author_id": who, "at": at}
        insert(home.owner, "wraparound_preparation", **by, written_by_id=home.lotte, **facts, **words)
        insert(home.owner, "wraparound_goalface", **by, **face, **facts)
    home.left_out("own choice")
    assert home.samira not in home.read(home.noor)[0]
    home.owner.execute("UPDATE wraparound_preparation SET written_by_id = %s", [home.noor])
    said, faces = home.read(home.noor)
    assert set(said) == set(given), "the words are hers"
    assert {who for who, _goal in faces} == {home.aunt, home.karim}


def sits(home: Looking, who: UUID, since: datetime, until: datetime | None = None, **more: Any) -> None:
    """A seat by their work; to keep the plan, where nothing else is said."""
    facts = {"circle_id": home.circle, "role": "coordinator", "relation": "", "ring": 3, "ground": "consent"}
    insert(
        home.owner, "trust_seat", person_id=who, job_id=home.jobs[who], history=True, since=since, until=until,
        decided_by_id=home.naima, **(facts | more),
    )  # fmt: skip


def test_who_does_not_keep_the_plan_any_more_reads_nothing_back(home: Looking) -> None:
    home.write_down(home.samira)
    home.left_out("own choice")
    home.owner.execute("UPDATE trust_seat SET until = now() WHERE person_id = %s", [home.noor])
    assert home.read(home.noor) == ({}, set())
