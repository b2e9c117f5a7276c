"""Of each trigger that refuses alike on many tables: alone, it hears what is written there, and refuses by its own word."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from trust import narrowed
from trust.each_policy import NOW
from trust.one_trigger import Alone, alone
from trust.scenes import Scene
from trust.test_each_trigger import KIND, OTHER, one_row, said

CALLS = (
    "SELECT c.relname, t.tgname, encode(t.tgargs, 'escape') FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "JOIN pg_proc p ON p.oid = t.tgfoid WHERE p.proname = %s AND NOT t.tgisinternal ORDER BY 1, 2"
)


@pytest.fixture(scope="module")
def house(bed) -> Iterator[psycopg.Connection]:
    """The owner, whose every change is taken back."""
    with bed.connect() as owner:
        yield owner


def calling(owner: psycopg.Connection, function: str) -> list[tuple[str, str, list[str]]]:
    """Each table on which a trigger calls this function, the trigger, and what it is told."""
    return [
        (table, trigger, [one for one in told.split("\\000") if one])
        for table, trigger, told in owner.execute(CALLS, [function]).fetchall()
        if narrowed.asks(table)
    ]


@pytest.mark.django_db
def test_what_is_said_to_stay_stays(house):
    for table, trigger, fields in calling(house, "stays_as_written"):
        with one_row(house, table, trigger):
            for field in fields:
                (kind,) = house.execute(KIND, [table, field]).fetchone()
                other = OTHER.get(kind, "{0} + 1").format(f'"{field}"')
                assert "stays_as_written" in said(house, table, field, other), (table, field)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("function", "word"),
    [("check_kept", "never_changes"), ("check_taken_back", "too_late_to_take_back"), ("check_not_right_stays", "never_changes")],
)  # fmt: skip
def test_nobody_who_is_served_deletes_what_is_kept_and_the_owner_does(house, function, word):
    for table, trigger, _told in calling(house, function):
        with alone(house, trigger, table) as by:
            by.lies(table, at=NOW - timedelta(days=2), author_id=None)
            assert by.does(None, f"DELETE FROM {table}", served=True) == word, table
            assert by.does(None, f"DELETE FROM {table}") == 1, table


@pytest.mark.django_db
def test_a_version_comes_by_freezing_and_not_by_hand(house):
    for table, trigger, _told in calling(house, "check_frozen"):
        with alone(house, trigger, table) as by:
            house.execute("SET LOCAL session_replication_role = origin")
            unbound(house, table)
            assert by.is_written(None, table, served=True) == "versions_come_by_freezing", table
            assert by.is_written(None, table) == "done", table


def unbound(owner: psycopg.Connection, table: str) -> None:
    """What a row names need not be there."""
    told = "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'"
    for (name,) in owner.execute(told, [table]).fetchall():
        owner.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')


def family(by: Alone, village: Any) -> tuple[Any, Any]:
    """A family with its circle and a plan."""
    house = by.lies("trust_family", village_id=village)
    circle = by.lies("trust_circle", village_id=village, kind="family", family_id=house)
    return circle, by.lies("wraparound_plan", family_id=house, circle_id=circle, stage="draft")


@pytest.mark.django_db
def test_what_belongs_to_a_plan_lies_with_its_family_and_nothing_new_comes_when_it_is_closed(house):
    for function, word in (("check_in_plan", "crosses_families"), ("check_open", "plan_is_closed")):
        for table, trigger, _told in calling(house, function):
            with alone(house, trigger, table, "wraparound_plan") as by:
                unbound(house, table)
                village = Scene(house).village
                (circle, plan), (next_circle, next_plan) = family(by, village), family(by, village)
                there = {
                    "plan_id": plan,
                    "goal_id": by.lies("wraparound_goal", plan_id=plan, circle_id=circle),
                }
                elsewhere = next_circle if function == "check_in_plan" else circle
                by.stands("UPDATE wraparound_plan SET stage = 'closed' WHERE id = %s", next_plan)
                assert by.is_written(None, table, circle_id=circle, **there) == "done", table
                if function == "check_open":
                    by.stands("UPDATE wraparound_plan SET stage = 'closed' WHERE id = %s", plan)
                    by.stands("UPDATE wraparound_plan SET stage = 'draft' WHERE id = %s", next_plan)
                assert by.is_written(None, table, circle_id=elsewhere, **there) == word, table


@pytest.mark.django_db
def test_what_belongs_to_a_meeting_lies_in_its_circle_and_is_about_whom_it_is_about(house):
    for table, trigger, _told in calling(house, "check_in_meeting"):
        with alone(house, trigger, table, "wraparound_meeting") as by:
            unbound(house, table)
            circle, other, child = uuid4(), uuid4(), uuid4()
            here = {
                "meeting_id": by.lies("wraparound_meeting", circle_id=circle, subject_id=None),
                "circle_id": circle,
            }
            about = {
                "meeting_id": by.lies("wraparound_meeting", circle_id=circle, subject_id=child),
                "circle_id": circle,
            }
            assert by.is_written(None, table, **here) == "done", table
            assert by.is_written(None, table, **here | {"subject_id": child}) == "done", table
            assert by.is_written(None, table, **here | {"circle_id": other}) == "crosses_families", table
            assert by.is_written(None, table, **about | {"subject_id": child}) == "done", table
            for whom in (None, other):
                assert by.is_written(None, table, **about | {"subject_id": whom}) == "crosses_families", table


@pytest.mark.django_db
def test_nobody_of_another_village_is_of_a_family(house):
    with alone(house, "refuse", "trust_familymember") as by:
        unbound(house, "trust_familymember")
        here, there = Scene(house), Scene(house)
        home = by.lies("trust_family", village_id=here.village)
        for person, told in (
            (here.person("Mo"), "done"),
            (there.person("Xo"), "crosses_villages"),
            (uuid4(), "crosses_villages"),
        ):
            assert by.is_written(None, "trust_familymember", family_id=home, person_id=person) == told


@pytest.mark.django_db
def test_pages_put_in_the_queue_what_they_may_and_without_a_lock(house):
    ((_table, _trigger, tasks),) = calling(house, "put_in_by_pages")
    assert tasks
    with alone(house, "put_in_by_pages", "procrastinate_jobs") as by:
        for task, locks, told in (
            (tasks[0], {}, "done"), ("another:task", {}, "not_yours_to_decide"), (tasks[0], {"lock": "x"}, "not_yours_to_decide"),
            (tasks[0], {"queueing_lock": "x"}, "not_yours_to_decide"),
        ):  # fmt: skip
            row = {"queue_name": "default", "task_name": task, "status": "todo"} | locks
            assert puts_in(by, **row) == told, row


def puts_in(by: Alone, **row: Any) -> str:
    """What whoever serves is told."""
    marks = ", ".join(["%s"] * len(row))
    told = by.does(
        None,
        f"INSERT INTO procrastinate_jobs ({', '.join(row)}) VALUES ({marks})",
        *row.values(),
        served=True,
    )
    return "done" if told == 1 else told


@pytest.mark.django_db
def test_work_a_circle_a_seat_a_reading_in_danger_and_an_exclusion_stay_within_what_can_be(house):
    with house.transaction(force_rollback=True):
        here, away = Scene(house), {"village_id": uuid4()}
        mo, ot = here.person("Mo"), here.worker("Ot")
        house.execute("SET CONSTRAINTS ALL IMMEDIATE")
        xo, there = (
            Alone(house).lies(table, kind="desk", **away) for table in ("trust_person", "trust_circle")
        )
        circle = {"village_id": here.village, "family_id": None, "subject_id": None}
        for table, fine, otherwise, word in (
            ("trust_job", {"person_id": mo, "organisation_id": here.organisations["School De Linde"]}, {"person_id": xo}, "crosses_villages"),
            ("trust_seat", {"person_id": mo, "circle_id": here.desk}, {"circle_id": there}, "crosses_villages"),
            ("trust_circle", circle, {"subject_id": mo}, "subject_without_birth_date"),
            ("trust_exclusion", {}, {"subject_id": mo}, "subject_without_birth_date"),
            ("trust_danger", {}, {"person_id": mo, "job_id": here.jobs[ot]}, "danger_without_live_job"),
        ):  # fmt: skip
            if narrowed.asks(table):
                with alone(house, "refuse", table) as by:
                    unbound(house, table)
                    assert not fine or by.is_written(None, table, **fine) == "done", table
                    assert by.is_written(None, table, **fine | otherwise) == word, table
