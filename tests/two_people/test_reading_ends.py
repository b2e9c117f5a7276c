"""A village may let a parent's reading end sooner than the country: two people decide it, and everybody at work reads who did."""

import re
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from kring.trust import viewer
from web.doorstep import browser

UNTIL = "SELECT (trust.guardian_reads_until(%s) AT TIME ZONE 'Europe/Brussels')::date"


@pytest.fixture
def dutch(house, owner):
    owner.execute("UPDATE trust_village SET country = 'NL' WHERE id = %s", [house.scene.village])
    return house


def text(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_two_people_let_a_parents_reading_end_sooner_and_again_as_in_the_country(dutch, owner):
    ada, vera, lotte = (browser(owner, who) for who in (dutch.ada, dutch.vera, dutch.lotte))
    assert "Here: the same" in text(lotte.get("/village/rules/"))
    assert b'href="/village/rules/"' in lotte.get("/ages/").content
    assert b'href="/village/rules/"' not in browser().get("/ages/").content
    assert "Ask for another age" in text(ada.get("/village/rules/"))
    assert "Ask for another age" not in text(lotte.get("/village/rules/"))
    form = ada.get("/two-people/ask/reading/").content.decode()
    assert re.findall(r'name="age" value="([^"]+)"', form) == ["12", "13", "14", "15"]
    wrong = ada.post("/two-people/ask/reading/", {"age": "14", "why": ""})
    assert wrong.status_code == 422
    asked = ada.post("/two-people/ask/reading/", {"age": "14", "why": "Onze jongeren vroegen het."})
    assert dutch.one(UNTIL, dutch.jonas) == date(2032, 3, 4), "asked is not decided"
    assert "a parent reads by themselves until the child is 14" in text(vera.get(asked["Location"]))
    for _twice in range(2):
        assert vera.post(asked["Location"], {"answer": "yes"}).status_code == 302
    assert dutch.one(UNTIL, dutch.jonas) == date(2030, 3, 4)
    page = text(lotte.get("/village/rules/"))
    assert "Here: until 14 years" in page
    assert re.search(r"Decided by Ada\b.* and Vera\b", page)
    assert "onze jongeren" not in page.lower()
    assert "Here: until 14 years" not in text(browser(owner, dutch.samira).get("/village/rules/"))
    assert browser(owner, dutch.samira).get("/village/rules/").status_code == 404
    back = ada.post("/two-people/ask/reading/", {"age": "country", "why": "Het parlement beslist."})
    assert vera.post(back["Location"], {"answer": "yes"}).status_code == 302
    assert dutch.one(UNTIL, dutch.jonas) == date(2032, 3, 4)


def test_never_later_never_before_own_voice_and_by_nobody_alone(dutch):
    for age in (16, 18, 11, 0):
        matter = dutch.asks(dutch.ada, "reading ends", age=age)
        assert dutch.answers(dutch.vera, matter) == "over"
    with viewer.acting(dutch.ada), pytest.raises(DatabaseError, match="two_people_decide"), transaction.atomic(), connection.cursor() as by_hand:  # fmt: skip
        by_hand.execute("UPDATE trust_village SET reading_ends = 13 WHERE id = %s", [dutch.scene.village])
    assert dutch.one("SELECT reading_ends FROM trust_village WHERE id = %s", dutch.scene.village) is None


def test_where_reading_ends_with_own_voice_nothing_can_be_stricter(house, owner):
    page = text(browser(owner, house.ada).get("/village/rules/"))
    assert "nothing can be stricter" in page
    assert "Ask for another age" not in page
    assert "Law of 4 January 1974" in page
