"""The plan on paper says what everybody said yes to, and keeps apart what came after."""

from datetime import timedelta

from kring.trust import viewer
from kring.web.paper.printing import told_of
from kring.web.wraparound.reading import plan_page
from kring.wraparound.models import Action, Goal, Plan, Version
from kring.wraparound.usecases import actions, approvals, goals
from kring.wraparound.usecases.goals import GoalWords
from web.doorstep import browser
from wraparound.home import LATER
from wraparound.test_answering import printed

SOON = LATER + timedelta(days=1)


def in_force(home):
    version = home.offered()
    for person in (home.naima, home.samir, home.samira):
        with viewer.acting(person) as me:
            approvals.approve(Version.objects.get(pk=version), language="nl", by=me, at=LATER)
    with viewer.acting(home.hanne):
        return Plan.objects.get().pk


def paper_of(home, person):
    with viewer.acting(person, page="paper") as me:
        page = plan_page(Plan.objects.select_related("family").get(), by=me, at=SOON)
        return told_of(page, at=SOON, village="", phone="")


def test_before_everybodys_yes_the_paper_says_that_it_waits(home):
    home.plan()
    told = paper_of(home, home.naima)
    assert told["stage"] == "This plan waits for everybody's yes."
    assert told["domains"][0]["goals"][0]["aim"]["text"] == "Op vrijdag dansen"
    assert told["newer"]["domains"] == []


def test_whatever_signs_somebody_typed_the_paper_comes_out(home, owner):
    plan = home.plan()
    with viewer.acting(home.hanne) as me:
        goals.add_goal(Plan.objects.get(), GoalWords("feelings", "Beter slapen 😀 ሰላም"), by=me, at=SOON)
    made, _paper = printed(home, owner, home.naima, home.naima, plan, "en")
    text = " ".join(" ".join(page.extract_text() for page in made.pages).split())
    assert "Beter slapen …" in text
    assert "Some words stand in letters that we cannot print. Read them on the telephone." in text


def test_what_nobody_said_yes_to_stands_apart(home, owner):
    plan = in_force(home)
    with viewer.acting(home.hanne) as me:
        row = Plan.objects.get()
        goals.add_goal(row, GoalWords("feelings", "Beter slapen"), by=me, at=SOON)
        goal = Goal.objects.select_related("plan").get(domain="leisure")
        actions.add_action(goal, actions.Step("koopt schoenen", doer=home.naima), by=me, at=SOON)
    told = paper_of(home, home.naima)
    assert told["stage"].startswith("in force since")
    agreed = str(told["domains"])
    assert "Op vrijdag dansen" in agreed
    assert "Beter slapen" not in agreed
    assert "koopt schoenen" not in agreed
    newer = str(told["newer"]["domains"])
    assert "Beter slapen" in newer
    assert "koopt schoenen" in newer
    assert "belt de dansschool" not in newer
    made, _paper = printed(home, owner, home.naima, home.naima, plan, "en")
    text = made.pages[0].extract_text()
    assert (
        text.index("belt de dansschool")
        < text.index("Since then, not yet agreed")
        < text.index("Beter slapen")
    )


def test_other_words_since_leave_the_agreed_words_standing(home):
    in_force(home)
    with viewer.acting(home.hanne) as me:
        step = Action.objects.select_related("goal__plan").get(what="belt de dansschool")
        actions.change_action(step, actions.Step("mailt de dansschool", doer=home.hanne), by=me, at=SOON)
    told = paper_of(home, home.naima)
    assert "belt de dansschool" in str(told["domains"])
    assert "mailt de dansschool" in str(told["newer"]["domains"])


def test_a_step_says_the_words_of_the_screen(home):
    in_force(home)
    steps = {
        one["what"]["text"]: one for one in paper_of(home, home.naima)["domains"][0]["goals"][0]["steps"]
    }
    assert steps["brengt haar vrijdag"]["when"] == "every week"
    assert steps["vraagt uitleg aan de arts"]["when"] == "when it suits"
    with viewer.acting(home.samir) as me:
        row = Action.objects.select_related("goal__plan").get(every_week=True)
        actions.report_action_done(row, by=me, at=SOON)
    goal = paper_of(home, home.naima)["domains"][0]["goals"][0]
    weekly = next(one for one in goal["steps"] if one["what"]["text"] == "brengt haar vrijdag")
    assert (weekly["done"], weekly["when"]) == (True, "done, 1 time")


def test_the_paper_can_be_kept_under_a_name_that_names_nobody(home, owner):
    plan = home.plan()
    _made, paper = printed(home, owner, home.naima, home.naima, plan)
    client = browser(owner, home.naima)
    assert client.get(f"/papers/{paper}/plan.pdf")["Content-Disposition"].startswith("inline")
    kept = client.get(f"/papers/{paper}/plan.pdf?keep")["Content-Disposition"]
    assert kept == 'attachment; filename="plan.pdf"'
    assert f"/papers/{paper}/plan.pdf?keep" in client.get(f"/papers/{paper}/").content.decode()
