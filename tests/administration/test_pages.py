"""The pages of the administrator: who comes in, what they change for everybody, what is taken back."""

import re
import uuid
from typing import Any

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from kring.trust import chosen, viewer
from kring.web import modules
from web import doorstep

pytestmark = pytest.mark.django_db(transaction=True)
KEEP = "/village/keep/"
PAGES = ("", "village/", "contact-point/", "terms/", "modules/", "turns/", "look/", "words/", "domains/", "people/",
         "changes/", "agreement/", "poster/")  # fmt: skip


@pytest.fixture
def here(owner: psycopg.Connection) -> doorstep.Doorstep:
    return doorstep.build(owner)


@pytest.fixture
def ada(here: doorstep.Doorstep, owner: psycopg.Connection) -> Client:
    return doorstep.browser(owner, here.ada)


def lines(page: Any) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def test_every_page_opens_for_the_administrator_within_fourteen_statements(ada: Client) -> None:
    ada.post(KEEP + "words/?language=nl", {"word_1": "thuis en wonen"})
    for page in PAGES:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert ada.get(KEEP + page).status_code == 200, page
        assert len(asked) <= 14, (page, [one["sql"][:80] for one in asked])


def test_for_everybody_else_there_is_no_such_page(here: doorstep.Doorstep, owner: psycopg.Connection) -> None:
    job, change = here.scene.jobs[here.wim], uuid.uuid4()
    deeds = [*PAGES, "look/logo/", f"people/{job}/end/", f"people/{job}/again/", f"people/{job}/card/",
             f"changes/{change}/take-back/"]  # fmt: skip
    for person in (here.samira, here.wim):
        client = doorstep.browser(owner, person)
        nothing = client.get("/nowhere/").status_code
        for page in deeds:
            found = (
                client.get(KEEP + page).status_code if page in PAGES else client.post(KEEP + page).status_code
            )
            assert found == nothing == 404, page
    half = doorstep.browser(owner, here.ada, second=False)
    assert all(half.get(KEEP + page).headers["Location"] == "/sign-in/second-factor/" for page in PAGES)
    assert doorstep.browser().get(KEEP).headers["Location"].startswith("/sign-in/")


def test_a_word_and_a_colour_are_changed_seen_and_taken_back(
    here: doorstep.Doorstep, ada: Client, owner: psycopg.Connection
) -> None:
    els, samira = doorstep.browser(owner, here.els), doorstep.browser(owner, here.samira)
    ada.post(KEEP + "words/?language=en", {"word_1": "home & family"})
    assert "home &amp; family" in lines(els.get("/village/offers/"))
    ada.post(KEEP + "look/", {"main": "#7a1f5c", "joy": "#f2b134", "own_words": "#5b3a7a", "keep": "yes"})
    sheet = "/look/7a1f5c_as-is_as-is.css"
    for client in (els, samira, doorstep.browser()):
        assert sheet in lines(client.get("/offers/"))
    css = doorstep.browser().get(sheet)
    assert css.headers["Content-Type"] == "text/css"
    assert "immutable" in css.headers["Cache-Control"]
    page = lines(ada.get(KEEP + "changes/"))
    taken = re.findall(r'action="(/village/keep/changes/[^"]+)"', page)
    assert len(taken) == 2
    for address in [*taken, *taken]:  # twice is once
        ada.post(address)
    assert "home &amp; family" not in lines(els.get("/village/offers/"))
    assert sheet not in lines(samira.get("/offers/"))
    assert lines(ada.get(KEEP + "changes/")).count("taken back") == 2


