"""K4: a father left out since reads his goal and step as he wrote them; once others write in them, they are theirs."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from circle.furnished import LATER
from circle.test_a_version_of_hidden_words import OnlySamira, insert
from kring.trust import viewer
from kring.wraparound.models import Action, Approval, Goal, Meeting, Plan, Remark, Sheet, Version
from kring.wraparound.usecases import actions, approvals, goals, meetings, talking, versions
from kring.wraparound.usecases.goals import GoalWords

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
    on_none = insert(
        home.owner, "wraparound_remark", **on_it | {"object_id": uuid4(), "author_id": home.naima}
    )
    with viewer.acting(home.karim):
        assert {remark.pk for remark in Remark.objects.all()} == {own, on_goal, on_none}
    home.without(home.noor)
    with viewer.acting(home.noor):
        assert Approval.objects.exists(), "she asked for everybody's yes"
