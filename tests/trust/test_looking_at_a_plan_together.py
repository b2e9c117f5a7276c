"""How each prepares to look at a plan, and what goes along when a goal moves to fewer people or to others."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import psycopg
import pytest

from trust.circle_scene import FamilyScene
from trust.each_policy import NOW
from trust.one_trigger import Alone, alone
from trust.scenes import LONG_AGO

CROSSES = "crosses_families"
NOT_THEIRS = "not_yours_to_decide"
OVER = "review_is_over"
NOTES = ("wraparound_preparation", "wraparound_goalface")
TABLES = (
    *NOTES, "wraparound_goal", "wraparound_wish", "wraparound_action", "wraparound_versionpart", "wraparound_remark",
    "wraparound_celebration", "wraparound_review", "trust_circle", "trust_seat",
)  # fmt: skip
only = pytest.mark.parametrize


@pytest.fixture
def home(owner: psycopg.Connection) -> FamilyScene:
    """A family with two guardians, a girl with own voice, her brother and a coach."""
    return FamilyScene(owner)


@pytest.fixture
def here(request: pytest.FixtureRequest, home: FamilyScene) -> Iterator[SimpleNamespace]:
    """One trigger alone; a review that runs and a goal of its plan; a part of the circle, and another family's circle."""
    with alone(home.owner, request.param, *TABLES) as by:
        circles = {"village_id": home.village, "opened_at": LONG_AGO}
        family = by.lies("trust_family", village_id=home.village)
        plan = by.lies("wraparound_plan", circle_id=home.circle, family_id=home.family)
        said = SimpleNamespace(
            by=by, home=home, family=family, plan=plan,
            there=by.lies("trust_circle", kind="family", family_id=family, **circles),
            part=by.lies("trust_circle", kind="part", family_id=home.family, **circles),
            aside=by.lies("trust_circle", kind="part", family_id=home.family, **circles),
        )  # fmt: skip
        said.goal = by.lies("wraparound_goal", plan_id=plan, circle_id=home.circle)
        yield said


def review(here: SimpleNamespace, **said: Any) -> UUID:
    """A look at the plan together."""
    facts = {"plan_id": here.plan, "circle_id": here.home.circle, "settled_at": None}
    made: UUID = here.by.lies("wraparound_review", **facts | said)
    return made


def note(here: SimpleNamespace, which: UUID, author: UUID, **said: Any) -> dict[str, Any]:
    """What is written for it by somebody, about nobody in particular."""
    facts = {"review_id": which, "circle_id": here.home.circle, "author_id": author, "goal_id": here.goal}
    return facts | {"subject_id": None, "about_id": None} | said


@only("here", ["plan_check_preparation"], indirect=True)
def test_what_a_child_prepares_is_about_that_child_and_of_nobody_else(here):
    by, home = here.by, here.home
    runs = review(here)
    next_goal = by.lies("wraparound_goal", plan_id=here.plan, circle_id=here.there)
    next_door = review(here, circle_id=here.there)

    def writes(table: str, author: UUID, **said: Any) -> Any:
        row = by.writes(author, table, **note(here, said.pop("which", runs), author, **said))
        return [row["subject_id"], row["about_id"]] if isinstance(row, dict) else row

    def member(kind: str, family: UUID, born: bool) -> UUID:
        person: UUID = by.lies("trust_person", village_id=home.village)
        by.lies("trust_familymember", family_id=family, person_id=person, kind=kind)
        if born:
            by.lies("trust_birth", person_id=person)
        return person

    others = [
        member("guardian", home.family, True),
        member("child", home.family, False),
        member("child", here.family, True),
    ]
    for table in NOTES:
        assert writes(table, home.samira) == [str(home.samira)] * 2
        for author in (home.naima, *others):
            assert writes(table, author) == [None, None]
        away = {"which": next_door, "circle_id": here.there, "goal_id": next_goal}
        assert writes(table, home.samira, **away) == [None, None], "not a child of that family"


@only("here", ["plan_check_preparation"], indirect=True)
def test_what_is_prepared_lies_where_its_review_and_its_goal_lie(here):
    by, naima, runs = here.by, here.home.naima, review(here)
    in_part = by.lies("wraparound_goal", plan_id=here.plan, circle_id=here.part)
    elsewhere = by.lies("wraparound_goal", circle_id=here.home.circle)
    for table, said, told in (
        (NOTES[0], {}, "done"), (NOTES[0], {"circle_id": here.part}, CROSSES), (NOTES[1], {}, "done"),
        (NOTES[1], {"circle_id": here.part}, CROSSES), (NOTES[1], {"goal_id": in_part}, CROSSES),
        (NOTES[1], {"goal_id": in_part, "circle_id": here.part}, "done"), (NOTES[1], {"goal_id": elsewhere}, CROSSES),
    ):  # fmt: skip
        assert by.is_written(naima, table, **note(here, runs, naima, **said)) == told, (table, said)


