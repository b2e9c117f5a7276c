"""Whom the sign-in of the town opens an account for, asked of the database; who begins it, who ends it, and what ends with it."""

import time
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection

from kring.trust import identity, viewer
from trust.by_hand import account_with_app
from trust.each_policy import NOW, Neighbourhood
from trust.scenes import LONG_AGO
from trust.test_whose_account_it_is import ALL, ends, left, signed_in
from trust.whoever import of_whom, stands
from trust.work_laid import agreement_ends

OVER_THERE = b"somebody over there"
KEEPERS = {"ada", "bea", "vera", "vik", "xavi", "xander"}
WORKERS = {"noor", "lotte", "tom", "els", "lou", "nel", "nils", "eva", "xena", "xeno"}
ROWS = "SELECT person_id, subject_hash, own_hand, ended_at IS NULL FROM trust_signon ORDER BY subject_hash"


@pytest.fixture
def here(owner: psycopg.Connection) -> Neighbourhood:
    """Everybody has an account, and nobody came in by the town yet."""
    here = Neighbourhood(owner)
    owner.execute("DELETE FROM trust_signon")
    here.accounts = {name: account_with_app(owner, who, address(name)) for name, who in here.called.items()}
    return here


def address(name: str) -> str:
    """Where letters to them go."""
    return f"{name}@linde.example"


def vouched(
    here: Neighbourhood, who: str, subject: bytes = OVER_THERE, at: float | None = None, **changed: Any
) -> str | None:
    """Who comes in when the town vouches for this address."""
    at = at or time.time()
    until, signature = identity.vouched(settings.IDENTITY_KEY, subject=subject, address=who, at=at)
    said = {"hash": subject, "address": who, "ends": until, "signature": signature} | changed
    asked = "SELECT trust.sign_on(%(hash)s, %(address)s, %(ends)s, %(signature)s)"
    (account,) = here.owner.execute(asked, said).fetchone()
    return next((name for name, one in here.accounts.items() if one == account), None)


def rows(here: Neighbourhood) -> list[tuple[UUID, bytes, bool, bool]]:
    """Who is known over there: as whom, by their own hand, and whether it still holds."""
    return [
        (who, bytes(subject), own, holds) for who, subject, own, holds in here.owner.execute(ROWS).fetchall()
    ]


def known(here: Neighbourhood, who: UUID, **more: Any) -> None:
    """They are known over there."""
    said = {
        "person_id": who,
        "subject_hash": OVER_THERE,
        "own_hand": False,
        "ended_at": None,
        "since": LONG_AGO,
    } | more
    columns, marks = ", ".join(said), ", ".join(["%s"] * len(said))
    here.owner.execute(
        f"INSERT INTO trust_signon (id, {columns}) VALUES (gen_random_uuid(), {marks})", list(said.values())
    )


def test_who_keeps_the_house(here):
    assert of_whom(here, "keeps_the_house") == KEEPERS


def test_by_an_address_comes_in_who_works_and_does_not_keep_the_house(here):
    came_in = {
        name: who
        for name in here.called
        if (who := vouched(here, address(name).upper(), subject=name.encode()))
    }
    assert came_in == {name: name for name in WORKERS}
    assert rows(here) == [(here.called[name], name.encode(), False, True) for name in sorted(WORKERS)]
    assert vouched(here, "nobody@linde.example") is None


def test_who_is_switched_off_or_works_no_more_is_not_let_in_by_an_address(here):
    stands(here, "UPDATE trust_account SET is_active = false WHERE person_id = %s", here.tom)
    agreement_ends(here, "School De Linde")
    for name in ("tom", "lotte"):
        assert vouched(here, address(name)) is None
    stands(here, "UPDATE trust_account SET email = '' WHERE person_id = %s", here.noor)
    assert vouched(here, "") is None, "an empty address is nobody's"
    assert rows(here) == []


def test_what_is_over_or_was_signed_by_another_is_not_believed(here):
    assert vouched(here, address("lotte"), at=time.time() - identity.VALID_SECONDS - 2) is None
    other = vouched(here, address("tom"), subject=b"Tom")
    assert other == "tom"
    for changed in ({"signature": "0" * 64}, {"address": address("noor")}, {"hash": b"Tom"}, {"ends": None}):
        assert vouched(here, address("lotte"), **changed) is None
    assert vouched(here, address("lotte")) == "lotte"


