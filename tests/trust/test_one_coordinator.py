"""D2: exactly one live coordinator per family, or waiting at the contact point (hard case 7)."""

from datetime import timedelta

import psycopg
import pytest

from kring.trust import viewer
from kring.trust.models import Job, Seat
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import circles, coordinators
from trust.circle_scene import AT, SOON, FamilyScene
from trust.scenes import insert

LATER = SOON + timedelta(days=1)


@pytest.fixture
def scene(owner):
    return FamilyScene(owner)


def role(scene, person):
    with viewer.acting(person) as me:
        seat = me.family_seat(scene.family)
        return seat and seat.role


def waiting(scene):
    with viewer.acting(scene.els) as me:
        return [(family.name, family.phone) for family in coordinators.waiting_families(by=me)]


def test_a_new_family_waits_at_the_contact_point(scene):
    assert waiting(scene) == [("Naima", "0470 11 11 11")]
    scene.coordinate(scene.noor)
    assert role(scene, scene.noor) == "coordinator"
    assert waiting(scene) == []


def test_the_family_removes_its_coordinator_in_anger(scene):
    scene.coordinate(scene.noor)
    with viewer.acting(scene.naima) as me:
        circles.remove(scene.noor, scene.family, by=me, at=SOON)
    assert role(scene, scene.noor) is None
    assert waiting(scene) == [("Naima", "0470 11 11 11")]


def test_the_contact_point_asks_somebody_for_a_family_that_waits(scene):
    with viewer.acting(scene.els) as me:
        asked = coordinators.ask_for(scene.family, Job.objects.get(person_id=scene.noor), by=me, at=AT)
    with viewer.acting(scene.noor) as me:
        assert circles.answer(asked, True, by=me, at=SOON) == "yes"
    assert role(scene, scene.noor) == "coordinator"
    with viewer.acting(scene.els) as me, pytest.raises(coordinators.NobodyWaits):
        coordinators.ask_for(scene.family, Job.objects.get(person_id=scene.lotte), by=me, at=LATER)


def test_only_the_contact_point_sees_who_waits(scene):
    for person in (scene.noor, scene.naima):
        with viewer.acting(person) as me, pytest.raises(NotAllowed):
            coordinators.waiting_families(by=me)


def test_a_new_coordinator_takes_the_place_of_the_old_one_at_once(scene):
    scene.coordinate(scene.noor)
    scene.coordinate(scene.lotte, by=scene.samira, at=LATER)
    assert (role(scene, scene.noor), role(scene, scene.lotte)) == (None, "coordinator")


def test_the_old_one_may_hand_over_for_two_weeks(scene):
    scene.coordinate(scene.noor)
    scene.coordinate(scene.lotte, at=LATER, overlap=True)
    with viewer.acting(scene.naima):
        stays = Seat.objects.get(person_id=scene.noor, role="professional")
        assert stays.until == LATER + timedelta(days=14, minutes=1)


def test_a_professional_of_the_circle_becomes_coordinator(scene):
    scene.let_in(scene.naima, job_of=scene.lotte)
    scene.coordinate(scene.lotte, at=LATER)
    assert role(scene, scene.lotte) == "coordinator"


def test_a_professional_does_not_choose(scene):
    scene.coordinate(scene.noor)
    with pytest.raises(NotAllowed):
        scene.coordinate(scene.lotte, by=scene.noor, at=LATER)


def test_the_database_refuses_a_second_coordinator(scene, owner):
    scene.coordinate(scene.noor)
    with pytest.raises(psycopg.errors.ExclusionViolation):
        insert(
            owner, "trust_seat", circle_id=scene.circle, person_id=scene.lotte, job_id=scene.jobs[scene.lotte],
            role="coordinator", relation="", ring=2, ground="consent", history=True, since=LATER,
        )  # fmt: skip