@only("here", ["plan_check_preparation"], indirect=True)
def test_nothing_is_prepared_or_changed_once_it_is_over(here):
    """One runs, one is over, whichever was written first."""
    by, naima = here.by, here.home.naima
    first, second = review(here, settled_at=NOW), review(here)
    for over, runs in ((first, second), (second, first)):
        by.stands("UPDATE wraparound_review SET settled_at = CASE WHEN id = %s THEN now() END", over)
        for table in NOTES:
            answers = [by.is_written(naima, table, **note(here, one, naima)) for one in (over, runs)]
            assert answers == [OVER, "done"]
            for one, told in ((over, OVER), (runs, 1)):
                row = by.lies(table, **note(here, one, naima))
                assert (
                    by.does(naima, f"UPDATE {table} SET at = now() + interval '1 day' WHERE id = %s", row)
                    == told
                )
                moves = f"UPDATE {table} SET circle_id = %s, about_id = %s WHERE id = %s"
                assert by.does(None, moves, here.part, naima, row) == 1, "it goes along with its goal"
                by.stands(f"DELETE FROM {table}")


@only("here", ["plan_check_preparation"], indirect=True)
def test_one_prepares_for_oneself_or_for_whom_one_wrote_it_down(here):
    by, home = here.by, here.home
    runs, before = review(here), review(here)
    by.lies(NOTES[0], written_by_id=home.noor, **note(here, runs, home.karim))
    for who, author, which, told in (
        (home.naima, home.naima, runs, "done"), (home.naima, home.karim, runs, NOT_THEIRS), (home.noor, home.karim, runs, "done"),
        (home.noor, home.naima, runs, NOT_THEIRS), (home.noor, home.karim, before, NOT_THEIRS),
    ):  # fmt: skip
        assert by.is_written(who, NOTES[1], **note(here, which, author)) == told, (who, author)
    by.stands(f"DELETE FROM {NOTES[0]}")
    for who, told in ((home.noor, "done"), (None, "done"), (home.naima, NOT_THEIRS)):
        said = note(here, runs, home.karim, written_by_id=home.noor)
        assert by.is_written(who, NOTES[0], **said) == told


@only("here", ["plan_check_preparation"], indirect=True)
def test_what_is_changed_later_stays_about_whom_it_was(here):
    by, samira, runs = here.by, here.home.samira, review(here)
    row = by.lies(NOTES[0], **note(here, runs, samira, circle_id=here.home.circle))
    by.asks(samira)
    by.owner.execute("UPDATE wraparound_preparation SET wish = 'other' WHERE id = %s", [row])
    told = by.owner.execute("SELECT subject_id, about_id, wish FROM wraparound_preparation").fetchone()
    assert told == (None, None, "other")


def where(by: Alone, table: str, rows: dict[str, UUID]) -> dict[str, UUID]:
    """In which circle each of these lies now; what is gone is missing."""
    told = dict(by.owner.execute(f"SELECT id, circle_id FROM {table}").fetchall())
    return {name: told[row] for name, row in rows.items() if row in told}


def moves(by: Alone, table: str, row: UUID, circle: UUID) -> None:
    """It is moved by the owner."""
    by.asks(None)
    by.owner.execute(f"UPDATE {table} SET circle_id = %s WHERE id = %s", [circle, row])


def seats(here: SimpleNamespace, circle: UUID, *people: UUID, until: Any = None) -> None:
    """These sit there."""
    for person in people:
        here.by.lies("trust_seat", circle_id=circle, person_id=person, since=LONG_AGO, until=until)


def faces(here: SimpleNamespace) -> dict[str, UUID]:
    """Faces of and about several people, of this goal and of another one, here and aside."""
    home, other = here.home, here.by.lies("wraparound_goal", plan_id=here.plan, circle_id=here.home.circle)
    here.by.stands("UPDATE wraparound_goal SET about_id = %s WHERE id = %s", home.samira, here.goal)
    said = {
        "stays": {"about_id": home.naima}, "goes": {"about_id": home.karim}, "its child": {"about_id": home.samira},
        "other goal": {"about_id": home.karim, "goal_id": other}, "other goal, stays": {"about_id": home.naima, "goal_id": other},
        "aside": {"about_id": home.karim, "circle_id": here.aside}, "aside, stays": {"about_id": home.naima, "circle_id": here.aside},
        "went before": {"about_id": home.els},
    }  # fmt: skip
    facts = {"goal_id": here.goal, "circle_id": home.circle}
    return {name: here.by.lies("wraparound_goalface", **facts | one) for name, one in said.items()}


