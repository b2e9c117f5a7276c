"""Who asks that a colleague who lost what they sign in with chooses anew: an administrator of the same village."""

import json
from typing import Any
from uuid import UUID

import psycopg
import pytest

from trust.each_policy import Neighbourhood
from trust.scenes import insert
from trust.whoever import NOBODY, of_whom, stands


@pytest.fixture
def here(owner: psycopg.Connection) -> Neighbourhood:
    """Two villages; Lotte, Naima and Xena have an account, and Tom had one."""
    here = Neighbourhood(owner)
    for name, active in (("lotte", True), ("naima", True), ("xena", True), ("tom", False)):
        facts = {"password": "!", "language": "nl", "is_active": active, "shortcuts": True}
        insert(owner, "trust_account", person_id=here.called[name], email=f"{name}@linde.example", **facts)
    return here


def asks(here: Neighbourhood, person: UUID, **more: Any) -> set[str]:
    """Who may ask it of this person."""
    return of_whom(here, "may_ask_factor", json.dumps({"person": str(person)} | more))


def test_an_administrator_asks_it_of_whoever_works_in_the_same_village_and_comes_in(here):
    assert asks(here, here.lotte) == {"ada", "bea"}
    assert asks(here, here.called["xena"]) == {"xavi"}
    assert asks(here, here.tom) == NOBODY, "their account is closed"
    assert asks(here, here.noor) == NOBODY, "they have none"
    assert asks(here, here.naima) == NOBODY, "she does not work here"
    assert asks(here, here.lotte, circle=str(here.circle)) == NOBODY, "nothing else is asked with it"


def test_nobody_asks_it_whose_work_has_ended_or_of_whom_it_has(here):
    ends = "UPDATE trust_job SET until = now() WHERE person_id = %s"
    stands(here, ends, here.ada)
    assert asks(here, here.lotte) == {"bea"}
    stands(here, ends, here.lotte)
    assert asks(here, here.lotte) == NOBODY
