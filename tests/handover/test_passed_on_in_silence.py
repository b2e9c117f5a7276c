"""K4: somebody left out passes on, or takes back, what is theirs, as if nobody else had asked anybody to take it over."""

from datetime import UTC, datetime, timedelta
from typing import Any
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


def passed_on(home: OnlySamira, who: UUID, **more: Any) -> UUID:
    """The step of his as somebody passed it on, by hand."""
    row = {
        "action_id": home.step_of_his, "circle_id": home.circle, "subject_id": home.samira, "giver_id": home.karim,
        "author_id": who, "to_id": home.naima, "at": LATER, "answer": "", "word": "",
    }  # fmt: skip
    return insert(home.owner, "wraparound_passon", **row | more)


def taken_back(home: OnlySamira, row: UUID) -> datetime | None:
    """When it was taken back."""
    told = home.owner.execute("SELECT taken_back_at FROM wraparound_passon WHERE id = %s", [row])
    return told.fetchone()[0]


def test_what_he_knows_of_is_taken_back_by_the_one_who_asks_anew_and_not_by_itself(home):
    home.owner.execute("DELETE FROM trust_exclusion")
    asks(home, "steps", home.noor, home.aunt)
    with pytest.raises(psycopg.errors.UniqueViolation):
        passed_on(home, home.karim)


def test_only_what_waits_is_taken_back_and_only_when_he_asks(home):
    answered = passed_on(home, home.noor, answer="no", answered_at=LATER)
    before = passed_on(home, home.noor, taken_back_at=LATER)
    over = passed_on(home, home.karim, taken_back_at=LATER)
    waits = passed_on(home, home.noor)
    home.owner.execute("UPDATE wraparound_passon SET word = 'x' WHERE id = %s", [over])
    assert taken_back(home, waits) is None
    passed_on(home, home.karim, at=LATER + timedelta(hours=1))
    assert [taken_back(home, row) for row in (answered, before, waits)] == [
        None,
        LATER,
        LATER + timedelta(hours=1),
    ]


def test_by_hand_he_ends_nothing_of_a_step_of_which_he_does_not_know(home):
    with viewer.acting(home.naima) as me:
        goal = goals.add_goal(
            Plan.objects.get(), GoalWords("home", "hers"), by=me, at=LATER, child=home.samira
        )
        step = actions.add_action(goal, actions.Step("we walk", home.naima), by=me, at=LATER).pk
    waits = passed_on(home, home.noor, action_id=step, giver_id=home.naima, to_id=home.aunt)
    with pytest.raises(psycopg.errors.UniqueViolation):
        passed_on(home, home.karim, action_id=step, giver_id=home.naima)
    assert taken_back(home, waits) is None


def hangs_on(home: OnlySamira, promise: UUID) -> UUID:
    """That it was put off, and that a meeting decided it, by others; the decision."""
    about = {"circle_id": home.circle, "subject_id": home.samira, "author_id": home.naima, "at": LATER}
    meeting = insert(
        home.owner, "wraparound_meeting", family_id=home.family, begins_at=LATER, place="here", purpose="", language="en",
        interpreter="", moved_because="", moves=0, cancelled_because="", minutes="", minutes_language="", **about,
    )  # fmt: skip
    put_off = {"was_due_at": LATER, "due_at": LATER, "reason": ""}
    insert(home.owner, "intake_promisechange", promise_id=promise, **about, **put_off)
    said = {"words": "he brings her", "language": "en"}
    return insert(home.owner, "wraparound_decision", meeting_id=meeting, promise_id=promise, **about, **said)


def test_he_takes_back_his_promise_with_all_that_hangs_on_it_and_nothing_else(home):
    with viewer.acting(home.naima) as me:
        other = promises.promise(
            home.circle, what="mine", due_at=datetime.now(UTC) + timedelta(days=4), by=me, at=LATER, subject_id=home.samira
        ).pk  # fmt: skip
    asks(home, "promises", home.noor, home.aunt)
    row = {
        "circle_id": home.circle,
        "subject_id": home.samira,
        "author_id": home.noor,
        "at": LATER,
        "word": "",
    }
    insert(
        home.owner,
        "wraparound_passon",
        promise_id=other,
        giver_id=home.naima,
        to_id=home.aunt,
        answer="",
        **row,
    )
    decided, stays = hangs_on(home, home.promise_of_his), hangs_on(home, other)
    with viewer.acting(home.karim) as me:
        promises.take_back(his(home, "promises"), by=me, at=datetime.now(UTC))
    for table, column in (
        ("intake_promise", "id"), ("intake_promisechange", "promise_id"), ("wraparound_passon", "promise_id"),
    ):  # fmt: skip
        assert home.owner.execute(f"SELECT {column} FROM {table}").fetchall() == [(other,)], table
    told = home.owner.execute("SELECT id, promise_id FROM wraparound_decision").fetchall()
    assert dict(told) == {decided: None, stays: other}
