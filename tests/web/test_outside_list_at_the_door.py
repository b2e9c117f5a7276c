"""What an outside list asks of doors, and a test of its own shows (docs/asvs.md; E10)."""

import logging

import psycopg
import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from kring.commands import safety
from web.doorstep import Doorstep, browser
from web.test_sign_in_of_staff import SECRET, code_of, password, staff


@pytest.mark.parametrize(
    ("word", "fine"),
    [
        ("Lindekwartier2026!", False),
        ("kring kring kring", False),
        ("de linde school 123", False),
        ("three green lamps in lindekwartier", True),
        ("84-2191-3422-3111-23", True),
    ],
)
def test_names_of_the_village_make_no_password_longer(at_the_door: Doorstep, word: str, fine: bool) -> None:
    if fine:
        validate_password(word)
    else:
        with pytest.raises(ValidationError, match="do not count"):
            validate_password(word)


def test_of_more_than_twenty_sessions_the_one_used_longest_ago_ends(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    first, wim = browser(owner, at_the_door.els), browser(owner, at_the_door.wim)
    owner.execute("UPDATE trust_session SET seen_at = seen_at - interval '1 hour'")
    second = browser(owner, at_the_door.els)
    for _ in range(19):
        browser(owner, at_the_door.els)
    assert owner.execute("SELECT count(*) FROM trust_session").fetchone() == (21,)
    assert first.get("/account/").status_code == 302
    assert second.get("/account/").status_code == wim.get("/account/").status_code == 200


def test_coming_in_staying_out_and_being_refused_are_logged_without_anybody(
    at_the_door: Doorstep, owner: psycopg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    staff(owner, at_the_door)
    caplog.set_level(logging.INFO, "kring.doors")
    client = browser()
    password(client, word="something else entirely")
    password(client)
    client.post("/sign-in/code/", {"code": "000000"})
    client.post("/sign-in/code/", {"code": code_of(SECRET)})
    client.post(reverse("mfa_reauthenticate"), {"code": "000000"})
    browser(owner, at_the_door.samira, shown=False).post("/me/", {"only_you": "open", "digits": "204781"})
    for digits in ("902101", "204781"):
        browser(owner, at_the_door.samira, shown=False).post("/me/", {"only_you": "open", "digits": digits})
    assert client.get("/village/invite/").status_code == 403
    said = [record.msg for record in caplog.records if record.name == "kring.doors"]
    assert said == [
        "wrong at the door: password",
        "right at the door: password",
        "wrong at the door: second factor",
        "right at the door: second factor",
        "wrong at the door: second factor",
        "wrong at the door: own digits",
        "right at the door: own digits",
        "not theirs to do: invite",
    ]
    assert all(record.args in (None, ()) for record in caplog.records if record.name == "kring.doors")


def test_programs_are_not_silently_sent_from_http_to_https(at_the_door: Doorstep, settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^hsds/"]
    plain = Client().get("/hsds/v3/")
    assert plain.status_code == 403
    assert plain.json() == {"error": "This directory is read over https only."}
    assert Client().get("/hsds/v3/", secure=True).status_code == 200
    assert Client().get("/offers/")["Location"].startswith("https://")


@pytest.mark.parametrize(
    ("host", "ways", "open_line"),
    [
        ("db.town.example", {}, True),
        ("db.town.example", {"sslmode": "require"}, True),
        ("db.town.example", {"sslmode": "verify-full"}, False),
        ("/run/postgresql", {}, False),
        ("localhost", {}, False),
    ],
)
def test_lines_to_the_database_and_the_post_are_locked(
    settings, host: str, ways: dict, open_line: bool
) -> None:
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = "post.town.example", not open_line
    said = " ".join(safety.lines({"HOST": host, "OPTIONS": ways}))
    assert ("sslmode=verify-full" in said) is open_line
    assert ("KRING_MAIL_TLS" in said) is open_line
