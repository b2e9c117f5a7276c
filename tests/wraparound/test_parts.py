"""What stands in a plan as it is now, and what stood in the version before; two plans, and somebody of every kind who does a step."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from trust.each_policy import NOW, Neighbourhood
from trust.one_trigger import Alone, alone
from trust.scenes import LONG_AGO

TABLES = (
    "wraparound_plan", "wraparound_wish", "wraparound_goal", "wraparound_action", "wraparound_version", "wraparound_versionpart",
)  # fmt: skip


@pytest.fixture
def by(here: Neighbourhood) -> Iterator[Alone]:
    """No trigger of plans hears anything, and what is tried is gone afterwards."""
    with alone(here.owner, "", *TABLES) as by:
        yield by


def plan(by: Alone, here: Neighbourhood, family: UUID) -> UUID:
    """A plan of this family."""
    made: UUID = by.lies("wraparound_plan", family_id=family, circle_id=here.circle, stage="concept")
    return made


def circle(by: Alone, here: Neighbourhood, kind: str, *people: UUID, role: str = "natural") -> UUID:
    """One more circle of the family, in which these sit."""
    made: UUID = by.lies(
        "trust_circle", kind=kind, village_id=here.village, family_id=here.family, opened_at=LONG_AGO
    )
    for person in people:
        by.lies("trust_seat", circle_id=made, person_id=person, role=role, history=True, since=LONG_AGO)
    return made


def parts(here: Neighbourhood, which: UUID, kind: str) -> dict[UUID, dict[str, Any]]:
    """What stands in the plan of this kind; each once."""
    told = "SELECT id, content FROM trust.reckon_parts(%s) WHERE kind = %s"
    rows = here.owner.execute(told, [which, kind]).fetchall()
    assert len(rows) == len(dict(rows))
    return dict(rows)


def test_a_wish_says_whose_it_is(here, by):
    ours, theirs = plan(by, here, here.family), plan(by, here, here.next_family)
    wishes = {
        by.lies("wraparound_wish", plan_id=which, whose_id=whose, text="w", circle_id=here.circle): (
            which,
            name,
        )
        for which, whose, name in (
            (ours, here.samira, "Samira"),
            (ours, None, ""),
            (theirs, here.bram, "Bram"),
        )
    }
    for which in (ours, theirs):
        told = {one: content["whose"] for one, content in parts(here, which, "wish").items()}
        assert told == {one: name for one, (of, name) in wishes.items() if of == which}


def goal(by: Alone, here: Neighbourhood, which: UUID, state: str = "in the plan") -> UUID:
    """A goal of this plan."""
    made: UUID = by.lies("wraparound_goal", plan_id=which, state=state, aim="a", circle_id=here.circle)
    return made


def test_goals_and_steps_stand_in_their_own_plan_as_long_as_they_stand(here, by):
    ours, theirs = plan(by, here, here.family), plan(by, here, here.next_family)
    goals = {
        (which, state): goal(by, here, which, state)
        for which in (ours, theirs)
        for state in ("in the plan", "proposed", "dropped")
    }
    steps = {
        (which, state, done): by.lies(
            "wraparound_action", goal_id=one, state=done, circle_id=here.circle, doer_words="oma", doer_id=None, what="s"
        )
        for (which, state), one in goals.items() for done in ("open", "done", "dropped")
    }  # fmt: skip
    for which in (ours, theirs):
        assert set(parts(here, which, "goal")) == {goals[which, "in the plan"]}
        told = parts(here, which, "action")
        assert set(told) == {steps[which, "in the plan", "open"]}
        assert [one["goal"] for one in told.values()] == [str(goals[which, "in the plan"])]


def does(
    by: Alone, here: Neighbourhood, which: UUID, who: UUID | None, words: str = "", offer: UUID | None = None
) -> Any:
    """Who does a step, from which side, and with which offer."""
    facts = {
        "doer_id": who,
        "doer_words": words,
        "offer_id": offer,
        "state": "open",
        "what": "s",
        "circle_id": here.circle,
    }
    step = by.lies("wraparound_action", goal_id=goal(by, here, which), **facts)
    content = parts(here, which, "action")[step]
    return content["doer"], content["side"], content["offer"]


def test_a_step_is_done_from_the_side_from_which_its_doer_sits_with_the_family(here, by):
    ours, _ = plan(by, here, here.family), plan(by, here, here.next_family)
    circle(by, here, "part", here.lou, here.naima)
    circle(by, here, "home", here.ada)
    sides = {
        "naima": "family", "karim": "family", "samira": "family", "hind": "natural", "noor": "professional", "lotte": "professional",
        "lou": "natural", "ada": "nobody", "britt": "nobody", "tom": "nobody", "said": "nobody", "vera": "nobody",
    }  # fmt: skip
    for name, side in sides.items():
        assert does(by, here, ours, here.called[name], "somebody") == (name.capitalize(), side, "")
    assert does(by, here, ours, None, "oma") == ("oma", "natural", "")


def test_a_step_says_which_offer_it_is_about(here, by):
    ours = plan(by, here, here.family)
    (offer,) = here.owner.execute("SELECT id FROM network_offer").fetchone()
    by.stands("UPDATE network_offer SET name = 'Dance' WHERE id = %s", offer)
    by.lies("network_offer", name="Judo", village_id=here.village, foreign_id="judo")
    assert does(by, here, ours, None, "oma", offer) == ("oma", "natural", "Dance")
    assert does(by, here, ours, None, "oma") == ("oma", "natural", "")


def version(
    by: Alone, here: Neighbourhood, which: UUID, number: int, in_force: bool, where: UUID | None = None
) -> UUID:
    """A version of a plan, with a part about nobody and one about Samira."""
    facts = {
        "circle_id": where or here.circle,
        "stage": "replaced",
        "in_force_at": NOW if in_force else None,
        "at": NOW,
    }
    made: UUID = by.lies("wraparound_version", plan_id=which, number=number, **facts)
    for about in (None, here.samira):
        lies = {"circle_id": here.circle, "kind": "goal", "at": NOW, "about_id": about, "subject_id": about}
        by.lies(
            "wraparound_versionpart",
            version_id=made,
            content=f'{{"is": "{number} {"about her" if about else ""}"}}',
            **lies,
        )
    return made


def before(by: Alone, here: Neighbourhood, which: UUID) -> dict[str, list[str]]:
    """What each is told of the version before."""
    told = {
        name: by.reads(who, "SELECT content ->> 'is' FROM trust.parts_before(%s) ORDER BY 1", which)
        for name, who in here.called.items()
    }
    return {name: [row[0] for row in rows] for name, rows in told.items() if rows}


def test_who_may_know_a_version_reads_what_was_in_force_before_it_as_far_as_they_may_know_it(here, by):
    """Neither one that never came in force, nor one of another plan or from later."""
    ours, theirs = plan(by, here, here.family), plan(by, here, here.next_family)
    where = circle(by, here, "part", here.naima, here.noor, here.tom)
    laid = {number: version(by, here, ours, number, number != 3) for number in (0, 1, 3, 5)}
    which = version(by, here, ours, 4, in_force=True, where=where)
    version(by, here, theirs, 2, in_force=True)
    both = ["1 ", "1 about her"]
    assert before(by, here, which) == {"naima": both, "noor": both}, (
        "Tom knows the version and nothing of what stood in it"
    )
    by.stands("UPDATE trust_exclusion SET person_id = %s", here.noor)
    assert before(by, here, which) == {"naima": both, "noor": ["1 "]}
    assert before(by, here, laid[0]) == {}, "before the first there was none"
    assert by.reads(None, "SELECT * FROM trust.parts_before(%s)", which) == []