def test_a_colour_nobody_can_read_is_answered_with_one_they_can(
    ada: Client, owner: psycopg.Connection
) -> None:
    tried = ada.post(
        KEEP + "look/", {"main": "#ffee00", "joy": "#f2b134", "own_words": "#5b3a7a", "keep": "yes"}
    )
    assert tried.status_code == 422
    offered = re.search(r'name="main" value="(#\w{6})">', lines(tried).replace(' type="color"', "", 0))
    assert offered is not None
    assert 'value="#ffee00"' in lines(tried)
    only = ada.post(KEEP + "look/", {"main": "#7a1f5c", "joy": "#f2b134", "own_words": "#5b3a7a"})
    assert only.status_code == 200
    assert owner.execute("SELECT count(*) FROM trust_change").fetchone() == (0,)


def test_what_is_off_is_in_no_menu_and_has_no_address(
    here: doorstep.Doorstep, ada: Client, owner: psycopg.Connection
) -> None:
    samira, els = doorstep.browser(owner, here.samira), doorstep.browser(owner, here.els)
    family = f"/family/{here.family}/"
    places = {f"{family}meetings/": samira, f"{family}good-news/": samira, "/village/offers/": els,
              f"{family}path/": samira, "/village/people/": els, "/practice/": els,
              "/offers/": doorstep.browser(), "/concern/": doorstep.browser(), "/hsds/v3/": doorstep.browser()}  # fmt: skip
    opened = dict.fromkeys(places, 200)
    assert {place: client.get(place).status_code for place, client in places.items()} == opened
    ada.post(KEEP + "modules/", {})
    assert {place: client.get(place).status_code for place, client in places.items()} == dict.fromkeys(
        places, 404
    )
    assert "meetings/" not in lines(samira.get(family))
    assert "good-news/" not in lines(samira.get(family))
    assert "/village/offers/" not in lines(els.get("/today/"))
    assert "/concern/" not in lines(doorstep.browser().get("/"))
    assert "/practice/" not in lines(els.get("/today/"))
    ada.post(KEEP + "modules/", {"on": [module.code for module in modules.MODULES]})
    opened = dict.fromkeys(places, 200)
    assert {place: client.get(place).status_code for place, client in places.items()} == opened


def test_a_part_of_life_is_moved_switched_off_and_added(
    here: doorstep.Doorstep, ada: Client, owner: psycopg.Connection
) -> None:
    for deed in ({"off": "money"}, {"later": "home"}, {"word": "Faith"}, {"word": "faith"}):
        ada.post(KEEP + "domains/", deed)
    assert ada.post(KEEP + "domains/", {"off": "nothing"}).status_code == 404
    options = re.findall(
        r'<option value="([^"]*)"', lines(doorstep.browser(owner, here.els).get("/village/offers/"))
    )
    asked = [one for one in options if one in ("friends", "home", "money", "own 1", "own 2")]
    assert asked == ["friends", "home", "own 1"]


def test_who_answers_today_stands_on_the_front_door(
    here: doorstep.Doorstep, ada: Client, owner: psycopg.Connection
) -> None:
    nora = here.scene.worker("Nora", "contact point", "Town")
    door = doorstep.browser()
    assert "Wim" in lines(door.get("/concern/"))
    ada.post(KEEP + "turns/", {f"day_{day}": str(nora) for day in range(1, 8)})
    assert "Nora or a colleague" in lines(door.get("/concern/"))
    doorstep.browser(owner, here.wim).post("/concerns/duty/", {"person": str(here.wim), "stand_in": ""})
    assert "Wim or a colleague" in lines(door.get("/concern/"))
    assert ada.post(KEEP + "turns/", {"day_1": str(here.els)}).status_code == 422
    ada.post(KEEP + "turns/", {f"day_{day}": "desk" for day in range(1, 8)})
    assert owner.execute("SELECT chosen FROM trust_village").fetchone() == ({},)


