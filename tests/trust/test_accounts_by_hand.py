"""How somebody signs in is written by nobody else, whoever holds the serving role's connection."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import transaction

from circle.furnished import Furnished
from kring.trust import viewer
from kring.trust.usecases import accounts
from trust.by_hand import account_with_app, tried

ADDRESS = "UPDATE trust_account SET email = 'thief@example.org' WHERE person_id = %s"
PASSWORD = "UPDATE trust_account SET password = 'mine' WHERE person_id = %s"
OFF = "UPDATE trust_account SET is_active = false WHERE person_id = %s"
MINE = "UPDATE trust_account SET person_id = gen_random_uuid() WHERE person_id = %s"
OWN = "(SELECT id FROM trust_account WHERE person_id = %s)"
ADDED = f"INSERT INTO mfa_authenticator (type, data, user_id, created_at) SELECT %s, '{{}}', {OWN}, now()"
SWAPPED = f'UPDATE mfa_authenticator SET data = \'{{"secret": "mine"}}\' WHERE user_id = {OWN}'
USED = f"UPDATE mfa_authenticator SET last_used_at = now() WHERE user_id = {OWN}"
GONE = f"DELETE FROM mfa_authenticator WHERE user_id = {OWN}"
FURTHER = f"INSERT INTO account_emailaddress (email, verified, \"primary\", user_id) SELECT 'a@b.org', true, true, {OWN}"
NEW = (
    "INSERT INTO trust_account (id, person_id, email, password, language, is_active, shortcuts) "
    "VALUES (gen_random_uuid(), %s, %s, '!', '', true, true)"
)
REFUSED = (0, "refused")


@pytest.fixture
def home(owner: psycopg.Connection) -> Furnished:
    made = Furnished(owner)
    made.ada = made.worker("Ada", "administrator", "Town hall")
    for person in (made.noor, made.naima, made.lotte, made.ada):
        account_with_app(owner, person, f"{person}@linde.example")
    return made


@contextmanager
def nobody(_who: UUID) -> Iterator[None]:
    with transaction.atomic():
        viewer.nobody()
        yield


@contextmanager
def by_a_link(who: UUID) -> Iterator[None]:
    """By a link to one object: the person is known, and opens that object only."""
    with transaction.atomic():
        viewer.identify(who, scope=uuid4())
        yield


def test_nobody_writes_how_another_signs_in(home: Furnished) -> None:
    asks = [(nobody, home.noor), (by_a_link, home.noor)]
    asks += [(viewer.acting, who) for who in (home.lotte, home.naima, home.ada)]
    asks += [(viewer.coming_in, home.lotte)]
    for unit, who in asks:
        for statement in (ADDRESS, PASSWORD, OFF, MINE, SWAPPED, USED, GONE, FURTHER):
            assert tried(who, statement, home.noor, unit=unit) in REFUSED, (unit, statement)
        assert tried(who, ADDED, "webauthn", home.noor, unit=unit) in REFUSED
        assert tried(who, NEW, home.samira, None, unit=unit) in REFUSED
        assert tried(who, NEW, home.samira, "samira@example.org", unit=unit) in REFUSED


def test_one_writes_ones_own_but_neither_the_address_nor_what_is_switched_off(home: Furnished) -> None:
    assert tried(home.noor, PASSWORD, home.noor) == 1
    for statement in (ADDRESS, OFF, MINE, FURTHER):
        assert tried(home.noor, statement, home.noor) == "refused"
    assert tried(home.noor, ADDED, "webauthn", home.noor) == 1
    assert tried(home.noor, GONE, home.noor) == 1


def test_with_one_factor_the_second_is_used_and_never_changed(home: Furnished, owner: Any) -> None:
    assert tried(home.noor, USED, home.noor, unit=viewer.coming_in) == 1
    assert tried(home.noor, PASSWORD, home.noor, unit=viewer.coming_in) == 1, (
        "a proof by mail, then the factor"
    )
    for statement in (SWAPPED, GONE):
        assert tried(home.noor, statement, home.noor, unit=viewer.coming_in) in REFUSED
    for kind in ("webauthn", "recovery_codes"):
        assert tried(home.noor, ADDED, kind, home.noor, unit=viewer.coming_in) == "refused"
    spare = f"UPDATE mfa_authenticator SET data = jsonb_set(data, '{{used_mask}}', %s) WHERE user_id = {OWN}"
    owner.execute("UPDATE mfa_authenticator SET type = 'recovery_codes', data = '{\"used_mask\": 5}'")
    assert tried(home.noor, spare, "7", home.noor, unit=viewer.coming_in) == 1
    assert tried(home.noor, spare, "2", home.noor, unit=viewer.coming_in) == "refused", (
        "a used code stays used"
    )


def test_who_has_no_account_gets_their_own_by_their_link(home: Furnished) -> None:
    assert accounts.of_person(home.samira).person_id == home.samira
    assert tried(home.karim, NEW, home.karim, "karim@example.org", unit=viewer.coming_in) == "refused"
    assert tried(home.karim, NEW, home.karim, None, unit=viewer.coming_in) == 1
