"""Which rows are locked while access is reckoned or a second yes is said: those of whom it concerns, and no neighbour's."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

import testbed
from trust.each_policy import NOW, Neighbourhood
from trust.one_trigger import Alone
from trust.whoever import names
from two_people.matters import matter, plain


@pytest.fixture
def other(bed: testbed.Testbed) -> Iterator[psycopg.Connection]:
    """Somebody who comes meanwhile."""
    with bed.connect() as other:
        yield other


class Held:
    """What nobody else gets hold of meanwhile."""

    def __init__(self, here: Neighbourhood, other: psycopg.Connection) -> None:
        self.here, self.other = here, other

    def _of(self, table: str, how: str) -> list[UUID]:
        rows = self.other.execute(f"SELECT id FROM {table}").fetchall()
        free = self.other.execute(f"SELECT id FROM {table} FOR {how} SKIP LOCKED").fetchall()
        return [row for (row,) in set(rows) - set(free)]

    def people(self, how: str = "NO KEY UPDATE") -> set[str]:
        """Whose row."""
        return names(self.here, self._of("trust_person", how))

    def organisations(self) -> set[str]:
        """Of which organisation."""
        called = {which: name for name, which in self.here.organisations.items()}
        return {called.get(one, "elsewhere") for one in self._of("trust_organisation", "NO KEY UPDATE")}

    def families(self) -> set[UUID]:
        """Of which family."""
        return set(self._of("trust_family", "NO KEY UPDATE"))


@contextmanager
def held(
    here: Neighbourhood, other: psycopg.Connection, function: str, *values: Any, by: UUID | None = None
) -> Iterator[Held]:
    """While this is done and not yet kept."""
    with here.owner.transaction(force_rollback=True):
        Alone(here.owner).asks(by)
        here.owner.execute(f"SELECT trust.{function}", values)
        yield Held(here, other)


def test_who_reckons_holds_what_is_reckoned_from_and_nothing_else(here, other):
    school, town = here.organisations["School De Linde"], here.organisations["Town hall"]
    with held(
        here, other, "lock_rows(%s, %s, %s)", [school, town], [here.family], [here.noor, here.tom]
    ) as now:
        assert now.organisations() == {"School De Linde", "Town hall"}
        assert now.families() == {here.family}
        assert now.people() == {"noor", "tom"}
        assert now.people("KEY SHARE") == set(), "who writes a row of theirs does not wait"
    with held(here, other, "lock_rows('{}', '{}', '{}')") as now:
        assert now.organisations() | now.families() | now.people() == set()


def people_of(here: Neighbourhood, other: psycopg.Connection, kind: str, /, **facts: Any) -> Any:
    """While Vera answers what Noor asked."""
    asked = matter(here, kind, here.noor, **facts)
    said = "lock_people_of(m, %s) FROM trust_matter m WHERE id = %s"
    return held(here, other, said, here.vera, asked)


def test_an_answer_holds_the_two_whom_it_is_about_their_work_and_the_family(here, other):
    with people_of(here, other, "conflict", family=here.family, subject=here.samira, person=here.tom) as now:
        assert now.people() == {"noor", "vera", "samira", "tom"}
        assert now.people("KEY SHARE") == set()
        assert now.families() == {here.family}
        assert now.organisations() == {"Girlz Lounge", "Ombuds"}
    with people_of(
        here, other, "withheld", family=here.next_family, subject=here.bram, sector="x", person=here.lotte
    ) as now:
        assert now.people() == {"noor", "vera", "bram", "lotte"}
        assert now.families() == {here.next_family}
        assert now.organisations() == {"Girlz Lounge", "Ombuds", "School De Linde"}
    with people_of(here, other, "export", families=12) as now:
        assert (now.people(), now.families()) == ({"noor", "vera"}, set())


def test_while_two_become_one_nobody_gives_them_a_place(here, other):
    with people_of(here, other, "merge", family=here.family, person=here.karim, other=here.britt) as now:
        assert now.people() == now.people("KEY SHARE") == {"noor", "vera", "karim", "britt"}
        assert now.families() == {here.family}
        assert now.organisations() == {"Girlz Lounge", "Ombuds"}


def test_whoever_asks_asks_one_thing_after_the_other(here, other):
    said = "ask_two(%s, 'export', %s, '', %s)"
    with held(here, other, said, uuid4(), plain({"families": 12}), NOW, by=here.ada) as now:
        assert now.people() == {"ada"}


def answer(connection: psycopg.Connection, who: UUID, asked: UUID) -> Any:
    """What they are told who answer on another machine."""
    with connection.transaction():
        Alone(connection).asks(who)
        return connection.execute("SELECT trust.answer_two(%s, true, '', now())", [asked]).fetchone()[0]


def waits(owner: psycopg.Connection, other: psycopg.Connection) -> bool:
    """Whether the other one comes to wait within ten seconds."""
    for _ in range(200):
        told = "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = %s"
        if owner.execute(told, [other.info.backend_pid]).fetchone()[0]:
            return True
        time.sleep(0.05)
    return False


def test_who_answers_while_their_work_ends_waits_and_says_no_yes(here, other):
    asked = matter(here, "export", here.ada, families=12)
    with ThreadPoolExecutor(1) as elsewhere:
        with here.owner.transaction():
            here.owner.execute("UPDATE trust_job SET until = now() WHERE person_id = %s", [here.vera])
            told = elsewhere.submit(answer, other, here.vera, asked)
            assert waits(here.owner, other)
        assert told.result(timeout=20) is None
    assert here.owner.execute("SELECT answer FROM trust_matter WHERE id = %s", [asked]).fetchone() == ("",)
    assert answer(other, here.vik, asked) == "yes"
