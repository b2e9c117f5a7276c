"""Whoever opens twice in the same breath opens one: the second waits for the first, and nobody else does."""

from threading import Thread
from time import sleep, time
from uuid import UUID, uuid4

import psycopg
import pytest
from django.conf import settings

import testbed
from kring.trust import identity
from trust.each_policy import NOW, Neighbourhood, lay
from trust.still import DAY
from trust.unheard import unheard

OPEN = (
    "SELECT set_config('kring.identity', %s, true), trust.open_danger(%s, %s, %s, %s, 'hurt', %s, %s, now())"
)


@pytest.fixture
def here(owner: psycopg.Connection) -> Neighbourhood:
    """Lotte of the school and Vik of the ombuds service hold the right."""
    made = Neighbourhood(owner)
    with unheard(owner):
        for who in (made.lotte, made.vik):
            lay(owner, "trust_dangerright", {
                "village_id": made.village, "job_id": made.jobs[who], "asked_by_id": made.ada, "given_by_id": made.vera,
                "asked_at": NOW - DAY, "since": NOW - DAY, "until": NOW + DAY,
            })  # fmt: skip
    return made


def opens(here: Neighbourhood, at: psycopg.Connection, who: UUID, family: UUID, child: UUID) -> str:
    """That it is open, or the word of the refusal: for somebody who asks on this connection."""
    line = identity.signed(settings.IDENTITY_KEY, person=who, backend=at.info.backend_pid, at=time())
    try:
        at.execute(OPEN, [line, uuid4(), here.jobs[who], family, child, b"w" * 30, b"t" * 30])
    except psycopg.Error as refused:
        return str(refused.diag.message_primary)
    return "open"


def waits(owner: psycopg.Connection, for_whom: psycopg.Connection) -> bool:
    """Whether somebody stands in the way of that connection within ten seconds."""
    for _ in range(200):
        if owner.execute("SELECT pg_blocking_pids(%s) <> '{}'", [for_whom.info.backend_pid]).fetchone()[0]:
            return True
        sleep(0.05)
    return False


def test_a_second_opening_waits_for_the_first_one_of_the_same_person(
    here: Neighbourhood, owner: psycopg.Connection, bed: testbed.Testbed
) -> None:
    said: list[str] = []
    with bed.connect() as first, bed.connect() as second, bed.connect() as another:
        with first.transaction():
            assert opens(here, first, here.lotte, here.family, here.samira) == "open"
            another.execute("SET lock_timeout = '5s'")
            assert opens(here, another, here.vik, here.next_family, here.bram) == "open", (
                "he waits for nobody"
            )
            beside = Thread(
                target=lambda: said.append(opens(here, second, here.lotte, here.next_family, here.bram))
            )
            beside.start()
            assert waits(owner, second)
        beside.join()
    assert said == ["one_danger_at_a_time"]
    told = owner.execute("SELECT person_id, family_id FROM trust_danger WHERE ground = 'hurt'").fetchall()
    assert set(told) == {(here.lotte, here.family), (here.vik, here.next_family)}
