"""On every page of a family stands one person to call, also where no circle is shown."""

import pytest

from corrections.test_not_right import says, the_goal
from web.doorstep import browser
from wraparound.test_pages import MOST, counted


@pytest.mark.parametrize("place", ["/mine/", "/mine/along/", "/mine/forget/", "/mine/forget/{family}/", "/not-right/",
                                   "/family/{family}/not-right/", "/not-right/goal/{goal}/"])  # fmt: skip
def test_a_mother_finds_the_coordinator_at_the_foot(home, owner, place):
    goal = the_goal(home)
    says(home, home.naima, "goal", goal)
    naima, address = browser(owner, home.naima), place.format(family=home.family, goal=goal)
    naima.get(address)
    answer, asked = counted(naima, address)
    assert answer.status_code == 200
    assert "tel:0470001003" in answer.content.decode()
    assert len(asked) <= MOST, "\n".join(one[:150] for one in asked)


def test_a_worker_has_a_house_of_work_and_no_foot(home, owner):
    assert "tel:0470001003" not in browser(owner, home.lotte).get("/mine/").content.decode()


def test_the_texts_of_a_family_say_in_which_other_language_they_stand(home, owner):
    the_goal(home)
    address = f"/family/{home.family}/not-right/"
    assert (
        "Some words here are in Dutch. Ask Hanne" in browser(owner, home.naima).get(address).content.decode()
    )
    assert "Some words here" not in browser(owner, home.lotte).get(address).content.decode()
