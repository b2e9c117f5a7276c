"""Nothing that somebody wrote is lost because they were signed out meanwhile, or because the page is old."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from web.doorstep import Doorstep, browser

WHERE = "/two-people/ask/country/"
SENT = {"country": "FR", "why": "Wij verhuisden <b>gisteren</b>."}
OURS = {"Sec-Fetch-Site": "same-origin"}


def carried(page: bytes) -> dict[str, str]:
    return dict(re.findall(r'<textarea name="(\w+)" hidden>([^<]*)</textarea>', page.decode()))


def test_who_was_signed_out_meanwhile_finds_the_words_again_and_sends_them(
    at_the_door: Doorstep, owner: object
) -> None:
    answer = browser().post(WHERE, SENT, headers=OURS)
    assert answer.status_code == 401
    assert b"Your words are still here" in answer.content
    assert b'href="/sign-in/?next=%2F"' in answer.content
    assert carried(answer.content) == {
        "country": "FR",
        "why": "Wij verhuisden &lt;b&gt;gisteren&lt;/b&gt;.",
    }
    assert answer["Cache-Control"] == "no-store"


def test_who_showed_one_thing_only_meanwhile_finds_the_words_again_too(
    at_the_door: Doorstep, owner: Any
) -> None:
    answer = browser(owner, at_the_door.samira, second=False).post(WHERE, SENT, headers=OURS)
    assert (answer.status_code, carried(answer.content)["country"]) == (401, "FR")
    assert b'href="/sign-in/second-factor/' in answer.content
    assert b"You were signed out" not in answer.content


def test_hidden_and_missing_give_the_words_back_alike(at_the_door: Doorstep) -> None:
    there, nowhere = (
        browser().post(f"/two-people/{one}/", {"answer": "no", "why_not": "Nog niet."}, headers=OURS)
        for one in (at_the_door.family, uuid.uuid4())
    )
    assert (there.status_code, carried(there.content)) == (nowhere.status_code, carried(nowhere.content))
    assert there.status_code == 401


def test_a_page_that_is_too_old_gives_the_words_back(at_the_door: Doorstep) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(WHERE, SENT, headers=OURS)
    assert answer.status_code == 403
    assert carried(answer.content)["country"] == "FR"
    assert b"You were signed out" not in answer.content


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
def test_no_other_page_puts_words_on_one_of_ours(at_the_door: Doorstep, site: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(WHERE, SENT, headers={"Sec-Fetch-Site": site} if site else {})
    assert answer.status_code == 403
    assert b"verhuisden" not in answer.content


@pytest.mark.parametrize("secret", ["digits", "password", "code", "0-code"])
def test_what_proves_who_somebody_is_never_stands_on_a_page(at_the_door: Doorstep, secret: str) -> None:
    answer = Client(enforce_csrf_checks=True).post(WHERE, SENT | {secret: "204781"}, headers=OURS)
    assert answer.status_code == 403
    assert b"204781" not in answer.content
    assert b"verhuisden" not in answer.content


def test_where_nothing_was_written_one_signs_in_as_always(at_the_door: Doorstep) -> None:
    answer = browser().post(WHERE, {"country": "FR", "why": ""}, headers=OURS)
    assert answer["Location"] == "/sign-in/"


def test_a_draft_that_is_not_kept_is_not_called_kept(at_the_door: Doorstep) -> None:
    draft = OURS | {"X-Draft": "1"}
    assert browser().post(WHERE, SENT, headers=draft).status_code == 401
    assert Client(enforce_csrf_checks=True).post(WHERE, SENT, headers=draft).status_code == 403
