"""All look at the plan together: who prepares, who may know it, how it ends, and what that does (W13)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from kring.trust import viewer
from kring.trust.models import Entry
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import showing
from kring.wraparound import rules
from kring.wraparound.models import Action, Goal, GoalFace, Plan, Preparation, Review
from kring.wraparound.usecases import approvals, goals, plans, reviews, versions
from kring.wraparound.usecases.goals import GoalWords
from kring.wraparound.usecases.reviews import Decided, OwnView
from wraparound.home import LATER, Home

SOON = LATER + timedelta(days=30)


def agreed(home: Home):
    """A plan to which everybody said yes."""
    version = home.offered()
    for person in (home.naima, home.samir, home.samira):
        with viewer.acting(person) as me:
            approvals.approve(versions.Version.objects.get(pk=version), language="nl", by=me, at=LATER)
    with viewer.acting(home.hanne):
        return Plan.objects.get().pk


def opened(home: Home):
    """A review for which people prepare."""
    plan = agreed(home)
    with viewer.acting(home.hanne) as me:
        return reviews.open_review(Plan.objects.get(pk=plan), by=me, at=SOON).pk


def prepared(home: Home, review, who, face="well", **words):
    """Somebody gives the first goal they know a face."""
    with viewer.acting(who) as me:
        view = OwnView({goal: face for goal in Goal.objects.ids()}, **words)
        return reviews.prepare(Review.objects.get(pk=review), view, by=me, at=SOON).pk


def settled(home: Home, review, who, *decided, at=SOON):
    with viewer.acting(who) as me:
        return reviews.settle(Review.objects.get(pk=review), Decided(*decided), by=me, at=at)


@pytest.mark.parametrize(
    ("day", "may"),
    [
        (date(2026, 3, 2), False),
        (date(2026, 3, 3), True),
        (date(2026, 9, 2), True),
        (date(2026, 9, 3), False),
    ],
)
def test_the_next_time_is_within_six_months(day, may):
    assert rules.may_look_again_on(day, date(2026, 3, 2)) is may


def test_family_and_coordinator_open_a_review_and_asked_twice_it_is_one(home):
    review = opened(home)
    with viewer.acting(home.samira) as me:
        assert reviews.open_review(Plan.objects.get(), by=me, at=SOON).pk == review
        assert Entry.objects.filter(deed="review opened").count() == 1


@pytest.mark.parametrize("who", ["fatna", "lotte"])
def test_others_of_the_circle_do_not_open_one(home, who):
    agreed(home)
    with viewer.acting(getattr(home, who)) as me:
        with pytest.raises(NotAllowed):
            reviews.open_review(Plan.objects.get(), by=me, at=SOON)
        plan = Plan.objects.get()
        with pytest.raises(DatabaseError, match="not_yours_to_decide"), transaction.atomic():
            Review.objects.create(plan=plan, circle_id=plan.circle_id, author_id=me.person_id, at=SOON)


def test_before_everybodys_yes_there_is_nothing_to_look_at_together(home):
    home.plan()
    with viewer.acting(home.hanne) as me, pytest.raises(reviews.NothingWasAgreed):
        reviews.open_review(Plan.objects.get(), by=me, at=SOON)


@pytest.mark.parametrize("who", ["naima", "samir", "samira", "fatna", "lotte", "hanne"])
def test_everybody_of_the_circle_says_how_it_goes_and_may_say_it_anew(home, who):
    review, person = opened(home), getattr(home, who)
    prepared(home, review, person, "heavy", helped="oma", wish="rust", language="nl")
    prepared(home, review, person, "so-so", helped="oma en de juf", language="nl")
    with viewer.acting(home.naima):
        view, face = Preparation.objects.get(), GoalFace.objects.get()
        assert (view.helped, view.wish, face.face) == ("oma en de juf", "", "so-so")
        assert view.author_id == face.author_id == person


def test_nobody_speaks_for_somebody_else(home):
    review = opened(home)
    prepared(home, review, home.fatna, "well", helped="samen koken")
    with viewer.acting(home.hanne):
        with pytest.raises(DatabaseError, match="not_yours_to_decide"), transaction.atomic():
            Preparation.objects.update(helped="niets")
        with pytest.raises(DatabaseError, match="not_yours_to_decide"), transaction.atomic():
            GoalFace.objects.update(face="heavy")
        with pytest.raises(DatabaseError, match="never_changes"), transaction.atomic():
            Preparation.objects.all().delete()


def test_a_goal_that_school_may_not_know_has_no_face_for_school(home):
    part = home.part_without_school()
    review = opened(home)
    with viewer.acting(home.hanne) as me:
        goals.add_goal(Plan.objects.get(), GoalWords("feelings", "Praten"), by=me, at=SOON, circle_id=part)
    prepared(home, review, home.naima)
    prepared(home, review, home.lotte)
    with viewer.acting(home.lotte):
        assert GoalFace.objects.filter(author_id=home.naima).count() == 1
        assert GoalFace.objects.count() == 2
    with viewer.acting(home.naima):
        assert GoalFace.objects.filter(author_id=home.naima).count() == 2


def test_faces_go_along_when_a_goal_is_shown_to_fewer(home):
    review, part = opened(home), home.part_without_school()
    prepared(home, review, home.naima, "heavy")
    with viewer.acting(home.naima):
        goal = Goal.objects.get()
        goal.circle_id = part
        goal.save(update_fields=["circle"])
    with viewer.acting(home.lotte):
        assert not GoalFace.objects.exists()
    with viewer.acting(home.samira):
        assert GoalFace.objects.get().face == "heavy"


def test_the_face_of_a_child_stands_in_nobodys_way_when_a_goal_is_shown_to_fewer(home):
    review = opened(home)
    prepared(home, review, home.samira, "heavy")
    prepared(home, review, home.naima, "so-so")
    with viewer.acting(home.naima) as me:
        wanted = {home.naima, home.hanne}
        showing.show_to([Goal.objects.get()], wanted, family_id=home.family, by=me, at=timezone.now())
    with viewer.acting(home.hanne):
        assert [row.face for row in GoalFace.objects.all()] == ["so-so"]
    with viewer.acting(home.samira):
        assert not GoalFace.objects.exists()


def test_what_a_child_says_is_not_read_by_whom_the_child_leaves_out(home):
    review = opened(home)
    prepared(home, review, home.samira, "heavy", helped="dansen")
    prepared(home, review, home.naima, "well", helped="de tolk")
    home.exclude(home.samira, home.samir)
    with viewer.acting(home.samir):
        assert [row.helped for row in Preparation.objects.all()] == ["de tolk"]
        assert {row.author_id for row in GoalFace.objects.all()} <= {home.naima}


@pytest.mark.parametrize("who", ["tom"])
def test_a_stranger_knows_of_no_review(home, who):
    prepared(home, opened(home), home.naima)
    with viewer.acting(getattr(home, who)):
        assert not Review.objects.exists()
        assert not Preparation.objects.exists()
        assert not GoalFace.objects.exists()


def test_the_family_goes_on_and_looks_again_within_six_months(home):
    review = opened(home)
    settled(home, review, home.naima, "go on", None, date(2026, 9, 1))
    with viewer.acting(home.hanne):
        plan, row = Plan.objects.get(), Review.objects.get()
        assert (plan.stage, plan.next_review_on) == ("in force", date(2026, 9, 1))
        assert (row.outcome, row.word_of_id, row.runs) == ("go on", home.naima, False)
        assert Entry.objects.filter(deed="review: we go on", about_id=home.naima).exists()


@pytest.mark.parametrize("day", [None, date(2026, 4, 2), date(2026, 10, 3)])
def test_without_a_day_within_six_months_nothing_is_decided(home, day):
    review = opened(home)
    with pytest.raises(reviews.LooksAgainWithinSixMonths):
        settled(home, review, home.naima, "go on", None, day)
    with viewer.acting(home.naima) as me:
        with pytest.raises(DatabaseError, match="review_within_six_months"), transaction.atomic():
            _ask_the_database(review, "go on", day, me.person_id)
        assert Review.objects.get().runs


def _ask_the_database(review, outcome, day, whose):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.settle_review(%s, %s, %s, %s, %s)", [review, outcome, day, whose, SOON])


def test_the_coordinator_writes_down_on_whose_word(home):
    review = opened(home)
    with pytest.raises(reviews.NobodysWord):
        settled(home, review, home.hanne, "finish")
    for not_family in (home.hanne, home.lotte, home.tom):
        with pytest.raises(DatabaseError, match="ends_by_the_familys_word"):
            settled(home, review, home.hanne, "finish", not_family)
    assert settled(home, review, home.hanne, "finish", home.samira).word_of_id == home.samira


def test_a_parent_decides_by_their_own_word_only(home):
    review = opened(home)
    assert settled(home, review, home.naima, "adjust", home.samir).word_of_id == home.naima


@pytest.mark.parametrize("who", ["fatna", "lotte"])
def test_others_of_the_circle_decide_nothing(home, who):
    review = opened(home)
    with pytest.raises(NotAllowed):
        settled(home, review, getattr(home, who), "finish", home.naima)
    with (
        viewer.acting(getattr(home, who)),
        pytest.raises(DatabaseError, match="not_yours_to_decide"),
        transaction.atomic(),
    ):
        _ask_the_database(review, "finish", None, home.naima)


def test_a_plan_that_is_changed_is_offered_again_and_in_force_until_then(home):
    review = opened(home)
    settled(home, review, home.hanne, "adjust", home.naima)
    with viewer.acting(home.hanne) as me:
        plan = Plan.objects.get()
        assert (plan.stage, plan.next_review_on) == ("written", date(2026, 10, 2))
        assert plan.versions.filter(stage="in force").exists()
        plans.write_wish(plan, "Meer rust", language="nl", by=me, at=SOON)
        again = versions.offer_for_approval(plan, by=me, at=SOON)
    for person in (home.naima, home.samir, home.samira):
        with viewer.acting(person) as me:
            approvals.approve(again, language="nl", by=me, at=SOON)
    with viewer.acting(home.hanne):
        assert Plan.objects.get().stage == "in force"


def test_done_for_now_closes_the_plan_and_lets_every_step_rest(home):
    part = home.part_without_school()
    review = opened(home)
    with viewer.acting(home.naima) as me:
        goals.add_goal(Plan.objects.get(), GoalWords("feelings", "Praten"), by=me, at=SOON, circle_id=part)
    settled(home, review, home.samir, "finish")
    with viewer.acting(home.naima) as me:
        plan = Plan.objects.get()
        assert (plan.stage, plan.next_review_on, plan.closed_at) == ("closed", None, SOON)
        assert {row.state for row in Action.objects.all()} == {"not now"}
        assert me.seat_in(home.circle) is not None, "the circle stays with the family"
        assert Entry.objects.filter(deed="plan closed").exists()
        with pytest.raises(plans.PlanIsClosed):
            plans.write_wish(plan, "Nog iets", language="nl", by=me, at=SOON)
        begun = plans.start_plan(plan.circle, by=me, at=SOON)
        assert begun.pk != plan.pk, "the door stays open"


def test_the_database_refuses_what_only_the_familys_word_does(home):
    review = opened(home)
    with viewer.acting(home.hanne):
        for change in ({"stage": "closed", "closed_at": SOON}, {"next_review_on": date(2030, 1, 1)}):
            with pytest.raises(DatabaseError, match="ends_by_the_familys_word"), transaction.atomic():
                Plan.objects.update(**change)
        facts = {"outcome": "finish", "settled_at": SOON, "word_of_id": home.naima}
        with pytest.raises(DatabaseError, match="ends_by_the_familys_word"), transaction.atomic():
            Review.objects.filter(pk=review).update(**facts)
        with pytest.raises(DatabaseError, match="never_changes"), transaction.atomic():
            Review.objects.filter(pk=review).delete()


def test_what_was_said_stays_when_the_review_is_over(home):
    review = opened(home)
    prepared(home, review, home.naima, "well", helped="de tolk")
    settled(home, review, home.naima, "adjust")
    with pytest.raises(reviews.ReviewIsOver):
        prepared(home, review, home.naima, "heavy")
    with pytest.raises(reviews.ReviewIsOver):
        settled(home, review, home.naima, "finish")
    with (
        viewer.acting(home.naima),
        pytest.raises(DatabaseError, match="review_is_over"),
        transaction.atomic(),
    ):
        Preparation.objects.update(helped="anders")


def test_a_closed_plan_stays_closed_and_takes_nothing_new(home, owner):
    settled(home, opened(home), home.naima, "finish")
    with pytest.raises(Exception, match="plan_is_closed"):
        owner.execute("UPDATE wraparound_plan SET stage = 'written', closed_at = NULL")
    with viewer.acting(home.naima) as me:
        plan = Plan.objects.get()
        with pytest.raises(DatabaseError, match="plan_is_closed"), transaction.atomic():
            Goal.objects.create(plan=plan, circle_id=plan.circle_id, domain="home", aim="x", language="nl",
                                author_id=me.person_id, at=SOON, taken_in_at=SOON)  # fmt: skip


def test_a_review_of_a_day_to_come_is_not_decided_yet(home):
    review, tomorrow = opened(home), timezone.now() + timedelta(days=1)
    with pytest.raises(DatabaseError, match="not_yet"):
        settled(home, review, home.naima, "finish", at=tomorrow)


def test_the_moment_of_the_tests_is_past():
    assert datetime.now(UTC) > SOON


def test_what_a_child_said_stays_about_that_child_by_hand_made_sql_too(home):
    review = opened(home)
    prepared(home, review, home.samira, helped="dansen")
    with viewer.acting(home.hanne):
        for rows in (Preparation.objects.all(), GoalFace.objects.all()):
            with pytest.raises(DatabaseError, match="stays_as_written"), transaction.atomic():
                rows.update(subject_id=None)


def test_however_many_goals_the_faces_take_three_statements(home, django_assert_max_num_queries):
    review = opened(home)
    with viewer.acting(home.naima) as me:
        for number in range(6):
            goals.add_goal(Plan.objects.get(), GoalWords("home", f"nr {number}"), by=me, at=SOON)
        found, view = Review.objects.get(pk=review), OwnView(dict.fromkeys(Goal.objects.ids(), "well"))
        with django_assert_max_num_queries(10):
            reviews.prepare(found, view, by=me, at=SOON)
        again = OwnView(dict.fromkeys(view.faces, "heavy"), helped="samen eten")
        with django_assert_max_num_queries(10):
            reviews.prepare(found, again, by=me, at=SOON)
        assert {row.face for row in GoalFace.objects.all()} == {"heavy"}
