"""A version read aloud: a voice cannot leave out for one listener what the page hides from them."""

from datetime import timedelta

from django.utils import timezone

from kring.trust import viewer
from kring.trust.models import Person
from kring.trust.usecases import exclusions
from kring.wraparound.models import Plan, Version
from kring.wraparound.usecases import goals, versions
from kring.wraparound.usecases.goals import GoalWords
from web.doorstep import browser
from wraparound.home import AT, LATER


def read_aloud(home, owner, **goal):
    """A version with one goal more, and its recording by the coordinator; the address of both."""
    home.plan()
    with viewer.acting(home.hanne) as me:
        goals.add_goal(Plan.objects.get(), GoalWords("feelings", "Beter slapen"), by=me, at=AT, **goal)
        version = versions.offer_for_approval(Plan.objects.get(), by=me, at=LATER).pk
    with viewer.acting(home.hanne) as me:
        row = versions.add_recording(
            Version.objects.get(pk=version), b"OggS" + b"x" * 80, spoken_by="Hala", language="ar", by=me,
            at=timezone.now() - timedelta(minutes=1),
        )  # fmt: skip
    return f"/a/{version}/", f"/a/{version}/sound/{row.pk}/"


def heard_by(owner, person, page, sound):
    """Whether somebody is offered the voice on the page, and what its address answers."""
    client = browser(owner, person)
    return "/sound/" in client.get(page).content.decode(), client.get(sound).status_code


def test_who_is_left_out_of_what_was_read_hears_nothing_and_is_offered_nothing(home, owner):
    page, sound = read_aloud(home, owner, child=home.samira)
    assert heard_by(owner, home.samir, page, sound) == (True, 200)
    with viewer.acting(home.samira) as me:
        girl = Person.objects.get(pk=home.samira)
        exclusions.leave_out(girl, by=me, at=timezone.now(), person_id=home.samir)
    assert heard_by(owner, home.samir, page, sound) == (False, 404)
    assert heard_by(owner, home.naima, page, sound) == (True, 200)


def test_what_a_part_of_the_circle_may_know_is_heard_by_that_part_only(home, owner):
    page, sound = read_aloud(home, owner, circle_id=home.part_without_school())
    assert heard_by(owner, home.naima, page, sound) == (True, 200)
    assert heard_by(owner, home.lotte, page, sound) == (False, 404)


def test_what_all_may_know_is_heard_by_all(home, owner):
    page, sound = read_aloud(home, owner)
    assert heard_by(owner, home.lotte, page, sound) == (True, 200)
    assert heard_by(owner, home.samir, page, sound) == (True, 200)
