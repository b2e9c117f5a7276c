"""Something good is told: who may know it, and how long it can be taken back (W21)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from kring.trust import viewer
from kring.trust.models import Circle, Entry
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import showing
from kring.wraparound import rules
from kring.wraparound.models import Action, Celebration
from kring.wraparound.usecases import celebrations
from wraparound.home import AT


def told(home, who, words="Ze lachte.", child=None, at=AT):
    with viewer.acting(who) as me:
        circle = Circle.objects.get(pk=home.circle)
        return celebrations.celebrate(circle, words, language="nl", by=me, at=at, child=child).pk


@pytest.mark.parametrize("who", ["naima", "samir", "samira", "fatna", "hanne", "lotte"])
def test_everybody_of_the_circle_tells_something_good(home, who):
    person = getattr(home, who)
    told(home, person, "  Ze   lachte. ")
    with viewer.acting(home.fatna):
        row = Celebration.objects.get()
        assert (row.words, row.author_id, row.about_id) == ("Ze lachte.", person, None)
    with viewer.acting(home.naima):
        assert Entry.objects.filter(deed="told something good", person_id=person).exists()


def test_told_twice_it_stands_once(home):
    assert told(home, home.naima) == told(home, home.naima)


def test_without_words_nothing_is_told(home):
    with pytest.raises(rules.WordsAreMissing):
        told(home, home.naima, " \n ")
    with pytest.raises(rules.WordsAreTooLong):
        told(home, home.naima, "a" * 501)


def test_what_is_about_a_child_is_silent_for_whom_the_child_leaves_out(home):
    told(home, home.naima, child=home.samira)
    told(home, home.naima, "Samen gegeten.")
    home.exclude(home.samira, home.samir)
    with viewer.acting(home.samir):
        assert [row.words for row in Celebration.objects.all()] == ["Samen gegeten."]


def test_a_stranger_and_a_child_of_another_family_are_nobody_here(home):
    told(home, home.naima, child=home.tom)
    with viewer.acting(home.fatna):
        assert Celebration.objects.get().about_id is None
    with viewer.acting(home.tom) as me:
        assert not Celebration.objects.exists()
        with pytest.raises(NotAllowed):
            celebrations.celebrate(
                Circle(pk=home.circle, family_id=home.family, kind="family"), "x", language="nl", by=me, at=AT
            )


def test_what_went_well_with_a_step_is_known_to_those_who_know_the_step_and_goes_along_with_it(home):
    home.plan()
    part = home.part_without_school()
    with viewer.acting(home.fatna) as me:
        step = Action.objects.select_related("goal__plan").get(what="brengt haar vrijdag")
        celebrations.celebrate_step(step, "Ze danste.", language="nl", by=me, at=AT)
    with viewer.acting(home.naima):
        Action.objects.filter(pk=step.pk).update(circle_id=part)
    with viewer.acting(home.lotte):
        assert not Celebration.objects.exists()
    with viewer.acting(home.hanne):
        assert Celebration.objects.get().action_id == step.pk


def test_it_is_shown_to_fewer_by_the_same_eyes(home):
    told(home, home.lotte)
    with viewer.acting(home.naima) as me:
        row = Celebration.objects.get()
        showing.show_to([row], {home.naima, home.samira}, family_id=home.family, by=me, at=timezone.now())
    with viewer.acting(home.samira):
        assert Celebration.objects.exists()
    with viewer.acting(home.fatna):
        assert not Celebration.objects.exists()


def test_who_told_it_takes_it_back_within_the_day(home):
    now = timezone.now()
    key = told(home, home.fatna, at=now)
    with viewer.acting(home.naima) as me:
        with pytest.raises(NotAllowed):
            celebrations.take_back(Celebration.objects.get(pk=key), by=me, at=now)
        with pytest.raises(DatabaseError, match="too_late_to_take_back"), transaction.atomic():
            Celebration.objects.all().delete()
    with viewer.acting(home.fatna) as me:
        celebrations.take_back(Celebration.objects.get(pk=key), by=me, at=now + timedelta(hours=23))
        assert not Celebration.objects.exists()


def test_after_a_day_it_stays(home):
    key = told(home, home.fatna)
    with viewer.acting(home.fatna) as me:
        with pytest.raises(NotAllowed):
            celebrations.take_back(Celebration.objects.get(pk=key), by=me, at=AT + timedelta(days=1))
        with pytest.raises(DatabaseError, match="too_late_to_take_back"), transaction.atomic():
            Celebration.objects.all().delete()


def test_nobody_changes_what_somebody_told(home):
    told(home, home.fatna)
    with (
        viewer.acting(home.hanne),
        pytest.raises(DatabaseError, match="stays_as_written"),
        transaction.atomic(),
    ):
        Celebration.objects.update(words="anders")
