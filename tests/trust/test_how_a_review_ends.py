"""How a look at a plan together ends: by whose word, until which day, and what that changes in its own plan alone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from trust.aside import Aside, Changes, aside
from trust.each_policy import LATER, NOW, Neighbourhood
from trust.scenes import LONG_AGO
from trust.whoever import CIRCLE

TABLES = (
    "wraparound_plan", "wraparound_review", "wraparound_version", "wraparound_action", "trust_link",
)  # fmt: skip
NOT_THEIRS, FAMILYS = "not_yours_to_decide", "ends_by_the_familys_word"
#: Half past midnight of the eleventh where the family lives.
AT, TODAY = datetime(2026, 3, 10, 23, 30, tzinfo=UTC), date(2026, 3, 11)
NEXT, LAST = TODAY + timedelta(days=1), date(2026, 9, 11)
DECIDE = ("naima", "karim", "samira")


@pytest.fixture
def by(owner: psycopg.Connection) -> Iterator[Aside]:
    """Two families, each with a plan in force at which people look together now; both looked together before."""
    here = Neighbourhood(owner)
    with aside(here, *TABLES) as by:
        by.next_plan = by.row("next plan", "wraparound_plan", family_id=here.next_family, **next_door(here))
        by.named[here.plan] = "plan"
        by.stands("UPDATE wraparound_plan SET stage = 'in force', in_force_since = %s", LONG_AGO)
        for name, plan, said in (
            ("", here.plan, {"circle_id": here.circle, "author_id": here.naima, "at": NOW}),
            ("next ", by.next_plan, next_door(here)),
        ):
            by.row(f"{name}review", "wraparound_review", plan_id=plan, outcome="", **said)
            over = {"outcome": "adjust", "settled_at": LONG_AGO, "word_of_id": said["author_id"]}
            by.row(f"{name}before", "wraparound_review", plan_id=plan, **said | over)
        by.keys = {name: key for key, name in by.named.items()}
        yield by


def next_door(here: Neighbourhood) -> dict[str, Any]:
    """What lies with the other family."""
    return {"circle_id": here.next_circle, "author_id": here.britt, "at": NOW}


def settle(
    by: Aside, who: UUID, whose: UUID | None = None, how: str = "go on", day: date | None = NEXT, **more: Any
) -> tuple[Any, Changes]:
    """What they are told, and what changed."""
    which = by.keys.get(more.get("which", "review"))
    told, changed = by.deed(
        who, "settle_review", which or uuid4(), how, day, whose or who, more.get("at", AT)
    )
    return told, changed


def done(by: Aside, who: UUID, whose: UUID) -> bool:
    """Whether it ends by that word."""
    told, changed = settle(by, who, whose)
    assert bool(changed) is (told == ""), told
    assert told in ("", NOT_THEIRS, FAMILYS)
    return told == ""


def words(by: Aside, who: UUID) -> set[str]:
    """By whose word this person may write down that it ended."""
    return {name for name, whose in by.here.called.items() if done(by, who, whose)}


def test_it_ends_by_the_word_of_a_parent_or_a_child_who_say_it_themselves_or_to_the_coordinator(by):
    here = by.here
    told = {name: words(by, here.called[name]) for name in CIRCLE | {"britt", "tom", "lou", "bram"}}
    assert {name: whose for name, whose in told.items() if whose} == {
        "noor": set(DECIDE), **{name: {name} for name in DECIDE},
    }  # fmt: skip
    for name, who in here.called.items():
        refused = FAMILYS if name in ("noor", *DECIDE) else NOT_THEIRS
        assert settle(by, who, here.lotte)[0] == refused, name
    assert [settle(by, who, which="next review")[0] for who in (here.britt, here.naima)] == ["", NOT_THEIRS]
    assert settle(by, here.naima, which="never was")[0] == NOT_THEIRS


def test_to_be_a_parent_elsewhere_gives_no_word_here_and_takes_none_away(by):
    here = by.here
    for who in (here.noor, here.aunt):
        here.seat(here.next_circle, who, role="guardian")
    assert words(by, here.noor) == set(DECIDE)


def test_who_may_not_know_of_it_does_not_end_it(by):
    here = by.here
    by.stands("UPDATE wraparound_review SET about_id = %s, subject_id = %s", here.samira, here.samira)
    by.lies(
        "trust_exclusion", subject_id=here.samira, person_id=here.karim, ground="court order", since=LONG_AGO,
        decided_by_id=here.els, circle_id=here.circle,
    )  # fmt: skip
    assert words(by, here.noor) == {"naima", "samira"}


def test_who_sat_there_as_a_parent_once_and_reads_in_danger_does_not_end_it(by):
    here = by.here
    ended = "UPDATE trust_seat SET until = now() - interval '1 day' WHERE person_id = %s AND circle_id = %s"
    by.stands(ended, here.karim, here.circle)
    job = here.jobs[here.vik]
    by.lies("trust_danger", person_id=here.karim, job_id=job, family_id=here.family, at=NOW, ended_at=LATER)
    knows = "SELECT trust.knows(%s, %s, NULL, NULL, now(), now())"
    assert by.owner.execute(knows, [here.karim, here.circle]).fetchone() == (True,)
    assert words(by, here.noor) == {"naima", "samira"}


def test_the_word_is_that_of_who_sits_there_as_parent_or_child_now(by):
    here = by.here
    ends = "UPDATE trust_seat SET until = %s WHERE person_id = %s AND circle_id = %s"
    by.stands(ends, NOW, here.karim, here.circle)
    here.seat(here.circle, here.karim, role="natural", since=NOW)
    here.seat(here.circle, here.noor, role="guardian", since=LONG_AGO, until=LONG_AGO + timedelta(days=1))
    by.stands(ends, LATER, here.aunt, here.circle)
    here.seat(here.circle, here.aunt, role="guardian", since=LATER)
    assert words(by, here.noor) == {"naima", "samira"}


def test_who_goes_on_looks_again_within_six_months(by):
    here, refused = by.here, ("review_within_six_months", {})
    by.stands("UPDATE trust_village SET timezone = 'America/New_York' WHERE id <> %s", here.village)
    for how, stage in (("go on", {}), ("adjust", {"stage": "written"})):
        for day in (NEXT, LAST):
            assert settle(by, here.noor, here.karim, how, day) == ("", {
                "review": {"outcome": how, "word_of_id": here.karim, "settled_at": AT, "next_on": day},
                "plan": {"next_review_on": day} | stage,
            })  # fmt: skip
        for day in (TODAY - timedelta(days=1), TODAY, LAST + timedelta(days=1), None):
            assert settle(by, here.noor, here.karim, how, day) == refused


@pytest.mark.parametrize("day", [None, NEXT, TODAY])
def test_who_is_done_for_now_closes_the_plan_and_looks_at_it_no_more(by, day):
    here = by.here
    by.stands("UPDATE wraparound_plan SET next_review_on = %s", TODAY)
    goals = by.owner.execute("SELECT id FROM wraparound_goal ORDER BY id LIMIT 1").fetchone()
    next_goal = by.lies("wraparound_goal", plan_id=by.next_plan, **next_door(here))
    by.row("step", "wraparound_action", goal_id=goals[0], state="open", circle_id=here.circle)
    by.row("next step", "wraparound_action", goal_id=next_goal, state="open", circle_id=here.next_circle)
    assert settle(by, here.naima, how="finish", day=day) == ("", {
        "review": {"outcome": "finish", "word_of_id": here.naima, "settled_at": AT},
        "plan": {"stage": "closed", "closed_at": AT, "next_review_on": None}, "step": {"state": "not now"},
    })  # fmt: skip


def test_what_ended_does_not_end_again_and_nothing_ends_tomorrow(by):
    here = by.here
    assert settle(by, here.naima, which="before") == ("review_is_over", {})
    assert settle(by, here.naima, at=LATER) == ("not_yet", {})
    assert settle(by, here.britt, which="next review")[1].keys() == {"next review", "next plan"}
