"""An evening on a shared tablet: nobody is signed in, what opens closes by itself, the worker's PIN takes it back (E10)."""

import re
from datetime import timedelta
from urllib.parse import quote
from uuid import uuid4

import psycopg
import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone

from kring.trust import viewer
from kring.trust.models import Person
from kring.trust.usecases import links, shared_devices
from kring.web.shared import gate
from trust.scenes import insert
from web.doorstep import Doorstep, account, browser, fresh, show
from web.test_sign_in_of_staff import SECRET, code_of

DIGITS = "204781"
START = "/shared/"


def evening(owner: psycopg.Connection, house: Doorstep) -> Client:
    """Els chooses a PIN and leaves her tablet to others."""
    tablet = fresh(owner, house.els)
    assert tablet.get("/account/share/")["Location"] == "/account/pin/?then=share"
    assert b"First choose a PIN" in tablet.get("/account/pin/?then=share").content
    assert tablet.post("/account/pin/?then=share", {"digits": DIGITS})["Location"] == "/account/share/"
    before = tablet.cookies["__Host-kring"].value
    assert tablet.post("/account/share/", {"purpose": "girls' evening", "hours": 3})["Location"] == START
    assert tablet.cookies["__Host-kring"].value != before
    thief = browser()
    thief.cookies["__Host-kring"] = before
    assert thief.get("/account/").status_code == 302  # the worker's session is really gone
    return tablet


def idle(client: Client) -> None:
    """More than a minute goes by without a touch."""
    session = client.session
    session[gate.OPENED] = {**session[gate.OPENED], "until": session[gate.OPENED]["until"] - gate.IDLE - 1}
    session.save()


