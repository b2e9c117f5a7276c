"""A colleague comes in by the sign-in of the town, checked at a real provider; nobody else does (E10)."""

from collections.abc import Callable
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest
from django.core import mail
from django.test import Client

from sign_on.conftest import Town
from web.doorstep import Doorstep, account, browser
from web.test_sign_in_of_staff import SECRET, code_of

ELS = {"email": "Els@linde.example", "email_verified": True}
TWO = {"amr": ["pwd", "mfa"]}


def off(client: Client, then: str = "") -> str:
    """The address to which the button of the sign-in page leads."""
    answer = client.get(f"/sign-in/town/?next={then}")
    assert answer.status_code == 302
    return answer["Location"]


def over_there(town: Town, address: str, who: str) -> str:
    """Somebody signs in at the provider; the address by which they come back to us."""
    place = urlsplit(address)
    assert address.startswith(town.address)
    line = HTTPConnection("localhost", place.port, timeout=5)
    line.request(
        "POST", f"{place.path}?{place.query}", urlencode({"sub": who}), {"Content-Type": "application/x-www-form-urlencoded"}
    )  # fmt: skip
    answer = line.getresponse()
    assert answer.status == 302, answer.read()
    back = urlsplit(answer.headers["Location"])
    line.close()
    return f"{back.path}?{back.query}"


def come_in(town: Town, client: Client, who: str = "els-1", then: str = "") -> Any:
    return client.get(over_there(town, off(client, then), who))


def is_refused(client: Client, answer: Any) -> bool:
    """Back at the sign-in page with one sentence for whatever was wrong, and the password still there."""
    assert answer["Location"] == "/sign-in/"
    page = client.get("/sign-in/").content.decode()
    assert "You could not come in this way" in page
    assert 'name="password"' in page
    return client.get("/account/").status_code == 302


def test_with_two_factors_over_there_one_is_in_and_comes_where_one_wanted(
    at_the_door: Doorstep, town: Town
) -> None:
    town.told("els-1", **ELS, **TWO)
    els = browser()
    assert "Sign in with Lindestad" in els.get("/sign-in/").content.decode()
    assert come_in(town, els, then="/account/")["Location"] == "/account/"
    assert els.get("/account/").status_code == 200
    assert els.get("/")["Location"] == "/today/"
    assert "/account/town/end/" in els.get("/account/").content.decode()
    assert els.post("/account/town/end/")["Location"] == "/account/"
    assert "/account/town/end/" not in els.get("/account/").content.decode()


def test_with_one_factor_over_there_ours_is_asked(at_the_door: Doorstep, town: Town) -> None:
    town.told("els-1", **ELS, amr=["pwd"])
    els = browser()
    assert come_in(town, els)["Location"] == "/sign-in/code/"
    assert els.get("/account/").status_code == 302
    assert els.post("/sign-in/code/", {"code": code_of(SECRET)}).status_code == 302
    assert els.get("/account/").status_code == 200


def test_it_makes_nobody_and_opens_no_familys_account(
    at_the_door: Doorstep, town: Town, owner: psycopg.Connection
) -> None:
    account(owner, at_the_door.samira, "samira@linde.example")
    many = "SELECT (SELECT count(*) FROM trust_person), (SELECT count(*) FROM trust_account)"
    before = owner.execute(many).fetchone()
    owner.execute("UPDATE trust_job SET until = now() WHERE person_id = %s", [at_the_door.els])
    for who, told in (
        ("nobody", {"email": "nobody@linde.example", "email_verified": True}),
        ("samira", {"email": "samira@linde.example", "email_verified": True}),
        ("els-1", ELS),
        ("empty", {"email": "", "email_verified": True}),
    ):
        town.told(who, **told, **TWO)
        client = browser()
        assert is_refused(client, come_in(town, client, who)), who
    assert owner.execute(many).fetchone() == before
    assert owner.execute("SELECT count(*) FROM trust_signon").fetchone() == (0,)
    assert mail.outbox == []


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_nobody_made_sure_of_is_no_address(
    at_the_door: Doorstep, town: Town, verified: Any
) -> None:
    town.told("els-1", **{**ELS, "email_verified": verified}, **TWO)
    client = browser()
    assert is_refused(client, come_in(town, client))


