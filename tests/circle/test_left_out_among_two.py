"""K4: who is left out of one of two children finds on no page of choices that one of them is missing."""

from datetime import UTC, datetime, timedelta

import pytest

from circle.furnished import LATER, Furnished
from circle.two_worlds import same_before_and_after
from kring.trust import viewer
from kring.trust.models import Exclusion, Person
from kring.trust.usecases import exclusions
from kring.wraparound.models import Plan
from kring.wraparound.rough_time import RoughTime
from kring.wraparound.usecases import goals, paths
from kring.wraparound.usecases.goals import GoalWords
from kring.wraparound.usecases.paths import Told
from trust.scenes import insert

DAY = datetime.now(UTC)


@pytest.fixture
def scene(owner):
    return Furnished(owner)


def two_people_leave_him_out(scene) -> None:
    """The father is to know nothing of Yassin: withheld, by two people, in silence."""
    insert(
        scene.owner, "trust_exclusion", subject_id=scene.yassin, person_id=scene.karim, ground="withheld",
        decided_by_id=scene.noor, reason="", since=DAY - timedelta(hours=1),
    )  # fmt: skip


def she_leaves_him_out(scene) -> None:
    """Samira, who decides alone, leaves her father out."""
    with viewer.acting(scene.samira) as me:
        exclusions.leave_out(Person.objects.get(pk=scene.samira), by=me, at=LATER, person_id=scene.karim)


def everybody_out(scene) -> None:
    """Both."""
    two_people_leave_him_out(scene)
    she_leaves_him_out(scene)


@pytest.mark.parametrize("out", [two_people_leave_him_out, she_leaves_him_out, everybody_out])
def test_whom_to_leave_out_is_asked_of_the_same_children_as_before(scene, out):
    browser = scene.browser(scene.karim)
    page = f"/family/{scene.family}/left-out/"
    changed = same_before_and_after(
        browser, [page, f"{page}?child={scene.yassin}", f"{page}?child={scene.samira}"], lambda: out(scene)
    )
    assert changed == {}
    assert b"About Yassin" in browser.get(page).content


def test_a_father_left_out_leaves_somebody_out_as_before_and_takes_it_back(scene):
    two_people_leave_him_out(scene)
    browser, page = scene.browser(scene.karim), f"/family/{scene.family}/left-out/"
    sent = browser.post(f"{page}?child={scene.yassin}", {"whom": f"person:{scene.aunt}"}, follow=True)
    assert sent.status_code == 200
    assert b"From now on they know nothing about Yassin" in sent.content
    with viewer.acting(scene.karim):
        left = Exclusion.objects.get(subject_id=scene.yassin)
    assert left.ground == "guardian"
    assert browser.post(f"{page}{left.pk}/end/").status_code == 302


def test_nobody_but_she_decides_for_who_decides_alone(scene):
    she_leaves_him_out(scene)
    with viewer.acting(scene.karim) as me, pytest.raises(exclusions.NotAllowed):
        exclusions.leave_out(Person.objects.get(pk=scene.samira), by=me, at=LATER, person_id=scene.aunt)


@pytest.mark.parametrize("out", [two_people_leave_him_out, she_leaves_him_out, everybody_out])
def test_the_path_and_what_is_added_to_it_look_as_before(scene, out):
    with viewer.acting(scene.naima) as me:
        circle = Plan.objects.get().circle
        help_of_all = Told("A coach at home", RoughTime(2020, ""), None, True, "", "", "", "en")
        paths.add_help(circle, help_of_all, child=None, near=False, by=me, at=LATER)
    browser, here = scene.browser(scene.karim), f"/family/{scene.family}/path/"
    pages = [here, f"{here}add/", f"{here}paper.pdf"]
    assert all(browser.get(page).status_code == 200 for page in pages)
    assert same_before_and_after(browser, pages, lambda: out(scene)) == {}


def test_whose_eyes_open_on_ones_own_words_stays_as_it_was(scene):
    with viewer.acting(scene.karim) as me:
        goal = goals.add_goal(
            Plan.objects.get(), GoalWords("school", "By her father"), by=me, at=LATER, child=scene.samira
        )
    page = f"/family/{scene.family}/who-sees/goal/{goal.pk}/"
    browser = scene.browser(scene.karim)
    assert browser.get(page).status_code == 200
    changed = same_before_and_after(browser, [page], lambda: she_leaves_him_out(scene))
    assert changed == {}
