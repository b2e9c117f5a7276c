"""A card opens no confidence: one shows a passkey, a code, or six digits that only one person knows (K13, E10)."""

import re
import uuid

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.db import DatabaseError, connection, transaction
from django.urls import get_resolver
from django.utils import timezone

from kring.confidences.models import Telling
from kring.trust import viewer
from kring.trust.models import Person
from kring.trust.usecases import links, own_digits
from web.doorstep import account, bare, browser, show
from web.test_sign_in_of_staff import SECRET, code_of

DIGITS, OTHERS = "204781", "730952"
ASKED = 'name="only_you"'


def by_card(home):
    """Samira comes in by a card that her coordinator made, on a telephone of its own."""
    with viewer.acting(home.hanne) as hanne:
        made = links.make(Person.objects.get(pk=home.samira), "sign in", None, by=hanne, at=timezone.now())
    phone = browser()
    assert phone.post(f"/l/{made.token}/", {"code": made.code})["Location"] == "/"
    phone.get("/account/")  # where it is said that they are in
    return phone


def gives(client, digits, address="/me/", **typed):
    """What is sent from the page that asks."""
    return client.post(address, {"only_you": "send" if typed else "open", "digits": digits, **typed})


def opens(client, address="/me/"):
    return ASKED not in client.get(address).content.decode()


def test_a_card_opens_no_confidence_and_six_digits_do(home, owner):
    told = home.tells(home.samira, home.mila, "Ik slaap niet.")
    phone = by_card(home)
    page = phone.get(f"/me/{told}/").content.decode()
    assert "Ik slaap niet." not in page
    assert "Mila" not in page
    assert "Choose six digits that nobody else knows" in page
    missing = phone.get(f"/me/{uuid.uuid4()}/").content
    assert bare(missing) == bare(page.encode()), "hidden, missing and one's own ask alike"
    for easy in ("123456", "111111", "12"):
        assert gives(phone, easy).status_code == 422
    assert gives(phone, "٢٠٤ ٧٨١", f"/me/{told}/")["Location"] == f"/me/{told}/"
    assert "Ik slaap niet." in phone.get(f"/me/{told}/").content.decode()
    assert phone.get(f"/family/{home.family}/").status_code == 200
    # whoever makes another card for her, and holds it with its code, is stopped here
    thief = by_card(home)
    assert "Your six digits" in thief.get("/me/").content.decode()
    assert [gives(thief, f"90210{n}").status_code for n in range(5)] == [422] * 5
    assert "five wrong tries" in thief.get("/me/").content.decode()
    assert gives(thief, DIGITS).status_code == 422, "and the right ones are not even looked at"
    assert opens(phone), "which does not shut out who is in"
    owner.execute("UPDATE trust_owndigits SET tried_at = tried_at - interval '16 minutes'")
    assert gives(thief, DIGITS)["Location"] == "/me/"
    kept = owner.execute("SELECT d::text FROM trust_owndigits d").fetchone()[0]
    assert DIGITS not in kept


def test_after_half_an_hour_it_is_asked_again_and_nothing_typed_is_lost(home, owner):
    phone, address = by_card(home), f"/me/tell/{home.mila}/"
    gives(phone, DIGITS)
    key = re.search(r'name="form_key" value="([^"]+)"', phone.get(address).content.decode())[1]
    session = phone.session
    session["only_you"] -= 31 * 60
    session.save()
    typed = {"words": "Ik durf <niet> naar huis.\nSoms.", "form_key": key, "safety": "on"}
    late = phone.post(address, typed)
    assert late.status_code == 422
    page = late.content.decode()
    assert "Your words are still here" in page
    assert "Ik durf &lt;niet&gt; naar huis." in page
    assert 'name="safety"' in page
    wrong = gives(phone, OTHERS, address, **typed)
    assert "These are not your digits" in wrong.content.decode()
    assert "Ik durf &lt;niet&gt; naar huis." in wrong.content.decode()
    with viewer.acting(home.samira):
        assert Telling.objects.count() == 0
    for _ in range(2):  # sent twice is one
        told = gives(phone, DIGITS, address, **typed)["Location"]
    with viewer.acting(home.samira):
        assert Telling.objects.count() == 1
    assert "Ik durf &lt;niet&gt; naar huis." in phone.get(told).content.decode()
    with viewer.acting(home.samira):
        telling = Telling.objects.get().pk
    back = f"{told}back/{telling}/"
    session = phone.session
    session["only_you"] -= 31 * 60
    session.save()
    assert phone.post(back).status_code == 422  # a button alone waits and is pressed, too
    phone.post(back, {"only_you": "send", "digits": DIGITS})
    with viewer.acting(home.samira):
        assert Telling.objects.count() == 0


