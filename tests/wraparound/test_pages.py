"""The pages of story and plan: what each person sees, in how many statements, and what is refused kindly."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kring.trust import viewer
from kring.wraparound.models import Action, Draft, Goal, Plan
from kring.wraparound.usecases import goals
from kring.wraparound.usecases.actions import Step, add_action
from kring.wraparound.usecases.goals import GoalWords
from web.doorstep import browser
from wraparound.home import AT
from wraparound.test_reviews import agreed

NOT_COUNTED = re.compile(r"^(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET )", re.IGNORECASE)
MOST = 14


def counted(client, address):
    """The page and the statements it took, transaction statements apart."""
    with CaptureQueriesContext(connection) as found:
        response = client.get(address)
    asked = [one["sql"] for one in found.captured_queries if not NOT_COUNTED.match(one["sql"])]
    return response, asked


def grown(home, plan, number):
    """Many goals and steps more."""
    with viewer.acting(home.hanne) as me:
        row = Plan.objects.get(pk=plan)
        for n in range(number):
            goal = goals.add_goal(row, GoalWords("friends", f"goal {n}"), by=me, at=AT)
            add_action(goal, Step(f"step {n}", doer=home.fatna), by=me, at=AT)
            add_action(goal, Step(f"step {n} too", doer_words="de buurman"), by=me, at=AT)


def test_the_plan_shows_wish_goal_steps_and_who_may_know(home, owner):
    plan = home.plan()
    page = browser(owner, home.fatna).get(f"/plans/{plan}/").content.decode()
    for words in (
        "Ik wil vrijdag dansen.",
        "Op vrijdag dansen",
        "Ik mis het dansen",
        "brengt haar vrijdag",
        "Leisure time",
    ):
        assert words in page
    assert "Who may know this: Fatna, Hanne, Lotte, Naima, Samir and Samira." in page
    assert "waits for everybody&#x27;s yes" in page or "waits for everybody's yes" in page
    assert "tel:0470001003" in page, "the caring person's number stands at the foot"


@pytest.mark.parametrize("who", ["naima", "hanne", "fatna", "lotte", "samira"])
def test_the_plan_takes_few_statements_however_long_it_is(home, owner, who):
    plan = home.plan()
    home.offered(plan)
    client = browser(owner, getattr(home, who))
    client.get(f"/plans/{plan}/")
    response, small = counted(client, f"/plans/{plan}/")
    assert response.status_code == 200
    grown(home, plan, 12)
    _response, large = counted(client, f"/plans/{plan}/")
    assert len(small) == len(large)
    assert len(large) <= MOST, "\n".join(one[:150] for one in large)


@pytest.mark.parametrize("page", ["versions", "approval", "paper", "goals/new", "goals/resting", "wish"])
def test_the_pages_around_the_plan_take_few_statements(home, owner, page):
    plan = home.plan()
    home.offered(plan)
    client = browser(owner, home.hanne)
    response, asked = counted(client, f"/plans/{plan}/{page}/")
    assert response.status_code == 200
    assert len(asked) <= MOST, "\n".join(one[:150] for one in asked)


@pytest.mark.parametrize("who", ["tom", "samir"])
def test_a_stranger_and_an_excluded_parent_get_the_same_page_as_for_nothing(home, owner, who):
    if who == "samir":
        for child in (home.samira, home.yara):
            home.exclude(child, home.samir)
        owner.execute("UPDATE trust_seat SET until = since WHERE person_id = %s", [home.samir])
    plan = home.plan() if who == "tom" else _plan_without_samir(home)
    version = home.offered(plan)
    client = browser(owner, getattr(home, who))
    nothing = client.get("/plans/00000000-0000-4000-8000-000000000000/")
    for address in (f"/plans/{plan}/", f"/versions/{version}/", f"/a/{version}/", f"/plans/{plan}/approval/",
                    f"/family/{home.family}/story/", f"/family/{home.family}/plan/", f"/plans/{plan}/paper/"):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert _bare(answer.content) == _bare(nothing.content)


def _plan_without_samir(home):
    from kring.trust.models import Circle
    from kring.wraparound.usecases import plans

    with viewer.acting(home.hanne) as me:
        plan = plans.start_plan(Circle.objects.get(pk=home.circle), by=me, at=AT)
        goals.add_goal(plan, GoalWords("leisure", "Op vrijdag dansen"), by=me, at=AT)
    return plan.pk


def _bare(page):
    return re.sub(
        rb'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": |name="next" value=)"[^"]*"', b"", page
    )


def test_what_lies_in_a_part_is_hidden_from_school(home, owner):
    plan, part = home.plan(), home.part_without_school()
    with viewer.acting(home.hanne) as me:
        goals.add_goal(
            Plan.objects.get(), GoalWords("feelings", "Iemand om mee te praten"), by=me, at=AT, circle_id=part
        )
    assert "Iemand om mee te praten" in browser(owner, home.samira).get(f"/plans/{plan}/").content.decode()
    school = browser(owner, home.lotte).get(f"/plans/{plan}/").content.decode()
    assert "Iemand om mee te praten" not in school
    assert "Feelings" not in school


def test_the_family_writes_a_goal_question_by_question_and_back_loses_nothing(home, owner):
    plan = home.plan()
    client = browser(owner, home.naima)
    address = f"/plans/{plan}/goals/new/"
    assert "Which part of life is it about?" in client.get(address).content.decode()
    assert client.post(f"{address}?question=1", {"domain": ""}).status_code == 422
    assert client.post(f"{address}?question=1", {"domain": "sleeping"}).status_code == 422
    assert client.post(f"{address}?question=1", {"domain": "friends"}).url.endswith("question=2")
    assert client.post(f"{address}?question=2", {"need": "أحتاج إلى أصدقاء"}).url.endswith("question=3")
    assert client.get(f"{address}?question=4").url.endswith("question=3")
    assert client.post(f"{address}?question=3", {"aim": "Een vriendin thuis"}).url.endswith("question=4")
    assert "أحتاج إلى أصدقاء" in client.get(f"{address}?question=2").content.decode()
    check = client.get(f"{address}?question=4").content.decode()
    assert "Een vriendin thuis" in check
    assert "friends" in check
    client.post(f"{address}?question=4")
    with viewer.acting(home.naima):
        goal = Goal.objects.get(domain="friends")
        assert (goal.aim, goal.need, goal.state) == ("Een vriendin thuis", "أحتاج إلى أصدقاء", "in the plan")
        assert not Draft.objects.exists()


def test_the_coordinator_writes_a_step_on_one_page(home, owner):
    home.plan()
    with viewer.acting(home.hanne):
        goal = Goal.objects.get()
    client = browser(owner, home.hanne)
    address = f"/goals/{goal.pk}/steps/new/"
    told = {
        "what": "vraagt elke maandag hoe het was",
        "doer": str(home.lotte),
        "every_week": "on",
        "for_whom": "class",
    }
    assert client.get(address).status_code == 200
    assert client.post(address, told | {"doer": ""}).status_code == 422
    assert client.post(address, told).status_code == 302
    with viewer.acting(home.lotte):
        step = Action.objects.get(for_whom="class")
        assert (step.doer_id, step.every_week) == (home.lotte, True)


def test_a_professional_proposes_and_the_family_takes_in(home, owner):
    plan = home.plan()
    school = browser(owner, home.lotte)
    words = {"domain": "school", "need": "", "aim": "Rustig lezen", "language": "nl"}
    assert school.post(f"/plans/{plan}/goals/new/", words).status_code == 302
    page = browser(owner, home.naima).get(f"/plans/{plan}/").content.decode()
    assert "Proposed for the plan" in page
    with viewer.acting(home.naima):
        goal = Goal.objects.get(state="proposed")
    assert school.post(f"/goals/{goal.pk}/take-in/").status_code == 403
    assert browser(owner, home.naima).post(f"/goals/{goal.pk}/take-in/").status_code == 302
    with viewer.acting(home.naima):
        assert Goal.objects.get(pk=goal.pk).state == "in the plan"


def test_a_grandmother_ticks_her_own_step_and_undoes_it(home, owner):
    home.plan()
    with viewer.acting(home.hanne) as me:
        step = add_action(Goal.objects.get(), Step("kookt woensdag mee", doer=home.fatna), by=me, at=AT)
    client = browser(owner, home.fatna)
    for _twice in (1, 2):
        assert client.post(f"/steps/{step.pk}/done/").status_code == 302
    with viewer.acting(home.fatna):
        assert (Action.objects.get(pk=step.pk).state, Action.objects.get(pk=step.pk).times_done) == (
            "done",
            1,
        )
    line = client.post(f"/steps/{step.pk}/not-done/", headers={"HX-Request": "true"}).content.decode()
    assert line.strip().startswith("<li")
    with viewer.acting(home.fatna):
        assert Action.objects.get(pk=step.pk).state == "open"
        other = Action.objects.get(what="belt de dansschool")
    assert client.post(f"/steps/{other.pk}/done/").status_code == 403


def test_who_did_a_step_tells_how_it_went(home, owner):
    plan = home.plan()
    with viewer.acting(home.samir):
        step = Action.objects.get(every_week=True)
    client = browser(owner, home.samir)
    assert "How did it go?" in client.get(f"/steps/{step.pk}/done/").content.decode()
    assert browser(owner, home.fatna).get(f"/steps/{step.pk}/done/").status_code == 403
    assert client.post(f"/steps/{step.pk}/done/", {"how_it_went": "x" * 2_001}).status_code == 422
    kept = client.post(f"/steps/{step.pk}/done/", {"how_it_went": "Ze lachte de hele weg"}, follow=True)
    assert "Kept. Your words stand under the step." in kept.content.decode()
    assert "It is done" not in client.get(f"/steps/{step.pk}/done/").content.decode(), "it was done before"
    assert "Ze lachte de hele weg" in browser(owner, home.naima).get(f"/plans/{plan}/").content.decode()


def test_the_plan_names_the_child_who_is_too_young_and_nobody_who_is_left_out(home, owner):
    plan, naima = agreed(home), browser(owner, home.naima)
    owner.execute("UPDATE wraparound_wish SET whose_id = %s", [home.yara])
    owner.execute("UPDATE wraparound_plan SET next_review_on = current_date - 1")
    page = naima.get(f"/plans/{plan}/").content.decode()
    assert "Yara is still too young to come in here." in page
    assert "it is time to look together" in page
    owner.execute(
        "UPDATE wraparound_wish SET whose_id = %s, circle_id = %s", [home.fatna, home.part_without_school()]
    )
    page = naima.get(f"/plans/{plan}/").content.decode()
    assert ("Ik wil vrijdag dansen." in page, "too young" in page) == (True, False)


def test_a_step_that_waits_cannot_be_ticked_and_the_page_says_so(home, owner):
    home.plan()
    with viewer.acting(home.naima):
        step = Action.objects.get(needs_authority=True)
    client = browser(owner, home.naima)
    answer = client.post(f"/steps/{step.pk}/done/", follow=True)
    assert "This step begins when everybody with authority has said yes." in answer.content.decode()


def test_an_offer_of_the_village_goes_with_a_step(home, owner):
    home.plan()
    offer = home.offer()
    with viewer.acting(home.naima):
        step = Action.objects.get(what="brengt haar vrijdag")
    client = browser(owner, home.naima)
    assert "Girlz Lounge" in client.get(f"/steps/{step.pk}/offer/?q=girlz").content.decode()
    part = client.get(f"/steps/{step.pk}/offer/?q=girlz", headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith("<ul")
    assert client.post(f"/steps/{step.pk}/offer/", {"offer": "no id"}).status_code == 404
    assert client.post(f"/steps/{step.pk}/offer/", {"offer": str(offer)}).status_code == 302
    with viewer.acting(home.naima):
        plan = Action.objects.select_related("goal").get(offer_id=offer).goal.plan_id
    assert "Girlz Lounge" in client.get(f"/plans/{plan}/").content.decode()


def test_a_family_without_a_plan_is_invited_to_begin_with_a_wish(home, owner):
    client = browser(owner, home.naima)
    address = f"/family/{home.family}/plan/"
    assert "There is no plan yet" in client.get(address).content.decode()
    assert re.fullmatch(r"/plans/[0-9a-f-]+/wish/", client.post(address).url)
    assert client.post(address).status_code == 302
    with viewer.acting(home.naima):
        assert Plan.objects.count() == 1
    assert "Begin with a wish" not in browser(owner, home.lotte).get(address, follow=True).content.decode()


def test_seeing_the_plan_as_the_teacher_shows_what_both_may_know(home, owner):
    plan, part = home.plan(), home.part_without_school()
    with viewer.acting(home.hanne) as me:
        goals.add_goal(
            Plan.objects.get(), GoalWords("feelings", "Iemand om mee te praten"), by=me, at=AT, circle_id=part
        )
    client = browser(owner, home.naima)
    page = client.get(f"/plans/{plan}/?as={home.lotte}").content.decode()
    assert "Op vrijdag dansen" in page
    assert "Iemand om mee te praten" not in page


def test_the_next_review_is_half_a_year_away(home, owner):
    from django.utils import timezone

    assert timezone.localdate() + timedelta(days=1)
    plan = home.plan()
    version = home.offered(plan)
    for person in (home.naima, home.samir, home.samira):
        client = browser(owner, person)
        assert client.post(f"/a/{version}/", {"answer": "yes"}).status_code == 302
    page = client.get(f"/plans/{plan}/").content.decode()
    assert "in force since" in page
    assert "we look together again" in page
