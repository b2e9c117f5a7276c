"""K4, K11, K12: whatever happens out of sight, every page somebody can reach stays byte for byte the same."""

import pytest

from circle.furnished import LATER, Furnished
from circle.two_worlds import crawl, same_before_and_after
from kring.trust import viewer
from kring.trust.models import Circle, Family, Person
from kring.trust.usecases import exclusions, homes, showing
from kring.wraparound.models import Goal, Plan
from kring.wraparound.usecases import goals, own_pages, plans, remarks
from kring.wraparound.usecases.goals import GoalWords
from trust.circle_scene import AT
from trust.scenes import insert


@pytest.fixture
def scene(owner):
    scene = Furnished(owner)
    with viewer.acting(scene.samira) as me:
        person = Person.objects.get(pk=scene.samira)
        exclusions.leave_out(person, by=me, at=LATER, sector="education")
        exclusions.leave_out(person, by=me, at=LATER, person_id=scene.karim)
    return scene


def a_life_out_of_sight(scene) -> None:
    """A wish, a goal with a step and a remark about her, a dream, a home, one more left out, a part of the circle."""
    with viewer.acting(scene.naima) as me:
        plan = Plan.objects.get()
        plans.write_wish(plan, "Out of sight one", language="nl", by=me, at=LATER, whose=scene.samira)
        goal = goals.add_goal(
            plan, GoalWords("health", "Out of sight two"), by=me, at=LATER, child=scene.samira
        )
        scene.step(goal, 0, me)
        remarks.remark("goal", goal.pk, "Out of sight three", language="nl", by=me, at=LATER)
        homes.add(Family.objects.get(), "Out of sight four", by=me, at=LATER)
        part = showing.part_for(scene.family, {scene.naima, scene.noor, scene.samira}, by=me, at=LATER)
        goals.add_goal(plan, GoalWords("money", "Out of sight five"), by=me, at=LATER, circle_id=part.pk)
    with viewer.acting(scene.samira) as me:
        own = Circle.objects.get(pk=scene.own[scene.samira])
        own_pages.say(own, "dream", "Out of sight six", language="nl", by=me, at=LATER)
        exclusions.leave_out(Person.objects.get(pk=scene.samira), by=me, at=LATER, person_id=scene.aunt)


@pytest.mark.parametrize("who", ["lotte", "karim"])
def test_what_happens_out_of_sight_changes_no_page(scene, who):
    browser = scene.browser(getattr(scene, who))
    addresses = crawl(browser, [f"/family/{scene.family}/", "/today/", "/families/"])
    addresses = [
        address for address in addresses if "who-looked" not in address
    ]  # that Naima read is told to all
    assert len(addresses) > 8
    changed = same_before_and_after(browser, addresses, lambda: a_life_out_of_sight(scene))
    assert changed == {}, list(changed)
    assert not any(b"Out of sight" in browser.get(address).content for address in addresses)
    with viewer.acting(scene.naima):
        assert Goal.objects.filter(aim="Out of sight two").exists(), "it did happen"


def test_who_is_left_out_keeps_their_own_word_and_learns_nothing_of_where_it_lies(scene, owner):
    part = insert(
        owner, "trust_circle", village_id=scene.village, family_id=scene.family, kind="part", safety=False,
        name="What Samira wants", secrecy=False, subject_id=scene.samira, opened_at=AT,
    )  # fmt: skip
    scene.seat(part, scene.lotte, role="professional", ground="job", job_id=scene.jobs[scene.lotte])
    for author, text in ((scene.lotte, "By her own hand"), (scene.noor, "By another hand")):
        insert(
            owner, "wraparound_story", circle_id=part, author_id=author, at=AT, text=text, language="en",
            told_by_id=scene.samira, how="told", interpreter="",
        )  # fmt: skip
    page = scene.browser(scene.lotte).get(f"/family/{scene.family}/story/").content
    assert b"By her own hand" in page
    assert b"By another hand" not in page
    assert b"What Samira wants" not in page
    with viewer.acting(scene.lotte):
        assert not Circle.objects.filter(pk=part).exists()


def test_the_journal_of_the_circle_names_no_page_about_something_narrower(scene):
    """K14: that there is a home, somebody left out, an own page or a confidence, the others read in no journal."""
    (since,) = scene.owner.execute("SELECT clock_timestamp()").fetchone()
    here = f"/family/{scene.family}/"
    for who, addresses in (
        (scene.naima, (f"{here}homes/{scene.home}/", f"{here}left-out/", "/me/", "/mine/forget/")),
        (scene.samira, (f"/own/{scene.own[scene.samira]}/", f"{here}left-out/", "/me/tell/")),
        (scene.noor, (f"{here}two-people/", f"{here}sealed/", f"{here}two-people/leave-out/")),
    ):
        browser = scene.browser(who)
        assert {address: browser.get(address).status_code for address in addresses} == dict.fromkeys(
            addresses, 200
        )
    named = (
        "SELECT DISTINCT e.part FROM trust_entry e JOIN trust_circle c ON c.id = e.circle_id "
        "WHERE e.kind = 'read' AND e.at >= %s AND c.kind = %s"
    )
    assert scene.owner.execute(named, [since, "family"]).fetchall() == [("family",)]
    assert scene.owner.execute(named, [since, "home"]).fetchall() == [("home",)]
    assert scene.owner.execute(named, [since, "own"]).fetchall() == [("own page",)]