@only("here", ["plan_faces_along"], indirect=True)
def test_where_fewer_know_of_a_goal_faces_of_those_who_do_not_are_gone(here):
    home, all_of_them = here.home, faces(here)
    seats(here, here.part, home.naima, home.noor)
    seats(here, here.part, home.els, home.lotte, until=NOW)
    seats(here, home.circle, home.noor)
    moves(here.by, "wraparound_goal", here.goal, here.part)
    assert where(here.by, "wraparound_goalface", all_of_them) == {
        "stays": here.part, "its child": here.part, "other goal": home.circle, "other goal, stays": home.circle,
        "aside": here.aside, "aside, stays": here.aside,
    }  # fmt: skip


@only("here", ["plan_faces_along"], indirect=True)
def test_where_others_would_know_of_a_goal_only_the_faces_of_its_own_child_go_along(here):
    home = here.home
    all_of_them = faces(here)
    seats(here, here.part, home.naima, home.lotte)
    seats(here, here.aside, home.lotte)
    seats(here, home.circle, home.lotte, until=NOW)
    moves(here.by, "wraparound_goal", here.goal, here.part)
    stayed = dict.fromkeys(all_of_them, home.circle)
    aside = dict.fromkeys(("aside", "aside, stays"), here.aside)
    assert where(here.by, "wraparound_goalface", all_of_them) == stayed | aside | {"its child": here.part}


def along(here: SimpleNamespace, source: UUID) -> dict[str, dict[str, UUID]]:
    """What hangs on a goal, a wish or a step, and what does not."""
    by, circle, aside = here.by, {"circle_id": here.home.circle}, {"circle_id": here.aside}
    part = by.lies("wraparound_versionpart", source_id=source, **circle)
    other = by.lies("wraparound_versionpart", **circle)
    rows = {
        "wraparound_versionpart": {
            "part": part, "other": other, "aside": by.lies("wraparound_versionpart", source_id=source, **aside),
        },
        "wraparound_remark": {
            "on it": by.lies("wraparound_remark", object_id=source, **circle),
            "on its part": by.lies("wraparound_remark", object_id=part, **circle),
            "on another": by.lies("wraparound_remark", object_id=other, **circle),
            "aside": by.lies("wraparound_remark", object_id=source, **aside),
        },
        "wraparound_action": {
            "step": by.lies("wraparound_action", goal_id=source, **circle), "other": by.lies("wraparound_action", **circle),
            "aside": by.lies("wraparound_action", goal_id=source, **aside),
        },
    }  # fmt: skip
    rows["wraparound_celebration"] = {
        "step": by.lies("wraparound_celebration", action_id=rows["wraparound_action"]["step"], **circle),
        "of it": by.lies("wraparound_celebration", action_id=source, **circle),
        "other": by.lies("wraparound_celebration", **circle),
        "aside": by.lies("wraparound_celebration", action_id=source, **aside),
    }
    return rows


ALWAYS = {
    ("wraparound_versionpart", "part"),
    ("wraparound_remark", "on it"),
    ("wraparound_remark", "on its part"),
}
GOES = {
    "wraparound_wish": ALWAYS,
    "wraparound_goal": ALWAYS | {("wraparound_action", "step"), ("wraparound_celebration", "step")},
    "wraparound_action": ALWAYS | {("wraparound_celebration", "of it")},
}


@only("here", ["plan_narrow_along"], indirect=True)
@only("table", list(GOES))
def test_what_hangs_on_what_fewer_know_goes_along_and_nothing_else(here, table):
    source = here.by.lies(table, circle_id=here.home.circle, plan_id=here.plan)
    rows = along(here, source)
    before = {name: where(here.by, name, some) for name, some in rows.items()}
    moves(here.by, table, source, here.part)
    for name, some in rows.items():
        went = {key: here.part for key in some if (name, key) in GOES[table]}
        assert where(here.by, name, some) == before[name] | went, name


@only("here", ["plan_narrow_along"], indirect=True)
@only("table", list(GOES))
def test_what_comes_to_the_whole_family_takes_nothing_along(here, table):
    source = here.by.lies(table, circle_id=here.home.circle, plan_id=here.plan)
    rows = along(here, source)
    before = {name: where(here.by, name, some) for name, some in rows.items()}
    here.by.stands("UPDATE trust_circle SET kind = 'part' WHERE id = %s", here.home.circle)
    moves(here.by, table, source, here.there)
    assert {name: where(here.by, name, some) for name, some in rows.items()} == before
