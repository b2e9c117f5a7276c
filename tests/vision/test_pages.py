"""The pages of words, practice and principles, without script; and where hints stand, and where they never do."""

import re
import uuid
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vision.scene import Guidepost
from web.doorstep import browser

MOST_STATEMENTS = 14
WORD = {"word": "lastpost", "kinder": "jongere op het plein", "why": "Ken hun naam.", "unless": ""}


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.mark.parametrize(
    "page",
    ["/words/", "/words/?language=ar", "/words/?language=xx", "/words/nl.json", "/practice/", "/practice/care/",
     "/practice/paper/?language=fr", "/practice/backup/", "/principles/", "/principles/for/plan/"],
)  # fmt: skip
def test_a_page_asks_little(post: Guidepost, owner: psycopg.Connection, page: str) -> None:
    tine = browser(owner, post.tine)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert tine.get(page).status_code == 200
    assert len(asked) <= MOST_STATEMENTS


def test_who_is_not_signed_in_reads_words_and_principles_and_no_cards(post: Guidepost) -> None:
    visitor = browser()
    assert "having a hard time now" in text(visitor.get("/words/"))
    assert "hundred languages" in text(visitor.get("/principles/"))
    assert visitor.get("/practice/")["Location"].startswith("/sign-in/")
    for nothing in ("/words/de.json", "/principles/7/", "/principles/for/nowhere/"):
        assert visitor.get(nothing).status_code == 404


def test_the_list_is_kept_by_the_browser_until_it_changes(post: Guidepost, owner: psycopg.Connection) -> None:
    tine, ada = browser(owner, post.tine), browser(owner, post.ada)
    first = tine.get("/words/nl.json")
    assert first.json()[0].keys() == {"key", "word", "kinder", "why", "unless"}
    assert "private" in first["Cache-Control"]
    same = {"If-None-Match": first["ETag"]}
    assert tine.get("/words/nl.json", headers=same).status_code == 304
    assert ada.post("/words/nl/lui/counts/", {"counts": "off"})["Location"] == "/words/?language=nl#lui"
    now = tine.get("/words/nl.json", headers=same)
    assert "lui" not in [one["key"] for one in now.json()]
    assert "nog niet op gang" not in text(tine.get("/words/?language=nl"))
    assert "switched off" in text(ada.get("/words/?language=nl"))


def test_a_word_comes_in_once_and_a_mistake_keeps_what_was_typed(
    post: Guidepost, owner: psycopg.Connection
) -> None:
    nora, key = browser(owner, post.nora), str(uuid.uuid4())
    wrong = nora.post("/words/new/?language=nl", {**WORD, "word": "Drop-out", "key": key})
    assert wrong.status_code == 422
    assert "stands in the guide already" in text(wrong)
    assert "Ken hun naam." in wrong.content.decode()
    for _click in range(2):
        assert nora.post("/words/new/?language=nl", {**WORD, "key": key}).status_code == 302
    assert text(nora.get("/words/?language=nl")).count("jongere op het plein") == 1
    change = f"/words/nl/{uuid.UUID(key).hex}/"
    assert nora.post(change, {**WORD, "kinder": "jongere die ik ken"}).status_code == 302
    assert "jongere die ik ken" in text(nora.get(change.replace(change, "/words/?language=nl")))
    odd = {"counts": "x"}
    assert [nora.post(f"{change}counts/", one).status_code for one in (odd, {"counts": "ours"})] == [404, 404]
    assert nora.get("/words/nl/nothing/").status_code == nora.get("/words/xx/lui/").status_code == 404


def test_a_teacher_and_a_mother_find_no_door_to_change(post: Guidepost, owner: psycopg.Connection) -> None:
    for person in (post.tine, post.samira):
        somebody = browser(owner, person)
        assert "/words/new/" not in somebody.get("/words/").content.decode()
        for page in ("/words/new/", "/words/nl/lui/", "/practice/iron/change/", "/principles/change/"):
            assert somebody.get(page).status_code == 403
        assert somebody.post("/words/nl/lui/counts/", {"counts": "off"}).status_code == 403


