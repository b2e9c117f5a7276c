"""The front door and the receipt on the page: no account, one page, nobody turned away (S1, S4)."""

import re
from itertools import product
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from intake.desk import Desk
from kring.web.intake import front

MOST_STATEMENTS = 14
WORDS = {"who_about": "Jonas, 3B", "seen": "Hij is stil.", "reach": "0470 11 22 33", "family_knows": "no"}


def text(answer: object) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def send(client: Client, address: str = "/concern/", **words: str):
    return client.post(address, {"form_key": uuid4().hex} | WORDS | words)


def test_a_teacher_hands_in_on_one_page_without_signing_in(desk: Desk, client: Client):
    page = client.get("/concern/")
    assert page.status_code == 200
    assert "Who reads this: Els, Marc and Fien of the contact point" in text(page)
    answer = send(client)
    assert answer.status_code == 302
    receipt = text(client.get(answer["Location"]))
    assert re.search(r"Els contacts you before \w+ \d+ \w+ \d{4}, ", receipt)
    assert "Then Marc does it" in receipt
    assert "0470 00 00 00" in receipt
    for hidden in ("Jonas", "stil", "0470 11 22 33"):
        assert hidden not in receipt


def test_every_variant_speaks(desk: Desk, client: Client):
    for who, language in product(["teacher", "parent", "young", "nonsense", ""], ["en", "nl", "fr", "ar"]):
        wishes, speaks = {"who": who, "from": "poster"}, {"Accept-Language": language}
        page = client.get("/concern/", wishes, headers=speaks)
        assert page.status_code == 200
        assert page.content.decode().count("<h1") == 1


def test_a_village_has_an_address_of_its_own(desk: Desk, client: Client):
    assert client.get(f"/concern/{desk.village.slug}/").status_code == 200
    assert client.get("/concern/elsewhere/").status_code == 404
    assert send(client, f"/concern/{desk.village.slug}/?from=poster").status_code == 302
    assert desk.owner.execute("SELECT channel FROM intake_concern").fetchone() == ("poster",)


def test_a_child_needs_one_tap_and_no_word(desk: Desk, client: Client):
    answer = client.post("/concern/?who=young", {"help": "1"})
    assert answer.status_code == 302
    page = client.get(answer["Location"])
    assert "We want to find you" in text(page)
    again = client.post(answer["Location"], {"reach": "2A, na school", "asker_name": "Mila"})
    assert again.status_code == 302
    assert "We want to find you" not in text(client.get(answer["Location"]))
    empty = client.post(answer["Location"], {"reach": " "})
    assert empty.status_code == 200


def test_help_is_never_refused_neither_by_floods_nor_by_limits(desk: Desk, client: Client, monkeypatch):
    monkeypatch.setattr(front, "FROM_ONE_PLACE", 0)
    for words in (
        {},
        {"seen": "x" * 200_000, "who_about": "y" * 900, "reach": "\x00"},
        {"family_knows": "nonsense"},
    ):
        assert client.post("/concern/?who=young", {"help": "1"} | words).status_code == 302
    assert desk.count("intake_concern") == 3


def test_who_left_no_number_is_answered_on_the_page(desk: Desk, client: Client):
    answer = send(client, reach="")
    assert "You left no number. Els answers you on this page before" in text(client.get(answer["Location"]))


def test_a_flood_waits_and_loses_nothing(desk: Desk, client: Client, monkeypatch):
    monkeypatch.setattr(front, "FROM_ONE_PLACE", 1)
    assert send(client).status_code == 302
    answer = send(client, seen="Dit wil ik niet kwijt")
    assert answer.status_code == 429
    assert "Dit wil ik niet kwijt" in answer.content.decode()
    assert "Wait a minute and press Send again" in text(answer)
    assert desk.count("intake_concern") == 1


def test_a_second_click_brings_the_same_receipt(desk: Desk, client: Client):
    first, second = send(client, form_key="k"), send(client, form_key="k")
    assert first["Location"] == second["Location"]
    assert desk.count("intake_concern") == 1


def test_an_empty_form_is_told_what_is_missing(desk: Desk, client: Client):
    answer = client.post("/concern/", {"seen": " "})
    assert answer.status_code == 422
    assert "Tell us what you see. A few words are enough." in text(answer)
    assert "<title>Error:" in answer.content.decode()


