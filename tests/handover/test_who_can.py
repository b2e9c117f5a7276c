"""Whoever cannot keep a step asks somebody else, also without anybody leaving; who is asked sees it, and may say no."""

import re

import pytest

from web.doorstep import browser
from wraparound.home import Home

CANNOT, TAKES, ASKED = (
    "I cannot. Who can?",
    "will you take something over?",
    "Lotte is asked to take it over.",
)


@pytest.fixture
def home(owner):
    """Grandmother was to ring the dance school."""
    home = Home(owner)
    home.plan()
    owner.execute("UPDATE wraparound_action SET doer_id = %s WHERE what = 'belt de dansschool'", [home.fatna])
    return home


def test_a_grandmother_who_cannot_asks_the_teacher(home, owner):
    fatna, lotte, naima = (browser(owner, who) for who in (home.fatna, home.lotte, home.naima))
    step, plan = owner.execute(
        "SELECT a.id, g.plan_id FROM wraparound_action a JOIN wraparound_goal g ON g.id = a.goal_id WHERE doer_id = %s",
        [home.fatna],
    ).fetchone()
    family, page = f"/family/{home.family}/", f"/family/{home.family}/hand-over/steps/{step}/"
    assert f'href="{page}"' in fatna.get(f"/plans/{plan}/").content.decode()
    for other in (lotte, naima):
        assert page not in other.get(f"/plans/{plan}/").content.decode(), "it is hers to pass on"
    answer = fatna.post(page, {"to": str(home.lotte)})
    assert (answer.status_code, answer["Location"]) == (302, f"/plans/{plan}/")
    assert ASKED in fatna.get(page).content.decode()
    assert TAKES in lotte.get(family).content.decode()
    assert TAKES not in naima.get(family).content.decode(), "nobody asked her"
    asked = re.search(
        r"/hand-over/asked/([0-9a-f-]{36})/answer/", lotte.get(f"{family}hand-over/").content.decode()
    )
    assert asked is not None
    assert fatna.post(f"{family}hand-over/asked/{asked[1]}/take-back/").status_code == 302
    assert TAKES not in lotte.get(family).content.decode(), "she thought again"
    fatna.post(page, {"to": str(home.naima)})
    mine = re.search(
        r"/hand-over/asked/([0-9a-f-]{36})/answer/", naima.get(f"{family}hand-over/").content.decode()
    )
    assert mine is not None
    assert naima.post(f"{family}hand-over/asked/{mine[1]}/answer/", {"answer": "yes"}).status_code == 302
    assert (
        owner.execute("SELECT doer_id FROM wraparound_action WHERE id = %s", [step]).fetchone()[0]
        == home.naima
    )
    assert page not in fatna.get(f"/plans/{plan}/").content.decode()