def test_work_ends_by_two_taps_and_goes_on_again(
    here: doorstep.Doorstep, ada: Client, owner: psycopg.Connection
) -> None:
    job, wim = here.scene.jobs[here.wim], doorstep.browser(owner, here.wim)
    assert wim.get("/concerns/").status_code == 200
    for _tap in range(2):
        ada.post(f"{KEEP}people/{job}/end/")
    assert wim.get("/concerns/")["Location"].startswith("/sign-in/")  # the session went with the work
    shown = lines(ada.get(KEEP + "people/"))
    assert f"{KEEP}people/{job}/again/" in shown
    assert "The work of Wim has ended. A mistake?" in shown
    assert ada.post(f"{KEEP}people/{job}/card/").status_code == 404
    ada.post(f"{KEEP}people/{job}/again/")
    assert doorstep.browser(owner, here.wim).get("/concerns/").status_code == 200
    assert "A card for Wim" in lines(ada.post(f"{KEEP}people/{job}/card/"))
    mine = f"{KEEP}people/{here.scene.jobs[here.ada]}/end/"
    ada.post(mine)
    assert ada.get(KEEP).status_code == 200


def test_the_poster_is_one_sheet_with_name_number_and_address(ada: Client) -> None:
    from io import BytesIO

    for language in ("nl", "ar"):
        ada.cookies["__Host-language"] = language
        made = ada.get(KEEP + "poster/")
        reader = PdfReader(BytesIO(made.content))
        assert len(reader.pages) == 1
        text = reader.pages[0].extract_text()
        assert "Wim" in text
        assert "/concern/linde-" in text


def test_a_logo_stands_in_the_bar_for_everybody(ada: Client) -> None:
    picture = SimpleUploadedFile("logo.png", doorstep.picture())
    ada.post(KEEP + "look/logo/", {"logo": picture})
    assert 'class="mark logo"' in lines(doorstep.browser().get("/"))
    ada.post(KEEP + "look/logo/", {"none": "yes"})
    assert 'class="mark logo"' not in lines(doorstep.browser().get("/"))


def test_a_choice_is_read_once_by_each_worker(
    here: doorstep.Doorstep, ada: Client, owner: psycopg.Connection
) -> None:
    els = doorstep.browser(owner, here.els)
    els.get("/village/offers/")
    with CaptureQueriesContext(connection) as before:
        els.get("/village/offers/")
    ada.post(KEEP + "words/?language=en", {"word_1": "home and family"})
    chosen._kept.clear()
    for more in (1, 0):
        with CaptureQueriesContext(connection) as after:
            els.get("/village/offers/")
        assert len(after) == len(before) + more


def test_an_organisation_joins_by_a_yes_and_its_people_come_and_go_with_it(
    here: doorstep.Doorstep, owner: psycopg.Connection
) -> None:
    nora = here.scene.worker("Nora", "network", "Town")
    keeper, els = doorstep.browser(owner, nora), doorstep.browser(owner, here.els)
    joins = {"name": "De Linde", "sector": "leisure"}
    assert keeper.post("/village/agreements/", joins).status_code == 422
    for _tap in range(2):
        keeper.post("/village/agreements/", joins | {"yes": "on"})
    found = owner.execute(
        "SELECT count(*), count(DISTINCT o.id) FROM trust_organisation o JOIN trust_agreement g "
        "ON g.organisation_id = o.id WHERE o.name = 'De Linde'"
    ).fetchone()
    assert found == (1, 1)
    school, town = here.scene.organisations["School De Linde"], here.scene.organisations["Town"]
    assert els.get("/today/").status_code == 200
    for _tap in range(2):
        keeper.post(f"/village/agreements/{school}/end/")
    with viewer.acting(here.els) as me:
        assert (me.jobs, me.seats) == ((), ())
    keeper.post(f"/village/agreements/{school}/renew/")
    with viewer.acting(here.els) as me:
        assert len(me.jobs) == len(me.seats) == 1
    keeper.post(f"/village/agreements/{town}/end/")
    assert keeper.get("/village/agreements/").status_code == 200
    for person in (here.els, here.ada, here.samira):
        other = doorstep.browser(owner, person)
        assert other.get("/village/agreements/").status_code == 404
        assert other.post(f"/village/agreements/{school}/end/").status_code == 404
