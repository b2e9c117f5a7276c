"""The family's page between the first wish and the first step, and with two plans beside each other."""

import pytest

from circle.furnished import LATER, Furnished
from kring.trust import viewer
from kring.trust.models import Circle
from kring.wraparound.models import Plan, Remark
from kring.wraparound.usecases import plans
from trust.scenes import insert


class JustBegun(Furnished):
    """A plan with a wish, and nothing more yet."""

    def write_plan(self, steps: int) -> None:
        """The wish of all of them."""
        with viewer.acting(self.naima) as me:
            plan = plans.start_plan(Circle.objects.get(pk=self.circle), by=me, at=LATER)
            plans.write_wish(plan, "Samen naar zee", language="nl", by=me, at=LATER)
        self.plan = plan.pk


@pytest.mark.parametrize("who", ["naima", "samira", "noor", "aunt"])
def test_the_page_of_a_family_opens_while_no_step_stands_in_the_plan(owner, who):
    scene = JustBegun(owner)
    answer = scene.browser(getattr(scene, who)).get(f"/family/{scene.family}/")
    assert answer.status_code == 200
    assert "Samen naar zee" in answer.content.decode()


def test_what_is_seen_differently_stands_beside_the_wish_of_each_of_two_plans(owner):
    scene = JustBegun(owner)
    owner.execute("ALTER TABLE wraparound_plan DISABLE TRIGGER plan_check_one_plan")
    second = insert(
        owner, "wraparound_plan", circle_id=scene.circle, family_id=scene.family, author_id=scene.karim,
        at=LATER, stage="written",
    )  # fmt: skip
    owner.execute("ALTER TABLE wraparound_plan ENABLE TRIGGER plan_check_one_plan")
    with viewer.acting(scene.karim) as me:
        wish = plans.write_wish(
            Plan.objects.get(pk=second), "Samen naar het bos", language="nl", by=me, at=LATER
        )
    with viewer.acting(scene.aunt) as me:
        Remark.objects.create(
            circle_id=scene.circle, plan_id=second, on="wish", object_id=wish.pk, words="Liever naar het park",
            language="nl", author_id=me.person_id, at=LATER,
        )  # fmt: skip
    page = scene.browser(scene.naima).get(f"/family/{scene.family}/").content.decode()
    assert "Samen naar zee" in page
    assert "Samen naar het bos" in page
    assert "Liever naar het park" in page
