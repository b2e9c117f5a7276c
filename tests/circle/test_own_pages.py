"""W7: the child's own page, read by whom the child chooses."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError

from kring.trust import viewer
from kring.trust.models import Circle, Seat
from kring.trust.permissions import NotAllowed
from kring.wraparound.models import OwnPage
from kring.wraparound.usecases import own_pages
from trust.circle_scene import AT, SOON, FamilyScene


@pytest.fixture
def scene(owner):
    scene = FamilyScene(owner)
    with viewer.acting(scene.yassin) as me:
        circle = Circle.objects.get(pk=scene.own[scene.yassin])
        own_pages.say(circle, "dream", "a dog", language="nl", by=me, at=AT)
        own_pages.say(circle, "not", "shouting", language="nl", by=me, at=SOON)
    return scene


def reads(person):
    with viewer.acting(person):
        return [line.words for line in OwnPage.objects.in_order()]


def test_only_the_child_reads_it_at_first(scene):
    assert reads(scene.yassin) == ["a dog", "shouting"]
    for other in (scene.naima, scene.samira, scene.els):
        assert reads(other) == []


def test_a_child_of_eight_shows_it_to_its_father_only(scene):
    with viewer.acting(scene.yassin) as me:
        circle = Circle.objects.get(pk=scene.own[scene.yassin])
        with pytest.raises(NotAllowed):
            own_pages.show_to(circle, scene.noor, by=me, at=AT)
        own_pages.show_to(circle, scene.karim, by=me, at=AT)
    assert reads(scene.karim) == ["a dog", "shouting"]
    assert reads(scene.naima) == []
    with viewer.acting(scene.naima) as me, pytest.raises((NotAllowed, Circle.DoesNotExist)):
        own_pages.show_to(Circle.objects.get(pk=scene.own[scene.yassin]), scene.naima, by=me, at=AT)


def test_a_girl_shows_hers_and_hides_it_again(scene):
    with viewer.acting(scene.samira) as me:
        circle = Circle.objects.get(pk=scene.own[scene.samira])
        line = own_pages.say(circle, "talent", "dancing", language="nl", by=me, at=AT)
        own_pages.show_to(circle, scene.karim, by=me, at=AT)
    assert reads(scene.karim) == ["dancing"]
    assert reads(scene.naima) == []
    with viewer.acting(scene.karim) as me:
        with pytest.raises(NotAllowed):
            own_pages.unsay(OwnPage.objects.get(), by=me, at=SOON)
        with pytest.raises(NotAllowed):
            own_pages.show_to(Circle.objects.get(pk=circle.pk), scene.naima, by=me, at=SOON)
    with viewer.acting(scene.samira) as me:
        own_pages.hide_from(circle, scene.karim, by=me, at=SOON)
        with pytest.raises(NotAllowed):
            own_pages.hide_from(circle, scene.samira, by=me, at=SOON)
    assert reads(scene.karim) == []
    with viewer.acting(scene.samira) as me:
        own_pages.unsay(OwnPage.objects.get(pk=line.pk), by=me, at=SOON + timedelta(minutes=1))
    assert reads(scene.samira) == []


def test_nobody_seats_themselves_on_a_childs_page(scene):
    with pytest.raises(DatabaseError), viewer.acting(scene.naima) as me:
        Seat.objects.create(
            circle_id=scene.own[scene.samira], person_id=scene.naima, role="natural", ground="consent", since=AT,
            decided_by_id=me.person_id,
        )  # fmt: skip


def test_who_stands_in_for_an_evening_reads_an_own_page_for_that_evening_only(scene, owner):
    ends = datetime.now(UTC) + timedelta(hours=6)
    owner.execute(
        "DELETE FROM trust_seat WHERE circle_id = %s AND person_id = %s", [scene.circle, scene.noor]
    )
    scene.seat(scene.circle, scene.noor, role="professional", ground="job", job_id=scene.jobs[scene.noor], since=AT, until=ends)  # fmt: skip
    with viewer.acting(scene.samira, at=AT) as me:
        circle = Circle.objects.get(pk=scene.own[scene.samira])
        own_pages.show_to(circle, scene.noor, by=me, at=AT)
        assert Seat.objects.get(circle=circle, person_id=scene.noor).until == ends
