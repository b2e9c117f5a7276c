"""The town's sign-in ends for good, and begins again only by one's own hand (E10)."""

import time
from functools import partial
from importlib import import_module
from itertools import combinations
from typing import Any

import psycopg
from allauth.mfa.totp.internal.auth import TOTP
from django.db import connection
from django.test import Client
from django.utils import timezone

from kring.trust import identity, viewer
from kring.trust.models import SignOn
from kring.trust.usecases import accounts
from sign_on.conftest import Town
from sign_on.test_signing_on import ELS, TWO, come_in, is_refused, over_there
from trust.unheard import unheard
from web.doorstep import Doorstep, account, browser, fresh, show
from web.test_sign_in_of_staff import SECRET

BEGIN, END, MINE = "/account/town/begin/", "/account/town/end/", "/account/"
ADA = {"email": "ada@linde.example", "email_verified": True}


def begins(town: Town, client: Client, who: str) -> Any:
    """From “How you sign in” to the town and back."""
    away = client.get(BEGIN)
    assert "prompt=login" in away["Location"]
    return client.get(over_there(town, away["Location"], who))


def test_what_one_ended_no_address_begins_again(
    at_the_door: Doorstep, town: Town, owner: psycopg.Connection
) -> None:
    town.told("els-1", **ELS, **TWO)
    town.told("els-2", **ELS, **TWO)
    els, elsewhere = browser(), browser()
    come_in(town, els)
    come_in(town, elsewhere)
    assert els.post(END)["Location"] == MINE
    assert "You ended this way in on" in els.get(MINE).content.decode()
    assert elsewhere.get(MINE).status_code == 302  # out everywhere else, in the same transaction
    els.post(END)  # twice is once
    for who in ("els-1", "els-2"):
        client = browser()
        assert is_refused(client, come_in(town, client, who)), who
    kept = owner.execute("SELECT count(*), count(ended_at) FROM trust_signon").fetchone()
    assert kept == (1, 1)
    told = owner.execute(
        "SELECT count(*) FROM trust_entry WHERE deed = 'sign-in of the town ended'"
    ).fetchone()
    assert told == (1,)


def test_beginning_again_wants_a_second_factor_of_now_and_ones_own_hand(
    at_the_door: Doorstep, town: Town
) -> None:
    town.told("els-1", **ELS, **TWO)
    town.told("els-new", **ELS, **TWO)
    town.told("wim-1", email="wim@elsewhere.example", email_verified=True, **TWO)
    els = browser()
    come_in(town, els)
    els.post(END)
    show(els, minutes_ago=11)
    assert els.get(BEGIN)["Location"].startswith("/sign-in/again/code/?next=")
    assert els.post(BEGIN).status_code == 405  # what is sent walks past no second factor
    show(els)
    away = els.get(BEGIN)["Location"]
    show(els, minutes_ago=11)
    assert els.get(over_there(town, away, "els-new"))["Location"].startswith("/sign-in/again/code/?next=")
    show(els)
    assert (
        begins(town, els, "wim-1")["Location"] == MINE
    )  # a colleague at this screen, by an address of their own
    assert "Somebody else comes in by this sign-in" in els.get(MINE).content.decode()
    pushed = els.get(BEGIN, headers={"Sec-Fetch-Site": "cross-site"})
    assert pushed["Location"] == "/sign-in/"
    assert begins(town, els, "els-new")["Location"] == MINE
    assert "From now on you can come in this way" in els.get(MINE).content.decode()
    assert come_in(town, browser(), "els-new")["Location"] == "/"
    old = browser()
    assert is_refused(old, come_in(town, old, "els-1"))


def test_who_went_away_as_one_person_does_not_begin_it_for_another(
    at_the_door: Doorstep, town: Town, owner: psycopg.Connection
) -> None:
    town.told("els-1", **ELS, **TWO)
    account(owner, at_the_door.wim, "wim@linde.example")
    town.told("wim-1", email="wim@linde.example", email_verified=True, **TWO)
    come_in(town, browser())
    town.told("els-1", email="wim@linde.example", email_verified=True, **TWO)
    wim = fresh(owner, at_the_door.wim)
    assert begins(town, wim, "els-1")["Location"] == MINE  # somebody else over there is nobody here
    assert "Somebody else comes in by this sign-in" in wim.get(MINE).content.decode()
    away = wim.get(BEGIN)["Location"]
    session = wim.session
    session["sign_on"] = {**session["sign_on"], "begins_for": str(at_the_door.ada)}
    session.save()
    assert wim.get(over_there(town, away, "wim-1"))["Location"] == MINE
    assert "You could not come in this way" in wim.get(MINE).content.decode()
    assert owner.execute("SELECT person_id FROM trust_signon").fetchall() == [(at_the_door.els,)]


