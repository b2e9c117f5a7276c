"""Meetings: who calls, who may know, who keeps them; what is decided lives on (W14, W20, K10, K11)."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from kring.intake.models import Promise
from kring.intake.usecases import promises
from kring.trust import viewer
from kring.trust.models import Circle, Seat
from kring.trust.permissions import NotAllowed
from kring.wraparound.models import (
    Action,
    AgendaPoint,
    Decision,
    Goal,
    Meeting,
    Participant,
    Plan,
    RoundWord,
)
from kring.wraparound.usecases import deciding, goals, meetings, remarks, talking
from kring.wraparound.usecases.goals import GoalWords
from wraparound.home import AT, LATER
from wraparound.meeting_scene import THURSDAY, begun, called, decided

WEEK = timedelta(days=7)


@pytest.mark.parametrize("who", ["naima", "hanne", "lotte"])
def test_a_parent_the_coordinator_and_a_professional_call_a_meeting(home, who):
    meeting = called(home, getattr(home, who))
    with viewer.acting(home.fatna):
        assert Meeting.objects.get().pk == meeting


@pytest.mark.parametrize("who", ["fatna", "samira", "tom"])
def test_others_do_not_call_one(home, who):
    with pytest.raises((NotAllowed, Circle.DoesNotExist)):
        called(home, getattr(home, who))


def test_a_meeting_lies_ahead_and_not_years_away(home):
    for moment in (AT, AT - WEEK, AT + timedelta(days=800)):
        with pytest.raises(meetings.DayIsNotToCome):
            called(home, begins_at=moment)


def test_who_calls_comes_and_the_others_are_asked(home):
    called(home)
    with viewer.acting(home.naima):
        answers = {row.person_id: row.answer for row in Participant.objects.all()}
    assert answers == {
        home.hanne: "comes", home.naima: "", home.samir: "", home.samira: "", home.fatna: "", home.lotte: "",
    }  # fmt: skip


def test_being_asked_makes_no_seat(home, owner):
    """K10: neither a name from outside nor somebody without a seat comes to know anything."""
    before = owner.execute("SELECT count(*) FROM trust_seat").fetchone()
    called(home, asked=[home.naima, home.tom, home.yara], guests=("Hala", " "))
    assert owner.execute("SELECT count(*) FROM trust_seat").fetchone() == before
    with viewer.acting(home.naima):
        asked = {row.person_id or row.name for row in Participant.objects.all()}
        assert asked == {home.naima, home.yara, "Hala"}, (
            "a child without a seat sits at the table; Tom does not"
        )
        assert not Seat.objects.filter(person_id=home.tom).exists()
    with viewer.acting(home.tom):
        assert not Meeting.objects.exists()


def test_who_is_left_out_of_the_child_is_not_asked_and_knows_nothing(owner):
    from wraparound.home import Home

    home = Home(owner, siblings=False)
    home.exclude(home.samira, home.samir)
    meeting = begun(home, called(home))
    decided(home, meeting, "belt de dansschool", home.lotte, timezone.localdate() + WEEK)
    with viewer.acting(home.samir):
        for model in (Meeting, Participant, Decision, Promise):
            assert not model.objects.exists(), model
    with viewer.acting(home.naima):
        assert home.samir not in {row.person_id for row in Participant.objects.all()}


def test_what_a_child_says_is_about_that_child(home):
    home.exclude(home.samira, home.samir)
    meeting = begun(home, called(home))
    with viewer.acting(home.samira) as me:
        found = Meeting.objects.get(pk=meeting)
        talking.add_point(found, "point", "over papa", language="nl", by=me, at=LATER)
        talking.say_in_round(found, "in", feeling="tense", words="", language="nl", by=me, at=LATER)
    with viewer.acting(home.samir):
        assert Meeting.objects.exists(), "a meeting of the whole family is his too"
        assert not AgendaPoint.objects.exists()
        assert not RoundWord.objects.exists()
        assert home.samira not in {row.person_id for row in Participant.objects.all()}
    with viewer.acting(home.naima):
        assert AgendaPoint.objects.exists()


def test_a_meeting_of_a_part_is_known_to_that_part_only(home):
    part = home.part_without_school()
    called(home, home.naima, circle=part)
    with viewer.acting(home.lotte):
        assert not Meeting.objects.exists()
        assert not Participant.objects.exists()
    with viewer.acting(home.hanne):
        assert {row.person_id for row in Participant.objects.all()} == {home.naima, home.samira, home.hanne}


def test_the_database_keeps_what_belongs_to_a_meeting_beside_it(home):
    part = home.part_without_school()
    meeting = called(home, home.naima, circle=part)
    with pytest.raises(DatabaseError, match="crosses_families"), viewer.acting(home.naima) as me:
        AgendaPoint.objects.create(
            meeting_id=meeting, circle_id=home.circle, author_id=me.person_id, at=AT, words="x", language="nl"
        )
    with pytest.raises(DatabaseError, match="crosses_families"), viewer.acting(home.naima) as me:
        Meeting.objects.filter(pk=meeting).update(family_id=uuid.uuid4())
        transaction.set_rollback(True)


def test_one_answers_for_oneself_and_may_think_again(home):
    meeting = called(home)
    for comes in (True, False, True):
        with viewer.acting(home.naima) as me:
            meetings.answer(Meeting.objects.get(pk=meeting), comes, by=me, at=LATER)
    with viewer.acting(home.hanne):
        assert Participant.objects.get(person_id=home.naima).answer == "comes"
    begun(home, meeting)
    with pytest.raises(meetings.MeetingIsOver), viewer.acting(home.naima) as me:
        meetings.answer(Meeting.objects.get(pk=meeting), False, by=me, at=LATER)


def test_another_day_has_a_reason_and_everybody_answers_anew(home):
    meeting = called(home)
    with viewer.acting(home.naima) as me:
        meetings.answer(Meeting.objects.get(pk=meeting), True, by=me, at=AT)
    with viewer.acting(home.hanne) as me:
        meetings.move_meeting(
            Meeting.objects.get(pk=meeting), THURSDAY + WEEK, "Mama werkt dan", by=me, at=LATER
        )
    with viewer.acting(home.naima):
        found = Meeting.objects.get(pk=meeting)
        assert (found.was_at, found.begins_at, found.moves) == (THURSDAY, THURSDAY + WEEK, 1)
        assert found.moved_because == "Mama werkt dan"
        assert Participant.objects.get(person_id=home.naima).answer == ""
        assert Participant.objects.get(person_id=home.hanne).answer == "comes"


def test_a_meeting_called_off_says_why_and_cannot_begin(home):
    meeting = called(home)
    with viewer.acting(home.hanne) as me:
        meetings.cancel_meeting(Meeting.objects.get(pk=meeting), "Iedereen is ziek", by=me, at=LATER)
    with pytest.raises(meetings.MeetingIsOver):
        begun(home, meeting)
    with pytest.raises(meetings.MeetingIsOver), viewer.acting(home.naima) as me:
        talking.add_point(Meeting.objects.get(pk=meeting), "point", "x", language="nl", by=me, at=LATER)


@pytest.mark.parametrize(
    ("keeper", "may"), [("hanne", True), ("naima", False), ("lotte", True), ("fatna", False)]
)
def test_who_called_it_and_the_coordinator_keep_it(home, keeper, may):
    """Lotte called it: she keeps it, and so does Hanne, the coordinator; a parent who did not call it does not."""
    meeting = called(home, home.lotte)
    with viewer.acting(getattr(home, keeper)) as me:
        assert meetings.may_keep(Meeting.objects.get(pk=meeting), me) is may
    if not may:
        with pytest.raises(NotAllowed):
            begun(home, meeting, getattr(home, keeper))


def test_a_decision_becomes_a_promise_of_somebody_before_a_day(home):
    meeting = begun(home, called(home), at=LATER)
    decided(home, meeting, "belt de dansschool", home.lotte, date(2026, 3, 12), at=LATER)
    decided(home, meeting, "we eten samen", at=LATER)
    with viewer.acting(home.lotte) as me:
        promise = Promise.objects.get()
        assert (promise.by_id, promise.what, promise.due_at.date()) == (
            home.lotte,
            "belt de dansschool",
            date(2026, 3, 12),
        )
        promises.keep(promise, by=me, at=LATER)
        assert [row.promise_id for row in Decision.objects.order_by("at", "id") if row.promise_id] == [
            promise.pk
        ]


def test_a_decision_becomes_a_step_of_a_goal_that_is_known_as_widely(home):
    home.plan()
    meeting = begun(home, called(home), at=LATER)
    with viewer.acting(home.hanne):
        goal = Goal.objects.get()
    decided(home, meeting, "koopt dansschoenen", home.naima, date(2026, 3, 12), goal=goal, at=LATER)
    with viewer.acting(home.naima):
        assert Action.objects.get(what="koopt dansschoenen").doer_id == home.naima
        assert Decision.objects.get().promise_id is None


def test_what_a_part_decides_does_not_slip_into_the_plan_of_all(home):
    home.plan()
    meeting = begun(home, called(home, home.naima, circle=home.part_without_school()), at=LATER)
    with viewer.acting(home.hanne) as me:
        goal = goals.add_goal(Plan.objects.get(), GoalWords("home", "Samen eten"), by=me, at=AT)
    with pytest.raises(NotAllowed):
        decided(home, meeting, "praat met haar", home.naima, date(2026, 3, 12), goal=goal, at=LATER)
    with pytest.raises(deciding.NobodyKnowsThem):
        decided(home, meeting, "praat met de klas", home.lotte, date(2026, 3, 12), at=LATER)


def test_a_decision_taken_back_lets_its_promise_go(home):
    meeting = begun(home, called(home), at=LATER)
    decision = decided(home, meeting, "belt", home.lotte, date(2026, 3, 12), at=LATER)
    with viewer.acting(home.hanne) as me:
        row = Decision.objects.select_related("meeting", "promise", "action").get(pk=decision)
        deciding.take_back(row, by=me, at=LATER)
        assert not Promise.objects.open().exists()
        assert not Decision.objects.exists()


def test_nothing_is_written_down_before_the_meeting_begins(home):
    meeting = called(home)
    with pytest.raises(meetings.MeetingHasNotBegun):
        decided(home, meeting, "te vroeg")
    with pytest.raises(meetings.MeetingHasNotBegun), viewer.acting(home.naima) as me:
        found = Meeting.objects.get(pk=meeting)
        talking.say_in_round(found, "in", feeling="glad", words="", language="nl", by=me, at=AT)


def test_who_was_there_also_who_was_not_asked(home):
    meeting = begun(home, called(home, asked=[home.naima], guests=("Hala",)))
    with viewer.acting(home.hanne) as me:
        found = Meeting.objects.select_related("circle").get(pk=meeting)
        hala = Participant.objects.get(name="Hala")
        meetings.record_presence(found, [home.hanne, home.fatna, hala.pk], by=me, at=LATER)
        there = {(row.person_id or row.name): row.was_there for row in Participant.objects.all()}
    assert there == {home.naima: False, home.fatna: True, "Hala": True} | ({home.hanne: True})


def test_the_round_is_each_ones_own_and_a_second_word_replaces_the_first(home):
    meeting = begun(home, called(home))
    for feeling in ("tired", "glad"):
        with viewer.acting(home.fatna) as me:
            found = Meeting.objects.get(pk=meeting)
            talking.say_in_round(found, "out", feeling=feeling, words="", language="nl", by=me, at=LATER)
    with viewer.acting(home.naima) as me:
        assert [word.feeling for word in RoundWord.objects.all()] == ["glad"]
        found = Meeting.objects.get(pk=meeting)
        with pytest.raises(NotAllowed):
            talking.say_in_round(
                found, "in", feeling="sad", words="", language="nl", by=me, at=LATER, person_id=home.fatna
            )
        with pytest.raises(talking.NothingSaid):
            talking.say_in_round(found, "in", feeling="five stars", words=" ", language="nl", by=me, at=LATER)


def test_somebody_sees_a_decision_differently(home):
    meeting = begun(home, called(home), at=LATER)
    decision = decided(home, meeting, "elke dag bellen", at=LATER)
    with viewer.acting(home.naima) as me:
        said = remarks.remark("decision", decision, "Eén keer is genoeg", language="nl", by=me, at=LATER)
        assert said.circle_id == home.circle


def test_what_is_sent_twice_is_one(home):
    meeting = called(home)
    assert called(home) == meeting
    begun(home, meeting, at=LATER)
    for _time in range(2):
        decided(home, meeting, "belt", home.lotte, date(2026, 3, 12), at=LATER)
        with viewer.acting(home.naima) as me:
            talking.add_point(Meeting.objects.get(pk=meeting), "point", "x", language="nl", by=me, at=LATER)
    with viewer.acting(home.naima):
        for model in (Meeting, Decision, Promise, AgendaPoint):
            assert model.objects.count() == 1, model


def test_what_somebody_said_from_their_own_phone_is_not_said_over(home):
    meeting = begun(home, called(home))
    with viewer.acting(home.fatna) as me:
        found = Meeting.objects.get(pk=meeting)
        talking.say_in_round(found, "in", feeling="glad", words="", language="nl", by=me, at=LATER)
    with viewer.acting(home.hanne) as me, pytest.raises(NotAllowed):
        found = Meeting.objects.get(pk=meeting)
        talking.say_in_round(
            found, "in", feeling="sad", words="", language="nl", by=me, at=LATER, person_id=home.fatna
        )
    with viewer.acting(home.naima):
        assert [word.feeling for word in RoundWord.objects.all()] == ["glad"]


def test_what_was_held_stays_as_it_was(home):
    meeting = begun(home, called(home), at=LATER)
    decided(home, meeting, "elke dag bellen", at=LATER)
    with viewer.acting(home.hanne) as me:
        found = meetings.end_meeting(Meeting.objects.get(pk=meeting), by=me, at=LATER)
        with pytest.raises(meetings.MeetingIsOver):
            deciding.take_back(Decision.objects.select_related("meeting").get(), by=me, at=LATER)
        with pytest.raises(meetings.MeetingIsOver):
            talking.say_in_round(found, "out", feeling="glad", words="", language="nl", by=me, at=LATER)
        with pytest.raises(meetings.MeetingIsOver):
            meetings.record_presence(found, [home.fatna], by=me, at=LATER)
        assert Decision.objects.count() == 1


def test_a_court_order_about_one_child_is_not_told_by_whom_one_may_ask(home, owner):
    home.exclude(home.samira, home.naima, ground="court order")
    called(home, home.naima, asked=[home.samira, home.yara, home.fatna])
    with viewer.acting(home.samir):
        asked = {row.person_id for row in Participant.objects.all()}
    assert asked == {home.yara, home.fatna}