def test_forgotten_digits_are_chosen_anew_after_a_day_unless_somebody_knows_them(home, owner):
    phone = by_card(home)
    gives(phone, DIGITS)
    thief = by_card(home)
    assert thief.post("/account/digits/forgotten/")["Location"] == "/me/"
    thief.post("/account/digits/forgotten/")  # sent twice, it is one
    assert "New ones can be chosen" in thief.get("/me/").content.decode()
    assert gives(thief, OTHERS).status_code == 422
    other = by_card(home)
    assert "Was that not you?" in other.get("/me/").content.decode()
    assert gives(other, DIGITS)["Location"] == "/me/", "and who knows them stops it"
    owner.execute("UPDATE trust_owndigits SET right_at = right_at - interval '2 days'")
    assert "New ones can be chosen" not in by_card(home).get("/me/").content.decode()
    thief.post("/account/digits/forgotten/")
    owner.execute("UPDATE trust_owndigits SET forgotten_at = forgotten_at - interval '25 hours'")
    mine = by_card(home)
    assert "Choose six digits that nobody else knows" in mine.get("/me/").content.decode()
    assert gives(mine, OTHERS)["Location"] == "/me/"
    assert phone.post("/account/digits/", {"old": DIGITS, "digits": "519306"}).status_code == 422
    assert phone.post("/account/digits/", {"old": OTHERS, "digits": "519306"})["Location"] == "/account/"
    deeds = owner.execute(
        "SELECT deed FROM trust_entry WHERE deed LIKE 'own digits%' ORDER BY at, id"
    ).fetchall()
    assert len(deeds) == 5


def test_that_somebody_forgot_is_said_at_once_ended_by_any_factor_and_lapses(home, owner):
    first, pending = f"/family/{home.family}/", "SELECT count(forgotten_at) FROM trust_owndigits"
    phone = by_card(home)
    gives(phone, DIGITS)
    for ends in ("the button", "a factor"):
        by_card(home).post("/account/digits/forgotten/")
        assert "Was that you?" in by_card(home).get(first).content.decode(), ends
        assert "Was that you?" not in browser(owner, home.naima).get(first).content.decode()
        if ends == "the button":
            assert by_card(home).post("/account/digits/not-me/")["Location"] == "/"
        else:
            hers = browser(owner, home.samira, shown=False)
            show(hers)
            assert opens(hers)
        assert owner.execute(pending).fetchone() == (0,), ends
        assert "Was that you?" not in by_card(home).get(first).content.decode(), ends
    thief = by_card(home)
    thief.post("/account/digits/forgotten/")
    owner.execute("UPDATE trust_owndigits SET right_at = NULL, forgotten_at = now() - interval '73 hours'")
    assert "Choose six digits" not in thief.get("/me/").content.decode()
    assert gives(thief, OTHERS).status_code == 422
    with viewer.acting(home.samira) as me, pytest.raises(own_digits.NotNow):
        own_digits.choose(OTHERS, by=me, at=timezone.now())
    thief.post("/account/digits/forgotten/")
    assert "New ones can be chosen" in thief.get("/me/").content.decode(), "and waits a day anew"


def test_who_worked_here_once_has_digits_like_everybody(home, owner):
    owner.execute("UPDATE trust_job SET until = now() WHERE person_id = %s", [home.mila])
    with viewer.acting(home.mila) as me:
        own_digits.choose(DIGITS, by=me, at=timezone.now())
        assert own_digits.show(DIGITS, by=me)


