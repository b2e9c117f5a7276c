"""K4: who is asked for a yes to words that are new only in what they may not know reads no hint of it."""

from circle.furnished import LATER, Furnished
from kring.trust import viewer
from kring.trust.models import Person
from kring.trust.usecases import exclusions
from kring.wraparound.models import Plan, Version
from kring.wraparound.usecases import approvals, goals, versions
from kring.wraparound.usecases.goals import GoalWords


def offered(scene) -> Version:
    """The coordinator freezes the plan and asks everybody's yes."""
    with viewer.acting(scene.noor) as me:
        return versions.offer_for_approval(Plan.objects.get(), by=me, at=LATER)


def test_what_changed_hints_at_nothing_one_may_not_know(owner):
    scene = Furnished(owner)
    with viewer.acting(scene.samira) as me:
        girl = Person.objects.get(pk=scene.samira)
        exclusions.leave_out(girl, by=me, at=LATER, person_id=scene.karim)
    first = offered(scene)
    for person in (scene.naima, scene.karim, scene.samira):
        with viewer.acting(person) as me:
            approvals.approve(Version.objects.get(pk=first.pk), language="en", by=me, at=LATER)
    with viewer.acting(scene.naima) as me:
        plan = Plan.objects.get()
        goals.add_goal(plan, GoalWords("health", "Out of sight"), by=me, at=LATER, child=scene.samira)
    second = offered(scene)
    page = scene.browser(scene.karim).get(f"/versions/{second.pk}/").content.decode()
    assert "Nothing changed." in page
    assert "may know" not in page.partition("<main")[2].partition("</main>")[0]
    assert "Out of sight" in scene.browser(scene.naima).get(f"/versions/{second.pk}/").content.decode()
