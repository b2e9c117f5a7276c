"""The pages of what is not right: said, answered, typed words kept, nothing there for anybody else."""

import pytest

from corrections.test_not_right import an_attempt, says, the_goal
from web.doorstep import bare, browser


def test_a_mother_says_it_and_the_coordinator_changes_it(home, owner):
    goal, naima, hanne = the_goal(home), browser(owner, home.naima), browser(owner, home.hanne)
    assert f"/not-right/goal/{goal}/" in naima.get(f"/family/{home.family}/not-right/").content.decode()
    page = f"/not-right/goal/{goal}/"
    missing = naima.post(page, {"words": "", "should": "Op zaterdag"})
    assert (missing.status_code, "Op zaterdag" in missing.content.decode()) == (422, True)
    sent = naima.post(page, {"words": "Het is niet op vrijdag.", "should": "Op zaterdag"})
    twice = naima.post(page, {"words": "Het is niet op vrijdag.", "should": "Op zaterdag"})
    assert sent.url == twice.url
    assert "Het is niet op vrijdag." in hanne.get(sent.url).content.decode()
    same = hanne.post(
        sent.url, {"how": "changed", "new_words": "Op vrijdag dansen", "reason": "Goed gezien."}
    )
    assert (same.status_code, "Goed gezien." in same.content.decode()) == (422, True)
    assert hanne.post(sent.url, {"how": "changed", "new_words": "Op zaterdag dansen"}).status_code == 302
    told = naima.get(sent.url).content.decode()
    assert "Op zaterdag dansen" in told
    assert "Op vrijdag dansen" in told
    mine, waits = naima.get("/not-right/").content.decode(), hanne.get("/not-right/").content.decode()
    assert sent.url in mine
    assert "Op zaterdag dansen" in mine, "the line says of which text"
    assert ("El Amrani" in waits, "El Amrani" in mine) == (True, False), (
        "who works with several reads of which"
    )


def test_a_no_says_why_and_where_one_complains(home, owner):
    said = says(home, home.naima, "goal", the_goal(home))
    hanne, page = browser(owner, home.hanne), f"/not-right/{said.pk}/"
    assert hanne.post(page, {"how": "refused", "new_words": "x", "reason": ""}).status_code == 422
    hanne.post(page, {"how": "refused", "reason": "Zo zeiden we het samen."})
    shown = browser(owner, home.naima).get(page).content.decode()
    for words in ("Zo zeiden we het samen.", "gegevensbeschermingsautoriteit.be", "015 00 00 00"):
        assert words in shown, words


def test_a_worker_writes_it_down_and_the_day_shows_what_is_late(home, owner):
    goal, lotte = the_goal(home), browser(owner, home.lotte)
    sent = lotte.post(
        f"/not-right/goal/{goal}/", {"asked_by": str(home.naima), "words": "Zij belde: niet vrijdag."}
    )
    assert sent.status_code == 302
    owner.execute("UPDATE wraparound_notright SET answer_by = now() - interval '1 day'")
    today = browser(owner, home.hanne).get("/today/").content.decode()
    assert sent.url in today
    officer = browser(owner, home.worker("Vera", "trust officer", "Town"))
    assert "later than thirty days" in officer.get("/watching/").content.decode()


@pytest.mark.parametrize("who", ["fatna", "samir", "lotte", "tom"])
def test_for_everybody_else_it_is_as_if_it_were_not_there(home, owner, who):
    said = says(home, home.naima, "goal", the_goal(home))
    other = browser(owner, getattr(home, who))
    hidden, missing = (other.get(f"/not-right/{one}/") for one in (said.pk, home.circle))
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert bare(hidden.content) == bare(missing.content)
    assert str(said.pk) not in other.get("/not-right/").content.decode()


def test_what_was_tried_shows_the_right_words_and_the_pages_keep_their_limits(home, owner):
    tried = an_attempt(home)
    said = says(home, home.naima, "attempt", tried, should="Ik was op het werk.")
    hanne = browser(owner, home.hanne)
    assert (
        hanne.post(
            f"/not-right/{said.pk}/", {"how": "changed", "new_words": "Naima was op het werk."}
        ).status_code
        == 302
    )
    assert (
        "Naima was op het werk."
        in browser(owner, home.fatna).get(f"/family/{home.family}/reach/").content.decode()
    )
