"""Nobody can notice in the plan what they may not see: the pages are byte for byte the same."""

from circle.two_worlds import same_before_and_after
from kring.trust import viewer
from kring.wraparound.models import Goal, Plan, Version
from kring.wraparound.usecases import goals, plans, remarks, stories
from kring.wraparound.usecases.actions import Step, add_action
from kring.wraparound.usecases.goals import GoalWords
from web.doorstep import browser
from wraparound.home import AT


def addresses(home, plan, version):
    return [
        f"/plans/{plan}/", f"/plans/{plan}/versions/", f"/versions/{version}/", f"/plans/{plan}/approval/",
        f"/a/{version}/", f"/family/{home.family}/story/", f"/plans/{plan}/goals/resting/", f"/plans/{plan}/paper/",
    ]  # fmt: skip


def test_the_teacher_cannot_tell_that_there_is_a_part_without_school(home, owner):
    plan = home.plan()
    version = home.offered(plan)
    part = home.part_without_school()

    def without_school():
        with viewer.acting(home.naima) as me:
            goal = goals.add_goal(
                Plan.objects.get(), GoalWords("feelings", "Van ons alleen"), by=me, at=AT, circle_id=part
            )
            add_action(goal, Step("praat met haar", doer=home.naima), by=me, at=AT)
            remarks.remark("goal", goal.pk, "Liever later", language="nl", by=me, at=AT)
            stories.tell_story(part, "Alleen voor ons", language="nl", by=me, at=AT)

    lotte = browser(owner, home.lotte)
    assert same_before_and_after(lotte, addresses(home, plan, version), without_school) == {}
    assert lotte.get(f"/plans/{plan}/").status_code == 200


def test_a_father_left_out_of_one_child_cannot_tell(home, owner):
    home.exclude(home.samira, home.samir)
    plan = home.plan()
    with viewer.acting(home.naima) as me:
        goals.add_goal(Plan.objects.get(), GoalWords("home", "Samen eten"), by=me, at=AT)
    version = home.offered(plan)

    def about_samira():
        with viewer.acting(home.naima) as me:
            row = Plan.objects.get()
            plans.write_wish(row, "Ik wil dansen", language="nl", by=me, at=AT, whose=home.samira)
            goal = goals.add_goal(row, GoalWords("school", "Rustig slapen"), by=me, at=AT, child=home.samira)
            add_action(goal, Step("leest voor", doer=home.fatna), by=me, at=AT)
            remarks.remark("goal", goal.pk, "Liever later", language="nl", by=me, at=AT)
            stories.tell_story(home.circle, "Over Samira", language="nl", by=me, at=AT, about=home.samira)

    samir = browser(owner, home.samir)
    assert same_before_and_after(samir, addresses(home, plan, version), about_samira) == {}
    page = samir.get(f"/plans/{plan}/").content.decode()
    assert "Samen eten" in page
    with viewer.acting(home.samir):
        assert Goal.objects.count() == 2, "the family's goals, and none about Samira"
        assert Version.objects.get(pk=version)
