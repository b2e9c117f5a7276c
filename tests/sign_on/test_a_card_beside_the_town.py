"""Who comes in by the town only is not opened by a card that one administrator made (D6, K9)."""

import re
from typing import Any

import psycopg
import pytest
from django.test import Client

from sign_on.conftest import Town
from sign_on.test_signing_on import ELS, TWO, come_in
from two_people.scene import House
from web.doorstep import account, browser
from web.test_sign_in_of_staff import PASSWORD, code_of

BEGIN, APP = "/sign-in/begin/", "/account/app/"


@pytest.fixture
def by_the_town(town: Town, owner: psycopg.Connection) -> House:
    """Els has no password, no app and no key: only the town."""
    house = House(owner)
    account(owner, house.els, "els@linde.example")
    town.told("els-1", **ELS, **TWO)
    house.laptop = browser()
    house.job = house.scene.jobs[house.els]
    return house


def words(page: Any) -> str:
    return re.sub(r"<[^>]+>", " ", page.content.decode())


def card(keeper: Client, house: House) -> tuple[str, str]:
    """The address and the page of a new card."""
    made = keeper.post(f"/village/keep/people/{house.job}/card/")
    return re.search(r"<b>https?://[^/]+(/[^<]+)</b>", made.content.decode())[1], words(made)


def code_in(page: str) -> str:
    return "".join(re.search(r"(\d{3}) (\d{3})", page).groups())


def chooses(client: Client) -> int:
    """A password and an app of one's own, as somebody who was invited does; then what a colleague reads."""
    client.post(BEGIN, {"password": PASSWORD})
    page = client.get(APP)
    if page.status_code == 200:
        client.post(APP, {"code": code_of(page.context["form"].secret)})
    return client.get("/today/").status_code


def test_one_administrator_does_not_become_who_comes_in_by_the_town(
    by_the_town: House, town: Town, owner: psycopg.Connection
) -> None:
    come_in(town, by_the_town.laptop)
    ada, somebody = browser(owner, by_the_town.ada), browser()
    address, page = card(ada, by_the_town)
    answer = somebody.post(address, {"code": code_in(page)})
    assert answer["Location"] == "/sign-in/"
    assert "two people make you a new way in" in words(somebody.get("/sign-in/"))
    assert chooses(somebody) == 302, "nothing is chosen by that card"
    assert by_the_town.laptop.get("/today/").status_code == 200, "and Els is in as before"


def test_a_card_opened_before_she_came_by_the_town_lets_nobody_choose_any_more(
    by_the_town: House, town: Town, owner: psycopg.Connection
) -> None:
    ada, somebody = browser(owner, by_the_town.ada), browser()
    address, page = card(ada, by_the_town)
    assert somebody.post(address, {"code": code_in(page)})["Location"] == BEGIN
    come_in(town, by_the_town.laptop)
    assert somebody.get(BEGIN)["Location"] == "/sign-in/second-factor/"
    assert chooses(somebody) == 302
    assert by_the_town.laptop.get("/today/").status_code == 200


def test_two_people_make_her_a_new_way_in(by_the_town: House, town: Town, owner: psycopg.Connection) -> None:
    come_in(town, by_the_town.laptop)
    matter = by_the_town.asks(by_the_town.ada, "second factor", person=by_the_town.els)
    assert by_the_town.answers(by_the_town.vera, matter) == "yes"
    address, _shown = card(browser(owner, by_the_town.ada), by_the_town)
    code = code_in(words(browser(owner, by_the_town.vera).get(f"/two-people/{matter.pk}/")))
    els = browser()
    assert els.post(address, {"code": code})["Location"] == BEGIN
    assert chooses(els) == 200


def test_who_never_came_by_the_town_begins_by_their_card(
    by_the_town: House, owner: psycopg.Connection
) -> None:
    address, page = card(browser(owner, by_the_town.ada), by_the_town)
    els = browser()
    els.post(address, {"code": code_in(page)})
    assert chooses(els) == 200
    assert els.get(BEGIN)["Location"] == "/sign-in/second-factor/", "one chooses once"


def test_where_the_town_shows_one_factor_only_a_card_gives_the_first_of_ours(
    by_the_town: House, town: Town, owner: psycopg.Connection, settings: Any
) -> None:
    settings.SIGN_ON = settings.SIGN_ON | {"seconds": []}
    come_in(town, by_the_town.laptop)
    assert by_the_town.laptop.get("/today/").status_code == 302, "one factor opens nothing"
    address, page = card(browser(owner, by_the_town.ada), by_the_town)
    els = browser()
    assert els.post(address, {"code": code_in(page)})["Location"] == BEGIN
    assert chooses(els) == 200


def test_after_two_people_said_yes_the_town_lets_nobody_in_until_she_says_so_herself(
    by_the_town: House, town: Town, owner: psycopg.Connection
) -> None:
    """The stolen telephone may hold the way by the town too (decision 51)."""
    come_in(town, by_the_town.laptop)
    matter = by_the_town.asks(by_the_town.ada, "second factor", person=by_the_town.els)
    assert by_the_town.answers(by_the_town.vera, matter) == "yes"
    assert by_the_town.laptop.get("/today/").status_code == 302
    thief = browser()
    come_in(town, thief)
    assert thief.get("/today/").status_code == 302
    other = owner.execute("SELECT count(*) FROM trust_signon WHERE ended_at IS NULL").fetchone()
    assert other == (0,)
