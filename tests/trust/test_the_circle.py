"""W4, D1: the family asks in, takes out and draws nearer; a seat begins with a yes."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from kring.trust import viewer
from kring.trust.models import Circle, ContactCard, Invitation, Person, Seat
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import circles
from kring.trust.usecases.circles import Guest
from trust.circle_scene import AT, SOON, FamilyScene

AUNT = Guest("Hind", relation="aunt", phone="0470 22 22 22")


@pytest.fixture
def scene(owner):
    return FamilyScene(owner)


def sits(scene, person):
    with viewer.acting(person) as me:
        return me.family_seat(scene.family) is not None


def test_an_aunt_sits_in_the_circle_only_after_her_yes(scene):
    asked = scene.ask(scene.naima, AUNT)
    assert not sits(scene, asked.person_id)
    with viewer.acting(asked.person_id):
        (letter,) = circles.asked_in()
        assert (letter.family_name, letter.asked_by, letter.relation) == ("Familie Amrani", "Naima", "aunt")
        assert not Circle.objects.exists()
        assert {p.given_name for p in Person.objects.all()} == {"Hind", "Els", "Noor", "Lotte"}
    assert scene.say(asked) == "yes"
    assert sits(scene, asked.person_id)
    with viewer.acting(scene.naima):
        assert Invitation.objects.get().phone == ""
        assert ContactCard.objects.get(person_id=asked.person_id).phone == AUNT.phone
        assert Seat.objects.get(person_id=asked.person_id).decided_by_id == scene.naima


def test_she_may_say_no_and_nothing_begins(scene):
    asked = scene.ask(scene.naima, AUNT)
    assert scene.say(asked, False) == "no"
    assert scene.say(asked, True) == "no", "a second answer changes nothing"
    assert not sits(scene, asked.person_id)


def test_she_comes_by_a_link_to_her_invitation_and_to_nothing_else(scene):
    asked, other = scene.ask(scene.naima, AUNT), scene.ask(scene.naima, Guest("Omar"))
    with viewer.acting(asked.person_id, scope=asked.pk) as me:
        assert [letter.id for letter in circles.asked_in()] == [asked.pk]
        assert circles.answer(other.pk, True, by=me, at=SOON) is None
        assert circles.answer(asked.pk, True, by=me, at=SOON) == "yes"
    with viewer.acting(other.person_id, scope=asked.pk) as me:
        assert circles.asked_in() == []
        assert circles.answer(other.pk, True, by=me, at=SOON) is None


def test_a_second_yes_is_harmless(scene):
    asked = scene.ask(scene.naima, AUNT)
    assert [scene.say(asked), scene.say(asked)] == ["yes", "yes"]


def test_an_invitation_taken_back_is_gone(scene):
    asked = scene.ask(scene.naima, AUNT)
    with viewer.acting(scene.karim) as me:
        circles.take_back(Invitation.objects.get(), by=me, at=SOON)
    assert scene.say(asked) == "gone"


def test_an_invitation_of_somebody_who_left_is_gone(scene):
    scene.coordinate(scene.noor)
    asked = scene.ask(scene.noor, AUNT, word_of=scene.naima)
    with viewer.acting(scene.naima) as me:
        circles.remove(scene.noor, scene.family, by=me, at=SOON)
    assert scene.say(asked) == "yes", "it was asked on the word of Naima, who still decides"


def test_a_newer_invitation_takes_the_place_of_an_open_one(scene):
    first = scene.ask(scene.naima, job_of=scene.lotte)
    second = scene.ask(scene.naima, job_of=scene.lotte, at=SOON)
    assert scene.say(first) == "gone"
    assert scene.say(second, at=SOON) == "yes"


def test_one_live_seat_per_person_and_circle(scene):
    scene.let_in(scene.naima, job_of=scene.lotte)
    with pytest.raises(circles.AlreadyInTheCircle):
        scene.ask(scene.naima, job_of=scene.lotte, at=SOON)


def test_a_teacher_and_an_aunt_invite_nobody(scene):
    aunt = scene.let_in(scene.naima, AUNT)
    scene.let_in(scene.naima, job_of=scene.lotte)
    for person in (aunt, scene.lotte):
        with pytest.raises(NotAllowed):
            scene.ask(person, Guest("Omar"))


def test_a_coordinator_asks_in_on_the_word_of_the_family_only(scene):
    scene.coordinate(scene.noor)
    with pytest.raises(circles.WhoseWord):
        scene.ask(scene.noor, AUNT)
    with pytest.raises(circles.WhoseWord):
        scene.ask(scene.noor, AUNT, word_of=scene.noor)
    assert scene.say(scene.ask(scene.noor, AUNT, word_of=scene.samira)) == "yes"


def test_the_database_gives_no_seat_in_a_family_without_a_yes(scene):
    aunt = scene.ask(scene.naima, AUNT).person_id
    seat = {"circle_id": scene.circle, "person_id": aunt, "role": "natural", "ground": "consent", "since": AT}
    with pytest.raises(DatabaseError), viewer.acting(scene.naima) as me:
        Seat.objects.create(**seat, decided_by_id=me.person_id)


def test_taking_out_ends_every_seat_at_once(scene):
    scene.let_in(scene.naima, job_of=scene.lotte)
    with viewer.acting(scene.samira) as me:
        circles.remove(scene.lotte, scene.family, by=me, at=SOON + timedelta(minutes=1))
    assert not sits(scene, scene.lotte)


def test_guardians_and_children_are_not_taken_out_by_others(scene):
    for person in (scene.karim, scene.samira):
        with pytest.raises(circles.LeavesOnlyByItself), viewer.acting(scene.naima) as me:
            circles.remove(person, scene.family, by=me, at=SOON)
    with pytest.raises(DatabaseError), viewer.acting(scene.naima):
        Seat.objects.filter(circle_id=scene.circle, person_id=scene.karim).update(until=SOON)


def test_anybody_may_leave(scene):
    for person in (scene.let_in(scene.naima, AUNT), scene.karim):
        with viewer.acting(person) as me:
            circles.leave(scene.family, by=me, at=SOON + timedelta(minutes=1))
        assert not sits(scene, person)


def test_a_seat_is_not_lengthened_nor_given_another_role(scene):
    aunt = scene.let_in(scene.naima, AUNT)
    with viewer.acting(aunt), pytest.raises(DatabaseError), transaction.atomic():
        Seat.objects.filter(person_id=aunt).update(role="guardian")
    with viewer.acting(aunt) as me:
        circles.leave(scene.family, by=me, at=SOON + timedelta(minutes=1))
    with pytest.raises(DatabaseError), viewer.acting(aunt):
        Seat.objects.filter(person_id=aunt).update(until=None)


def test_a_teacher_cannot_draw_anybody_nearer(scene):
    scene.let_in(scene.naima, job_of=scene.lotte)
    with viewer.acting(scene.naima) as me:
        circles.change_ring(Seat.objects.get(person_id=scene.lotte), 3, "juf", by=me, at=SOON)
        assert Seat.objects.get(person_id=scene.lotte).ring == 3
    with viewer.acting(scene.lotte) as me, pytest.raises(NotAllowed):
        circles.change_ring(Seat.objects.get(person_id=scene.lotte), 1, by=me, at=SOON)


def test_who_sees_with_other_eyes_answers_nothing(scene):
    asked = scene.ask(scene.naima, AUNT)
    with viewer.acting(asked.person_id, seen_as=scene.naima) as me:
        assert circles.answer(asked.pk, True, by=me, at=SOON) is None
