"""Every page has a door: who comes in, as whom, and what happens when something goes wrong (K12, K13, K14, K16)."""

import re
import uuid
from typing import Any

import psycopg
import pytest
from django.test import Client, override_settings
from django.utils import timezone

from kring.trust import viewer
from kring.trust.models import Person
from kring.trust.usecases import links
from trust.scenes import LONG_AGO, insert
from web.doorstep import Doorstep, bare, browser

pytestmark = pytest.mark.urls("web.door_urls")


def told(client: Client, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200, answer
    return answer.content.decode().split("|")


def a_note(owner: psycopg.Connection, house: Doorstep, text: str = "a good talk") -> None:
    insert(owner, "wraparound_note", circle_id=house.circle, author_id=house.els, at=LONG_AGO, text=text,
           signed="")  # fmt: skip


def test_anybody_passes_a_public_door_as_nobody(at_the_door: Doorstep) -> None:
    assert told(browser(), "/t/public/") == ["nobody", "0", "-", "-", "-", "-"]
    assert browser().get("/t/unit/").content == b"True"


@pytest.mark.parametrize("kind", ["signed-in", "second-factor"])
def test_who_is_not_signed_in_is_sent_to_sign_in(at_the_door: Doorstep, kind: str) -> None:
    answer = browser().get(f"/t/{kind}/?page=2")
    assert answer["Location"] == f"/sign-in/?next=%2Ft%2F{kind}%2F%3Fpage%3D2"
    part = browser().get(f"/t/{kind}/", headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (401, "/sign-in/")


def test_with_two_factors_one_is_oneself(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    els = browser(owner, at_the_door.els)
    for door in ("public", "signed-in", "second-factor"):
        assert told(els, f"/t/{door}/")[:3] == ["Els", "1", str(at_the_door.els)]


def test_with_one_factor_no_circle_opens(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    els = browser(owner, at_the_door.els, second=False)
    assert els.get("/t/second-factor/")["Location"] == "/sign-in/second-factor/"
    for door in ("public", "signed-in"):
        name, seats, person, *_ = told(els, f"/t/{door}/")
        assert (name, seats, person) == ("Els", "0", "-")
    assert els.get(f"/t/circle/{at_the_door.circle}/").status_code == 302
    part = els.get("/t/second-factor/", headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (401, "/sign-in/second-factor/"), "page and words stay"
    assert part.content.decode().split("\n")[1] == "Show once more that it is you", (
        "and it says what is missing"
    )


def test_a_link_opens_one_object_and_says_whose(at_the_door: Doorstep) -> None:
    with viewer.acting(at_the_door.els) as els:
        samira = Person.objects.get(pk=at_the_door.samira)
        made = links.make(samira, "approve", at_the_door.family, by=els, at=timezone.now())
    phone = browser()
    phone.post(f"/l/{made.token}/", {"code": made.code})
    expected = ["Samira", "0", "-", str(at_the_door.samira), str(at_the_door.family), "-"]
    assert told(phone, f"/t/link/{at_the_door.family}/") == expected
    assert phone.get(f"/t/link/{uuid.uuid4()}/").status_code == 404
    assert browser().get(f"/t/link/{at_the_door.family}/").status_code == 404


def test_an_ended_link_opens_nothing_more(at_the_door: Doorstep) -> None:
    with viewer.acting(at_the_door.els) as els:
        samira = Person.objects.get(pk=at_the_door.samira)
        made = links.make(samira, "approve", at_the_door.family, by=els, at=timezone.now())
    phone = browser()
    phone.post(f"/l/{made.token}/", {"code": made.code})
    assert phone.get(f"/t/link/{at_the_door.family}/").status_code == 200
    with viewer.acting(at_the_door.els) as els:
        links.end(at_the_door.samira, at_the_door.family, by=els, at=timezone.now())
    assert phone.get(f"/t/link/{at_the_door.family}/").status_code == 404


def test_who_is_signed_in_passes_a_link_door_too(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    samira = browser(owner, at_the_door.samira)
    assert told(samira, f"/t/link/{at_the_door.family}/")[:3] == ["Samira", "1", str(at_the_door.samira)]


def test_hidden_and_missing_answer_byte_for_byte_the_same(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    wim = browser(owner, at_the_door.wim)
    hidden, missing = wim.get(f"/t/circle/{at_the_door.circle}/"), wim.get(f"/t/circle/{uuid.uuid4()}/")
    assert hidden.status_code == missing.status_code == 404
    assert bare(hidden.content) == bare(missing.content)
    assert hidden.headers == missing.headers


def test_what_is_read_while_rendering_is_in_the_journal(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    a_note(owner, at_the_door)
    answer = browser(owner, at_the_door.samira).get("/t/notes/")
    assert answer.content == b"a good talk;"
    written = owner.execute("SELECT person_id, circle_id, kind, part FROM trust_entry").fetchall()
    assert written == [(at_the_door.samira, at_the_door.circle, "read", "notes")]


def test_through_anothers_eyes_one_only_looks(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    a_note(owner, at_the_door)
    samira = browser(owner, at_the_door.samira)
    assert told(samira, f"/t/second-factor/?as={at_the_door.els}")[5] == str(at_the_door.els)
    assert samira.get(f"/t/notes/?as={at_the_door.els}").content == b"a good talk;"
    assert samira.post(f"/t/second-factor/?as={at_the_door.els}").status_code == 403
    for nobody in (at_the_door.stranger, uuid.uuid4(), "x", ""):
        assert samira.get(f"/t/second-factor/?as={nobody}").status_code == 404
    assert told(samira, f"/t/second-factor/?as={at_the_door.samira}")[5] == "-"


def test_the_page_says_through_whose_eyes_one_looks(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    page = browser(owner, at_the_door.samira).get(f"/account/?as={at_the_door.els}&x=1").content.decode()
    assert "You see this page as Els sees it." in page
    assert 'href="/account/?x=1"' in page


def test_half_of_something_is_never_written(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    assert browser(owner, at_the_door.wim).get("/t/half/").status_code == 403
    assert owner.execute(
        "SELECT count(*) FROM trust_organisation WHERE name = 'half written'"
    ).fetchone() == (0,)


@pytest.mark.parametrize(
    ("name", "status", "sentence"),
    [
        ("missing", 404, "This page is not here"),
        ("suspicious", 400, "We could not read this"),
        ("malformed", 404, "This page is not here"),
        ("null", 400, "We could not read this"),
        ("surrogate", 400, "We could not read this"),
        ("forbidden", 403, "This is not yours to do"),
        ("refused", 409, "These belong to two villages"),
    ],
)
def test_each_mistake_has_its_number_and_a_kind_sentence(
    at_the_door: Doorstep, owner: psycopg.Connection, name: str, status: int, sentence: str
) -> None:
    wim = browser(owner, at_the_door.wim)
    whole = wim.get(f"/t/mistake/{name}/")
    assert whole.status_code == status
    assert sentence in whole.content.decode()
    assert "<html" in whole.content.decode()
    part = wim.get(f"/t/mistake/{name}/", headers={"HX-Request": "true"})
    assert part.status_code == status
    assert "<html" not in part.content.decode()
    assert part["HX-Retarget"] == "#messages"
    french = wim.get(f"/t/mistake/{name}/", headers={"Accept-Language": "ar"})
    assert 'dir="rtl"' in french.content.decode()


def test_our_own_mistake_says_so(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    wim = browser(owner, at_the_door.wim)
    wim.raise_request_exception = False
    answer = wim.get("/t/mistake/ours/")
    assert answer.status_code == 500
    assert "not your fault" in answer.content.decode()
    part = wim.get("/t/mistake/ours/", headers={"HX-Request": "true"})
    assert (part.status_code, "<html" in part.content.decode()) == (500, False)


def test_what_is_wrongly_filled_in_is_not_a_missing_page(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    wim = browser(owner, at_the_door.wim)
    assert wim.post("/t/mistake/invalid/").status_code == 400
    assert wim.get("/t/mistake/invalid/").status_code == 404


def test_only_who_may_do_it(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    assert browser(owner, at_the_door.wim).get("/t/must/").status_code == 403
    assert browser(owner, at_the_door.ada).get("/t/must/").content == b"allowed"


@pytest.mark.parametrize("address", ["/offers/?q=%00", "/%00", "/l/a%00b/", "/?\0=1", "/t/public/?x=%00"])
def test_a_null_byte_is_no_address(at_the_door: Doorstep, address: str) -> None:
    answer = browser().get(address)
    assert answer.status_code == 400
    assert "Traceback" not in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/%ff%fe/",
        "/l/%F0%9F%92%A9/",
        "/t/circle/1/",
        "/t/circle/%E2%80%AE/",
        "/../../etc/passwd",
        "/" + "a" * 3000,
    ],
)
def test_an_odd_address_is_not_here(at_the_door: Doorstep, address: str) -> None:
    assert browser().get(address).status_code == 404


def test_too_much_at_once_is_said(at_the_door: Doorstep) -> None:
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000):
        answer = browser().post("/t/open-mistake/typed/", {"text": "x" * 2000})
    assert answer.status_code == 413
    assert "too much" in answer.content.decode()


def test_a_strange_host_is_refused_in_a_sentence(at_the_door: Doorstep) -> None:
    answer = browser().get("/sign-in/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()


def test_somebody_elses_form_is_refused(at_the_door: Doorstep) -> None:
    answer = Client(enforce_csrf_checks=True).post("/language/", {"language": "nl"})
    assert answer.status_code == 403
    assert "load the page again" in answer.content.decode()


def test_nothing_is_streamed_past_the_journal(at_the_door: Doorstep) -> None:
    from kring.web.doors import StreamsPastTheJournal

    with pytest.raises(StreamsPastTheJournal):
        browser().get("/t/streamed/")


@pytest.mark.parametrize("address", ["/sign-in/", "/t/mistake/missing/", "/nowhere/", "/%00"])
def test_every_answer_tells_the_browser_what_it_may(at_the_door: Doorstep, address: str) -> None:
    headers = browser().get(address).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert headers["Cache-Control"].count("no-store") == 1
    assert headers["Referrer-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_cookies_belong_to_this_host_alone(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    client = browser(owner, at_the_door.els)
    client.get("/sign-in/")
    client.get("/l/x/")
    client.post("/language/", {"language": "fr"})
    for name, cookie in client.cookies.items():
        if name == "sessionid":
            continue
        assert name.startswith("__Host-"), name
        assert (bool(cookie["secure"]), cookie["path"], cookie["domain"]) == (True, "/", ""), name


def test_the_table_of_sessions_holds_fingerprints_only(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    client = browser(owner, at_the_door.els)
    key = client.cookies["__Host-kring"].value
    kept: list[Any] = [row[0] for row in owner.execute("SELECT session_key FROM trust_session").fetchall()]
    assert kept
    assert key not in kept
    stolen = Client()
    stolen.cookies["__Host-kring"] = kept[0]
    assert stolen.get("/t/second-factor/").status_code == 302


def test_after_signing_out_the_session_is_gone(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    client = browser(owner, at_the_door.els)
    old = client.cookies["__Host-kring"].value
    assert client.post("/sign-out/").status_code == 302
    again = Client()
    again.cookies["__Host-kring"] = old
    assert again.get("/t/second-factor/").status_code == 302
    assert owner.execute("SELECT count(*) FROM trust_session").fetchone() == (0,)


def test_leaving_quickly_signs_out_but_not_at_another_sites_wish(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    client = browser(owner, at_the_door.samira)
    client.get("/leave/", headers={"Sec-Fetch-Site": "cross-site"})
    assert client.get("/t/second-factor/").status_code == 200
    client.get("/leave/", headers={"Sec-Fetch-Site": "same-origin"})
    assert client.get("/t/second-factor/").status_code == 302


def test_who_left_without_a_network_is_signed_out_by_whatever_is_asked_next(
    at_the_door: Doorstep, owner: psycopg.Connection
) -> None:
    client = browser(owner, at_the_door.samira)
    client.cookies["__Host-leaving"] = "1"
    answer = client.get("/t/second-factor/", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer["Location"].startswith("/sign-in/"), "nothing of hers is shown, however one comes"
    assert owner.execute("SELECT count(*) FROM trust_session").fetchone() == (0,)
    wish = answer.cookies["__Host-leaving"]
    assert (wish.value, wish["max-age"], bool(wish["secure"])) == ("", 0, True), "heard once, then over"


def test_who_is_not_there_any_more_is_signed_out(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    client = browser(owner, at_the_door.stranger)
    owner.execute("SET session_replication_role = replica")
    owner.execute("DELETE FROM trust_person WHERE id = %s", [at_the_door.stranger])
    assert client.get("/t/second-factor/")["Location"].startswith("/sign-in/")


def test_a_public_page_costs_few_statements(at_the_door: Doorstep, owner: psycopg.Connection) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    els = browser(owner, at_the_door.els)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        els.get("/t/second-factor/")
    statements = [q["sql"] for q in seen if not re.match(r"(SAVEPOINT|RELEASE|BEGIN|COMMIT)", q["sql"])]
    assert len(statements) <= 5, statements
