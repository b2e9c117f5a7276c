"""An empty house gets one village by one code, and then never again by a code."""

import uuid
from datetime import timedelta

import psycopg
import pytest
from django.test import Client
from django.utils import timezone

from kring.trust.usecases import setting_up
from web.doorstep import browser, build

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "migrator"])

VILLAGE = {"name": "Oude Haven", "country": "NL", "languages": ["nl", "ar"], "timezone": ""}
YOU = {"given_name": "Ada", "surname": "Bos", "email": "Ada@haven.example", "organisation": "Gemeente Haven"}


@pytest.fixture(autouse=True)
def after(owner: psycopg.Connection) -> None:
    """What a test commits goes with it."""


def answered(client: Client, code: str) -> None:
    """Everything up to the agreement."""
    client.post("/set-up/", {"code": code})
    client.post("/set-up/village/", VILLAGE)
    client.post("/set-up/you/", YOU)


def test_an_empty_house_opens_at_the_code_and_ends_with_a_village(owner: psycopg.Connection) -> None:
    client, code = browser(), setting_up.new_code(at=timezone.now())
    assert client.get("/").headers["Location"] == "/set-up/"
    assert client.get("/set-up/").status_code == 200
    answered(client, f" {code.lower()} ")
    page = client.get("/set-up/agreement/").content.decode()
    assert "Oude Haven" in page
    assert client.post("/set-up/agreement/", {}).status_code == 422
    begun = client.post("/set-up/agreement/", {"yes": "on"})
    assert begun.headers["Location"] == "/sign-in/begin/"
    assert client.get("/sign-in/begin/").status_code == 200
    facts = owner.execute(
        "SELECT name, slug, country, timezone, language, term_days FROM trust_village"
    ).fetchall()
    assert facts == [("Oude Haven", "oude-haven", "NL", "Europe/Amsterdam", "nl", 90)]
    kept = owner.execute(
        "SELECT chosen -> 'languages', chosen -> 'modules off' FROM trust_village"
    ).fetchone()
    at_first = ["celebrations", "learning", "meetings", "path", "people", "practice", "programs"]
    assert kept == (["ar", "nl"], at_first), "door, circle and directory to begin with"
    works = owner.execute(
        "SELECT j.role, a.email FROM trust_job j JOIN trust_account a ON a.person_id = j.person_id "
        "JOIN trust_agreement g ON g.organisation_id = j.organisation_id WHERE g.until IS NULL"
    ).fetchall()
    assert works == [("administrator", "ada@haven.example")]
    assert client.get("/set-up/").status_code == 404
    assert client.post("/set-up/agreement/", {"yes": "on"}).status_code == 404


def test_a_code_belongs_to_the_device_that_used_it_first(owner: psycopg.Connection) -> None:
    first, other, code = browser(), browser(), setting_up.new_code(at=timezone.now())
    answered(first, code)
    assert other.post("/set-up/", {"code": code}).status_code == 422
    assert other.get("/set-up/you/").headers["Location"] == "/set-up/"
    assert other.post("/set-up/agreement/", {"yes": "on"}).headers["Location"] == "/set-up/"
    assert owner.execute("SELECT count(*) FROM trust_village").fetchone() == (0,)


def test_a_code_ends_with_the_next_one_and_after_a_day(owner: psycopg.Connection) -> None:
    now = timezone.now()
    old, new = setting_up.new_code(at=now), setting_up.new_code(at=now)
    assert not setting_up.opens(setting_up.code_hash(old), "here", at=now)
    assert setting_up.opens(setting_up.code_hash(new), "here", at=now)
    assert not setting_up.opens(setting_up.code_hash(new), "here", at=now + timedelta(days=1))
    assert not setting_up.opens(setting_up.code_hash(""), "here", at=now)
    stored = owner.execute("SELECT code_hash::text FROM trust_setupcode").fetchall()
    assert all(new.replace("-", "").encode().hex() not in one for (one,) in stored)


def test_where_a_village_lives_no_code_is_made_and_none_opens(owner: psycopg.Connection) -> None:
    code = setting_up.new_code(at=timezone.now())
    build(owner)
    assert not setting_up.opens(setting_up.code_hash(code), "here", at=timezone.now())
    with pytest.raises(setting_up.HouseIsNotEmpty):
        setting_up.new_code(at=timezone.now())
    for address in ("/set-up/", "/set-up/village/", "/set-up/you/", "/set-up/agreement/"):
        assert browser().get(address).status_code == 404
        assert browser().post(address, {"code": code, "yes": "on"}).status_code == 404


def test_what_was_typed_stays_right_or_not(owner: psycopg.Connection) -> None:
    client, code = browser(), setting_up.new_code(at=timezone.now())
    client.post("/set-up/", {"code": code})
    wrong = client.post("/set-up/village/", {**VILLAGE, "name": ""})
    assert wrong.status_code == 422
    assert client.get("/set-up/agreement/").headers["Location"] == "/set-up/village/"
    client.post("/set-up/village/", VILLAGE)
    assert b"Oude Haven" in client.get("/set-up/village/").content
    assert client.get("/set-up/agreement/").headers["Location"] == "/set-up/you/"
    client.post("/set-up/you/", {**YOU, "email": "ada at haven"})
    assert b"ada at haven" in client.get("/set-up/you/").content


def test_who_lost_the_way_after_founding_is_led_back_until_they_sign_in(owner: psycopg.Connection) -> None:
    assert setting_up.way_back(at=timezone.now()) is None
    client, code = browser(), setting_up.new_code(at=timezone.now())
    answered(client, code)
    client.post("/set-up/agreement/", {"yes": "on"})
    made = setting_up.way_back(at=timezone.now())
    assert made is not None
    other = browser()
    other.post(f"/l/{made.token}/", {"code": made.in_groups})
    assert other.get("/sign-in/begin/").status_code == 200
    owner.execute(
        "INSERT INTO mfa_authenticator (type, data, user_id, created_at) SELECT 'totp', '{}', id, now() FROM trust_account"
    )
    assert setting_up.way_back(at=timezone.now()) is None


def test_two_clicks_found_one_village(owner: psycopg.Connection) -> None:
    code, device = setting_up.new_code(at=timezone.now()), uuid.uuid4().hex
    hashed = setting_up.code_hash(code)
    wish = setting_up.Wish(
        "Haven", "NL", "Europe/Amsterdam", ("nl",), "", "Ada", "", "ada@haven.example", "nl"
    )
    setting_up.found(wish, hashed, device, at=timezone.now())
    with pytest.raises(Exception, match="set_up_is_over"):
        setting_up.found(wish, hashed, device, at=timezone.now())
    assert owner.execute("SELECT count(*) FROM trust_village").fetchone() == (1,)
