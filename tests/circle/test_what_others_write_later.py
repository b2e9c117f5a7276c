"""K4: a father left out since reads his goal and step as he wrote them; once others write in them, they are no words of his."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection

from circle.furnished import LATER
from circle.test_a_version_of_hidden_words import OnlySamira, insert
from kring.trust import viewer
from kring.trust.models import Person
from kring.trust.usecases import links
from kring.wraparound.models import Action, Approval, Goal, Meeting, NotRight, Plan, Remark, Sheet, Version
from kring.wraparound.usecases import (
    actions,
    approvals,
    correcting,
    goals,
    meetings,
    reviews,
    talking,
    versions,
)
from kring.wraparound.usecases.goals import GoalWords
from trust.by_hand import tried
from trust.unheard import unheard

SECRET = "She goes to the school of her aunt now"


@pytest.fixture
def home(owner: psycopg.Connection) -> OnlySamira:
    """The family; Karim wrote a goal about Samira and a step, and called a meeting about her, before she left him out."""
    home = OnlySamira(owner)
    with viewer.acting(home.karim) as me:
        goal = goals.add_goal(
            Plan.objects.get(), GoalWords("home", "his aim"), by=me, at=LATER, child=home.samira
        )
        home.goal_of_his = goal.pk
        home.step_of_his = actions.add_action(goal, actions.Step("we read", home.naima), by=me, at=LATER).pk
    home.meeting_of_his = insert(
        owner, "wraparound_meeting", family_id=home.family, circle_id=home.circle, subject_id=home.samira,
        author_id=home.karim, at=LATER, begins_at=datetime.now(UTC) + timedelta(days=3), place="at his", purpose="",
        language="en", interpreter="", moved_because="", moves=0, cancelled_because="", minutes="", minutes_language="",
    )  # fmt: skip
    home.without(home.karim)
    return home


def reads(home: OnlySamira, who: UUID) -> tuple[bool, bool, bool]:
    """Whether somebody reads the goal, the step and the meeting."""
    with viewer.acting(who):
        return (
            Goal.objects.filter(pk=home.goal_of_his).exists(),
            Action.objects.filter(pk=home.step_of_his).exists(),
            Meeting.objects.filter(pk=home.meeting_of_his).exists(),
        )


def test_what_he_wrote_himself_he_reads_and_changes(home):
    assert reads(home, home.karim) == (True, True, True)
    with viewer.acting(home.karim) as me:
        goals.change_goal(Goal.objects.get(pk=home.goal_of_his), GoalWords("home", "mine"), by=me, at=LATER)
    assert reads(home, home.karim) == (True, True, True)
    assert b"mine" in home.browser(home.karim).get(f"/plans/{home.plan}/").content


def test_what_others_write_in_it_he_reads_on_no_page(home):
    with viewer.acting(home.naima) as me:
        step = Action.objects.select_related("goal__plan").get(pk=home.step_of_his)
        actions.report_action_done(step, by=me, at=LATER, how_it_went=SECRET)
    assert reads(home, home.karim) == (True, False, True)
    with viewer.acting(home.noor) as me:
        goals.change_goal(Goal.objects.get(pk=home.goal_of_his), GoalWords("home", SECRET), by=me, at=LATER)
        meeting = Meeting.objects.get(pk=home.meeting_of_his)
        begun = meetings.begin_meeting(meeting, by=me, at=LATER)
    assert reads(home, home.karim) == (False, False, True)
    with viewer.acting(home.noor) as me:
        talking.write_minutes(begun, SECRET, language="en", by=me, at=LATER)
    assert reads(home, home.karim) == (False, False, False)
    for who in (home.naima, home.samira, home.noor, home.aunt):
        assert reads(home, who) == (True, True, True)
    his, hers = home.browser(home.karim), home.browser(home.naima)
    for page in (
        f"/plans/{home.plan}/",
        f"/family/{home.family}/",
        f"/meetings/{home.meeting_of_his}/",
        "/today/",
    ):
        assert SECRET.encode() not in his.get(page, follow=True).content
    assert SECRET.encode() in hers.get(f"/plans/{home.plan}/").content
    assert his.get(f"/meetings/{home.meeting_of_his}/").status_code == 404


def test_a_page_that_was_opened_before_does_not_give_it_back(home):
    with viewer.acting(home.naima):
        opened = Action.objects.select_related("goal__plan").get(pk=home.step_of_his)
    with viewer.acting(home.noor) as me:
        step = Action.objects.select_related("goal__plan").get(pk=home.step_of_his)
        actions.change_action(step, actions.Step(SECRET, home.naima), by=me, at=LATER)
    with viewer.acting(home.naima) as me:
        actions.change_action(opened, actions.Step(f"{SECRET}!", home.naima), by=me, at=LATER)
    assert reads(home, home.karim) == (True, False, True)


def test_nobody_makes_themselves_the_author_by_hand(home):
    for table in ("goal", "action", "wish"):
        tried(home.aunt, f"UPDATE wraparound_{table} SET author_id = %s", home.aunt)
        with viewer.acting(home.aunt), connection.cursor() as cursor:
            cursor.execute(f"UPDATE wraparound_{table} SET author_id = %s", [home.aunt])
    home.without(home.aunt)
    assert reads(home, home.aunt) == (False, False, False)


def test_whoever_closes_a_plan_of_which_they_may_not_know_all_knows_no_more_of_it(home):
    """Noor is left out too: what ends with the plan ends without her reading it."""
    with viewer.acting(home.naima) as me:
        goals.add_goal(Plan.objects.get(), GoalWords("home", "of us all"), by=me, at=LATER)
    home.without(home.noor)
    home.agree(home.offer())
    with viewer.acting(home.noor) as me:
        review = reviews.open_review(Plan.objects.get(), by=me, at=LATER)
        reviews.settle(review, reviews.Decided("finish", word_of=home.naima), by=me, at=datetime.now(UTC))
    ended = home.owner.execute("SELECT state FROM wraparound_action WHERE id = %s", [home.step_of_his])
    assert ended.fetchone() == ("not now",)
    assert reads(home, home.noor) == (False, False, False)


def test_whoever_does_a_step_hears_nothing_that_was_said_to_who_answers_for_it(home):
    home.owner.execute(
        "UPDATE wraparound_action SET doer_id = %s WHERE id = %s", [home.aunt, home.step_of_his]
    )
    with viewer.acting(home.samira) as me:
        correcting.say("action", home.step_of_his, "not so", language="en", by=me, at=LATER)
    with viewer.acting(home.aunt) as me:
        step = Action.objects.select_related("goal__plan").get(pk=home.step_of_his)
        actions.report_action_done(step, by=me, at=LATER)
        assert not NotRight.objects.exists()
    with viewer.acting(home.noor):
        assert NotRight.objects.exists()


@pytest.mark.parametrize("before", [True, False])
def test_a_link_opens_no_version_of_which_silence_hides_every_word(home, before):
    home.owner.execute("UPDATE wraparound_goal SET author_id = %s", [home.naima])
    home.owner.execute("UPDATE wraparound_action SET author_id = %s", [home.naima])
    if before:
        home.owner.execute("DELETE FROM trust_exclusion")
    version = home.offer()
    with viewer.acting(home.naima) as me:
        row = Version.objects.get(pk=version)
        approvals.ask_for_change(row, words="I want more", language="en", by=me, at=LATER)
        facts = {"circle_id": row.circle_id, "author_id": me.person_id, "at": LATER, "plan_id": home.plan}
        Remark.objects.create(on="version", object_id=version, words="otherwise", language="en", **facts)
    with viewer.acting(home.noor) as me:
        links.make(Person.objects.get(pk=home.karim), "approve", version, by=me, at=datetime.now(UTC))
    for told in (True, False) if before else (False,):
        with viewer.acting(home.karim, page="approval", scope=version):
            assert [model.objects.exists() for model in (Version, Approval, Remark)] == [told] * 3
        home.without(home.karim)


def test_nor_is_it_theirs_when_their_work_wakes(home):
    """What was written while her work slept is not hers when Samira leaves her out before it wakes."""
    with viewer.acting(home.noor) as me:
        goal = goals.add_goal(
            Plan.objects.get(), GoalWords("home", "hers"), by=me, at=LATER, child=home.samira
        )
    asleep = "UPDATE trust_agreement SET until = now() - interval '1 second' WHERE organisation_id = (SELECT organisation_id FROM trust_job WHERE person_id = %s)"
    home.owner.execute(asleep, [home.noor])
    with viewer.acting(home.naima) as me:
        goals.change_goal(Goal.objects.get(pk=goal.pk), GoalWords("home", SECRET), by=me, at=LATER)
    home.without(home.noor, since=datetime.now(UTC) - timedelta(seconds=1))
    home.owner.execute("UPDATE trust_agreement SET until = NULL")
    with viewer.acting(home.noor):
        assert Plan.objects.exists()
        assert not Goal.objects.filter(pk=goal.pk).exists()


def test_nor_when_it_comes_back_from_where_they_did_not_sit(home):
    home.owner.execute("DELETE FROM trust_exclusion")
    part = insert(
        home.owner, "trust_circle", village_id=home.village, family_id=home.family, kind="part", name="us",
        safety=False, secrecy=False, opened_at=LATER,
    )  # fmt: skip
    for who, role, ground in ((home.naima, "guardian", "guardian"), (home.samira, "child", "own choice")):
        home.seat(part, who, role=role, ground=ground)
    with viewer.acting(home.naima) as me:
        Goal.objects.filter(pk=home.goal_of_his).update(circle_id=part)
        goals.change_goal(Goal.objects.get(pk=home.goal_of_his), GoalWords("home", SECRET), by=me, at=LATER)
    home.without(home.karim)
    with viewer.acting(home.samira):
        Goal.objects.filter(pk=home.goal_of_his).update(circle_id=home.circle)
    assert not reads(home, home.karim)[0]


def test_who_wrote_first_is_invented_by_nobody(home):
    row = {
        "plan_id": home.plan,
        "circle_id": home.circle,
        "author_id": home.karim,
        "at": LATER,
        "domain": "home",
    }
    words = {"need": "", "aim": "x", "language": "en", "position": 0, "state": "proposed"}
    named = row | words | {"first_author_id": home.noor, "id": uuid4()}
    with viewer.acting(home.karim), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO wraparound_goal ({', '.join(named)}) VALUES ({', '.join(['%s'] * len(named))})", [*named.values()]
        )  # fmt: skip
    told = home.owner.execute("SELECT first_author_id FROM wraparound_goal WHERE id = %s", [named["id"]])
    assert told.fetchone() == (None,)


def test_of_a_version_not_told_nothing_that_lies_beside_it_is_there(home):
    """Nor by hand: what somebody answered, the sheet they sign, what they say beside it. One's own stays."""
    home.owner.execute(
        "UPDATE wraparound_goal SET author_id = %s WHERE author_id = %s", [home.naima, home.karim]
    )
    home.owner.execute(
        "UPDATE wraparound_action SET author_id = %s WHERE author_id = %s", [home.naima, home.karim]
    )
    version = home.offer()
    with viewer.acting(home.noor) as me:
        versions.make_sheet(Version.objects.get(pk=version), home.samira, by=me, at=LATER)
    with viewer.acting(home.naima) as me:
        row = Version.objects.get(pk=version)
        approvals.ask_for_change(row, words="I want more", language="en", by=me, at=LATER)
        facts = {"circle_id": row.circle_id, "author_id": me.person_id, "at": LATER, "plan_id": home.plan}
        Remark.objects.create(
            on="version", object_id=version, words="I see it otherwise", language="en", **facts
        )
    for who, there in (
        (home.karim, False), (home.naima, True), (home.noor, True), (home.aunt, True),
    ):  # fmt: skip
        with viewer.acting(who):
            found = [model.objects.exists() for model in (Version, Sheet, Approval, Remark)]
        assert found == [there] * 4, who
    row = {
        "circle_id": home.circle,
        "author_id": home.karim,
        "at": LATER,
        "plan_id": home.plan,
        "language": "en",
    }
    on_it = row | {'"on"': "version", "object_id": version, "words": "his own"}
    own = insert(home.owner, "wraparound_remark", **on_it)
    on_goal = insert(home.owner, "wraparound_remark", **on_it | {'"on"': "goal", "author_id": home.naima})
    insert(home.owner, "wraparound_remark", **on_it | {"object_id": uuid4(), "author_id": home.naima})
    on_paper = {"circle_id": home.circle, "author_id": home.karim, "at": LATER, "version_id": version}
    sheet = insert(home.owner, "wraparound_sheet", person_id=home.karim, code="K", **on_paper)
    said = {
        "person_id": home.karim,
        "answer": "yes",
        "words": "",
        "language": "en",
        "how": "paper",
        "interpreter": "",
    }
    with unheard(home.owner):
        yes = insert(
            home.owner, "wraparound_approval", said_on=LATER.date(), sheet_id=sheet, **said | on_paper
        )
    with viewer.acting(home.karim):
        assert {remark.pk for remark in Remark.objects.all()} == {own, on_goal}
        assert [row.pk for model in (Sheet, Approval) for row in model.objects.all()] == [sheet, yes]
    home.owner.execute("DELETE FROM wraparound_approval WHERE id = %s", [yes])
    home.without(home.noor)
    with viewer.acting(home.noor):
        assert Approval.objects.exists(), "she asked for everybody's yes"
    about = {"circle_id": home.circle, "at": LATER, "plan_id": home.plan, "author_id": home.karim}
    over = about | {"number": 9, "stage": "replaced", "caring": "{}", "replaced_at": LATER}
    his = insert(home.owner, "wraparound_version", **over)
    on_his = on_paper | {"author_id": home.noor, "person_id": home.naima, "version_id": his}
    of_hers = insert(home.owner, "wraparound_sheet", code="N", **on_his)
    with viewer.acting(home.karim):
        assert {row.pk for row in Sheet.objects.all()} == {sheet, of_hers}
        assert [version.number for version in Version.objects.all()] == [9]
        assert not Approval.objects.exists()


def test_a_version_of_which_no_word_is_left_hides_nothing(home):
    """Its words were forgotten with whoever they were about."""
    row = {"circle_id": home.circle, "at": LATER, "plan_id": home.plan, "author_id": home.naima}
    over = row | {"number": 9, "stage": "replaced", "caring": "{}", "replaced_at": LATER}
    insert(home.owner, "wraparound_version", **over)
    with viewer.acting(home.karim):
        assert Version.objects.exists()
