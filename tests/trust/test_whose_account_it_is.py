"""Whose account somebody opens, whose factor they add or ask for anew, and what goes with an account that goes."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from kring.trust import viewer
from trust.by_hand import account_with_app
from trust.each_policy import LATER, NOW, Neighbourhood, lay
from trust.scenes import LONG_AGO
from trust.unheard import unheard
from trust.whoever import asked, by_whom, of_whom, stands

NOBODY: set[str] = set()
ADDRESS = "somebody@linde.example"
BY_PERSON = ("trust_session", "trust_shareddevice", "trust_knowndevice", "trust_signon", "trust_pin")


def met(here: Neighbourhood, whom: UUID, by: UUID | None) -> None:
    """Who invited them a moment ago."""
    stands(here, "UPDATE trust_person SET met_by_id = %s WHERE id = %s", by, whom)


def test_the_administrator_opens_an_account_for_the_colleague_they_just_invited(here):
    ask = ("may_get_account", here.lotte, ADDRESS)
    assert by_whom(here, *ask) == NOBODY
    met(here, here.lotte, here.ada)
    assert by_whom(here, *ask) == {"ada"}
    assert by_whom(here, "may_get_account", here.tom, ADDRESS) == NOBODY, "another was invited"
    with viewer.acting(here.ada, seen_as=here.noor), connection.cursor() as cursor:
        cursor.execute("SELECT trust.may_get_account(%s, %s)", [here.lotte, ADDRESS])
        assert cursor.fetchone() == (False,), "nobody does anything through other eyes"
    met(here, here.lotte, here.lou)
    assert by_whom(here, *ask) == NOBODY, "Lou administers nothing"


def test_the_administrator_opens_none_for_who_does_not_work_here(here):
    for whom in (here.said, here.xena):
        met(here, whom, here.ada)
        assert by_whom(here, "may_get_account", whom, ADDRESS) == NOBODY


def test_ones_own_account_has_no_address_yet(here):
    assert by_whom(here, "may_get_account", here.said, None) == {"said"}
    assert by_whom(here, "may_get_account", here.said, ADDRESS) == NOBODY
    assert set(asked(here, "may_get_account", None, None).values()) == {False}, "nobody is no newcomer"


@contextmanager
def one_thing_shown(who: UUID) -> Iterator[Any]:
    """They showed one thing so far."""
    with viewer.coming_in(who), connection.cursor() as cursor:
        yield cursor


def adds(who: UUID, account: UUID | None, kind: str) -> Any:
    """Whether they may add a factor of this kind there."""
    with one_thing_shown(who) as cursor:
        cursor.execute("SELECT trust.may_add_factor(%s, %s)", [account, kind])
        return cursor.fetchone()[0]


def test_a_factor_is_added_by_who_has_none_yet_and_spare_codes_beside_a_new_one(here):
    account, others = (
        account_with_app(here.owner, who, f"{who}@linde.example") for who in (here.lotte, here.tom)
    )
    made = "UPDATE mfa_authenticator SET created_at = now() - %s, type = %s WHERE user_id = %s"
    for minutes, kind, codes in (
        (4, "totp", True),
        (6, "totp", False),
        (4, "recovery_codes", False),
    ):
        here.owner.execute(made, [timedelta(minutes=minutes), kind, account])
        assert adds(here.lotte, account, "recovery_codes") is codes
        assert adds(here.lotte, account, "totp") is adds(here.lotte, account, "webauthn") is False
    here.owner.execute("DELETE FROM mfa_authenticator WHERE user_id = %s", [account])
    for kind in ("recovery_codes", "totp"):
        assert adds(here.lotte, account, kind) is True, "what another has is nothing of theirs"
        assert adds(here.lotte, others, kind) is adds(here.lotte, None, kind) is False
        assert by_whom(here, "may_add_factor", others, kind) == {"tom"}, "who showed two things"


def test_administrators_ask_a_new_factor_for_a_colleague_who_has_an_account(here):
    def asks(whom: UUID, **more: Any) -> set[str]:
        return of_whom(here, "may_ask_factor", json.dumps({"person": str(whom)} | more))

    account_with_app(here.owner, here.tom, "tom@linde.example")
    assert asks(here.lotte) == NOBODY, "it is the account of another"
    account = account_with_app(here.owner, here.lotte, ADDRESS)
    assert asks(here.lotte) == {"ada", "bea"}
    assert asks(here.lotte, more="x") == NOBODY, "nothing else is asked with it"
    stands(here, "UPDATE trust_account SET is_active = false WHERE id = %s", account)
    assert asks(here.lotte) == NOBODY


def test_who_does_not_work_or_works_elsewhere_gets_no_new_factor(here):
    for whom, who in ((here.said, NOBODY), (here.xena, {"xavi"})):
        account_with_app(here.owner, whom, f"{whom}@linde.example")
        assert of_whom(here, "may_ask_factor", json.dumps({"person": str(whom)})) == who


def signed_in(here: Neighbourhood, who: UUID) -> dict[str, Any]:
    """An account, a session, a device that is known and shared now and before, a sign-on and digits; by table."""
    account_with_app(here.owner, who, f"{who}@linde.example")
    with unheard(here.owner):
        rows = {}
        for table in BY_PERSON:
            here.owner.execute(f"DELETE FROM {table} WHERE person_id = %s", [who])
            said = {"person_id": who, "since": NOW, "until": LATER, "session_key": uuid4().hex, "device_hash": who.bytes,
                    "subject_hash": who.bytes, "village_id": here.village}  # fmt: skip
            rows[table] = lay(here.owner, table, said)
            if table == "trust_shareddevice":
                lay(here.owner, table, said | {"ended_at": LONG_AGO})
    return rows


def left(here: Neighbourhood, who: UUID) -> dict[str, int]:
    """How much of it is left."""
    count = "SELECT count(*) FROM {} WHERE person_id = %s".format
    return {table: here.owner.execute(count(table), [who]).fetchone()[0] for table in BY_PERSON}


def ends(here: Neighbourhood, who: UUID) -> list[Any]:
    """When what they shared ended."""
    told = "SELECT ended_at FROM trust_shareddevice WHERE person_id = %s ORDER BY ended_at"
    return [row[0] for row in here.owner.execute(told, [who]).fetchall()]


ALL = dict.fromkeys(BY_PERSON, 1) | {"trust_shareddevice": 2}


def test_another_password_ends_sessions_and_what_was_shared_and_nothing_of_another(here):
    for who in (here.lotte, here.tom):
        signed_in(here, who)
    here.owner.execute("UPDATE trust_account SET password = 'other' WHERE person_id = %s", [here.lotte])
    assert left(here, here.lotte) == ALL | {"trust_session": 0}
    assert left(here, here.tom) == ALL
    before, now = ends(here, here.lotte)
    assert before == LONG_AGO, "what had ended had ended then"
    assert now is not None
    assert ends(here, here.tom) == [LONG_AGO, None]


def test_with_an_account_that_goes_goes_what_opened_it_and_nothing_of_another(here):
    for who in (here.lotte, here.tom):
        signed_in(here, who)
    own = "(SELECT id FROM trust_account WHERE person_id = %s)"
    stands(here, f"DELETE FROM mfa_authenticator WHERE user_id = {own}", here.lotte)
    here.owner.execute("DELETE FROM trust_account WHERE person_id = %s", [here.lotte])
    assert left(here, here.lotte) == dict.fromkeys(BY_PERSON, 0)
    assert left(here, here.tom) == ALL
