"""Pages on which people write: the story, remarks, drafts that save themselves, and words that play tricks."""

import re

import pytest

from kring.trust import viewer
from kring.wraparound.models import Draft, Goal, Remark, Story, Wish
from web.doorstep import browser


def test_i_see_this_differently_stands_beside_it(home, owner):
    plan = home.plan()
    with viewer.acting(home.samir):
        goal = Goal.objects.get()
    client = browser(owner, home.samir)
    address = f"/remarks/goal/{goal.pk}/"
    assert "Who may know this" in client.get(address).content.decode()
    assert client.post(address, {"words": "   "}).status_code == 422
    assert client.post(address, {"words": "Ik vind voetbal beter"}).status_code == 302
    assert "Ik vind voetbal beter" in browser(owner, home.naima).get(f"/plans/{plan}/").content.decode()
    assert client.get(f"/remarks/nothing/{goal.pk}/").status_code == 404
    with viewer.acting(home.fatna):
        assert Remark.objects.get().author_id == home.samir


def test_the_story_keeps_its_language_and_older_tellings(home, owner):
    client = browser(owner, home.naima)
    address = f"/family/{home.family}/story/"
    assert "Nothing is told yet" in client.get(address).content.decode()
    for text in ("نحن عائلة كبيرة", "نحن نحب الرقص"):
        assert client.post(f"{address}tell/", {"text": text, "language": "ar"}).status_code == 302
    page = client.get(address).content.decode()
    assert re.search(r'lang="ar"\s+dir="rtl"', page)
    assert "نحن عائلة كبيرة" in page
    with viewer.acting(home.hanne):
        assert Story.objects.count() == 2


def test_the_coordinator_writes_down_what_was_read_out_and_agreed(home, owner):
    client = browser(owner, home.hanne)
    address = f"/family/{home.family}/story/write-down/"
    told = {"text": "Wij wonen hier sinds maart.", "language": "ar", "told_by": str(home.naima), "how": "read out",
            "agreed_on": "", "interpreter": "Hala"}  # fmt: skip
    assert "On which day did they agree?" in client.post(address, told).content.decode()
    assert client.post(address, told | {"agreed_on": "2999-01-01"}).status_code == 422
    assert client.post(address, told | {"agreed_on": "2026-03-02"}).status_code == 302
    page = browser(owner, home.naima).get(f"/family/{home.family}/story/").content.decode()
    assert "Hala helped with the language" in page
    assert browser(owner, home.lotte).get(address).status_code == 403


def test_drafts_save_themselves_and_belong_to_one_person(home, owner):
    plan = home.plan()
    client = browser(owner, home.naima)
    key = f"wish:{plan}"
    saved = client.post(f"/drafts/{home.circle}/", {"draft": key, "text": "half a wi", "language": "ar"})
    assert saved.status_code == 204
    assert "half a wi" in client.get(f"/plans/{plan}/wish/").content.decode()
    assert "half a wi" not in browser(owner, home.samir).get(f"/plans/{plan}/wish/").content.decode()
    with viewer.acting(home.hanne):
        assert not Draft.objects.exists()
    assert (
        browser(owner, home.tom).post(f"/drafts/{home.circle}/", {"draft": key, "text": "x"}).status_code
        == 404
    )
    assert client.post(f"/drafts/{home.circle}/", {"draft": key, "text": "x" * 40_000}).status_code == 413
    client.post(f"/plans/{plan}/wish/", {"text": "a whole wish", "language": "en", "whose": ""})
    with viewer.acting(home.naima):
        assert not Draft.objects.exists()
        assert Wish.objects.filter(text="a whole wish").exists()


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("x" * 1_001, 422),
        ("a\x00b", 302),
        ("\u202e\u2066", 422),
        ("=cmd|' /C calc'!A0", 302),
        ("\u202eabc", 302),
    ],
)
def test_words_that_play_tricks_are_tidied_or_named(home, owner, words, status):
    plan = home.plan()
    answer = browser(owner, home.naima).post(
        f"/plans/{plan}/wish/", {"text": words, "language": "en", "whose": ""}
    )
    assert answer.status_code == status
    with viewer.acting(home.naima):
        assert all("\x00" not in one.text and "\u202e" not in one.text for one in Wish.objects.all())
