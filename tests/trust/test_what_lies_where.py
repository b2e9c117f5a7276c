"""Meetings, what belongs to them, what went well, earlier help and hand-overs: each lies where it must, and nowhere else."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest

from trust.circle_scene import FamilyScene
from trust.one_trigger import alone

CROSSES, TOO_LATE = "crosses_families", "too_late_to_take_back"
KINDS = ("family", "part", "home", "own", "confidence", "sealed", "group", "desk", "first talk")
IN_MEETING = (
    "wraparound_participant", "wraparound_agendapoint", "wraparound_roundword", "wraparound_decision", "wraparound_interpreter",
)  # fmt: skip
TABLES = (
    "trust_circle", "trust_handover", "wraparound_meeting", "wraparound_action", "wraparound_earlierhelp", *IN_MEETING,
    "wraparound_celebration", "wraparound_talentword", "wraparound_earliertelling", "wraparound_mustknow",
)  # fmt: skip
only = pytest.mark.parametrize


@pytest.fixture
def home(owner: psycopg.Connection) -> FamilyScene:
    """A family with two guardians, two children and a coach."""
    return FamilyScene(owner)


@pytest.fixture
def here(request: pytest.FixtureRequest, home: FamilyScene) -> Iterator[SimpleNamespace]:
    """One trigger alone; a part of the circle, and another family's circle."""
    with alone(home.owner, request.param, *TABLES) as by:
        family = by.lies("trust_family", village_id=home.village)
        circles = {"village_id": home.village}
        yield SimpleNamespace(
            by=by, home=home, family=family, circle=home.circle,
            part=by.lies("trust_circle", kind="part", family_id=home.family, **circles),
            there=by.lies("trust_circle", kind="family", family_id=family, **circles),
        )  # fmt: skip


@only("here", ["meeting_check"], indirect=True)
def test_a_meeting_lies_in_the_circle_of_its_family_or_a_part_of_it(here):
    by, home = here.by, here.home
    for kind in KINDS:
        circle = by.lies("trust_circle", kind=kind, family_id=home.family, village_id=home.village)
        told = by.is_written(None, "wraparound_meeting", circle_id=circle, family_id=home.family)
        assert told == ("done" if kind in ("family", "part") else CROSSES), kind
    for circle, family in ((here.there, home.family), (here.circle, here.family), (here.part, here.family)):
        assert by.is_written(None, "wraparound_meeting", circle_id=circle, family_id=family) == CROSSES
    assert by.is_written(None, "wraparound_meeting", circle_id=here.there, family_id=here.family) == "done"


@only("here", ["meeting_check"], indirect=True)
@only("table", IN_MEETING)
def test_what_belongs_to_a_meeting_lies_where_it_lies_and_is_about_the_same_child(here, table):
    by, samira, yassin = here.by, here.home.samira, here.home.yassin
    ours, next_door, hers = (
        by.lies("wraparound_meeting", circle_id=circle, subject_id=about)
        for circle, about in ((here.circle, None), (here.there, None), (here.circle, samira))
    )
    for meeting, circle, about, told in (
        (ours, here.circle, None, "done"), (ours, here.circle, samira, "done"), (ours, here.there, None, CROSSES),
        (next_door, here.there, None, "done"), (next_door, here.circle, None, CROSSES), (ours, here.part, None, CROSSES),
        (hers, here.circle, samira, "done"), (hers, here.circle, yassin, CROSSES), (hers, here.circle, None, CROSSES),
        (hers, here.there, samira, CROSSES),
    ):  # fmt: skip
        said = {"meeting_id": meeting, "circle_id": circle, "subject_id": about}
        assert by.is_written(None, table, **said) == told, said


@only("here", ["plan_check_celebration"], indirect=True)
def test_what_went_well_with_a_step_lies_with_the_family_of_that_step(here):
    by = here.by
    ours, next_door = (by.lies("wraparound_action", circle_id=circle) for circle in (here.part, here.there))
    for action, circle, told in (
        (ours, here.circle, "done"), (ours, here.part, "done"), (ours, here.there, CROSSES),
        (next_door, here.there, "done"), (next_door, here.circle, CROSSES),
    ):  # fmt: skip
        said = {"action_id": action, "circle_id": circle}
        assert by.is_written(None, "wraparound_celebration", **said) == told


@only("here", ["path_check_telling"], indirect=True)
def test_how_it_was_told_before_lies_where_the_help_lies(here):
    lies_with(here, "wraparound_earliertelling", "wraparound_earlierhelp", "help_id")


@only("here", ["must_know_check"], indirect=True)
def test_what_the_next_one_must_know_lies_where_the_hand_over_lies(here):
    lies_with(here, "wraparound_mustknow", "trust_handover", "hand_over_id")


def lies_with(here: SimpleNamespace, table: str, of: str, column: str) -> None:
    """It is written where that lies to which it belongs, and goes nowhere else."""
    by = here.by
    ours, next_door = (by.lies(of, circle_id=circle) for circle in (here.circle, here.there))
    for row, circle, told in (
        (ours, here.circle, "done"), (ours, here.part, CROSSES), (ours, here.there, CROSSES), (next_door, here.there, "done"),
        (next_door, here.circle, CROSSES),
    ):  # fmt: skip
        assert by.is_written(None, table, **{column: row, "circle_id": circle}) == told
    written = by.lies(table, **{column: ours, "circle_id": here.circle})
    assert by.does(None, f"UPDATE {table} SET circle_id = %s WHERE id = %s", here.there, written) == CROSSES


@only("here", ["plan_check_taken_back", "path_check_taken_back"], indirect=True)
def test_who_told_it_takes_it_back_within_the_day_and_nobody_else_does(here, request):
    by, naima = here.by, here.home.naima
    table = "wraparound_celebration" if "plan" in request.node.callspec.id else "wraparound_talentword"
    gone, now = f"DELETE FROM {table} WHERE id = %s", datetime.now(UTC)
    new = by.lies(table, author_id=naima, at=now - timedelta(hours=23), circle_id=here.circle)
    old = by.lies(table, author_id=naima, at=now - timedelta(hours=24), circle_id=here.circle)
    nobodys = by.lies(table, author_id=None, at=now, circle_id=here.circle)
    for who, row, told in (
        (naima, new, 1), (naima, old, TOO_LATE), (here.home.karim, new, TOO_LATE), (None, new, TOO_LATE), (naima, nobodys, TOO_LATE),
    ):  # fmt: skip
        assert by.does(who, gone, row, served=True) == told, (who, row)
        assert by.does(who, gone, row) == 1, "what forgets takes everything"


@only("here", ["plan_check_taken_back"], indirect=True)
def test_a_day_later_to_the_instant_it_stays(here):
    by, naima = here.by, here.home.naima

    def after(long: str) -> Any:
        row: Any = by.lies("wraparound_celebration", author_id=naima, circle_id=here.circle)
        cursor = psycopg.ClientCursor(by.owner)
        try:
            with by.owner.transaction(force_rollback=True):
                by.asks(naima)
                cursor.execute(
                    f"UPDATE wraparound_celebration SET at = trust.moment() - {long} WHERE id = %s; "
                    "SET LOCAL ROLE kring_runtime; DELETE FROM wraparound_celebration WHERE id = %s", [row, row],
                )  # fmt: skip
                return "gone"
        except psycopg.Error as refused:
            return refused.diag.message_primary

    assert after("interval '1 day'") == TOO_LATE
    assert after("interval '23:59:59.999999'") == "gone"
