"""Staff come by invitation, choose two factors of their own, and open nothing with one (E10)."""

import re
import time

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone

from kring.trust import viewer
from kring.trust.models import Account, Job, Person
from kring.trust.usecases import accounts, links
from web.doorstep import Doorstep, account, bare, browser

PASSWORD = "three green lamps singing"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_of(secret: str) -> str:
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def staff(owner: psycopg.Connection, house: Doorstep, *, app: bool = True) -> Account:
    """Els with a password and, if asked, an app."""
    els = account(owner, house.els, "els@linde.example")
    accounts.choose_password(els, PASSWORD)
    if app:
        with viewer.coming_in(house.els):
            TOTP.activate(els, SECRET)
            RecoveryCodes.activate(els)
    return els


def password(client: Client, email: str = "els@linde.example", word: str = PASSWORD, **more: str) -> object:
    return client.post("/sign-in/", {"login": email, "password": word, **more})


def test_password_and_code_open_what_password_alone_does_not(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    staff(owner, at_the_door)
    client = browser()
    assert password(client)["Location"] == "/sign-in/code/"
    assert client.get("/account/")["Location"].startswith("/sign-in/")
    answer = client.post("/sign-in/code/", {"code": code_of(SECRET)})
    assert answer.status_code == 302
    assert client.get("/account/").status_code == 200
    assert client.get("/")["Location"] == "/today/"


def test_a_wrong_code_does_not(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    staff(owner, at_the_door)
    client = browser()
    password(client)
    page = client.post("/sign-in/code/", {"code": "000000"}).content.decode()
    assert "error" in page
    assert client.get("/account/").status_code == 302


def test_a_code_works_once(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    staff(owner, at_the_door)
    code = code_of(SECRET)
    answers = []
    for _ in range(2):
        client = browser()
        password(client)
        answers.append(client.post("/sign-in/code/", {"code": code}).status_code)
    assert answers == [302, 200]


def test_a_spare_code_opens_once(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    els = staff(owner, at_the_door)
    with viewer.coming_in(at_the_door.els):
        spare = RecoveryCodes(Authenticator.objects.get(user=els, type="recovery_codes")).get_unused_codes()[
            0
        ]
    answers = []
    for _ in range(2):
        client = browser()
        password(client)
        answers.append(client.post("/sign-in/code/", {"code": spare}).status_code)
    assert answers == [302, 200]


def test_an_unknown_address_and_a_wrong_password_answer_the_same(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    staff(owner, at_the_door)
    wrong = password(browser(), word="something else entirely").content.replace(b"els@linde.example", b"")
    unknown = password(browser(), email="nobody@linde.example").content.replace(b"nobody@linde.example", b"")
    assert bare(wrong) == bare(unknown)


def test_trying_passwords_is_slowed_for_every_worker(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    staff(owner, at_the_door)
    pages = [password(browser(), word=f"guess number {n}").content.decode() for n in range(6)]
    assert "Too many" in pages[5] or "too many" in pages[5]
    page = password(browser())
    assert page.status_code == 200


def test_with_a_password_alone_there_is_no_second_lock_to_make(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    """Whoever found a password cannot add a factor of their own."""
    staff(owner, at_the_door, app=False)
    client = browser()
    assert password(client).status_code == 302
    assert client.get("/")["Location"] == "/sign-in/second-factor/"
    assert "ask your administrator" in client.get("/sign-in/second-factor/").content.decode()
    for address in ("/account/app/", "/account/passkeys/new/", "/sign-in/begin/"):
        assert client.get(address)["Location"] == "/sign-in/second-factor/"
        assert client.post(address, {"password": PASSWORD})["Location"] == "/sign-in/second-factor/"


def test_next_leads_only_into_our_own_house(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    staff(owner, at_the_door, app=False)
    assert password(browser(), next="/village/offers/")["Location"] == "/village/offers/"
    assert password(browser(), next="https://evil.example/")["Location"] == "/"


def test_signing_in_starts_a_new_session(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    staff(owner, at_the_door)
    client = browser()
    client.get("/sign-in/code/")
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies["__Host-kring"] = session.session_key
    password(client)
    before = client.cookies["__Host-kring"].value
    client.post("/sign-in/code/", {"code": code_of(SECRET)})
    assert client.cookies["__Host-kring"].value != before
    thief = browser()
    thief.cookies["__Host-kring"] = before
    assert thief.get("/account/").status_code == 302


def test_from_invitation_to_today(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    """Ada invites Nele; Nele chooses a password and an app, and is in."""
    page = invite(browser(owner, at_the_door.ada), at_the_door)
    token = re.search(r"/l/([\w-]+)/", page).group(1)
    code = re.search(r'aria-label="(\d{3} \d{3})"', page).group(1)
    nele = browser()
    assert nele.post(f"/l/{token}/", {"code": code})["Location"] == "/sign-in/begin/"
    assert nele.get("/today/").status_code in (302, 404)
    assert nele.post("/sign-in/begin/", {"password": "short"}).status_code == 422
    assert nele.post("/sign-in/begin/", {"password": PASSWORD})["Location"] == "/sign-in/second-factor/"
    shown = nele.get("/account/app/").content.decode()
    secret = re.search(r'alt="([A-Z2-7]{16,})"', shown).group(1)
    assert nele.post("/account/app/", {"code": code_of(secret)})["Location"] == "/account/spare-codes/"
    assert nele.get("/account/spare-codes/").content.decode().count("<li>") >= 8
    assert nele.get("/")["Location"] == "/today/"
    kept = owner.execute("SELECT data::text FROM mfa_authenticator").fetchall()
    assert not any(secret in row[0] for row in kept)


def sits(owner: psycopg.Connection) -> list[str]:
    """In which circles Nele sits."""
    rows = owner.execute(
        "SELECT c.kind FROM trust_seat s JOIN trust_circle c ON c.id = s.circle_id "
        "JOIN trust_person p ON p.id = s.person_id WHERE p.given_name = 'Nele' ORDER BY 1"
    )
    return [kind for (kind,) in rows.fetchall()]


def test_the_invited_sit_where_their_job_puts_them(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    ada, wim = browser(owner, at_the_door.ada), browser(owner, at_the_door.wim)
    invite(ada, at_the_door, role="contact point")
    assert sits(owner) == ["village"]
    work, person = owner.execute(
        "SELECT j.id, p.id FROM trust_job j JOIN trust_person p ON p.id = j.person_id WHERE p.given_name = 'Nele'"
    ).fetchone()
    nele = browser(owner, person)
    assert b"All that waits at the contact point opens for you when" in nele.get("/today/").content
    assert nele.get("/concerns/").status_code == 403
    assert b"Is this their work?" in wim.get("/today/").content
    waits = wim.get("/two-people/").content
    assert b"comes to work at the contact point" in waits
    assert b"Nothing waits for you." not in waits
    assert b"comes to work at the contact point" not in ada.get("/two-people/").content
    says = f"/two-people/work/{work}/"
    assert ada.post(says).status_code == 403
    assert [wim.post(says).status_code for _ in range(2)] == [302, 302]
    assert sits(owner) == ["desk", "village"]
    assert nele.get("/concerns/").status_code == 200
    assert b"All that waits at the contact point opens" not in nele.get("/today/").content


def invite(client: Client, house: Doorstep, role: str = "worker") -> str:
    organisation = house.scene.organisations["School De Linde"]
    answer = client.post(
        "/village/invite/",
        {
            "given_name": "Nele",
            "surname": "Maes",
            "email": "nele@linde.example",
            "organisation": organisation,
            "role": role,
        },
    )
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_an_address_is_invited_once(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    ada = browser(owner, at_the_door.ada)
    invite(ada, at_the_door)
    again = ada.post(
        "/village/invite/",
        {"given_name": "Nel", "email": "NELE@linde.example", "role": "worker",
         "organisation": at_the_door.scene.organisations["School De Linde"]},
    )  # fmt: skip
    assert again.status_code == 422
    assert "This address is known here already." in again.content.decode()


def test_only_an_administrator_invites(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    assert browser(owner, at_the_door.wim).get("/village/invite/").status_code == 403
    assert browser(owner, at_the_door.samira).get("/village/invite/").status_code == 403


def test_an_administrator_gives_no_seat_to_oneself(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    with pytest.raises(DatabaseError, match="row-level security policy"):
        ada_makes_herself_contact_point(at_the_door)


def ada_makes_herself_contact_point(house: Doorstep) -> None:
    with viewer.acting(house.ada):
        job = Job.objects.create(
            person_id=house.ada,
            organisation_id=house.scene.organisations["Town"],
            role="contact point",
            since=timezone.now(),
        )
        with connection.cursor() as cursor:
            cursor.execute("SELECT trust.seat_by_job(%s, now())", [job.pk])


def test_there_is_no_way_to_sign_up(at_the_door: Doorstep) -> None:
    for address in ("/sign-up/", "/signup/", "/accounts/signup/"):
        assert browser().get(address).status_code == 404


@pytest.mark.parametrize(
    "sent", ["", "null", "[]", "{}", '{"id": 1}', "x" * 5000, '{"response": {"userHandle": "AAAA"}}']
)
def test_what_is_no_passkey_is_no_way_in(at_the_door: Doorstep, sent: str) -> None:
    client = browser()
    assert client.get("/sign-in/passkey/", headers={"Accept": "application/json"}).json()["request_options"]
    assert client.post("/sign-in/passkey/", {"credential": sent})["Location"] == "/sign-in/"
    assert client.get("/account/").status_code == 302


def test_a_family_may_let_a_device_remember_them(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    page = browser(owner, at_the_door.samira).get("/account/passkeys/new/").content.decode()
    assert "Let this device remember you" in page
    assert "Samira" not in re.search(r'id="passkey-options"[^>]*>(.*?)</script>', page).group(1)


def test_an_administrators_link_opens_nothing_where_two_factors_stand(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    """Whoever keeps the sign-in cannot become a coordinator by it (K9)."""
    staff(owner, at_the_door)
    with viewer.acting(at_the_door.ada) as ada:
        els = Person.objects.get(pk=at_the_door.els)
        made = links.make(els, "sign in", None, by=ada, at=timezone.now())
    desk = browser()
    desk.post(f"/l/{made.token}/", {"code": made.code})
    for address in (
        "/sign-in/begin/",
        "/account/app/",
        "/account/passkeys/new/",
        "/account/",
        "/village/invite/",
    ):
        assert desk.get(address)["Location"] == "/sign-in/second-factor/", address
        assert desk.post(address, {"password": "another word or two or three"}).status_code == 302
    assert desk.get("/sign-in/second-factor/")["Location"].startswith("/sign-in/again/code/")
    assert accounts.of_person(at_the_door.els).check_password(PASSWORD)
    assert desk.post("/sign-in/again/code/", {"code": code_of(SECRET)}).status_code == 302
    assert desk.get("/account/").status_code == 200