def test_who_works_shows_a_code_and_has_no_digits(home, owner):
    told = home.tells(home.samira, home.mila)
    mila_account = account(owner, home.mila, "mila@linde.example")
    with viewer.coming_in(home.mila):
        TOTP.activate(mila_account, SECRET)
    mila = browser(owner, home.mila, shown=False)
    show(mila, minutes_ago=31)
    page = mila.get(f"/me/{told}/").content.decode()
    assert "Code from your app" in page
    assert 'name="digits"' not in page
    assert mila.post(f"/me/{told}/", {"only_you": "open", "code": "000000"}).status_code == 422
    assert mila.post(f"/me/{told}/", {"only_you": "open", "credential": "{"}).status_code == 422
    answer = mila.post(f"/me/{told}/", {"only_you": "open", "code": code_of(SECRET)})
    assert answer["Location"] == f"/me/{told}/"
    assert opens(mila, f"/me/{told}/")
    with viewer.acting(home.mila) as me, pytest.raises(own_digits.NotNow):
        own_digits.choose(DIGITS, by=me, at=timezone.now())
    assert own_digits_of(home.mila) == own_digits.Standing()


def own_digits_of(person):
    with viewer.acting(person) as me:
        return own_digits.standing(by=me)


def test_by_hand_the_serving_role_reads_no_digits_and_changes_none(home, owner):
    with viewer.acting(home.samira) as me:
        own_digits.choose(DIGITS, by=me, at=timezone.now())
    owner.execute("UPDATE trust_owndigits SET right_at = now() - interval '11 minutes'")
    with connection.cursor() as cursor:
        for deed in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            cursor.execute("SELECT has_table_privilege('trust_owndigits', %s)", [deed])
            assert cursor.fetchone() == (False,)
    for person, expected in ((home.samira, False), (home.mila, False), (home.naima, True)):
        with viewer.acting(person), connection.cursor() as cursor:
            cursor.execute("SELECT trust.choose_digits(%s)", [b"x" * 32])
            assert cursor.fetchone() == (expected,)
            cursor.execute("SELECT trust.show_digits(''::bytea)")
            assert cursor.fetchone() == (False,)
    with viewer.acting(home.naima, seen_as=home.samira), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM trust.my_digits()")
        assert cursor.fetchone() == (0,)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT digits_hash FROM trust_owndigits")


def test_every_page_of_a_confidence_is_only_for_who_shows_themselves():
    doors = {
        pattern.name: pattern.callback.door
        for one in get_resolver().url_patterns
        for pattern in getattr(one, "url_patterns", [])
        if getattr(one, "app_name", "") == "confidences"
    }
    assert len(doors) >= 20
    assert {name for name, door in doors.items() if door != "only-you"} == {"keep_menu", "take_off"}


def test_a_passkey_is_added_only_by_who_shows_the_digits_that_stand(home):
    phone = by_card(home)
    assert phone.get("/account/passkeys/new/").status_code == 200
    assert "Choose six digits" in phone.get("/account/").content.decode()
    gives(phone, DIGITS)
    assert "Choose other digits" in phone.get("/account/").content.decode()
    thief = by_card(home)
    address = thief.get("/account/passkeys/new/")["Location"]
    assert address == "/account/only-you/?next=/account/passkeys/new/"
    assert not opens(thief, address)
    assert gives(thief, DIGITS, address)["Location"] == address
    assert thief.get(address)["Location"] == "/account/passkeys/new/"
    assert thief.get("/account/passkeys/new/").status_code == 200
    assert thief.get("/account/only-you/?next=https://evil.example/")["Location"] == "/account/"


def test_a_card_goes_round_no_factor_that_stands(home, owner):
    """Whoever holds her card and its code neither adds a way of their own nor takes hers away."""
    found = account(owner, home.samira)
    with viewer.coming_in(home.samira):
        TOTP.activate(found, SECRET)
    thief = by_card(home)
    assert thief.get("/account/passkeys/new/")["Location"].startswith("/account/only-you/")
    assert "/account/digits/" not in browser(owner, home.samira).get("/account/").content.decode(), (
        "they lead nowhere"
    )
    for address in ("/me/", "/account/app/remove/", "/account/spare-codes/", "/account/spare-codes/new/"):
        page = thief.get(address).content.decode()
        assert "Code from your app" in page, address
        assert 'name="digits"' not in page, address
        assert gives(thief, DIGITS, address).status_code == 422, address
    assert thief.post("/account/app/remove/", {}).status_code == 422
    assert owner.execute("SELECT count(*) FROM mfa_authenticator").fetchone() == (1,)
    twice = [thief.post("/me/", {"only_you": "open", "code": code_of(SECRET)}) for _ in range(2)]
    assert [answer["Location"] for answer in twice] == ["/me/", "/me/"], "a second touch is the same as one"
