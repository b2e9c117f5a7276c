"""Where am I in: everybody sees their own devices, ends them, and they end by themselves when their ground does (E10)."""

from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from clockwork import as_the_worker
from kring.messaging import usecases as messaging
from kring.trust import viewer
from kring.trust.models import Session
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import accounts, jobs, sessions
from kring.web.devices import rough
from trust.unheard import unheard
from web.doorstep import Doorstep, browser, fresh
from web.test_sign_in_of_staff import PASSWORD, SECRET, code_of, password, staff

INSIDE = "/account/"
PHONE = "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0"


def is_in(client: Client) -> bool:
    return client.get(INSIDE).status_code == 200


def sign_in(agent: str, client: Client | None = None, secret_code: str = "") -> Client:
    client = client or browser()
    client.defaults["HTTP_USER_AGENT"] = agent
    password(client)
    client.post("/sign-in/code/", {"code": secret_code or code_of(SECRET)})
    return client


def test_the_table_holds_no_key_no_address_and_only_rough_words(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    staff(owner, at_the_door)
    client = sign_in(PHONE)
    assert is_in(client)
    key = client.cookies["__Host-kring"].value
    kept = owner.execute("SELECT s::text FROM trust_session s").fetchall()
    whole = "\n".join(row[0] for row in kept)
    assert "phone|Android|Chrome" in whole
    assert key not in whole
    assert client.defaults["REMOTE_ADDR"] not in whole
    assert "Pixel" not in whole


def test_one_ends_the_session_of_a_lost_telephone(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    lost, desk, wim = (browser(owner, who) for who in (at_the_door.els, at_the_door.els, at_the_door.wim))
    page = desk.get(INSIDE).content.decode()
    assert page.count('class="row between"') == 2
    with viewer.acting(at_the_door.els) as els:
        mine = sessions.mine(by=els, at=timezone.now())
    refs = [session.ref for session in mine]
    assert wim.post(f"/account/devices/{refs[-1]}/end/")["Location"] == INSIDE  # nobody ends another's
    assert is_in(lost)
    assert is_in(desk)
    assert desk.post("/account/devices/others/end/")["Location"] == INSIDE
    assert lost.get(INSIDE)["Location"].startswith("/sign-in/")
    assert is_in(desk)
    assert is_in(wim)
    assert desk.post(f"/account/devices/{refs[-1]}/end/").status_code == 302  # twice is once
    third = browser(owner, at_the_door.els)
    (ref,) = owner.execute("SELECT ref FROM trust_session ORDER BY since DESC LIMIT 1").fetchone()
    desk.post(f"/account/devices/{ref}/end/")
    assert not is_in(third)
    assert is_in(desk)


def test_the_serving_role_reads_nobodys_sessions_and_writes_none(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    browser(owner, at_the_door.els)
    with viewer.acting(at_the_door.wim):
        assert Session.objects.count() == 0
        assert Session.objects.all().delete()[0] == 0
    with viewer.acting(at_the_door.els) as els:
        assert Session.objects.count() == 1
        for deed in ("INSERT", "UPDATE"):
            with connection.cursor() as cursor:
                cursor.execute("SELECT has_table_privilege('trust_session', %s)", [deed])
                assert cursor.fetchone() == (False,)
        assert els.person_id == at_the_door.els
    with viewer.acting(at_the_door.els, scope=at_the_door.circle) as by_link, pytest.raises(NotAllowed):
        sessions.mine(by=by_link, at=timezone.now())


def test_sessions_end_with_the_job_in_the_same_transaction(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    els, samira = browser(owner, at_the_door.els), browser(owner, at_the_door.samira)
    with viewer.acting(at_the_door.ada) as ada:
        jobs.end(at_the_door.scene.jobs[at_the_door.els], by=ada, at=timezone.now())
    assert owner.execute("SELECT count(*) FROM trust_session WHERE works").fetchone() == (0,)
    assert els.get(INSIDE)["Location"].startswith("/sign-in/")
    assert is_in(samira)


def test_sessions_end_with_the_agreement_and_on_the_last_day_without_anyone(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    els, wim, nele = (browser(owner, who) for who in (at_the_door.els, at_the_door.wim, at_the_door.wim))
    school = at_the_door.scene.organisations["School De Linde"]
    owner.execute("UPDATE trust_agreement SET until = now() WHERE organisation_id = %s", [school])
    assert not is_in(els)
    assert is_in(wim)
    # a last day that was said before: no trigger runs when it comes, the next request is refused all the same
    with unheard(owner):
        owner.execute("UPDATE trust_job SET until = now() WHERE person_id = %s", [at_the_door.wim])
    assert owner.execute("SELECT count(*) FROM trust_session").fetchone() == (2,)
    assert not is_in(wim)
    assert not is_in(nele)


@pytest.mark.parametrize("change", ["password = 'argon2$other'", "is_active = false"])
def test_sessions_end_with_another_password_and_with_an_account_switched_off(
    at_the_door: Doorstep, owner: psycopg.Connection, change: str
) -> None:
    els = browser(owner, at_the_door.els)
    assert is_in(els)
    owner.execute("UPDATE trust_account SET last_login = now()")
    assert is_in(els)
    owner.execute(f"UPDATE trust_account SET {change} WHERE person_id = %s", [at_the_door.els])
    assert owner.execute("SELECT count(*) FROM trust_session").fetchone() == (0,)
    assert not is_in(els)


def a_passkey(owner: psycopg.Connection, whose: UUID) -> None:
    """Another second lock beside the app."""
    owner.execute(
        "INSERT INTO mfa_authenticator (user_id, type, data, created_at) "
        "SELECT id, 'webauthn', '{\"name\": \"key\"}', now() FROM trust_account WHERE person_id = %s",
        [whose],
    )


def test_a_colleague_keeps_one_second_lock_and_family_need_not(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    staff(owner, at_the_door)
    els = sign_in(DESK)
    els.post("/account/app/remove/", {})
    assert "This is your only second lock" in els.get("/account/").content.decode()
    samira = fresh(owner, at_the_door.samira)
    with viewer.coming_in(at_the_door.samira):
        TOTP.activate(accounts.of_person(at_the_door.samira), SECRET)
    samira.post("/account/app/remove/", {})
    kept = owner.execute(
        "SELECT a.person_id FROM mfa_authenticator f JOIN trust_account a ON a.id = f.user_id WHERE f.type = 'totp'"
    )
    assert kept.fetchall() == [(at_the_door.els,)]


def test_who_changes_a_password_or_removes_a_factor_stays_in_here_and_is_out_elsewhere(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    staff(owner, at_the_door)
    here, elsewhere = sign_in(DESK), browser(owner, at_the_door.els)
    assert is_in(elsewhere)
    new = "seven quiet boats at noon"
    here.post("/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert accounts.of_person(at_the_door.els).check_password(new)
    assert is_in(here)
    assert not is_in(elsewhere)
    elsewhere = browser(owner, at_the_door.els)
    here.post("/sign-in/again/", {"password": new})
    a_passkey(owner, at_the_door.els)
    here.post("/account/app/remove/", {})
    with viewer.coming_in(at_the_door.els):
        assert not Authenticator.objects.filter(type="totp").exists()
    assert is_in(here)
    assert not is_in(elsewhere)


def test_who_comes_in_on_a_new_device_is_told_without_a_word_of_what_they_do(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    staff(owner, at_the_door)
    first = sign_in(PHONE)
    assert letters(owner) == []
    first.post("/sign-out/")
    password(first)
    with viewer.coming_in(at_the_door.els):
        spare = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    sign_in(PHONE, first, spare[0])
    assert letters(owner) == []  # the same device again
    sign_in(DESK, secret_code=spare[1])
    (letter,) = letters(owner)
    assert as_the_worker(messaging.send, letter, at=timezone.now()) == "sent"
    told = mail.outbox[0]
    assert told.to == ["els@linde.example"]
    assert "De Smets" not in told.body
    assert "/account/" in told.body
    hashes = owner.execute("SELECT device_hash FROM trust_knowndevice").fetchall()
    assert len(hashes) == 2
    assert first.cookies["__Host-device"].value.encode() not in [bytes(row[0]) for row in hashes]


def test_a_letter_about_a_device_goes_to_whoever_came_in_on_it_and_only_these_days(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    els = staff(owner, at_the_door)
    sign_in(DESK)
    (device,) = owner.execute("SELECT id FROM trust_knowndevice").fetchone()

    def goes(about: object, whom: object) -> str:
        letter = messaging.queue("new device", about, at=timezone.now(), person_id=whom)
        return as_the_worker(messaging.send, letter, at=timezone.now())

    for about, whom in ((uuid4(), at_the_door.els), (els.pk, at_the_door.els), (device, at_the_door.wim)):
        assert goes(about, whom) == "not wanted"
    assert goes(device, at_the_door.els) == "sent"
    owner.execute("UPDATE trust_knowndevice SET seen_on = seen_on - 8")
    assert goes(device, at_the_door.els) == "not wanted"
    owner.execute("UPDATE trust_knowndevice SET seen_on = current_date")
    owner.execute("UPDATE trust_account SET is_active = false WHERE id = %s", [els.pk])
    assert goes(device, at_the_door.els) == "not wanted"
    assert len(mail.outbox) == 1


def letters(owner: psycopg.Connection) -> list:
    return [row[0] for row in owner.execute("SELECT id FROM messaging_letter WHERE kind = 'new device'")]


def test_last_seen_is_known_by_the_hour_only(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    els = browser(owner, at_the_door.els)
    owner.execute("UPDATE trust_session SET seen_at = now() - interval '5 hours'")
    assert is_in(els)
    (seen,) = owner.execute("SELECT seen_at FROM trust_session").fetchone()
    assert (seen.minute, seen.second) == (0, 0)
    assert timezone.now() - seen < timedelta(hours=1)


@pytest.mark.parametrize(
    ("agent", "kept"),
    [
        (PHONE, "phone|Android|Chrome"),
        (DESK, "computer|Windows|Firefox"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "phone|iPhone|Safari"),
        ("Mozilla/5.0 (Linux; Android 14; SM-X200) AppleWebKit Chrome/139 Safari/537.36", "tablet|Android|Chrome"),
        ("curl/8", "||"),
        ("<script>" * 50, "||"),
    ],
)  # fmt: skip
def test_a_device_is_named_in_rough_words(agent: str, kept: str) -> None:
    assert rough.read(agent).kept() == kept
    assert str(rough.of(kept).name)
    assert str(rough.of("made up|by hand").name)