def test_a_card_is_said_anew_and_ours_comes_back(post: Guidepost, owner: psycopg.Connection) -> None:
    ada, tine = browser(owner, post.ada), browser(owner, post.tine)
    words = {
        "title": "Koud ijzer",
        "line": "Later.",
        "now": "Een\r\n\r\nTwee",
        "say": "Straks.",
        "later": "Nu.",
        "call": "Els",
    }
    page = "/practice/iron/?language=nl"
    assert ada.post("/practice/iron/change/?language=nl", words)["Location"] == page
    assert "Koud ijzer" in text(tine.get(page))
    assert tine.get(page).content.decode().count("<li>Een</li>") == 1
    ada.post("/practice/iron/counts/?language=nl", {"counts": "ours"})
    assert "Smeed het ijzer" in text(tine.get(page))
    ada.post("/practice/iron/counts/?language=nl", {"counts": "village"})
    assert "Koud ijzer" in text(tine.get(page))
    wrong = ada.post("/practice/iron/change/?language=nl", {**words, "now": " "})
    assert wrong.status_code == 422
    assert "Koud ijzer" in wrong.content.decode()
    assert ada.get("/practice/nothing/").status_code == 404


def test_my_own_backup_stands_on_every_card_and_on_nobody_elses(
    post: Guidepost, owner: psycopg.Connection
) -> None:
    tine, ada = browser(owner, post.tine), browser(owner, post.ada)
    assert "015 00 00 00" in text(tine.get("/practice/iron/"))
    assert tine.post("/practice/backup/", {"name": "Bea", "phone": "no"}).status_code == 422
    tine.post("/practice/backup/", {"name": "Bea", "phone": "0470 00 00 01"})
    assert 'href="tel:0470000001"' in tine.get("/practice/iron/").content.decode()
    assert "Bea" in text(tine.get("/practice/paper/"))
    assert "Bea" not in text(ada.get("/practice/iron/")) + text(ada.get("/practice/backup/"))
    tine.post("/practice/backup/", {"nobody": "1"})
    assert "Bea" not in text(tine.get("/practice/iron/"))


def test_principles_are_written_anew_with_the_reason_and_nothing_is_lost(
    post: Guidepost, owner: psycopg.Connection
) -> None:
    ada, nora = browser(owner, post.ada), browser(owner, post.nora)
    sent = {
        "key": str(uuid.uuid4()),
        "after": "0",
        "because": "Op de dorpsdag",
        "title_0": "Iedereen telt",
        "words_0": "Ook nu.",
    }
    page = "/principles/change/?language=nl"
    assert "Please write a few words" in text(ada.post(page, {**sent, "because": ""}))
    assert "title" in text(ada.post(page, {**sent, "title_0": ""}))
    for _click in range(2):
        assert ada.post(page, sent)["Location"] == "/principles/?language=nl"
    meanwhile = nora.post(page, {**sent, "key": str(uuid.uuid4()), "title_0": "Van Nora"})
    assert meanwhile.status_code == 422
    shown = meanwhile.content.decode()
    assert "Van Nora" in shown
    assert "Iedereen telt" in shown
    assert 'name="after" value="1"' in shown
    public = text(browser(owner, post.samira).get("/principles/?language=nl"))
    assert public.count("Op de dorpsdag") == 1
    assert "Iedereen telt" in text(nora.get("/principles/1/?language=nl"))
    assert nora.get("/principles/99999999999999999999/").status_code == 404


def test_hints_stand_where_one_writes_about_others_and_never_over_own_words(
    post: Guidepost, owner: psycopg.Connection
) -> None:
    visitor = browser()
    assert "<word-hints" in visitor.get("/concern/").content.decode()
    for own_life in ("/concern/?who=parent", "/concern/?who=young"):
        assert "<word-hints" not in visitor.get(own_life).content.decode()
    wim = browser(owner, post.door.wim)
    assert "Write as if they read along" in text(wim.get("/concerns/new/"))


def test_the_way_to_the_cards_is_one_tap_from_the_day(post: Guidepost, owner: psycopg.Connection) -> None:
    day = browser(owner, post.tine).get("/today/").content.decode()
    assert 'href="/practice/"' in day
    assert day.index("It is hot now") < day.index("Promised")


def test_what_is_odd_gets_a_sentence_and_no_traceback(post: Guidepost, owner: psycopg.Connection) -> None:
    """One factor only, hidden signs, too much, a key that is none: nothing is written and nothing falls."""
    half, ada = browser(owner, post.tine, second=False), browser(owner, post.ada)
    assert half.get("/practice/iron/").status_code == 200
    assert (
        half.post("/practice/backup/", {"name": "Bea", "phone": "0470 00 00 01"})["Location"]
        == "/sign-in/second-factor/"
    )
    assert ada.post("/words/new/", {**WORD, "word": "a\0b", "key": "x"}).status_code == 422
    assert ada.post("/words/nl/lui/", {**WORD, "why": "w" * 5_000}).status_code == 422
    assert (
        ada.post(
            "/principles/change/", {"key": "x", "after": "9" * 40, "because": "\0", "title_0": "t"}
        ).status_code
        == 422
    )
    assert ada.get("/words/nl/lui/counts/").status_code == 405
