"""Whether a plan is other than the version of it: each is told of what they may know, and of that plan alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
import pytest

from trust.aside import Aside, aside
from trust.each_policy import LATER, NOW, Neighbourhood
from trust.scenes import LONG_AGO
from trust.whoever import CIRCLE, NOBODY

NEXT_KNOW = {"britt", "tom", "els"}
WITHOUT_KARIM = CIRCLE - {"karim"}


@pytest.fixture
def by(owner: psycopg.Connection) -> Iterator[Aside]:
    """Two families, each with a plan of which a version was frozen; a judge keeps Karim from what is about Samira."""
    here = Neighbourhood(owner)
    with aside(here) as by:
        by.next_plan = by.lies(
            "wraparound_plan", family_id=here.next_family, stage="written", **next_door(here)
        )
        by.lies("wraparound_wish", plan_id=by.next_plan, text="wish", **next_door(here))
        by.lies(
            "trust_exclusion", subject_id=here.samira, person_id=here.karim, ground="court order", since=LONG_AGO,
            decided_by_id=here.els, circle_id=here.circle,
        )  # fmt: skip
        (goal,) = by.owner.execute("SELECT id FROM wraparound_goal WHERE domain = 'home'").fetchone()
        ours = {"circle_id": here.circle, "author_id": here.naima, "at": NOW}
        by.steps = [by.lies("wraparound_action", goal_id=goal, state="open", **ours) for _ in range(3)]
        by.version, by.next_version = freeze(by, here.naima, here.plan), freeze(by, here.britt, by.next_plan)
        yield by


def next_door(here: Neighbourhood) -> dict[str, Any]:
    """What lies with the other family."""
    return {"circle_id": here.next_circle, "author_id": here.britt, "at": NOW}


def freeze(by: Aside, who: UUID, plan: UUID) -> UUID:
    """They freeze it."""
    by.asks(who)
    made: UUID = by.owner.execute("SELECT trust.freeze_plan(%s, now(), '{}')", [plan]).fetchone()[0]
    return made


def changed(by: Aside, version: UUID | None = None) -> tuple[set[str], set[str]]:
    """Who is told that the plan changed since, and who that it did not; the others are told nothing."""
    told = by.everybody("plan_changed", version or by.version)
    assert all(one in (True, False, None) for one in told.values()), told
    yes, no = ({name for name, one in told.items() if one is answer} for answer in (True, False))
    return yes, no


@contextmanager
def once(by: Aside, statement: str, *values: Any) -> Iterator[None]:
    """It stands for a moment, and how the next plan is does not matter to it."""
    with by.owner.transaction(force_rollback=True):
        by.stands(statement, *values)
        assert changed(by, by.next_version) == (NOBODY, NEXT_KNOW)
        yield


def test_as_it_was_frozen_it_has_not_changed(by):
    assert changed(by) == (NOBODY, CIRCLE)


def test_other_words_and_what_came_since_are_told_to_who_may_know_them(by):
    with once(by, "UPDATE wraparound_goal SET aim = 'another' WHERE domain = 'home'"):
        assert changed(by) == (CIRCLE, NOBODY)
    with once(by, "UPDATE wraparound_goal SET aim = 'another' WHERE domain = 'school'"):
        assert changed(by) == (WITHOUT_KARIM, {"karim"}), "it is about Samira"
    with by.owner.transaction(force_rollback=True):
        about = {"subject_id": by.here.samira, "about_id": by.here.samira, "author_id": by.here.naima}
        by.lies(
            "wraparound_goal", plan_id=by.here.plan, circle_id=by.here.circle, state="in the plan", at=NOW,
            taken_in_at=NOW, **about,
        )  # fmt: skip
        assert changed(by) == (WITHOUT_KARIM, {"karim"})


def test_what_is_gone_is_told_to_who_may_know_it_and_a_step_that_was_done_is_not(by):
    gone = "UPDATE wraparound_goal SET state = 'dropped', dropped_at = now() WHERE domain = %s"
    with once(by, gone, "friends"):
        assert changed(by) == (CIRCLE, NOBODY)
    with once(by, gone, "school"):
        assert changed(by) == (WITHOUT_KARIM, {"karim"})
    step = "UPDATE wraparound_action SET state = %s, done_at = now() WHERE id = %s"
    with once(by, step, "done", by.steps[1]):
        assert changed(by) == (NOBODY, CIRCLE)
    with once(by, step, "not now", by.steps[1]):
        assert changed(by) == (CIRCLE, NOBODY)


def test_it_is_compared_with_that_version_and_not_with_an_older_one(by):
    by.stands("UPDATE wraparound_wish SET text = 'another' WHERE plan_id = %s", by.here.plan)
    by.stands("UPDATE wraparound_goal SET state = 'dropped', dropped_at = now() WHERE domain = 'friends'")
    new = freeze(by, by.here.naima, by.here.plan)
    assert (changed(by), changed(by, new)) == ((CIRCLE, NOBODY), (NOBODY, CIRCLE))


def test_what_changed_next_door_is_told_there(by):
    by.stands("UPDATE wraparound_wish SET text = 'another' WHERE plan_id = %s", by.next_plan)
    assert (changed(by), changed(by, by.next_version)) == ((NOBODY, CIRCLE), (NEXT_KNOW, NOBODY))


def test_a_goal_that_stands_in_another_plan_now_is_gone_from_this_one(by):
    here, ours = by.here, {"circle_id": by.here.circle, "author_id": by.here.naima, "at": NOW}
    other = by.lies("wraparound_plan", family_id=here.family, stage="closed", closed_at=NOW, **ours)
    by.lies("wraparound_version", plan_id=other, stage="replaced", replaced_at=NOW, **ours)
    with once(by, "UPDATE wraparound_goal SET plan_id = %s WHERE domain = 'friends'", other):
        assert changed(by) == (CIRCLE, NOBODY)


def test_by_a_link_it_is_told_of_what_this_person_may_know(by):
    link = {"object_id": by.version, "made_by_id": by.here.noor, "until": LATER}
    for who in (by.here.karim, by.here.naima):
        by.lies("trust_link", person_id=who, token_hash=who.bytes, **link)

    def told(who: UUID, scope: UUID) -> Any:
        return by.told(who, "plan_changed", by.version, scope=scope)

    assert [told(who, by.version) for who in (by.here.karim, by.here.naima, by.here.aunt)] == [
        False,
        False,
        None,
    ]
    with once(by, "UPDATE wraparound_goal SET aim = 'another' WHERE domain = 'school'"):
        assert [told(who, by.version) for who in (by.here.karim, by.here.naima)] == [False, True]
        assert told(by.here.naima, by.next_version) is None