def test_on_a_shared_device_only_public_pages_open(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    tablet = evening(owner, at_the_door)
    page = tablet.get(START)
    assert page.headers["Refresh"] == "60; url=/shared/"
    words = page.content.decode()
    assert not re.search(r"Els|Samira|De Smets|girls", words)
    for open_to_all in ("/concern/", "/offers/", "/shared/card/", "/shared/worker/"):
        assert tablet.get(open_to_all).status_code == 200, open_to_all
    family = f"/family/{at_the_door.family}/"
    for closed in (
        "/",
        "/sign-in/",
        "/today/",
        "/families/",
        family,
        "/account/",
        "/leave/",
        "/demo/",
        "/password/forgotten/",
    ):
        assert tablet.get(closed)["Location"] == START, closed
    assert tablet.post("/sign-in/", {"login": "els@linde.example", "password": "x"})["Location"] == START
    assert browser().get(START).status_code == 404


def test_the_workers_pin_opens_to_read_and_closes_after_a_minute(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    tablet, family = evening(owner, at_the_door), f"/family/{at_the_door.family}/"
    assert tablet.post("/shared/worker/", {"digits": "111112"}).status_code == 422
    assert tablet.get(family)["Location"] == START
    assert tablet.post("/shared/worker/", {"digits": DIGITS})["Location"] == "/families/"
    page = tablet.get(family)
    assert page.status_code == 200
    assert page.headers["Refresh"] == "60; url=/shared/"
    read = owner.execute("SELECT person_id, purpose FROM trust_entry WHERE kind = 'read'").fetchall()
    assert (at_the_door.els, "on a shared device") in read
    assert tablet.post(f"{family}leave/")["Location"] == START  # one reads there, and does nothing
    assert tablet.get(family)["Location"] == START  # and what is not for there closes what was open
    tablet.post("/shared/worker/", {"digits": DIGITS})
    assert tablet.get(family).status_code == 200
    idle(tablet)
    assert tablet.get(family)["Location"] == START
    tablet.post("/shared/worker/", {"digits": DIGITS})
    assert tablet.get(START).status_code == 200
    assert tablet.get(family)["Location"] == START
    paper = f"/plans/{at_the_door.family}/paper/"  # no file stays behind
    for elsewhere in ("/today/", "/account/", "/village/invite/", paper):
        tablet.post("/shared/worker/", {"digits": DIGITS})
        assert tablet.get(elsewhere)["Location"] == START, elsewhere


def test_leaving_quickly_without_a_network_closes_what_was_open_and_it_stays_shared(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    tablet, family = evening(owner, at_the_door), f"/family/{at_the_door.family}/"
    tablet.post("/shared/worker/", {"digits": DIGITS})
    tablet.cookies["__Host-leaving"] = "1"
    assert tablet.get(family)["Location"] == START
    assert tablet.get(START).status_code == 200


def test_five_wrong_pins_end_it_and_nobody_guesses_on(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    tablet = evening(owner, at_the_door)
    answers = [tablet.post("/shared/take-back/", {"digits": f"90210{n}"}).status_code for n in range(6)]
    assert answers == [422, 422, 422, 422, 422, 302]
    assert tablet.post("/shared/take-back/", {"digits": DIGITS}).status_code == 404
    assert owner.execute("SELECT count(*) FROM trust_session WHERE shared_id IS NOT NULL").fetchone() == (0,)
    (kept,) = owner.execute("SELECT pin_hash FROM trust_pin").fetchone()
    assert kept.startswith("argon2$argon2id$")
    assert DIGITS not in kept


@pytest.mark.parametrize("how", ["pin", "from afar", "time", "job", "password", "switched off", "all others"])
def test_it_ends_by_pin_from_afar_with_the_time_and_with_the_work(
    at_the_door: Doorstep, owner: psycopg.Connection, how: str
) -> None:
    tablet = evening(owner, at_the_door)
    if how == "pin":
        assert tablet.post("/shared/take-back/", {"digits": DIGITS})["Location"] == "/sign-in/"
    elif how == "from afar":
        phone = browser(owner, at_the_door.els)
        (device,) = owner.execute("SELECT id FROM trust_shareddevice").fetchone()
        browser(owner, at_the_door.wim).post(f"/account/share/{device}/end/")
        assert tablet.get(START).status_code == 200
        assert "girls&#x27; evening" in phone.get("/account/").content.decode()
        assert phone.post(f"/account/share/{device}/end/")["Location"] == "/account/"
    elif how == "time":
        owner.execute("UPDATE trust_shareddevice SET since = now() - interval '2 days', until = now()")
    elif how == "password":
        owner.execute("UPDATE trust_account SET password = 'other' WHERE person_id = %s", [at_the_door.els])
    elif how == "switched off":
        owner.execute("UPDATE trust_account SET is_active = false WHERE person_id = %s", [at_the_door.els])
    elif how == "all others":
        browser(owner, at_the_door.els).post("/account/devices/others/end/")
        told = "SELECT count(*) FROM trust_entry WHERE deed = 'other sessions ended' AND person_id = %s"
        assert owner.execute(told, [at_the_door.els]).fetchone() == (1,), "also where only this device stood"
    else:
        owner.execute("UPDATE trust_job SET until = now() WHERE person_id = %s", [at_the_door.els])
    if how != "time":  # in the same transaction
        assert owner.execute("SELECT count(*) FROM trust_session WHERE shared_id IS NOT NULL").fetchone() == (
            0,
        )
    assert tablet.get(START).status_code == 404
    assert tablet.get("/sign-in/").status_code == 200


def test_a_young_person_opens_their_own_page_by_card_and_code_and_nothing_more(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    born = timezone.now().date() - timedelta(days=15 * 365)
    owner.execute("INSERT INTO trust_birth (person_id, born) VALUES (%s, %s)", [at_the_door.jonas, born])
    own = insert(
        owner, "trust_circle", village_id=at_the_door.scene.village, family_id=at_the_door.family, kind="own", name="",
        subject_id=at_the_door.jonas, safety=False, secrecy=False, opened_at=timezone.now() - timedelta(days=1),
    )  # fmt: skip
    at_the_door.scene.seat(own, at_the_door.jonas, role="child", ground="own choice", ring=1)
    tablet = evening(owner, at_the_door)
    with viewer.acting(at_the_door.els) as els:
        made = links.make(
            Person.objects.get(pk=at_the_door.jonas), "sign in", None, by=els, at=timezone.now()
        )
    wrong = "999999" if made.code != "999999" else "111111"
    assert tablet.post(f"/l/{made.token}/", {"code": wrong}).status_code == 422
    assert tablet.post(f"/l/{made.token}/", {"code": made.code})["Location"] == f"/own/{own}/"
    assert owner.execute("SELECT device_hash, wrong_codes FROM trust_link").fetchone() == (None, 0)
    page = tablet.get(f"/own/{own}/")
    assert page.status_code == 200
    doors = set(re.findall(r'<a [^>]*href="(/[^"]*)"', page.content.decode()))
    assert not {one for one in doors if one.startswith(("/me/", "/family/", "/mine/", "/account/"))}, doors
    assert 'action="/shared/done/"' in page.content.decode()  # one says oneself that one is done
    assert "Do it on your own phone." in page.content.decode()  # what one tells is told elsewhere
    assert 'href="tel:102"' in page.content.decode()
    assert tablet.get(f"/family/{at_the_door.family}/")["Location"] == START
    assert tablet.get(f"/own/{own}/")["Location"] == START
    tablet.post(f"/l/{made.token}/", {"code": made.code})
    idle(tablet)
    assert tablet.get(f"/own/{own}/")["Location"] == START
    assert tablet.get(START).status_code == 200
    assert owner.execute("SELECT count(*) FROM trust_session WHERE person_id IS NOT NULL").fetchone() == (0,)
    phone = browser()  # and on one's own telephone the card is still as new
    assert phone.post(f"/l/{made.token}/", {"code": made.code})["Location"] == "/"
    assert tablet.get(f"/l/{made.token}/").status_code == 404


def test_the_language_of_who_was_here_goes_with_them(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    tablet = evening(owner, at_the_door)
    tablet.post("/language/", {"language": "nl", "next": START})  # on its first page: the device's own
    for chosen_on in ("/shared/card/", "/offers/", f"/own/{uuid4()}/"):
        tablet.post("/language/", {"language": "ar", "next": chosen_on})
        assert 'lang="ar"' in tablet.get("/shared/card/").content.decode()
        begun = tablet.get(START, follow=True).content.decode()
        assert re.search(r'<html lang="nl"\s+dir="ltr"', begun), chosen_on
        assert 'lang="nl"' in tablet.get("/shared/card/").content.decode()


def test_a_link_tried_on_a_shared_device_opens_nothing_there_and_still_works_at_home(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    tablet = evening(owner, at_the_door)
    with viewer.acting(at_the_door.els) as els:
        samira, now = Person.objects.get(pk=at_the_door.samira), timezone.now()
        made = {
            purpose: links.make(
                samira, purpose, at_the_door.family if purpose != "sign in" else None, by=els, at=now
            )
            for purpose in ("approve", "prepare", "sign in")
        }
    before = owner.execute("SELECT count(*) FROM trust_account").fetchone()
    for purpose, link in made.items():
        if purpose != "sign in":  # refused by what it is for: the code is not even asked
            assert tablet.get(f"/l/{link.token}/").status_code == 403
        answer = tablet.post(f"/l/{link.token}/", {"code": link.code})
        assert answer.status_code == 403, purpose
        assert "still work there" in answer.content.decode()
        assert "Samira" not in answer.content.decode()
        assert tablet.get("/families/")["Location"] == START
    assert owner.execute("SELECT count(*) FROM trust_link WHERE device_hash IS NOT NULL").fetchone() == (0,)
    assert owner.execute("SELECT count(*) FROM trust_account").fetchone() == before
    phone = browser()
    assert phone.post(f"/l/{made['approve'].token}/", {"code": made["approve"].code}).status_code == 302
    assert phone.post(f"/l/{made['sign in'].token}/", {"code": made["sign in"].code})["Location"] == "/"


def test_choosing_a_pin_and_sharing_a_device_ask_for_a_second_factor_of_now(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    """Whoever finds a colleague's computer open chooses no PIN of theirs."""
    found = account(owner, at_the_door.els, "els@linde.example")
    with viewer.coming_in(at_the_door.els):
        TOTP.activate(found, SECRET)
    els = fresh(owner, at_the_door.els)
    assert els.post("/account/pin/", {"digits": DIGITS}).status_code == 302
    show(els, minutes_ago=11)
    for page, told in (
        ("/account/pin/", {"digits": "902104"}),
        ("/account/share/", {"purpose": "oud kleed", "hours": 1}),
    ):
        asked = els.get(page)
        assert asked["Location"] == f"/sign-in/again/code/?next={quote(page, safe='')}"
        late = els.post(page, told)
        assert late.status_code == 422
        assert "Your words stay here" in late.content.decode()
        assert told.get("purpose", "") in late.content.decode()
    assert owner.execute("SELECT count(*) FROM trust_shareddevice").fetchone() == (0,)
    again = els.get("/sign-in/again/code/?next=/account/pin/").content.decode()
    assert "/sign-in/again/?" not in again  # a password is no second factor
    answer = els.post("/sign-in/again/code/", {"code": code_of(SECRET), "next": "/account/pin/"})
    assert answer["Location"] == "/account/pin/"
    assert els.get("/account/share/").status_code == 200
    show(els, method="password")
    assert els.get("/account/share/").status_code == 302


def test_easy_digits_are_refused_and_only_who_works_shares_a_device(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    assert [shared_devices.is_easy(word) for word in ("111111", "123456", "987654", DIGITS)] == [
        True,
        True,
        True,
        False,
    ]
    els, samira = fresh(owner, at_the_door.els), fresh(owner, at_the_door.samira)
    assert els.post("/account/pin/", {"digits": "123456"}).status_code == 422
    assert els.post("/account/pin/", {"digits": "12"}).status_code == 422
    els.post("/account/pin/", {"digits": DIGITS})
    nameless = els.post("/account/share/", {"purpose": "", "hours": 1})
    assert (nameless.status_code, b"you find this device again" in nameless.content) == (422, True)
    assert samira.post("/account/pin/", {"digits": DIGITS}).status_code == 403
    assert samira.post("/account/share/", {"purpose": "x", "hours": 1}).status_code == 403


def test_nobody_is_told_that_a_device_is_out_that_they_never_shared(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    tablet, phone = evening(owner, at_the_door), browser(owner, at_the_door.els)
    (device,) = owner.execute("SELECT id FROM trust_shareddevice").fetchone()
    wim = browser(owner, at_the_door.wim)
    theirs, missing = (wim.post(f"/account/share/{one}/end/") for one in (device, uuid4()))
    assert theirs.status_code == missing.status_code == 404
    token = re.compile(rb'(X-CSRFToken": |csrfmiddlewaretoken" value=)"[^"]+"')
    assert token.sub(b"", theirs.content) == token.sub(b"", missing.content)
    assert tablet.get(START).status_code == 200, "it is still out there"
    assert phone.post(f"/account/share/{uuid4()}/end/").status_code == 404
    assert "That device is out now." not in phone.get("/account/").content.decode()
    for _twice in range(2):
        ended = phone.post(f"/account/share/{device}/end/", follow=True)
        assert "That device is out now." in ended.content.decode()
