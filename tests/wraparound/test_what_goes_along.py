"""What ends with a plan, what goes along with a promise or a step, when a story was told anew, where earlier help lies."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from trust.each_policy import LATER, NOW, Neighbourhood
from trust.laid import Laid, laid
from trust.one_trigger import alone
from trust.scenes import LONG_AGO

LEAST, DAY = timedelta(microseconds=1), timedelta(days=1)
READS = {
    "wraparound_action": "state", "trust_link": "ended_at", "wraparound_version": "stage, replaced_at",
    "wraparound_plan": "stage, closed_at, next_review_on",
}  # fmt: skip


@pytest.fixture
def home(owner: psycopg.Connection) -> Neighbourhood:
    """Two families and their neighbours."""
    return Neighbourhood(owner)


@pytest.fixture
def by(home: Neighbourhood) -> Iterator[Laid]:
    """Nothing of it stays."""
    with laid(home.owner) as by:
        yield by


def planned(by: Laid) -> dict[str, UUID]:
    """A plan with steps open and done, with versions waiting and replaced, and with links to them."""
    plan = by.lies("wraparound_plan", stage="in force", in_force_since=LONG_AGO, next_review_on=NOW)
    goal = by.lies("wraparound_goal", plan_id=plan)
    rows = {"plan": plan}
    for state in ("open", "done", "not now"):
        facts = {"goal_id": goal, "state": state, "done_at": LONG_AGO, "doer_words": "she"}
        rows[state] = by.lies("wraparound_action", **facts)
    for number, stage in enumerate(("waiting", "in force", "replaced")):
        facts = {
            "plan_id": plan,
            "number": number,
            "stage": stage,
            "in_force_at": LONG_AGO,
            "replaced_at": None,
        }
        rows[stage] = by.lies(
            "wraparound_version", **facts | ({"replaced_at": LONG_AGO} if number == 2 else {})
        )
        for ended in (None, LONG_AGO):
            facts = {"object_id": rows[stage], "token_hash": uuid4().bytes, "ended_at": ended, "until": LATER}
            rows[f"link to {stage}, ended {ended}"] = by.lies("trust_link", **facts)
    rows["link elsewhere"] = by.lies("trust_link", object_id=uuid4(), token_hash=uuid4().bytes, ended_at=None)
    return rows


def changed(by: Laid, which: UUID) -> dict[UUID, tuple[Any, ...]]:
    """What is different when that plan has closed."""
    new: dict[UUID, tuple[Any, ...]] = {}
    for table, columns in READS.items():
        read = f"SELECT id, {columns} FROM {table}"
        before = by.looks(read)
        _, after = by.done(None, "reckon_closing", which, NOW, then=read)
        new |= {row[0]: row[1:] for row in after if row not in before}
    return new


def test_what_was_open_in_a_plan_ends_with_it_and_nothing_else_does(by):
    for rows in [planned(by) for _ in range(2)]:
        assert changed(by, rows["plan"]) == {
            rows["plan"]: ("closed", NOW, None), rows["open"]: ("not now",), rows["waiting"]: ("replaced", NOW),
            rows["link to waiting, ended None"]: (NOW,),
        }  # fmt: skip


def test_a_story_was_told_anew_after_it_in_the_same_circle_about_the_same_child(by, home):
    for about, other in ((None, home.samira), (home.samira, None), (home.samira, home.yassin)):
        facts = {"circle_id": home.circle, "about_id": about, "subject_id": about, "how": "told"}
        story = by.lies("wraparound_story", at=LONG_AGO, **facts)

        def anew(since: Any = LONG_AGO - DAY, story: UUID = story) -> bool:
            told: bool = by.hears(None, "reckon_told_anew", story, since)
            return told

        by.lies("wraparound_story", at=LONG_AGO, **facts)
        by.lies("wraparound_story", at=LONG_AGO - LEAST, **facts)
        by.lies("wraparound_story", at=NOW, **facts | {"circle_id": home.next_circle})
        by.lies("wraparound_story", at=NOW, **facts | {"about_id": other, "subject_id": other})
        assert not anew()
        with by.meanwhile():
            by.lies("wraparound_story", at=LONG_AGO + LEAST, **facts)
            assert [anew(), anew(LONG_AGO), anew(LONG_AGO + LEAST)] == [True, True, False]
        by.stands("DELETE FROM wraparound_story")


PASSED = "SELECT id, circle_id FROM wraparound_passon"
TABLES = {"promise_id": "intake_promise", "action_id": "wraparound_action"}


@pytest.mark.parametrize("column", TABLES)
def test_what_is_passed_on_goes_where_the_promise_or_the_step_goes(home, column):
    where, there = home.circle, home.next_circle
    with alone(home.owner, "pass_ons_along", "wraparound_passon", *TABLES.values()) as by:
        moves, stays = (by.lies(TABLES[column], circle_id=where) for _ in range(2))
        other = next(one for one in TABLES if one != column)
        goes = by.lies("wraparound_passon", **{column: moves}, circle_id=where)
        left = {
            by.lies("wraparound_passon", **{which: row}, circle_id=lies): lies
            for which, row, lies in (
                (column, stays, where),
                (other, stays, where),
                (column, moves, home.desk),
            )
        }
        by.owner.execute(f"UPDATE {TABLES[column]} SET circle_id = %s WHERE id = %s", [there, moves])
        assert dict(by.owner.execute(PASSED).fetchall()) == left | {goes: there}


def test_earlier_help_lies_in_the_familys_circle_or_a_part_of_it(home):
    with alone(home.owner, "path_check_earlier_help", "wraparound_earlierhelp") as by:
        kinds = ("family", "part", "home", "own", "confidence", "sealed", "group", "desk", "first talk")
        for kind in kinds:
            circle = by.lies("trust_circle", kind=kind, family_id=home.family, village_id=home.village)
            told = "done" if kind in ("family", "part") else "crosses_families"
            assert by.is_written(None, "wraparound_earlierhelp", circle_id=circle) == told, kind
        help_here = by.lies("wraparound_earlierhelp", circle_id=home.circle)
        moves = "UPDATE wraparound_earlierhelp SET circle_id = %s WHERE id = %s"
        assert by.does(None, moves, home.next_circle, help_here) == 1
        for circle in (home.desk, uuid4()):
            assert by.does(None, moves, circle, help_here) == "crosses_families"