def test_whoever_is_known_over_there_comes_in_whatever_their_address(here):
    for name in ("lotte", "tom"):
        known(here, here.called[name], subject_hash=name.encode())
    for name in ("lotte", "tom"):
        assert vouched(here, "another@linde.example", subject=name.encode()) == name
        assert vouched(here, address("noor"), subject=name.encode()) == name
    before = rows(here)
    assert vouched(here, address("lotte"), subject=b"another over there") is None, (
        "the address was given anew"
    )
    assert rows(here) == before


def test_who_is_known_and_may_not_come_in_any_more(here):
    def comes_in() -> bool:
        return vouched(here, address("lotte")) == "lotte"

    known(here, here.lotte)
    assert comes_in()
    changes = {
        "UPDATE trust_account SET is_active = {} WHERE person_id = %s": ("false", "true"),
        "UPDATE trust_signon SET ended_at = {} WHERE person_id = %s": ("now()", "NULL"),
        "UPDATE trust_job SET until = {} WHERE person_id = %s": ("now() - interval '1 hour'", "NULL"),
        "UPDATE trust_job SET role = {} WHERE person_id = %s": ("'trust officer'", "'teacher'"),
    }
    for change, (ends_it, back) in changes.items():
        stands(here, change.format(ends_it), here.lotte)
        assert not comes_in(), change
        stands(here, change.format(back), here.lotte)
        assert comes_in()


def test_who_keeps_the_house_comes_in_by_the_town_when_they_began_it_by_their_own_hand(here):
    known(here, here.ada)
    assert vouched(here, address("ada")) is None
    stands(here, "UPDATE trust_signon SET own_hand = true")
    assert vouched(here, address("ada")) == "ada"


def told(who: UUID, function: str, *values: Any, seen_as: UUID | None = None) -> Any:
    """What a function answers this person."""
    with viewer.acting(who, seen_as=seen_as), connection.cursor() as cursor:
        cursor.execute(f"SELECT trust.{function}({', '.join(['%s'] * len(values))})", values)
        return cursor.fetchone()[0]


def test_only_who_works_begins_it_and_for_themselves(here):
    known(here, here.tom, subject_hash=b"Tom", ended_at=NOW)
    known(here, here.noor, subject_hash=b"Noor")
    assert told(here.lotte, "begin_sign_on", OVER_THERE, seen_as=here.noor) is False
    for who, begins in ((here.naima, False), (here.lotte, True), (here.tom, False)):
        assert told(who, "begin_sign_on", OVER_THERE) is begins, "whom Lotte is over there is not Tom"
    others = [(here.noor, b"Noor", False, True), (here.tom, b"Tom", False, False)]
    assert rows(here) == [*others, (here.lotte, OVER_THERE, True, True)]
    assert told(here.tom, "begin_sign_on", b"Tom anew") is True
    assert rows(here)[1] == (here.tom, b"Tom anew", True, True)


def test_it_ends_for_whoever_ends_it_and_for_nobody_else(here):
    for name in ("lotte", "tom"):
        known(here, here.called[name], subject_hash=name.encode())
    stands(here, "UPDATE mfa_authenticator SET type = 'webauthn' WHERE user_id = %s", here.accounts["lotte"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.end_sign_on()")
        assert cursor.fetchone() == (False,), "who is nobody ends nothing, and is not told why"
    assert told(here.lotte, "end_sign_on", seen_as=here.noor) is False
    assert [holds for *_, holds in rows(here)] == [True, True]
    with pytest.raises(DatabaseError, match="no_other_way_in"):
        told(here.tom, "end_sign_on")
    assert [told(here.lotte, "end_sign_on") for _twice in range(2)] == [True, False]
    assert rows(here) == [(here.lotte, b"lotte", False, False), (here.tom, b"tom", False, True)]


def test_with_a_way_in_ends_what_it_opened_and_nothing_of_another(here):
    here.owner.execute("DELETE FROM mfa_authenticator")
    here.owner.execute("DELETE FROM trust_account")
    for who in (here.lotte, here.tom):
        signed_in(here, who)
    here.owner.execute("UPDATE trust_signon SET ended_at = now() WHERE person_id = %s", [here.lotte])
    assert left(here, here.lotte) == ALL | {"trust_session": 0}
    assert left(here, here.tom) == ALL
    before, now = ends(here, here.lotte)
    assert before == LONG_AGO, "what had ended had ended then"
    assert now is not None
    assert ends(here, here.tom) == [LONG_AGO, None]
