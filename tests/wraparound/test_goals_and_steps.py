"""W3, W4, W18: who writes, proposes, does and reports in a plan; each rule asked of the use cases themselves."""

from datetime import timedelta

import pytest
from django.db import DatabaseError

from kring.trust import viewer
from kring.trust.models import Circle, Entry
from kring.trust.permissions import NotAllowed
from kring.wraparound.models import Action, Goal, Plan, Story, Wish
from kring.wraparound.usecases import actions, goals, plans, stories
from kring.wraparound.usecases.actions import Step
from kring.wraparound.usecases.goals import GoalWords
from wraparound.home import AT

WORDS = GoalWords("friends", "Een vriendin thuis", "", "nl")


def test_a_family_has_one_plan(home):
    home.plan()
    with viewer.acting(home.naima) as me, pytest.raises(plans.FamilyHasAPlan):
        plans.start_plan(Circle.objects.get(pk=home.circle), by=me, at=AT)
    with pytest.raises(DatabaseError, match="one_open_plan_per_family"), viewer.acting(home.naima) as me:
        Plan.objects.create(circle_id=home.circle, family_id=home.family, author_id=me.person_id, at=AT)


@pytest.mark.parametrize("who", ["fatna", "lotte"])
def test_only_the_family_and_its_coordinator_begin_a_plan_and_write_wishes(home, who):
    with viewer.acting(getattr(home, who)) as me, pytest.raises(NotAllowed):
        plans.start_plan(Circle.objects.get(pk=home.circle), by=me, at=AT)
    plan = home.plan()
    with viewer.acting(getattr(home, who)) as me, pytest.raises(NotAllowed):
        plans.write_wish(Plan.objects.get(pk=plan), "x", language="nl", by=me, at=AT)


def test_a_childs_wish_is_about_the_child_and_the_familys_about_nobody(home):
    home.plan()
    with viewer.acting(home.naima) as me:
        ours = plans.write_wish(Plan.objects.get(), "Samen eten", language="nl", by=me, at=AT)
        assert ours.subject_id is None
        assert Wish.objects.get(whose_id=home.samira).subject_id == home.samira


def test_with_one_child_everything_is_about_that_child(owner):
    from wraparound.home import Home

    home = Home(owner, siblings=False)
    home.plan()
    with viewer.acting(home.naima):
        assert {
            row.subject_id for row in (*Goal.objects.all(), *Action.objects.all(), Plan.objects.get())
        } == {home.samira}


def test_the_grandmother_does_not_propose_and_the_teacher_does(home):
    home.plan()
    with viewer.acting(home.fatna) as me, pytest.raises(NotAllowed):
        goals.propose_goal(Plan.objects.get(), WORDS, by=me, at=AT)
    with viewer.acting(home.lotte) as me:
        proposed = goals.propose_goal(Plan.objects.get(), WORDS, by=me, at=AT)
        assert proposed.state == "proposed"
        goals.change_goal(proposed, GoalWords("school", "Rustig lezen"), by=me, at=AT)
        with pytest.raises(NotAllowed):
            goals.take_in(proposed, by=me, at=AT)
        with pytest.raises(NotAllowed):
            goals.change_goal(Goal.objects.get(state="in the plan"), WORDS, by=me, at=AT)
    with viewer.acting(home.samira) as me:
        taken = goals.take_in(Goal.objects.get(state="proposed"), by=me, at=AT)
        assert (taken.state, taken.taken_in_by_id) == ("in the plan", home.samira)
        assert goals.take_in(taken, by=me, at=AT).taken_in_at == AT


def test_child_and_family_say_what_comes_first(home):
    home.plan()
    with viewer.acting(home.naima) as me:
        second = goals.add_goal(Plan.objects.get(), WORDS, by=me, at=AT)
        goals.move_goal(second, "up", by=me, at=AT)
        goals.move_goal(Goal.objects.get(pk=second.pk), "up", by=me, at=AT)
        assert [goal.aim for goal in Goal.objects.all().in_order()] == [
            "Een vriendin thuis",
            "Op vrijdag dansen",
        ]


def test_an_unknown_part_of_life_is_refused(home):
    home.plan()
    with viewer.acting(home.naima) as me, pytest.raises(goals.NoSuchPartOfLife):
        goals.add_goal(Plan.objects.get(), GoalWords("sins", "x"), by=me, at=AT)


