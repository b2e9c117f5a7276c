"""Who asks that a colleague who lost what they sign in with chooses anew: an administrator of the same village."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from trust.each_policy import NOW, Neighbourhood, lay
from trust.scenes import insert
from trust.unheard import unheard
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


def test_only_what_that_colleague_signed_in_with_ends(here):
    """The card to sign in with, and the town's way; no link to anything else, and nothing of anybody else."""
    before, at, xena = NOW - timedelta(days=1), NOW, here.called["xena"]
    kept: dict[str, tuple[str, UUID]] = {}
    stands(here, "DELETE FROM trust_signon")
    stands(here, "DELETE FROM mfa_authenticator")
    with unheard(here.owner):
        for name, town in (("lotte", None), ("xena", None), ("tom", before)):
            who = here.called[name]
            account = here.owner.execute("SELECT id FROM trust_account WHERE person_id = %s", [who])
            lay(here.owner, "mfa_authenticator", {"user_id": account.fetchone()[0], "type": "totp"})
            for ended in (None, before):
                for purpose in ("sign in", "approve"):
                    row = {
                        "person_id": who,
                        "purpose": purpose,
                        "ended_at": ended,
                        "token_hash": uuid4().bytes,
                    }
                    kept[f"{purpose} {name} {ended}"] = ("trust_link", lay(here.owner, "trust_link", row))
            row = {"person_id": who, "ended_at": town, "subject_hash": uuid4().bytes}
            kept[f"town {name}"] = ("trust_signon", lay(here.owner, "trust_signon", row))
    ended = "SELECT ended_at FROM {} WHERE id = %s".format

    def ends_for(who: UUID, done: bool = True) -> set[str]:
        matter = {
            "village_id": here.village, "kind": "second factor", "answer": "", "number": uuid4().hex[:9],
            "facts": json.dumps({"person": str(who)}),
        }  # fmt: skip
        with unheard(here.owner):
            row = lay(here.owner, "trust_matter", matter)
        said = "SELECT trust.lock_carry_second_factor(m, %s) FROM trust_matter m WHERE id = %s"
        assert here.owner.execute(said, [at, row]).fetchone() == (done,)
        told = {
            name: here.owner.execute(ended(table), [key]).fetchone()[0] for name, (table, key) in kept.items()
        }
        return {name for name, when in told.items() if when == at}

    for nobody in (here.tom, here.noor):
        assert ends_for(nobody, done=False) == NOBODY, "whose account is closed, or who has none"
    assert ends_for(here.lotte) == {"sign in lotte None", "town lotte"}
    factors = "SELECT a.person_id FROM mfa_authenticator f JOIN trust_account a ON a.id = f.user_id"
    assert set(here.owner.execute(factors).fetchall()) == {(xena,), (here.tom,)}
    stands(here, "UPDATE trust_account SET is_active = true WHERE person_id = %s", here.tom)
    assert "town tom" not in ends_for(here.tom), "that ended before"
