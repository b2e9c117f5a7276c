"""D2: the family is told first, one is the coordinator at every moment, two weeks later one is gone."""

from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, transaction

from handover.scene import NOW, HandOverScene, day
from kring.trust import rules, viewer
from kring.trust.models import Circle, HandOver, Invitation, Job, Seat
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import circles, coordinators, handovers
from trust.scenes import insert

TICK = timedelta(microseconds=1)


@pytest.fixture
def scene(owner):
    return HandOverScene(owner)


def test_the_family_is_told_first(scene):
    """Without somebody who was told nothing begins, nobody is asked, and the database says so too."""
    for wrong in ({"told": False}, {"whom": scene.yassin}, {"whom": scene.lotte}, {"on": day(5)}):
        with pytest.raises((NotAllowed, circles.WhoseWord, handovers.ThisDayIsPast)):
            scene.begin(**wrong)
    with pytest.raises(handovers.NobodyHandsOver):
        scene.ask_next(scene.lotte)
    for fields in ({"told_id": scene.lotte, "told_on": day(-1), "told_how": "talk"}, {}):
        with (
            viewer.acting(scene.noor),
            pytest.raises(DatabaseError, match="the_family_is_told_first"),
            transaction.atomic(),
        ):
            HandOver.objects.create(
                circle_id=scene.circle, author_id=scene.noor, at=NOW, leaver_id=scene.noor, **fields
            )
    job = scene.jobs[scene.lotte]
    with (
        viewer.acting(scene.noor),
        pytest.raises(DatabaseError, match="the_family_is_told_first"),
        transaction.atomic(),
    ):
        Invitation.objects.create(circle_id=scene.circle, author_id=scene.noor, at=NOW, person_id=scene.lotte, job_id=job,
                                  role="coordinator", word_of_id=scene.naima, until=NOW + timedelta(days=9))  # fmt: skip


def test_only_the_family_and_who_goes_begin_it_and_only_once(scene):
    scene.let_in(scene.naima, job_of=scene.lotte)
    for stranger in (scene.lotte, scene.els):
        with pytest.raises((NotAllowed, Circle.DoesNotExist)):
            scene.begin(by=stranger)
    scene.begin()
    with pytest.raises(handovers.HandOverHasBegun):
        scene.begin(by=scene.karim, told=False)
    with viewer.acting(scene.naima), pytest.raises(IntegrityError), transaction.atomic():
        HandOver.objects.create(circle_id=scene.circle, author_id=scene.naima, at=NOW, leaver_id=scene.noor)


def test_one_is_the_coordinator_at_every_moment(scene):
    """Up to the first day it is Noor; from its first moment Lotte; two weeks at most Noor is beside her, then gone."""
    hand_over = scene.arranged(begins=5, last=12)
    begins = rules.day_begins(day(5), "Europe/Brussels")
    ends = rules.day_is_over(day(12), "Europe/Brussels")
    assert (hand_over.begins_at, hand_over.leaves_at, hand_over.next_id) == (begins, ends, scene.lotte)
    assert (hand_over.begins_on, hand_over.last_on) == (day(5), day(12))
    for moment, coordinator, beside in (
        (NOW, scene.noor, ""), (begins - TICK, scene.noor, ""), (begins, scene.lotte, "professional"),
        (ends - TICK, scene.lotte, "professional"), (ends, scene.lotte, ""), (ends + timedelta(days=300), scene.lotte, ""),
    ):  # fmt: skip
        assert scene.coordinators(moment) == [coordinator]
        assert scene.sits(scene.lotte if coordinator == scene.noor else scene.noor, moment) == beside


def test_two_weeks_are_the_longest_and_the_database_holds_to_it(scene, owner):
    hand_over = scene.begin(begins=1, last=300)
    assert hand_over.leaves_at - hand_over.begins_at == rules.HAND_OVER
    with pytest.raises(psycopg.errors.CheckViolation, match="two_weeks_at_most"):
        owner.execute(
            "UPDATE trust_handover SET leaves_at = leaves_at + interval '1 second' WHERE id = %s",
            [hand_over.pk],
        )
    with viewer.acting(scene.noor), pytest.raises(DatabaseError, match="never_changes"), transaction.atomic():
        HandOver.objects.filter(pk=hand_over.pk).update(begins_at=NOW)


def test_a_late_yes_begins_at_once_and_ends_on_the_day_that_was_said(scene):
    hand_over = scene.begin(begins=0, last=2)
    asked = scene.ask_next(scene.lotte)
    late = hand_over.begins_at + timedelta(hours=30)
    assert scene.say(asked, at=late) == "yes"
    assert scene.coordinators(late - TICK) == [scene.noor]
    assert scene.coordinators(late) == [scene.lotte]
    assert scene.sits(scene.noor, hand_over.leaves_at - TICK) == "professional"
    assert scene.sits(scene.noor, hand_over.leaves_at) == ""