def test_somebody_does_every_step(home):
    home.plan()
    with viewer.acting(home.naima) as me, pytest.raises(actions.NobodyDoesIt):
        actions.add_action(Goal.objects.get(), Step("kookt"), by=me, at=AT)


def test_a_teacher_writes_what_she_does_herself_and_not_for_others(home):
    home.plan()
    with viewer.acting(home.lotte) as me:
        own = actions.add_action(
            Goal.objects.get(), Step("vraagt elke maandag", doer=home.lotte), by=me, at=AT
        )
        with pytest.raises(NotAllowed):
            actions.add_action(Goal.objects.get(), Step("kookt", doer=home.fatna), by=me, at=AT)
        with pytest.raises(NotAllowed):
            actions.change_action(own, Step("kookt", doer=home.fatna), by=me, at=AT)


def test_a_step_that_comes_back_every_week_is_counted_once_a_week(home):
    home.plan()
    with viewer.acting(home.samir) as me:
        step = Action.objects.select_related("goal__plan").get(every_week=True)
        for day in (0, 0, 1, 7, 14):
            step = actions.report_action_done(step, by=me, at=AT + timedelta(days=day))
        assert (step.times_done, step.state) == (3, "open")
        step = actions.undo_action_done(step, by=me, at=AT + timedelta(days=14))
        assert step.times_done == 2


def test_the_coordinator_reports_for_a_grandmother_without_a_phone(home):
    home.plan()
    with viewer.acting(home.hanne) as me:
        step = actions.add_action(Goal.objects.get(), Step("kookt mee", doer=home.fatna), by=me, at=AT)
        assert actions.report_action_done(step, how_it_went="Samen couscous", by=me, at=AT).state == "done"
    with viewer.acting(home.fatna):
        deed = Entry.objects.get(deed="step done")
        assert deed.person_id == home.hanne


def test_nobody_reports_the_step_of_another(home):
    home.plan()
    with viewer.acting(home.samira) as me, pytest.raises(NotAllowed):
        actions.report_action_done(Action.objects.get(every_week=True), by=me, at=AT)


def test_a_changed_step_needs_everybodys_yes_anew(home, owner):
    home.plan()
    owner.execute("UPDATE wraparound_action SET agreed_at = %s WHERE needs_authority", [AT])
    with viewer.acting(home.naima) as me:
        step = Action.objects.select_related("goal__plan").get(needs_authority=True)
        assert step.may_start
        words = Step("vraagt iets anders", doer=home.naima, needs_authority=True)
        assert not actions.change_action(step, words, by=me, at=AT).may_start


def test_nobody_does_anything_through_other_eyes(home):
    home.plan()
    with viewer.acting(home.naima, seen_as=home.fatna) as me, pytest.raises(NotAllowed):
        goals.add_goal(Plan.objects.get(), WORDS, by=me, at=AT)


def test_a_new_telling_is_a_new_row_and_never_changes(home):
    with viewer.acting(home.naima) as me:
        for words in ("eerst", "daarna"):
            stories.tell_story(home.circle, words, language="nl", by=me, at=AT)
        assert Story.objects.count() == 2
    with pytest.raises(Exception, match="stays_as_written"), viewer.acting(home.naima):
        Story.objects.update(text="x")


def test_only_who_records_the_familys_word_writes_down_what_was_told(home):
    with viewer.acting(home.samir) as me, pytest.raises(NotAllowed):
        stories.tell_story(home.circle, "x", language="nl", told_by=home.naima, how="told", by=me, at=AT)
    with viewer.acting(home.hanne) as me, pytest.raises(stories.DayOfAgreementIsMissing):
        stories.tell_story(home.circle, "x", language="nl", told_by=home.naima, how="read out", by=me, at=AT)
    with viewer.acting(home.lotte) as me, pytest.raises(NotAllowed):
        stories.tell_story(home.circle, "x", language="nl", by=me, at=AT)


def test_in_a_closed_plan_no_tick_is_taken_back(home, owner):
    home.plan()
    with viewer.acting(home.hanne) as me:
        step = Action.objects.select_related("goal__plan").get(doer_id=home.hanne)
        actions.report_action_done(step, by=me, at=AT)
    owner.execute("UPDATE wraparound_plan SET stage = 'closed', closed_at = now()")
    with viewer.acting(home.hanne) as me, pytest.raises(plans.PlanIsClosed):
        actions.undo_action_done(Action.objects.select_related("goal__plan").get(pk=step.pk), by=me, at=AT)