def test_the_same_address_of_somebody_else_over_there_opens_nothing(
    at_the_door: Doorstep, town: Town, owner: psycopg.Connection
) -> None:
    """A town gives an address again when somebody leaves; who came first stays who they are."""
    town.told("els-1", **ELS, **TWO)
    come_in(town, browser())
    town.told("els-2", **ELS, **TWO)
    other = browser()
    assert is_refused(other, come_in(town, other, "els-2"))
    town.told("els-1", email="els.peeters@linde.example", email_verified=True, **TWO)
    els = browser()
    assert come_in(town, els)["Location"] == "/"
    kept = owner.execute("SELECT encode(subject_hash, 'escape') FROM trust_signon").fetchall()
    assert len(kept) == 1
    assert "els-1" not in kept[0][0]


Twist = Callable[[str], str]


@pytest.mark.parametrize(
    "twist",
    [
        lambda back: back.replace("state=", "state=x"),
        lambda back: back.replace("code=", "code=x"),
        lambda back: back.partition("?")[0],
        lambda back: f"{back}&iss=https://elsewhere.example",
        lambda back: back.replace("code=", "error=access_denied&was="),
    ],
    ids=["another state", "another code", "nothing", "another provider", "refused over there"],
)
def test_who_comes_back_otherwise_than_they_left_is_not_believed(
    at_the_door: Doorstep, town: Town, twist: Twist
) -> None:
    town.told("els-1", **ELS, **TWO)
    client = browser()
    answer = client.get(twist(over_there(town, off(client), "els-1")))
    if "code" in answer["Location"] or "next" in answer["Location"]:
        pytest.fail(answer["Location"])
    assert client.get("/account/").status_code == 302
    assert 'name="password"' in client.get("/sign-in/").content.decode()


def test_a_token_for_another_errand_is_not_believed(at_the_door: Doorstep, town: Town) -> None:
    town.told("els-1", **ELS, **TWO)
    town.keeping.other_nonce = "of-another-browser"
    client = browser()
    assert is_refused(client, come_in(town, client))


def test_one_comes_back_once_and_in_ones_own_browser(at_the_door: Doorstep, town: Town) -> None:
    town.told("els-1", **ELS, **TWO)
    els, thief = browser(), browser()
    back = over_there(town, off(els), "els-1")
    off(thief)
    assert is_refused(thief, thief.get(back))
    assert els.get(back)["Location"] == "/"
    els.post("/sign-out/")
    assert is_refused(els, els.get(back))


def test_next_leads_only_into_our_house_and_no_other_site_sends_one_there(
    at_the_door: Doorstep, town: Town
) -> None:
    town.told("els-1", **ELS, **TWO)
    assert come_in(town, browser(), then="https://evil.example/")["Location"] == "/"
    assert come_in(town, browser(), then="//evil.example/")["Location"] == "/"
    pushed = browser().get("/sign-in/town/", headers={"Sec-Fetch-Site": "cross-site"})
    assert pushed["Location"] == "/sign-in/"


def test_when_the_provider_is_down_a_sentence_says_so_and_the_password_is_there(
    at_the_door: Doorstep, town: Town, settings: Any
) -> None:
    settings.SIGN_ON = {**settings.SIGN_ON, "issuer": "http://localhost:9"}
    client = browser()
    assert client.get("/sign-in/town/?next=/account/")["Location"] == "/sign-in/?next=%2Faccount%2F"
    page = client.get("/sign-in/").content.decode()
    assert "does not answer now" in page
    assert 'name="password"' in page
    settings.SIGN_ON = {
        **settings.SIGN_ON,
        "issuer": "http://elsewhere.example",
    }  # nobody speaks without a lock
    assert client.get("/sign-in/town/")["Location"].startswith("/sign-in/")


def test_without_a_provider_there_is_no_such_address(at_the_door: Doorstep) -> None:
    assert browser().get("/sign-in/town/").status_code == 404
    assert browser().get("/sign-in/town/back/?code=x&state=y").status_code == 404
    assert "/sign-in/town/" not in browser().get("/sign-in/").content.decode()