def test_it_is_stopped_while_it_has_not_happened_and_everything_is_as_before(scene, owner):
    part = insert(owner, "trust_circle", village_id=scene.village, family_id=scene.family, kind="part", name="",
                  safety=False, secrecy=False, opened_at=NOW)  # fmt: skip
    scene.seat(part, scene.noor, role="coordinator", job_id=scene.jobs[scene.noor])
    scene.let_in(scene.naima, job_of=scene.lotte)
    hand_over = scene.arranged()
    assert scene.sits(scene.noor, hand_over.leaves_at, part) == ""
    for _twice in range(2):
        with viewer.acting(scene.samira) as me:
            handovers.stop(HandOver.objects.get(pk=hand_over.pk), by=me, at=NOW + timedelta(hours=1))
    for moment in (
        NOW,
        hand_over.begins_at - TICK,
        hand_over.begins_at,
        hand_over.leaves_at,
        NOW + timedelta(days=400),
    ):
        assert scene.coordinators(moment) == [scene.noor]
        assert scene.sits(scene.noor, moment, part) == "coordinator"
        assert scene.sits(scene.lotte, moment) == "professional"
    assert scene.arranged().next_id == scene.lotte  # and it can be begun anew


def test_what_has_happened_is_not_stopped_and_a_stranger_stops_nothing(scene):
    scene.let_in(scene.naima, job_of=scene.lotte)
    hand_over = scene.arranged(begins=0, last=9)
    later = hand_over.begins_at + TICK
    with viewer.acting(scene.naima) as me, pytest.raises(handovers.ItHasHappened):
        handovers.stop(HandOver.objects.get(pk=hand_over.pk), by=me, at=later)
    with viewer.acting(scene.noor) as me, pytest.raises(NotAllowed):
        handovers.stop(HandOver.objects.get(pk=hand_over.pk), by=me, at=later)
    assert scene.coordinators(later) == [scene.lotte]


def test_the_family_chooses_somebody_else_after_all(scene):
    """Lotte has said yes for a day to come; the family asks Els, who says yes: Lotte never begins."""
    scene.arranged(begins=5, last=12)
    with viewer.acting(scene.naima) as me:
        job = Job.objects.get(person_id=scene.els)
        asked = coordinators.choose(Circle.objects.get(pk=scene.circle), job, by=me, at=NOW)
    assert scene.say(asked, at=NOW + timedelta(hours=1)) == "yes"
    for days in (0, 5, 12, 40):
        moment = NOW + timedelta(hours=1, days=days)
        assert scene.coordinators(moment) == [scene.els]
        assert (scene.sits(scene.noor, moment), scene.sits(scene.lotte, moment)) == ("", "")


def test_the_family_chooses_somebody_else_beside_whom_noor_stays_a_while(scene):
    lou = scene.worker("Lou", "lead", "School De Linde")
    scene.arranged(begins=5, last=12)
    said = NOW + timedelta(hours=1)
    scene.coordinate(lou, at=said, overlap=True)
    for days in (0, 6, 13):
        at = said + timedelta(days=days, hours=1)
        assert (scene.sits(lou, at), scene.sits(scene.noor, at)) == ("coordinator", "professional"), days
    assert scene.sits(scene.noor, said + timedelta(days=15)) == ""


def test_the_next_one_says_not_now_and_noor_stays_until_somebody_says_yes(scene):
    hand_over = scene.begin()
    assert scene.say(scene.ask_next(scene.lotte), yes=False, at=NOW) == "no"
    assert scene.coordinators(hand_over.leaves_at) == [scene.noor]
    with viewer.acting(scene.naima):
        assert handovers.standing(scene.circle).taken_at is None
    with pytest.raises(handovers.HandsOverToOneself):
        scene.ask_next(scene.noor)


def test_who_leaves_in_the_middle_leaves_a_family_that_waits_until_the_day(scene):
    """Hard case 7 in the middle of a hand-over: the family takes Noor out; nobody sees more than a name."""
    hand_over = scene.arranged()
    with viewer.acting(scene.naima) as me:
        circles.remove(scene.noor, scene.family, by=me, at=NOW + timedelta(hours=1))
    for moment in (NOW + timedelta(hours=1), hand_over.begins_at, hand_over.leaves_at - TICK):
        assert scene.sits(scene.noor, moment) == ""
    assert scene.coordinators(hand_over.begins_at) == [scene.lotte]
    with viewer.acting(scene.els) as me:
        assert [family.name for family in coordinators.waiting_families(by=me)] == ["Naima"]


def test_a_family_that_stops_ends_the_hand_over_too(scene):
    from kring.trust.usecases import withdrawals

    hand_over = scene.arranged()
    with viewer.acting(scene.naima) as me:
        withdrawals.withdraw(scene.family, by=me, at=NOW + timedelta(hours=1))
    assert scene.coordinators(hand_over.begins_at) == []
    with viewer.acting(scene.naima):
        assert handovers.standing(scene.circle) is None
        assert Seat.objects.filter(circle_id=scene.circle, until__gt=hand_over.begins_at).count() == 0