def test_nobody_keeps_the_sign_in_or_watches_by_an_address_alone(
    at_the_door: Doorstep, town: Town, owner: psycopg.Connection
) -> None:
    account(owner, at_the_door.ada, ADA["email"])
    town.told("ada-1", **ADA, **TWO)
    town.told("els-1", **ELS, **TWO)
    first = browser()
    assert is_refused(first, come_in(town, first, "ada-1"))
    come_in(town, browser())
    with unheard(owner):
        owner.execute("UPDATE trust_job SET role = 'trust officer' WHERE person_id = %s", [at_the_door.els])
    later = browser()  # known by an address, and trust officer since: by one's own hand only
    assert is_refused(later, come_in(town, later))
    ada = fresh(owner, at_the_door.ada)
    assert begins(town, ada, "ada-1")["Location"] == MINE
    assert come_in(town, browser(), "ada-1")["Location"] == "/"


def test_who_has_no_other_way_in_keeps_this_one(
    at_the_door: Doorstep, town: Town, owner: psycopg.Connection
) -> None:
    town.told("els-1", **ELS, **TWO)
    els = browser()
    come_in(town, els)
    owner.execute("DELETE FROM mfa_authenticator")
    come_in(town, els)
    assert "first add a passkey" in els.get(MINE).content.decode()
    assert "First add a passkey" in els.post(END).content.decode()
    assert owner.execute("SELECT count(ended_at) FROM trust_signon").fetchone() == (0,)
    assert els.get("/account/pin/").status_code == 200  # two factors over there are a second factor of now
    show(els, minutes_ago=11)
    again = els.get("/account/pin/")["Location"]
    assert again.startswith("/sign-in/town/?next=")
    assert "prompt=login" in els.get(again)["Location"]  # over there one shows oneself anew
    assert els.session.get_expiry_age() <= 12 * 60 * 60  # and a session here ends by our own hours
    with viewer.coming_in(at_the_door.els):
        TOTP.activate(accounts.of_person(at_the_door.els), SECRET)
    assert els.post(END)["Location"] == MINE


def test_the_serving_role_writes_no_way_in(
    at_the_door: Doorstep, town: Town, owner: psycopg.Connection
) -> None:
    town.told("els-1", **ELS, **TWO)
    come_in(town, browser())
    with viewer.acting(at_the_door.wim):
        assert SignOn.objects.count() == 0
    with connection.cursor() as cursor:
        for deed in ("INSERT", "UPDATE", "DELETE"):
            cursor.execute("SELECT has_table_privilege('trust_signon', %s)", [deed])
            assert cursor.fetchone() == (False,)
        cursor.execute("SELECT trust.begin_sign_on(%s)", [b"x" * 32])  # as nobody
        assert cursor.fetchone() == (False,)
    with viewer.acting(at_the_door.samira) as samira:
        assert not accounts.begin_sign_on(b"x" * 32, by=samira, at=timezone.now())


def test_who_only_speaks_with_the_database_vouches_for_nobody(
    at_the_door: Doorstep, settings: Any, owner: psycopg.Connection
) -> None:
    """Neither without a signature, nor with one of another key, another person there, another address or too old."""
    mine, address, now = b"x" * 32, ELS["email"], time.time()
    signed = partial(identity.vouched, subject=mine, address=address, at=now)
    ends, good = signed(settings.IDENTITY_KEY)
    tries = [
        (mine, address, ends, ""),
        *[
            tuple(None if one in gone else value for one, value in enumerate((mine, address, ends, good)))
            for many in range(1, 5)
            for gone in combinations(range(4), many)
        ],
        (mine, address, *signed(b"of another machine")),
        (b"y" * 32, address, ends, good),
        (mine, "wim@linde.example", ends, good),
        (mine, address, ends + 60, good),
        (mine, address, *signed(settings.IDENTITY_KEY, at=now - 120)),
    ]
    with connection.cursor() as cursor:
        for tried in tries:
            cursor.execute("SELECT trust.sign_on(%s, %s, %s, %s)", tried)
            assert cursor.fetchone() == (None,)
    assert owner.execute("SELECT count(*) FROM trust_signon").fetchone() == (0,)
    assert accounts.by_sign_on(mine, f" {address}") == accounts.of_person(at_the_door.els)


def test_who_keeps_the_house_and_has_no_other_way_in_is_not_locked_out_by_the_update(
    at_the_door: Doorstep, town: Town, owner: psycopg.Connection
) -> None:
    town.told("els-1", **ELS, **TWO)
    come_in(town, browser())
    moved = import_module("kring.trust.migrations.0027_who_came_in_by_the_town")
    forced = [f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY" for table in moved.TABLES]
    with unheard(owner):

        def updated() -> bool:
            """By whoever migrates, whom the policies bind too."""
            with owner.transaction():
                owner.execute("SET LOCAL ROLE kring_migrator")
                for step in (*moved.OWN_ROWS, moved.OWN_HAND, *forced):
                    owner.execute(step)
            return bool(owner.execute("SELECT own_hand FROM trust_signon").fetchone()[0])  # type: ignore[index]

        assert not updated()  # who works for families begins it by an address as before
        owner.execute("UPDATE trust_job SET role = 'administrator' WHERE person_id = %s", [at_the_door.els])
        assert not updated()  # has a password and an app, and begins it by these
        owner.execute("DELETE FROM mfa_authenticator")
        assert updated()
    assert come_in(town, browser())["Location"] == "/"