def test_too_long_is_refused_kindly_and_kept(desk: Desk, client: Client):
    answer = send(client, seen="lang " * 3000)
    assert answer.status_code == 422
    assert "longer than we can keep" in text(answer)
    assert answer.content.decode().count("lang lang") > 1000


def test_ten_megabytes_get_a_sentence(desk: Desk, client: Client):
    answer = send(client, seen="x" * 10_000_000)
    assert answer.status_code in (413, 422)
    assert "longer than we can keep" in text(answer) or "shorter" in text(answer)
    assert desk.count("intake_concern") == 0
    assert client.post("/concern/?who=young", {"help": "1", "seen": "x" * 3_000_000}).status_code == 302


ODD = [
    {"seen": "a\x00b"}, {"seen": "\u202etxt"}, {"who_about": "<b>x</b>"}, {"reach": "=1+1"}, {"family_knows": "\x00"},
    {"form_key": "\x00" * 500}, {"asker_name": "😀"}, {"seen": "\x00"},
]  # fmt: skip


def test_odd_input_never_breaks_the_page(desk: Desk, client: Client):
    for words in ODD:
        assert send(client, **words).status_code in (302, 422), words


def test_without_cookies_the_door_opens_too(desk: Desk):
    strict = Client(enforce_csrf_checks=True)
    assert send(strict).status_code == 302


def test_an_unknown_receipt_is_not_here(desk: Desk, client: Client):
    for token in ("x", "%00", "%FF", "a" * 3000, "..", "%2e%2e"):
        assert client.get(f"/r/{token}/").status_code in (400, 404), token


def test_a_deleted_receipt_and_one_that_never_was_answer_the_same(desk: Desk, client: Client):
    made = desk.hand_in()
    desk.owner.execute(
        "UPDATE intake_concern SET state = 'done', outcome = 'talked', closed_at = now() - interval '31 days'"
    )
    ended, never = client.get(f"/r/{made.token}/"), client.get("/r/" + "A" * 32 + "/")
    assert ended.status_code == never.status_code == 404
    strip = re.compile(rb'csrfmiddlewaretoken" value="[^"]+"|X-CSRFToken": "[^"]+"|/r/[^"/]+/')
    assert strip.sub(b"", ended.content) == strip.sub(b"", never.content)


@pytest.mark.parametrize("address", ["/concern/", "/concern/poster/"])
def test_few_statements(desk: Desk, client: Client, address: str):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(address)
    assert len([q for q in asked if "SAVEPOINT" not in q["sql"]]) <= MOST_STATEMENTS


def test_handing_in_and_the_receipt_take_few_statements(desk: Desk, client: Client):
    with CaptureQueriesContext(connection) as asked:
        answer = send(client)
    assert len([q for q in asked if "SAVEPOINT" not in q["sql"]]) <= MOST_STATEMENTS
    with CaptureQueriesContext(connection) as asked:
        client.get(answer["Location"])
    assert len(asked) <= MOST_STATEMENTS


def test_the_poster_carries_a_code_a_name_and_a_number(desk: Desk, client: Client):
    page = client.get("/concern/poster/?who=young")
    assert "data:image/svg+xml" in page.content.decode()
    assert "Els" in text(page)
    assert f"/concern/{desk.village.slug}" in text(page)


def test_who_says_who_they_are_after_typing_keeps_every_word(desk: Desk, client: Client):
    typed = WORDS | {"form_key": "k1", "switch": "yes", "family_knows": "no"}
    page = client.post("/concern/?who=parent", typed)
    html = page.content.decode()
    assert page.status_code == 200
    assert "Which child is it about?" in html
    for value in (*WORDS.values(), "k1"):
        assert value in html
    assert 'value="no" ' in html.replace("\n", " ")
    assert html.count("checked") == 1
    assert desk.owner.execute("SELECT count(*) FROM intake_concern").fetchone() == (0,)
    assert html.index('aria-hidden="true">Send') < html.index('name="switch"')
    assert "You, or a friend." in client.post("/concern/?who=young", {"switch": "yes"}).content.decode()
