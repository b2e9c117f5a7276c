"""K4, K12: who is left out of an only child, and begins a plan where one stands, is not told that it stands."""

from datetime import date

import pytest

from circle.furnished import LATER, Furnished
from circle.two_worlds import TOKENS
from kring.trust import viewer
from kring.trust.models import Circle, Person
from kring.trust.usecases import exclusions
from kring.trust.usecases.families import FamilysYes, NewChild, NewGuardian, open_family
from kring.wraparound.usecases import plans
from trust.circle_scene import AT


@pytest.fixture
def scene(owner):
    """Beside the family of the scene another one, with one girl who decides alone and left her father out."""
    scene = Furnished(owner)
    with viewer.acting(scene.els) as me:
        opened = open_family(
            "Familie Haddad",
            children=[NewChild("Lina", "", date(2011, 5, 5))],
            guardians=[NewGuardian("Hanan", "", "mother"), NewGuardian("Rachid", "", "father")],
            yes=FamilysYes("Hanan", "in person"), by=me, at=AT,
        )  # fmt: skip
    scene.lina, (scene.hanan, scene.rachid) = opened.children[0].pk, (p.pk for p in opened.guardians)
    scene.other_family, scene.other_circle = opened.family.pk, opened.circle.pk
    with viewer.acting(scene.lina) as me:
        lina = Person.objects.get(pk=scene.lina)
        exclusions.leave_out(lina, by=me, at=LATER, person_id=scene.rachid)
    return scene


def test_nobody_is_told_of_a_plan_they_may_not_know(scene):
    browser, page = scene.browser(scene.rachid), f"/family/{scene.other_family}/plan/"
    before = TOKENS.sub(rb"\1-", browser.get(page).content)
    with viewer.acting(scene.hanan) as me:
        plans.start_plan(Circle.objects.get(pk=scene.other_circle), by=me, at=LATER)
    assert TOKENS.sub(rb"\1-", browser.get(page).content) == before
    answer = browser.post(page)
    assert answer.status_code == 409
    assert b"one plan at a time" not in answer.content
    assert b"there already" not in answer.content
    assert b"not possible as it stands now" in answer.content


def test_who_knows_the_plan_comes_to_it(scene):
    with viewer.acting(scene.hanan) as me:
        plan = plans.start_plan(Circle.objects.get(pk=scene.other_circle), by=me, at=LATER)
    answer = scene.browser(scene.hanan).post(f"/family/{scene.other_family}/plan/")
    assert (answer.status_code, answer["Location"]) == (302, f"/plans/{plan.pk}/")
