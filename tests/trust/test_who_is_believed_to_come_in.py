"""Who is believed to come in and by which role a row is written; what is never changed of an account; and two small words."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from kring.trust import identity
from trust.by_hand import account_with_app
from trust.each_policy import NOW, Neighbourhood
from trust.one_trigger import Alone, alone
from trust.test_who_asks_by_a_link import signed, told

VIEWER, COMES, SIGNS = (f"SELECT trust.{what}()" for what in ("viewer", "coming_in", "signs_in"))
NOT_YOURS = "not_yours_to_decide"


def test_who_asks_with_all_they_have_and_who_showed_one_thing_sign_in(here):
    inside, one_thing = signed(here.lotte), signed(here.lotte, scope=identity.NOTHING)
    by_link = signed(here.lotte, scope=uuid4())
    answers = {
        line: [told(line, ask) for ask in (VIEWER, COMES, SIGNS)] for line in (inside, one_thing, by_link)
    }
    assert list(answers.values()) == [
        [here.lotte, None, here.lotte],
        [None, here.lotte, here.lotte],
        [None, None, None],
    ]
    assert [told(None, ask) for ask in (VIEWER, COMES, SIGNS)] == [None, None, None]


def test_through_the_eyes_of_another_nobody_signs_in(here):
    for scope in (None, identity.NOTHING):
        line = signed(here.lotte, scope=scope, seen_as=here.noor)
        assert told(line, COMES) is told(line, SIGNS) is None
    assert told(signed(here.lotte, seen_as=here.noor), VIEWER) == here.lotte


def test_a_second_key_beside_the_first_changes_nothing_for_who_asks(here):
    line = signed(here.naima)
    here.owner.execute(
        "INSERT INTO trust_signingkey (id, inner_pad, outer_pad) SELECT 2, outer_pad, inner_pad FROM trust_signingkey"
    )
    try:
        assert told(line, VIEWER) == here.naima
    finally:
        here.owner.execute("DELETE FROM trust_signingkey WHERE id = 2")


def test_pages_and_the_clock_are_served_and_nobody_else_is(here):
    roles = ("kring_runtime", "kring_clock", "kring_gatekeeper", "kring_migrator")
    found = {}
    for role in roles:
        with here.owner.transaction(force_rollback=True):
            here.owner.execute(f"SET LOCAL ROLE {role}")
            found[role] = here.owner.execute("SELECT trust.is_served()").fetchone()[0]
    assert found == {role: role in ("kring_runtime", "kring_clock") for role in roles}


@pytest.fixture
def accounts(here: Neighbourhood) -> dict[str, UUID]:
    """Lotte and Tom each have an account with an app."""
    return {name: account_with_app(here.owner, here.called[name], name) for name in ("lotte", "tom")}


@pytest.fixture
def by(here: Neighbourhood, accounts: dict[str, UUID], request: pytest.FixtureRequest) -> Iterator[Alone]:
    """Where one trigger alone answers."""
    trigger, table = request.param
    with alone(here.owner, trigger, table) as by:
        yield by


@pytest.mark.parametrize("by", [("account_change_check", "trust_account")], indirect=True)
@pytest.mark.parametrize(
    ("column", "value"),
    [("id", uuid4()), ("person_id", uuid4()), ("email", "else@linde.example"), ("is_active", False)],
)
def test_whose_an_account_is_and_its_address_is_not_for_a_page_to_change(here, by, accounts, column, value):
    change = f"UPDATE trust_account SET {column} = %s WHERE id = %s"
    assert by.does(here.lotte, change, value, accounts["lotte"], served=True) == NOT_YOURS
    with here.owner.transaction(force_rollback=True):
        here.owner.execute("SET CONSTRAINTS ALL DEFERRED")
        assert by.does(None, change, value, accounts["lotte"]) == 1, "the owner and the clock's functions do"


@pytest.mark.parametrize("by", [("account_change_check", "trust_account")], indirect=True)
def test_a_page_changes_a_password(here, by, accounts):
    change = "UPDATE trust_account SET password = 'other' WHERE id = %s"
    assert by.does(here.lotte, change, accounts["lotte"], served=True) == 1


@pytest.mark.parametrize("by", [("factor_change_check", "mfa_authenticator")], indirect=True)
def test_whose_a_factor_is_what_it_is_and_since_when_stays_also_for_who_showed_two_things(here, by, accounts):
    (number,) = here.owner.execute(
        "SELECT id FROM mfa_authenticator WHERE user_id = %s", [accounts["lotte"]]
    ).fetchone()
    changes = {
        "id": number + 1000, "user_id": accounts["tom"], "type": "webauthn", "created_at": NOW - timedelta(minutes=1)
    }  # fmt: skip
    for column, value in changes.items():
        change = f"UPDATE mfa_authenticator SET {column} = %s WHERE id = %s"
        assert by.does(here.lotte, change, value, number, served=True) == NOT_YOURS, column
        assert by.does(None, change, value, number) == 1, column
    other = 'UPDATE mfa_authenticator SET data = \'{"secret": "new"}\' WHERE id = %s'
    assert by.does(here.lotte, other, number, served=True) == 1
    assert by.does(None, other, number, served=True) == NOT_YOURS, "who showed one thing uses it only"


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["abc", None, ""], "3:abc,-,0:"),
        (["-", "é"], "1:-,2:é"),
        ([None], "-"),
        (["1:a,-", "b"], "5:1:a,-,1:b"),
    ],
)
def test_words_of_a_line_can_be_read_in_one_way_only(owner, words, line):
    assert owner.execute("SELECT trust.told(VARIADIC %s::text[])", [words]).fetchone() == (line,)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("Bos", " bos ", True), ("Bos", "Vos", False), ("", "", False), (" ", "", False), ("", "Bos", False)],
)
def test_a_name_is_the_same_in_small_letters_and_large_and_no_name_is_nobodys(owner, one, other, same):
    assert owner.execute("SELECT trust.same_name(%s, %s)", [one, other]).fetchone() == (same,)
