"""Whom a second yes holds while it is said, and nobody else: an end of work comes before it or after it."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

import testbed
from trust.each_policy import NOW, Neighbourhood
from trust.one_trigger import Alone
from trust.waits import Waits
from two_people.matters import matter, plain


@pytest.fixture
def waits(here: Neighbourhood, bed: testbed.Testbed) -> Iterator[Waits]:
    """Two at once."""
    with bed.connect() as other:
        yield Waits(here, other)


def answering(waits: Waits, kind: str, /, *, how: str = "NO KEY UPDATE", **facts: Any) -> set[UUID]:
    """Who is held while Vera answers what Noor asked."""
    asked = matter(waits.here, kind, waits.here.noor, **facts)
    locks = "SELECT trust.lock_people_of(m, %s) FROM trust_matter m WHERE id = %s"
    return waits.held(locks, waits.here.vera, asked, how=how)


def both(here: Neighbourhood) -> set[UUID]:
    """Noor, Vera, and where they work."""
    return {here.noor, here.vera, here.organisations["Girlz Lounge"], here.organisations["Ombuds"]}


def test_an_answer_holds_the_two_whom_it_is_about_their_work_and_the_family(waits):
    here, school = waits.here, waits.here.organisations["School De Linde"]
    conflict = {"family": here.family, "subject": here.samira, "person": here.tom}
    assert answering(waits, "conflict", **conflict) == both(here) | {here.samira, here.tom, here.family}
    assert answering(waits, "conflict", how="KEY SHARE", **conflict) == set()
    withheld = {"family": here.next_family, "subject": here.bram, "sector": "x", "person": here.lotte}
    assert answering(waits, "withheld", **withheld) == both(here) | {
        here.bram,
        here.lotte,
        school,
        here.next_family,
    }
    assert answering(waits, "export", families=12) == both(here)


def test_while_two_become_one_nobody_gives_them_a_place(waits):
    here = waits.here
    merge = {"family": here.family, "person": here.karim, "other": here.britt}
    people = {here.noor, here.vera, here.karim, here.britt}
    assert answering(waits, "merge", **merge) == both(here) | people | {here.family}
    assert answering(waits, "merge", how="KEY SHARE", **merge) == people


def test_whoever_asks_asks_one_thing_after_the_other(waits):
    said = "SELECT trust.ask_two(%s, 'export', %s, '', %s)"
    assert waits.held(said, uuid4(), plain({"families": 12}), NOW, by=waits.here.ada) == {waits.here.ada}


def answer(connection: psycopg.Connection, who: UUID, asked: UUID) -> Any:
    """What they are told who answer on another machine."""
    with connection.transaction():
        Alone(connection).asks(who)
        return connection.execute("SELECT trust.answer_two(%s, true, '', now())", [asked]).fetchone()[0]  # type: ignore[index]


def is_waiting(waits: Waits) -> bool:
    """Whether the other one comes to wait within ten seconds."""
    told = "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = %s"
    for _ in range(200):
        if waits.here.owner.execute(told, [waits.other.info.backend_pid]).fetchone()[0]:  # type: ignore[index]
            return True
        time.sleep(0.05)
    return False


def test_who_answers_while_their_work_ends_waits_and_says_no_yes(waits):
    here, other = waits
    asked = matter(here, "export", here.ada, families=12)
    with ThreadPoolExecutor(1) as elsewhere:
        with here.owner.transaction():
            here.owner.execute("UPDATE trust_job SET until = now() WHERE person_id = %s", [here.vera])
            told = elsewhere.submit(answer, other, here.vera, asked)
            assert is_waiting(waits)
        assert told.result(timeout=20) is None
    assert here.owner.execute("SELECT answer FROM trust_matter WHERE id = %s", [asked]).fetchone() == ("",)
    assert answer(other, here.vik, asked) == "yes"
