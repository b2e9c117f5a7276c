"""How often something was tried, whether words are locked, and who comes in without the sign-in of the town."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from trust.by_hand import account_with_app
from trust.each_policy import Neighbourhood
from trust.told import laid, told
from trust.unheard import unheard
from trust.whoever import by_whom

HASHES = [b"one", b"other", b"long ago", b"yesterday", b"more than a day ago"]


def counts(here: Neighbourhood, hash: bytes, seconds: int, *, sweeps: bool) -> tuple[int, dict[bytes, int]]:
    """How many there were, and what is counted now; by a chance that is set, what is old is swept away."""
    for number in range(10000):
        here.owner.execute("SELECT setseed(%s)", [number / 10000])
        if (here.owner.execute("SELECT random() < 0.01").fetchone() == (True,)) is sweeps:
            break
    here.owner.execute("SELECT setseed(%s)", [number / 10000])
    ((many,),) = told(here, None, "count_against", hash, seconds, kept=True)
    return many, dict(here.owner.execute("SELECT key, times FROM trust.counted").fetchall())


@pytest.fixture
def counted(here: Neighbourhood) -> dict[bytes, int]:
    """What was counted before, two days ago among it."""
    here.owner.execute("DELETE FROM trust.counted")
    now = datetime.now(UTC)
    for hash, hours, times in zip(HASHES, (0.5, 0.5, 49, 24, 47), (4, 2, 9, 8, 7), strict=True):
        at = now - timedelta(hours=hours)
        here.owner.execute(
            "INSERT INTO trust.counted (key, since, times) VALUES (%s, %s, %s)", [hash, at, times]
        )
    return dict(zip(HASHES, (4, 2, 9, 8, 7), strict=True))


def since(here: Neighbourhood, hash: bytes) -> timedelta:
    """For how long it is counted."""
    said = "SELECT clock_timestamp() - since FROM trust.counted WHERE key = %s"
    told_so: timedelta = here.owner.execute(said, [hash]).fetchone()[0]  # type: ignore[index]
    return told_so


def test_what_is_forgotten_is_that_alone(here, counted):
    told(here, None, "forget_count", b"other", kept=True)
    left = dict(here.owner.execute("SELECT key, times FROM trust.counted").fetchall())
    assert left == {hash: times for hash, times in counted.items() if hash != b"other"}


def test_what_was_tried_in_this_stretch_of_time_is_added_up(here, counted):
    assert counts(here, b"one", 3600, sweeps=False) == (5, counted | {b"one": 5})
    assert since(here, b"one") > timedelta(minutes=29), "from the first one on"
    assert counts(here, b"new", 3600, sweeps=False) == (1, counted | {b"one": 5, b"new": 1})
    assert since(here, b"new") < timedelta(minutes=1)


def test_when_the_stretch_of_time_is_over_it_begins_anew(here, counted):
    assert counts(here, b"one", 60, sweeps=False) == (1, counted | {b"one": 1})
    assert since(here, b"one") < timedelta(minutes=1)
    assert counts(here, b"one", 60, sweeps=False) == (2, counted | {b"one": 2})


def test_now_and_then_what_is_older_than_two_days_is_forgotten(here, counted):
    assert counts(here, b"one", 3600, sweeps=False)[1].keys() == counted.keys()
    assert counts(here, b"one", 3600, sweeps=True)[1].keys() == counted.keys() - {b"long ago"}


def test_who_has_a_passkey_or_a_password_with_an_app_comes_in_without_the_town(here):
    kinds: list[tuple[Any, ...]] = [
        (here.lotte, "totp", "real"), (here.noor, "totp", "!"), (here.tom, "webauthn", "!"),
        (here.els, "recovery_codes", "real"),
        (here.vik, "webauthn", "real"), (here.naima, "recovery_codes", "!"), (here.eva, None, "real"),
    ]  # fmt: skip
    for number, (who, kind, password) in enumerate(kinds):
        account = account_with_app(here.owner, who, f"a{number}@example.org")
        here.owner.execute("UPDATE trust_account SET password = %s WHERE id = %s", [password, account])
        here.owner.execute(
            "UPDATE mfa_authenticator SET type = %s WHERE user_id = %s", [kind or "totp", account]
        )
        if kind is None:
            here.owner.execute("DELETE FROM mfa_authenticator WHERE user_id = %s", [account])
    assert by_whom(here, "has_other_way") == {"lotte", "tom", "vik"}


def test_words_are_locked_when_any_table_holds_some_and_only_nobody_is_told(here):
    def locked() -> Any:
        return told(here, None, "words_are_locked")

    with unheard(here.owner):
        held = (
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE column_name LIKE '%\\_locked' AND data_type = 'bytea'"
        )
        for table, column in here.owner.execute(held).fetchall():
            here.owner.execute(f"UPDATE {table} SET {column} = '' WHERE {column} IS NOT NULL")
    assert locked() == [(False,)]
    with here.owner.transaction(force_rollback=True):
        for made in (
            "SCHEMA elsewhere; CREATE TABLE elsewhere.letters AS SELECT 'x'::bytea AS words_locked",
            "TABLE plain AS SELECT 'x'::bytea AS wordslocked, 'x'::text AS words_locked, 'x'::bytea AS locked",
            "TABLE empty AS SELECT ''::bytea AS words_locked",
            "VIEW looks AS SELECT 'x'::bytea AS words_locked",
        ):  # fmt: skip
            here.owner.execute(f"CREATE {made}")
        here.owner.execute(
            "GRANT USAGE ON SCHEMA elsewhere TO PUBLIC; "
            "GRANT SELECT ON elsewhere.letters, plain, empty, looks TO PUBLIC"
        )
        assert locked() == [(False,)], "none of these holds words that somebody locked"
        here.owner.execute("UPDATE empty SET words_locked = 'x'")
        assert locked() == [(True,)]
    laid(here, "confidences_telling", circle_id=here.circle, words_locked=b"x")
    assert locked() == [(True,)]
    for who in here.called.values():
        assert told(here, who, "words_are_locked") == [(None,)]
