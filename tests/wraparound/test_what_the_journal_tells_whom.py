"""A parent left out of a child reads in "who looked" nothing about that child: neither readings nor deeds (K4, K14)."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from circle.two_worlds import same_before_and_after
from kring.trust import viewer
from kring.trust.models import Circle, Entry
from kring.trust.usecases import looking
from kring.wraparound.models import (
    Action,
    Celebration,
    Decision,
    Goal,
    Meeting,
    Plan,
    Review,
    Version,
)
from kring.wraparound.usecases import (
    actions,
    approvals,
    celebrations,
    deciding,
    goals,
    meetings,
    plans,
    remarks,
    reviews,
    stories,
    talking,
)
from kring.wraparound.usecases.goals import GoalWords
from trust.unheard import unheard
from web.doorstep import browser
from wraparound.home import AT, LATER, Home
from wraparound.meeting_scene import THURSDAY, begun, called, decided

AGES = timedelta(days=400)


@pytest.fixture
def one_child(owner):
    """Samira is the only child, and her father is left out of her."""
    home = Home(owner, siblings=False)
    home.exclude(home.samira, home.samir)
    return home


def told(home, person):
    """What this person may read of the journal, without what they did themselves."""
    with viewer.acting(person):
        return {(entry.kind, entry.part or entry.deed) for entry in Entry.objects.exclude(person_id=person)}


def a_year_together(home):
    """Every deed of plan, meeting and review once."""
    version = home.offered()
    for person in (home.naima, home.samira):
        with viewer.acting(person) as me:
            approvals.approve(Version.objects.get(pk=version), language="nl", by=me, at=LATER)
    with viewer.acting(home.hanne) as me:
        review = reviews.open_review(Plan.objects.get(), by=me, at=LATER)
    with viewer.acting(home.samira) as me:
        view = reviews.OwnView({Goal.objects.get().pk: "well"}, helped="dansen", language="nl")
        reviews.prepare(Review.objects.get(pk=review.pk), view, by=me, at=LATER)
        now = timezone.now()
        told = celebrations.celebrate(
            Circle.objects.get(pk=home.circle), "Ze danst weer.", language="nl", by=me, at=now
        )
        celebrations.take_back(Celebration.objects.get(pk=told.pk), by=me, at=now)
    meeting = begun(home, called(home))
    with viewer.acting(home.naima) as me:
        found = Meeting.objects.get(pk=meeting)
        point = talking.add_point(found, "point", "hoe het gaat", language="nl", by=me, at=LATER)
        talking.take_away_point(point, by=me, at=LATER)
    decision = decided(home, meeting, "belt de dansschool", home.hanne, date(2026, 12, 1))
    moved = called(home, begins_at=THURSDAY + timedelta(days=3))
    with viewer.acting(home.hanne) as me:
        found = Meeting.objects.select_related("circle").get(pk=meeting)
        meetings.record_presence(found, [home.naima], by=me, at=LATER)
        remarks.remark("decision", decision, "liever later", language="nl", by=me, at=LATER)
        deciding.take_back(
            Decision.objects.select_related("meeting", "promise", "action").get(), by=me, at=LATER
        )
        talking.write_minutes(found, "Het was goed.", language="nl", by=me, at=LATER)
        meetings.end_meeting(found, by=me, at=LATER)
        other = Meeting.objects.get(pk=moved)
        meetings.move_meeting(other, THURSDAY + timedelta(days=4), "ziek", by=me, at=AT)
        meetings.cancel_meeting(other, "ziek", by=me, at=AT)
        stories.tell_story(home.circle, "Over Samira", language="nl", by=me, at=AT, about=home.samira)
        step = Action.objects.select_related("goal__plan").get(doer_id=home.hanne)
        actions.report_action_done(step, by=me, at=LATER)
        actions.undo_action_done(step, by=me, at=LATER)
        actions.drop_action(step, by=me, at=LATER)
        goal = Goal.objects.select_related("plan").get()
        goals.change_goal(goal, GoalWords("leisure", "Op vrijdag zingen"), by=me, at=LATER)
        goals.drop_goal(goal, by=me, at=LATER)
        for wish in goal.plan.wishes.all():
            plans.drop_wish(wish, by=me, at=LATER)
    with viewer.acting(home.naima) as me:
        decided_so = reviews.Decided("finish")
        reviews.settle(Review.objects.get(pk=review.pk), decided_so, by=me, at=LATER)


def test_who_is_left_out_of_the_only_child_reads_of_no_deed_and_no_reading_about_it(one_child):
    a_year_together(one_child)
    assert told(one_child, one_child.samir) == set()
    known = {what for _kind, what in told(one_child, one_child.fatna)}
    assert {
        "meeting",
        "review",
        "plan",
        "plan closed",
        "meeting called",
        "decided",
        "said how it goes",
    } <= known


def test_the_page_of_who_looked_is_the_same_whether_others_met_or_not(one_child, owner):
    samir = browser(owner, one_child.samir)
    address = f"/family/{one_child.family}/who-looked/"
    lotte = browser(owner, one_child.lotte)

    def others_read():
        meeting = called(one_child)
        assert lotte.get(f"/meetings/{meeting}/").status_code == 200

    assert same_before_and_after(samir, [address], others_read) == {}
    assert "a meeting" in browser(owner, one_child.naima).get(address).content.decode()


def test_a_line_written_before_pages_had_narrower_names_tells_of_no_second_home(one_child, owner):
    samir, lotte = browser(owner, one_child.samir), browser(owner, one_child.lotte)
    lotte.get(f"/family/{one_child.family}/")
    with unheard(owner):
        owner.execute("UPDATE trust_entry SET part = 'home' WHERE person_id = %s", [one_child.lotte])
    page = samir.get(f"/family/{one_child.family}/who-looked/").content.decode()
    assert "the page of the circle" in page
    assert "the address of a home" not in page


def test_with_two_children_a_reading_is_written_once_for_each_it_was_about(home):
    home.exclude(home.samira, home.samir)
    plan = home.plan()
    with viewer.acting(home.naima) as me:
        row = Plan.objects.get(pk=plan)
        goals.add_goal(row, GoalWords("home", "Samen eten"), by=me, at=AT)
        goals.add_goal(row, GoalWords("school", "Rustig slapen"), by=me, at=AT, child=home.samira)
    with viewer.acting(home.lotte, page="plan", at=LATER):
        assert len(Goal.objects.all()) == 3
    with viewer.acting(home.naima):
        reads = Entry.objects.filter(kind="read", person_id=home.lotte, at=LATER)
        assert {entry.about_id for entry in reads} == {None, home.samira}
    with viewer.acting(home.samir):
        assert {entry.about_id for entry in Entry.objects.filter(person_id=home.lotte)} == {None}
    for person in (home.naima, home.samir):
        with viewer.acting(person) as me:
            looks = looking.who_looked(home.family, by=me, since=AT - AGES, until=LATER + AGES)
            lottes = [look for look in looks if look.person_id == home.lotte and look.kind == "read"]
            assert [look.times for look in lottes] == [1], "one page is one line"


def test_a_name_is_told_only_where_a_reading_is(one_child, owner):
    """Asked straight of the database too: Tom read only of Samira, so her father learns no name."""
    seat = one_child.seat(
        one_child.circle, one_child.tom, role="professional", job_id=one_child.jobs[one_child.tom]
    )
    meeting = called(one_child)
    with viewer.acting(one_child.tom):
        assert Meeting.objects.get(pk=meeting)
    owner.execute("UPDATE trust_seat SET until = now() WHERE id = %s", [seat])
    for person, expected in ((one_child.samir, {}), (one_child.naima, {one_child.tom: "Tom"})):
        with viewer.acting(person):
            assert looking.names_of([one_child.circle], [one_child.tom]) == expected
