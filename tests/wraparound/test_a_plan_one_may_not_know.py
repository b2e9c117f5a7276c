"""K4, K12: who is left out of an only child, and begins a plan where one stands, is not told that it stands."""

from collections.abc import Iterator
from datetime import date

import psycopg
import pytest
from django.db import DatabaseError

import testbed
from circle.furnished import LATER, Furnished
from circle.two_worlds import TOKENS
from kring.trust import viewer
from kring.trust.models import Circle, Person
from kring.trust.usecases import exclusions
from kring.trust.usecases.families import FamilysYes, NewChild, NewGuardian, open_family
from kring.wraparound.models import Plan
from kring.wraparound.usecases import plans
from trust.circle_scene import AT
from trust.scenes import insert


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


@pytest.fixture
def second(bed: testbed.Testbed) -> Iterator[psycopg.Connection]:
    """Another hand at the same time."""
    with bed.connect() as other:
        yield other


def test_nobody_is_told_of_a_plan_they_may_not_know(scene):
    browser, page = scene.browser(scene.rachid), f"/family/{scene.other_family}/plan/"
    before = TOKENS.sub(rb"\1-", browser.get(page).content)
    with viewer.acting(scene.hanan) as me:
        plans.start_plan(Circle.objects.get(pk=scene.other_circle), by=me, at=LATER)
    assert TOKENS.sub(rb"\1-", browser.get(page).content) == before


def test_who_may_not_know_of_the_plan_begins_one_as_if_none_stood(scene):
    page = f"/family/{scene.other_family}/plan/"
    with viewer.acting(scene.hanan) as me:
        plan = plans.start_plan(Circle.objects.get(pk=scene.other_circle), by=me, at=LATER)
    his = scene.browser(scene.rachid)
    answer = his.post(page, follow=True)
    assert answer.status_code == 200
    with viewer.acting(scene.rachid):
        begun = Plan.objects.get()
    assert begun.pk != plan.pk
    assert answer.redirect_chain == [(f"/plans/{begun.pk}/wish/", 302)]
    assert his.post(page)["Location"] == f"/plans/{begun.pk}/", "a second touch leads to the one that stands"
    assert b"Another plan" not in his.get(f"/plans/{begun.pk}/").content
    hers = scene.browser(scene.hanan)
    assert hers.get(page)["Location"] == f"/plans/{plan.pk}/", (
        "the family's plan is the one that was begun first"
    )
    assert f'href="/plans/{begun.pk}/"' in hers.get(f"/plans/{plan.pk}/").content.decode()
    assert f'href="/plans/{plan.pk}/"' in hers.get(f"/plans/{begun.pk}/").content.decode()


def test_nobody_begins_a_plan_beside_one_that_they_know_by_hand_either(scene):
    with viewer.acting(scene.hanan) as me:
        plans.start_plan(Circle.objects.get(pk=scene.other_circle), by=me, at=LATER)
    told = {
        "circle_id": scene.other_circle,
        "family_id": scene.other_family,
        "subject_id": scene.lina,
        "at": LATER,
    }
    with viewer.acting(scene.hanan) as me, pytest.raises(DatabaseError, match="one_open_plan_per_family"):
        Plan.objects.create(author_id=me.person_id, **told)
    close(scene)
    with viewer.acting(scene.hanan) as me:
        assert Plan.objects.create(author_id=me.person_id, **told).stage == "written"


def close(scene) -> None:
    """The family was done with its plan."""
    scene.owner.execute(
        "UPDATE wraparound_plan SET stage = 'closed', closed_at = now() WHERE family_id = %s",
        [scene.other_family],
    )


def test_a_plan_of_another_family_hinders_nobody(scene):
    with viewer.acting(scene.noor):
        assert Plan.objects.get().family_id == scene.family, "she knows a plan"
    begin_by_hand(scene.owner, scene, author=scene.noor)


def test_two_who_begin_at_once_come_one_after_the_other(scene, second):
    """What the first has not ended yet is waited for: else both would begin."""
    scene.owner.execute("BEGIN")
    begin_by_hand(scene.owner, scene)
    second.execute("SET lock_timeout = '300ms'")
    with pytest.raises(psycopg.errors.LockNotAvailable):
        begin_by_hand(second, scene)
    scene.owner.execute("COMMIT")
    with pytest.raises(psycopg.Error, match="one_open_plan_per_family"):
        begin_by_hand(second, scene)


def begin_by_hand(connection, scene, author=None) -> None:
    insert(
        connection, "wraparound_plan", circle_id=scene.other_circle, family_id=scene.other_family,
        subject_id=scene.lina, author_id=author or scene.hanan, at=LATER, stage="written",
    )  # fmt: skip


def test_who_knows_the_plan_comes_to_it(scene):
    with viewer.acting(scene.hanan) as me:
        plan = plans.start_plan(Circle.objects.get(pk=scene.other_circle), by=me, at=LATER)
    answer = scene.browser(scene.hanan).post(f"/family/{scene.other_family}/plan/")
    assert (answer.status_code, answer["Location"]) == (302, f"/plans/{plan.pk}/")
