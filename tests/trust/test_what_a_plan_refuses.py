"""Yes to a plan, its stages, looking at it together and ending it: each condition is asked where it alone decides."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from trust.circle_scene import FamilyScene
from trust.each_policy import LATER, NOW
from trust.one_trigger import Alone, alone
from trust.scenes import LONG_AGO

CROSSES = "crosses_families"
ENDS = "ends_by_the_familys_word"
NO_YES = "not_everybody_said_yes"
TABLES = (
    "wraparound_plan", "wraparound_version", "wraparound_approval", "wraparound_remark", "wraparound_review",
)  # fmt: skip
only = pytest.mark.parametrize


@pytest.fixture
def home(owner: psycopg.Connection) -> FamilyScene:
    """A family with two guardians, a girl with own voice, her brother and a coach."""
    return FamilyScene(owner)


@pytest.fixture
def here(request: pytest.FixtureRequest, home: FamilyScene) -> Iterator[SimpleNamespace]:
    """One trigger of the plan alone; another family next door."""
    with alone(home.owner, request.param, *TABLES) as by:
        family = by.lies("trust_family", village_id=home.village)
        circle = by.lies("trust_circle", village_id=home.village, kind="family", family_id=family)
        yield SimpleNamespace(by=by, home=home, next_family=family, next_circle=circle)


def of(row: Any, *names: str) -> Any:
    """What stands in these columns of what was written."""
    return [row[name] for name in names] if isinstance(row, dict) else row


def member(by: Alone, family: UUID, village: UUID, kind: str, born: bool) -> UUID:
    """Somebody of a family, whose day of birth is known or not."""
    person: UUID = by.lies("trust_person", village_id=village)
    by.lies("trust_familymember", family_id=family, person_id=person, kind=kind)
    if born:
        by.lies("trust_birth", person_id=person)
    return person


def strangers_to_the_rule(here: SimpleNamespace) -> list[UUID]:
    """Of whom what they say is not about themselves: no child, no child of this family, no birth known."""
    by, home = here.by, here.home
    return [
        home.naima, member(by, home.family, home.village, "guardian", born=True),
        member(by, home.family, home.village, "child", born=False), member(by, here.next_family, home.village, "child", born=True),
    ]  # fmt: skip


def sits_as_child(here: SimpleNamespace, circle: UUID, person: UUID) -> None:
    """Somebody of whom a yes is asked there."""
    facts = {"person_id": person, "role": "child", "history": True, "since": LONG_AGO}
    here.by.lies("trust_seat", circle_id=circle, **facts)


def version(here: SimpleNamespace, stage: str = "waiting", circle: UUID | None = None, **said: Any) -> UUID:
    """A version with one part."""
    circle = circle or here.home.circle
    facts = {
        "circle_id": circle,
        "subject_id": None,
        "about_id": None,
        "author_id": here.home.naima,
        "at": NOW,
    }
    made: UUID = here.by.lies("wraparound_version", stage=stage, **facts | said)
    here.by.lies("wraparound_versionpart", version_id=made, **facts)
    return made


@only("here", ["plan_check_approval"], indirect=True)
def test_the_yes_of_a_child_is_about_that_child_and_of_nobody_else(here):
    here.by.stands("DELETE FROM wraparound_version")
    asked = version(here)

    def yes(person: UUID, which: UUID, circle: UUID) -> Any:
        facts = {
            "version_id": which,
            "circle_id": circle,
            "person_id": person,
            "subject_id": None,
            "about_id": None,
        }
        return of(here.by.writes(person, "wraparound_approval", **facts), "subject_id", "about_id")

    samira = str(here.home.samira)
    assert yes(here.home.samira, asked, here.home.circle) == [samira, samira]
    for person in strangers_to_the_rule(here):
        if person != here.home.naima:
            sits_as_child(here, here.home.circle, person)
        assert yes(person, asked, here.home.circle) == [None, None]
    there = version(here, circle=here.next_circle)
    sits_as_child(here, here.next_circle, here.home.samira)
    assert yes(here.home.samira, there, here.next_circle) == [None, None], "not a child of that family"


@only("here", ["plan_check_approval"], indirect=True)
def test_yes_is_said_to_the_version_that_waits(here):
    """With one other version, in whatever stage, it is asked of the one that is meant."""
    for stage, told in (
        ("replaced", "a_newer_version_came"),
        ("in force", "never_changes"),
        ("waiting", "done"),
    ):
        for other in ("replaced", "in force", "waiting"):
            here.by.stands("DELETE FROM wraparound_versionpart")
            here.by.stands("DELETE FROM wraparound_version")
            version(here, other)
            facts = {
                "version_id": version(here, stage),
                "circle_id": here.home.circle,
                "person_id": here.home.naima,
            }
            assert here.by.is_written(here.home.naima, "wraparound_approval", **facts) == told, (stage, other)
            facts["person_id"] = here.home.lotte
            refused = here.by.is_written(here.home.lotte, "wraparound_approval", **facts)
            assert refused == "no_yes_is_asked_of_this_person"


@only("here", ["plan_check_said"], indirect=True)
def test_what_a_child_says_of_a_plan_a_meeting_or_a_decision_is_about_that_child(here):
    def says(author: UUID, on: str, circle: UUID) -> Any:
        facts = {"author_id": author, "on": on, "circle_id": circle, "subject_id": None, "about_id": None}
        return of(here.by.writes(author, "wraparound_remark", **facts), "subject_id", "about_id")

    samira, circle = str(here.home.samira), here.home.circle
    for on in ("version", "meeting", "decision"):
        assert says(here.home.samira, on, circle) == [samira, samira]
        assert says(here.home.samira, on, here.next_circle) == [None, None], "not a child of that family"
        for author in strangers_to_the_rule(here):
            assert says(author, on, circle) == [None, None]
    for on in ("wish", "goal", "action", "part", "story"):
        assert says(here.home.samira, on, circle) == [None, None]


@only("here", ["plan_check_plan"], indirect=True)
def test_a_plan_lies_with_its_family_and_is_in_force_by_its_own_version(here):
    home, by = here.home, here.by
    facts = {"circle_id": home.circle, "family_id": home.family}
    assert by.is_written(None, "wraparound_plan", stage="written", **facts) == "done"
    assert (
        by.is_written(None, "wraparound_plan", stage="written", **facts | {"family_id": here.next_family})
        == CROSSES
    )
    version(here, "in force")
    plan = by.lies("wraparound_plan", stage="written", **facts)
    begins = "UPDATE wraparound_plan SET stage = 'in force' WHERE id = %s"
    assert by.does(None, begins, plan) == NO_YES, "only another one has a version in force"
    version(here, plan_id=plan)
    assert by.does(None, begins, plan) == NO_YES, "its version waits"
    version(here, "in force", plan_id=plan, number=2)
    assert by.does(None, begins, plan) == 1
    by.stands("UPDATE wraparound_plan SET stage = 'in force'")
    by.stands("DELETE FROM wraparound_version WHERE plan_id = %s", plan)
    for change in ("at = at", "stage = 'closed'"):
        assert by.does(None, f"UPDATE wraparound_plan SET {change} WHERE id = %s", plan) == 1
    by.stands("DELETE FROM wraparound_plan")
    assert by.is_written(None, "wraparound_plan", stage="in force", **facts) == NO_YES


@only("here", ["plan_check_plan_ends"], indirect=True)
def test_a_plan_ends_and_is_looked_at_again_by_the_familys_word_alone(here):
    by = here.by
    assert by.is_written(None, "wraparound_plan", stage="closed") == ENDS
    assert by.is_written(None, "wraparound_plan", stage="written") == "done"
    runs, closed = (by.lies("wraparound_plan", stage=stage) for stage in ("in force", "closed"))
    for column, other in (
        ("stage", "'closed'"), ("closed_at", "now()"), ("next_review_on", "current_date"), ("told_before", "current_date"),
        ("told_on_it", "current_date"),
    ):  # fmt: skip
        changes = f"UPDATE wraparound_plan SET {column} = {other} WHERE id = %s"
        assert by.does(None, changes, runs, served=True) == ENDS
        assert by.does(None, changes, runs) == 1
    again = "UPDATE wraparound_plan SET in_force_since = now() WHERE id = %s"
    assert [by.does(None, again, plan, served=True) for plan in (runs, closed)] == [1, 1]
    reopens = "UPDATE wraparound_plan SET stage = 'in force' WHERE id = %s"
    assert by.does(None, reopens, closed) == "plan_is_closed"


@only("here", ["plan_check_stage"], indirect=True)
def test_a_version_comes_into_force_by_everybodys_yes_and_never_comes_back(here):
    waits, runs, replaced = (version(here, stage) for stage in ("waiting", "in force", "replaced"))

    def turns(which: UUID, stage: str) -> Any:
        return here.by.does(None, "UPDATE wraparound_version SET stage = %s WHERE id = %s", stage, which)

    assert [turns(waits, stage) for stage in ("waiting", "in force", "replaced")] == [1, NO_YES, 1]
    assert [turns(runs, stage) for stage in ("waiting", "in force", "replaced")] == [1, 1, 1]
    stays = "stays_as_written"
    assert [turns(replaced, stage) for stage in ("waiting", "in force", "replaced")] == [stays, stays, 1]


@only("here", ["plan_check_review"], indirect=True)
def test_a_plan_in_force_is_looked_at_by_who_keeps_it(here):
    home, by = here.home, here.by
    facts = {
        "circle_id": home.circle,
        "author_id": home.naima,
        "subject_id": None,
        "about_id": None,
        "at": LONG_AGO,
    }
    written = by.lies("wraparound_plan", stage="written", **facts)
    closed = by.lies("wraparound_plan", stage="closed", in_force_since=NOW, **facts)
    runs = by.lies("wraparound_plan", stage="in force", in_force_since=NOW, **facts)
    there = by.lies(
        "wraparound_plan", stage="in force", in_force_since=NOW, **facts | {"circle_id": here.next_circle}
    )
    for who, plan, told in (
        (home.naima, runs, "done"), (None, runs, "done"), (home.lotte, runs, "not_yours_to_decide"), (None, written, NO_YES),
        (None, closed, "plan_is_closed"), (None, there, CROSSES),
    ):  # fmt: skip
        assert by.is_written(who, "wraparound_review", plan_id=plan, circle_id=home.circle) == told


@only("here", ["plan_check_review_ends"], indirect=True)
def test_a_look_together_ends_by_the_familys_word_alone(here):
    by, empty = here.by, {"outcome": "", "settled_at": None, "word_of_id": None, "next_on": None}
    said = {"outcome": "finish", "settled_at": LATER, "word_of_id": uuid4(), "next_on": NOW.date()}
    assert by.is_written(None, "wraparound_review", served=True, **empty) == "done"
    runs, ended = (by.lies("wraparound_review", at=LONG_AGO, **facts) for facts in (empty, said))
    for column, value in said.items():
        assert by.is_written(None, "wraparound_review", served=True, **empty | {column: value}) == ENDS
        assert by.is_written(None, "wraparound_review", **empty | {column: value}) == "done"
        changes = f"UPDATE wraparound_review SET {column} = %s WHERE id = %s"
        assert by.does(None, changes, value, runs, served=True) == ENDS
    again = "UPDATE wraparound_review SET at = now() WHERE id = %s"
    assert [by.does(None, again, row, served=True) for row in (runs, ended)] == [1, 1]
