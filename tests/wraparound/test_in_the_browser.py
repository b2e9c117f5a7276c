"""Story, plan and everybody's yes in a real browser: taps counted, four variants, nothing for axe to find."""

import re

import pytest

from kring.trust import viewer
from kring.wraparound.models import Action, Goal, Plan, Version
from kring.wraparound.usecases import goals, remarks
from kring.wraparound.usecases.actions import attach_offer, report_action_done
from kring.wraparound.usecases.goals import GoalWords
from kring.wraparound.usecases.stories import tell_story
from network import browser as browsers
from network.browser import cookies
from web.doorstep import browser
from wraparound.home import AT

pytestmark = pytest.mark.journey


def lived_in(home):
    """A plan with everything on it: done, late, an offer, a remark, a proposal, a story, a second version."""
    from kring.network.models import Offer

    plan = home.plan()
    home.offered(plan)
    offer = home.offer()
    with viewer.acting(home.samir) as me:
        remarks.remark("goal", Goal.objects.get().pk, "Ik vind voetbal beter.", language="nl", by=me, at=AT)
        report_action_done(Action.objects.get(every_week=True), by=me, at=AT)
    with viewer.acting(home.hanne) as me:
        attach_offer(Action.objects.get(every_week=True), Offer.objects.get(pk=offer), by=me, at=AT)
        goals.add_goal(Plan.objects.get(), GoalWords("friends", "Een vriendin thuis", "", "nl"), by=me, at=AT)
        tell_story(home.circle, "نحن عائلة كبيرة ونحب الرقص.", language="ar", told_by=home.naima, how="read out",
                   agreed_on=AT.date(), interpreter="Hala", by=me, at=AT)  # fmt: skip
    with viewer.acting(home.lotte) as me:
        goals.propose_goal(Plan.objects.get(), GoalWords("school", "Rustig lezen", "", "nl"), by=me, at=AT)
    return plan, home.offered(plan)


@pytest.mark.parametrize("variant", browsers.BOTH_WAYS)
def test_every_page_of_the_plan_is_clean(home, owner, live_server, chromium, variant):
    plan, version = lived_in(home)
    with viewer.acting(home.naima):
        goal, step = Goal.objects.get(domain="leisure"), Action.objects.get(every_week=True)
    pages = {
        "plan": f"/plans/{plan}/", "story": f"/family/{home.family}/story/", "tell": f"/family/{home.family}/story/tell/",
        "wish": f"/plans/{plan}/wish/", "question": f"/plans/{plan}/goals/new/", "goal": f"/goals/{goal.pk}/",
        "step": f"/goals/{goal.pk}/steps/new/?quick=1", "offer": f"/steps/{step.pk}/offer/?q=girlz",
        "remark": f"/remarks/goal/{goal.pk}/", "versions": f"/plans/{plan}/versions/", "version": f"/versions/{version}/",
        "approval": f"/plans/{plan}/approval/", "answer": f"/a/{version}/", "yes": f"/a/{version}/?answer=yes",
        "change": f"/a/{version}/?answer=change", "paper": f"/plans/{plan}/paper/",
    }  # fmt: skip
    staff = {
        "staff-plan": f"/plans/{plan}/", "staff-approval": f"/plans/{plan}/approval/", "staff-goal": f"/plans/{plan}/goals/new/",
        "spoken": f"/versions/{version}/spoken/", "signed": f"/versions/{version}/paper/",
        "recording": f"/versions/{version}/recording/", "told": f"/family/{home.family}/story/write-down/",
    }  # fmt: skip
    for who, addresses in ((home.naima, pages), (home.hanne, staff)):
        with browsers.opened(chromium, variant, cookies(browser(owner, who))) as tab:
            for name, address in addresses.items():
                tab.look(f"wraparound-{name}", f"{live_server}{address}")
            assert tab.complaints == []


@pytest.mark.parametrize("script", [True, False])
def test_a_mother_approves_the_plan_on_her_phone_in_at_most_five_taps(
    home, owner, live_server, chromium, script
):
    """W6, families' journey 1: the link, the code, the page, yes, confirm."""
    version = home.offered()
    card = browser(owner, home.hanne).post(f"/versions/{version}/link/{home.naima}/").content.decode()
    token = re.search(r"/l/([\w-]+)/", card)[1]
    code = re.search(r'aria-label="(\d{3} \d{3})"', card)[1]
    taps = 1  # the link in the message
    with browsers.opened(chromium, "ar-phone-dark", locale="en", java_script_enabled=script) as tab:
        tab.page.goto(f"{live_server}/l/{token}/")
        field = tab.page.locator("input[name=code]")
        field.tap()
        field.fill(code)
        tab.page.locator("main button").first.tap()
        tab.page.get_by_text("Op vrijdag dansen").wait_for()
        taps += 2
        tab.page.get_by_role("link", name="Yes, this is our plan").tap()
        tab.page.get_by_role("button", name="Yes, I say yes").tap()
        tab.page.get_by_role("heading", name="Thank you").wait_for()
        taps += 2
        assert tab.complaints == []
    assert taps <= 5
    with viewer.acting(home.naima):
        assert Version.objects.get().approvals.get().how == "link"


def test_what_is_typed_is_kept_when_the_page_is_left_half_way(home, owner, live_server, chromium):
    plan = home.plan()
    with browsers.opened(chromium, "nl-phone-light", cookies(browser(owner, home.naima)), locale="en") as tab:
        tab.page.goto(f"{live_server}/plans/{plan}/wish/")
        tab.page.locator("textarea").press_sequentially("half a wish", delay=10)
        tab.page.get_by_text("Kept as a draft, not sent yet. You can go on later.").wait_for()
        tab.page.goto(f"{live_server}/plans/{plan}/")
        tab.page.goto(f"{live_server}/plans/{plan}/wish/")
        assert tab.page.locator("textarea").input_value() == "half a wish"
        assert tab.complaints == []


def test_a_tick_changes_only_its_line(home, owner, live_server, chromium):
    plan = home.plan()
    with browsers.opened(chromium, "nl-phone-light", cookies(browser(owner, home.samir)), locale="en") as tab:
        tab.page.goto(f"{live_server}/plans/{plan}/")
        tab.page.get_by_role("button", name="Done: Samir").tap()
        tab.page.get_by_text("done, 1 time").wait_for()
        tab.page.get_by_role("button", name="Done: Samir").tap()
        tab.page.get_by_text("every week").wait_for()
        assert tab.complaints == []
