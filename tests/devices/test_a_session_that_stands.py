"""One session beside another: which lives, which is kept and for whom, which ends with what; and a device that is known."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from kring.trust import identity, viewer
from trust.by_hand import account_with_app
from trust.each_policy import LATER, NOW, Neighbourhood, lay
from trust.scenes import LONG_AGO
from trust.test_whose_account_it_is import ALL, ends, left, signed_in
from trust.unheard import unheard
from trust.whoever import stands

HOUR = timedelta(hours=1)
ROW = "SELECT person_id, works, session_data, device FROM trust_session WHERE session_key = %s"


@pytest.fixture
def here(owner: psycopg.Connection) -> Neighbourhood:
    """Two families and their neighbours; nobody is in."""
    here = Neighbourhood(owner)
    owner.execute("DELETE FROM trust_session")
    return here


def session(here: Neighbourhood, key: str, who: UUID | None, **more: Any) -> None:
    """They are in by this key."""
    said = {
        "session_key": key,
        "person_id": who,
        "expire_date": LATER,
        "since": LONG_AGO,
        "seen_at": LONG_AGO,
    }
    with unheard(here.owner):
        lay(here.owner, "trust_session", said | more)


def shared(here: Neighbourhood, who: UUID, **more: Any) -> UUID:
    """They left a device to others."""
    device: UUID = lay(
        here.owner, "trust_shareddevice", {"person_id": who, "since": LONG_AGO, "until": LATER} | more
    )
    return device


def keys(here: Neighbourhood) -> set[str]:
    """The sessions there are."""
    return {key for (key,) in here.owner.execute("SELECT session_key FROM trust_session").fetchall()}


def live(here: Neighbourhood, key: str) -> list[Any]:
    """Whose account a session brings, if it lives."""
    told = here.owner.execute("SELECT person_id, email FROM trust.live_session(%s)", [key])
    return told.fetchall()


def test_a_session_brings_the_account_of_whose_it_is_if_it_is_not_switched_off(here):
    for name in ("lotte", "tom"):
        account_with_app(here.owner, here.called[name], name)
        session(here, name, here.called[name])
    assert (live(here, "lotte"), live(here, "tom")) == ([(here.lotte, "lotte")], [(here.tom, "tom")])
    stands(here, "UPDATE trust_account SET is_active = false WHERE person_id = %s", here.lotte)
    assert (live(here, "lotte"), live(here, "tom")) == ([(None, None)], [(here.tom, "tom")])


def test_on_a_shared_device_it_lives_as_long_as_that_is_shared(here):
    account_with_app(here.owner, here.lotte, "lotte")
    session(here, "there", here.naima, shared_id=shared(here, here.lotte))
    assert live(here, "there") == [(None, None)]
    stands(here, "UPDATE trust_shareddevice SET ended_at = now()")
    assert live(here, "there") == []


def test_a_session_lives_until_its_end_and_not_at_its_end(here):
    session(here, "over", here.naima, expire_date=NOW - HOUR)
    session(here, "now", here.naima)
    assert (live(here, "over"), live(here, "now")) == ([], [(None, None)])
    for more, many in (("interval '0'", 0), ("interval '1 second'", 1)):
        asked = here.owner.execute(
            f"UPDATE trust_session SET expire_date = trust.moment() + {more} WHERE session_key = 'now'; "
            "SELECT count(*) FROM trust.live_session('now')"
        )
        assert asked.nextset()
        assert asked.fetchone() == (many,)


def test_a_key_stands_and_is_seen_by_itself(here):
    for key in ("one", "other"):
        session(here, key, here.naima)
    stand = "SELECT trust.session_stands(%s)"
    assert [here.owner.execute(stand, [key]).fetchone()[0] for key in ("one", "gone")] == [True, False]
    here.owner.execute("SELECT trust.session_seen('one')")
    told = dict(here.owner.execute("SELECT session_key, seen_at FROM trust_session").fetchall())
    assert told["other"] == LONG_AGO
    assert (told["one"].minute, told["one"].second) == (0, 0), "by the hour only"
    assert datetime.now(UTC) - told["one"] < HOUR + timedelta(minutes=1)


def keep(here: Neighbourhood, key: str, account: UUID | None, is_new: bool, words: str = "words") -> bool:
    """Whether it is kept as the session of this account."""
    pid = here.owner.info.backend_pid
    said = account and identity.sought(
        settings.IDENTITY_KEY, kind="account", what=str(account), backend=pid, at=time.time()
    )
    asked = "SELECT trust.keep_session(%s, %s, %s, %s, 'phone', NULL, %s)"
    return here.owner.execute(asked, [key, words, LATER, said, is_new]).fetchone()[0]  # type: ignore[index]


def kept(here: Neighbourhood, key: str) -> Any:
    """What stands there."""
    return here.owner.execute(ROW, [key]).fetchone()


def test_a_session_is_kept_for_an_account_that_is_not_switched_off(here):
    account = account_with_app(here.owner, here.lotte, "lotte")
    assert keep(here, "lotte", account, True) is True
    assert kept(here, "lotte") == (here.lotte, True, "words", "phone"), "it begins at work"
    assert keep(here, "lotte", account, True, "other") is False, "a new one needs a key of its own"
    stands(here, "UPDATE trust_account SET is_active = false WHERE id = %s", account)
    assert keep(here, "other", account, True) is keep(here, "lotte", account, False, "other") is False
    assert kept(here, "lotte") == (here.lotte, True, "words", "phone")
    assert keys(here) == {"lotte"}


def test_what_began_at_work_stays_so_for_whose_it_was_and_for_nobody_else(here):
    lotte, naima = (account_with_app(here.owner, who, f"{who}") for who in (here.lotte, here.naima))
    assert keep(here, "key", lotte, True) is keep(here, "home", naima, True) is True
    assert kept(here, "home")[:2] == (here.naima, False)
    stands(here, "UPDATE trust_job SET until = %s WHERE person_id = %s", NOW - HOUR, here.lotte)
    assert keep(here, "key", lotte, False, "more") is True
    assert kept(here, "key") == (here.lotte, True, "more", "phone")
    assert kept(here, "home")[2] == "words"
    assert keep(here, "key", naima, False) is True
    assert kept(here, "key") == (here.naima, False, "words", "phone")
    stands(here, "UPDATE trust_session SET works = false WHERE session_key = 'key'")
    assert keep(here, "key", lotte, False) is True
    assert kept(here, "key")[1] is False, "Lotte works no more, and was not in here before"
    assert keep(here, "gone", naima, False) is False, "an old one must still stand"


def greet(who: UUID, device: bytes, at: datetime = NOW) -> UUID | None:
    """What is told of the device on which they come in."""
    with viewer.coming_in(who), connection.cursor() as cursor:
        cursor.execute("SELECT trust.greet_device(%s, %s, %s)", [who, device, at])
        return cursor.fetchone()[0]


def test_a_new_device_is_told_of_to_who_used_others_before(here):
    assert [greet(here.tom, b"tom"), greet(here.lotte, b"first")] == [None, None], (
        "what Tom used is not Lotte's"
    )
    second = greet(here.lotte, b"second")
    assert greet(here.lotte, b"first", NOW + timedelta(days=1)) is greet(here.tom, b"tom") is None
    seen = "SELECT person_id, device_hash, seen_on FROM trust_knowndevice WHERE id = %s OR seen_on > %s"
    day = NOW.date()
    told = {
        (who, bytes(device), on) for who, device, on in here.owner.execute(seen, [second, day]).fetchall()
    }
    assert told == {(here.lotte, b"second", day), (here.lotte, b"first", day + timedelta(days=1))}
    with viewer.coming_in(here.tom), connection.cursor() as cursor:
        cursor.execute("SELECT trust.greet_device(%s, %s, %s)", [here.lotte, b"third", NOW])
        assert cursor.fetchone() == (None,), "nobody greets for another"
    assert greet(here.lotte, b"tom"), "that he came in on it is nothing of hers"


def test_a_factor_that_is_taken_away_ends_what_was_open_and_nothing_of_another(here):
    for who in (here.lotte, here.tom):
        signed_in(here, who)
    own = "(SELECT id FROM trust_account WHERE person_id = %s)"
    here.owner.execute(f"DELETE FROM mfa_authenticator WHERE user_id = {own}", [here.lotte])
    assert left(here, here.lotte) == ALL | {"trust_session": 0}
    assert left(here, here.tom) == ALL
    before, now = ends(here, here.lotte)
    assert before == LONG_AGO, "what had ended had ended then"
    assert now is not None
    assert ends(here, here.tom) == [LONG_AGO, None]


def on_shared(here: Neighbourhood) -> dict[str, UUID]:
    """Lotte and Tom each left a device to others, and somebody is in on it."""
    made = {}
    for name in ("lotte", "tom"):
        account_with_app(here.owner, here.called[name], name)
        made[name] = shared(here, here.called[name])
        session(here, name, None, shared_id=made[name])
    return made


def test_on_a_shared_device_that_lives_on_one_stays_in(here):
    devices = on_shared(here)
    later = "UPDATE trust_shareddevice SET until = until + interval '1 hour' WHERE id = %s"
    here.owner.execute(later, [devices["lotte"]])
    assert keys(here) == {"lotte", "tom"}
    here.owner.execute("UPDATE trust_shareddevice SET ended_at = now() WHERE id = %s", [devices["lotte"]])
    assert keys(here) == {"tom"}


def test_on_the_shared_device_of_who_works_on_one_stays_in_when_another_leaves(here):
    on_shared(here)
    session(here, "at work", here.noor, works=True)
    session(here, "at home", here.naima)
    here.owner.execute("UPDATE trust_job SET until = now() WHERE person_id = %s", [here.lotte])
    assert keys(here) == {"tom", "at work", "at home"}


def test_the_twenty_first_session_ends_the_one_not_used_for_longest_of_the_same_person(here):
    for name in ("lotte", "tom"):
        for number in range(20):
            session(here, f"{name} {number}", here.called[name], seen_at=NOW - number * HOUR)
    everybodys = keys(here)
    said = {"person_id": here.lotte, "session_key": "new", "expire_date": LATER, "seen_at": LONG_AGO}
    lay(here.owner, "trust_session", said)
    assert keys(here) == everybodys - {"lotte 19"} | {"new"}, "whoever comes in now is in"
    lay(here.owner, "trust_session", said | {"person_id": here.naima, "session_key": "first"})
    assert keys(here) == everybodys - {"lotte 19"} | {"new", "first"}


def test_a_session_that_becomes_somebodys_counts_among_theirs(here):
    for number in range(20):
        session(here, f"{number}", here.lotte, seen_at=NOW - number * HOUR)
    session(here, "visitor", None)
    account = account_with_app(here.owner, here.lotte, "lotte")
    assert keep(here, "visitor", account, False) is True
    assert keys(here) == {*(f"{number}" for number in range(19)), "visitor"}
