"""K4: somebody left out passes on, or takes back, what is theirs, as if nobody else had asked anybody to take it over."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
import pytest

from circle.furnished import LATER
from circle.test_a_version_of_hidden_words import OnlySamira, insert
from kring.intake.models import Promise
from kring.intake.usecases import promises
from kring.trust import viewer
from kring.wraparound.models import Action, PassOn, Plan
from kring.wraparound.usecases import actions, goals, passing_on
from kring.wraparound.usecases.goals import GoalWords

WAITING = "SELECT to_id FROM wraparound_passon WHERE answer = '' AND taken_back_at IS NULL"


@pytest.fixture
def home(owner: psycopg.Connection) -> OnlySamira:
    """Karim does a step about Samira and promised something about her; she left him out since."""
    home = OnlySamira(owner)
    with viewer.acting(home.karim) as me:
        goal = goals.add_goal(
            Plan.objects.get(), GoalWords("home", "his"), by=me, at=LATER, child=home.samira
        )
        home.step_of_his = actions.add_action(goal, actions.Step("we read", home.karim), by=me, at=LATER).pk
        home.promise_of_his = promises.promise(
            home.circle, what="I bring her", due_at=datetime.now(UTC) + timedelta(days=4), by=me, at=LATER,
            subject_id=home.samira,
        ).pk  # fmt: skip
    home.without(home.karim)
    return home


def his(home: OnlySamira, what: str) -> Action | Promise:
    """The step or the promise, for whoever asks."""
    if what == "steps":
        return Action.objects.get(pk=home.step_of_his)
    return Promise.objects.get(pk=home.promise_of_his)


def asks(home: OnlySamira, what: str, who: UUID, to: UUID) -> None:
    """Somebody asks another to take it over."""
    with viewer.acting(who) as me:
        passing_on.offer(his(home, what), to, by=me, at=datetime.now(UTC))


@pytest.mark.parametrize("asked_before", [False, True])
@pytest.mark.parametrize("what", ["steps", "promises"])
def test_he_asks_as_if_nobody_had_been_asked(home, what, asked_before):
    if asked_before:
        asks(home, what, home.noor, home.aunt)
    with viewer.acting(home.karim):
        assert not PassOn.objects.exists()
    page = f"/family/{home.family}/hand-over/{what}/{his_id(home, what)}/"
    answer = home.browser(home.karim).post(page, {"to": str(home.naima)})
    assert answer.status_code == 302
    assert home.owner.execute(WAITING).fetchall() == [(home.naima,)]


def his_id(home: OnlySamira, what: str) -> UUID:
    """Its number."""
    return home.step_of_his if what == "steps" else home.promise_of_his


def test_what_else_waits_goes_on_waiting(home):
    asks(home, "promises", home.noor, home.aunt)
    asks(home, "steps", home.karim, home.naima)
    assert sorted(home.owner.execute(WAITING).fetchall()) == sorted([(home.aunt,), (home.naima,)])


def test_what_he_knows_of_is_taken_back_by_the_one_who_asks_anew_and_not_by_itself(home):
    home.owner.execute("DELETE FROM trust_exclusion")
    asks(home, "steps", home.noor, home.aunt)
    row = {
        "action_id": home.step_of_his,
        "circle_id": home.circle,
        "subject_id": home.samira,
        "giver_id": home.karim,
    }
    with viewer.acting(home.karim), pytest.raises(psycopg.errors.UniqueViolation):
        insert(
            home.owner,
            "wraparound_passon",
            to_id=home.naima,
            author_id=home.karim,
            at=LATER,
            answer="",
            word="",
            **row,
        )


def test_he_takes_back_his_promise_with_all_that_hangs_on_it(home):
    asks(home, "promises", home.noor, home.aunt)
    meeting = insert(
        home.owner, "wraparound_meeting", family_id=home.family, circle_id=home.circle, subject_id=home.samira,
        author_id=home.naima, at=LATER, begins_at=LATER, place="here", purpose="", language="en", interpreter="",
        moved_because="", moves=0, cancelled_because="", minutes="", minutes_language="",
    )  # fmt: skip
    decided = insert(
        home.owner, "wraparound_decision", meeting_id=meeting, circle_id=home.circle, subject_id=home.samira,
        author_id=home.naima, at=LATER, words="he brings her", language="en", promise_id=home.promise_of_his,
    )  # fmt: skip
    insert(
        home.owner, "intake_promisechange", promise_id=home.promise_of_his, circle_id=home.circle, subject_id=home.samira,
        author_id=home.naima, at=LATER, was_due_at=LATER, due_at=LATER, reason="",
    )  # fmt: skip
    with viewer.acting(home.karim) as me:
        promises.take_back(Promise.objects.get(), by=me, at=datetime.now(UTC))
    for table in ("intake_promise", "intake_promisechange", "wraparound_passon"):
        assert home.owner.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
    kept = home.owner.execute("SELECT promise_id FROM wraparound_decision WHERE id = %s", [decided])
    assert kept.fetchone() == (None,)
