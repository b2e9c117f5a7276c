"""A review is prepared by a link, on paper or aloud; nobody's own words are written over (K13, D8)."""

import re
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from kring.trust import viewer
from kring.trust.models import Entry, Person
from kring.trust.permissions import NotAllowed
from kring.wraparound.models import Goal, GoalFace, Plan, Preparation, Review
from kring.wraparound.usecases import goals, preparing, reviews
from kring.wraparound.usecases.goals import GoalWords
from kring.wraparound.usecases.preparing import Said
from kring.wraparound.usecases.reviews import OwnView
from web.doorstep import browser, somewhere
from wraparound.home import AT
from wraparound.test_pages import MOST, counted
from wraparound.test_reviews import opened, prepared

NOW = timezone.now


def linked(home, review, person):
    """A telephone on which somebody opened their link and typed the code."""
    with viewer.acting(home.hanne) as me:
        made = preparing.link_to_prepare(
            Review.objects.get(pk=review), Person.objects.get(pk=person), by=me, at=NOW()
        )
    phone = Client(REMOTE_ADDR=somewhere())
    assert phone.post(f"/l/{made.token}/", {"code": made.code})["Location"] == f"/p/{review}/"
    return phone


def said(home, whose, by=None, how="spoken", on=None, face="so-so", **words):
    """The coordinator writes down what somebody said."""
    with viewer.acting(by or home.hanne) as me:
        view = OwnView(dict.fromkeys(Goal.objects.ids(), face), language="ar", **words)
        told = Said(view, how, on or date(2026, 4, 2), "Hala")
        return preparing.record_view(Review.objects.get(), whose, told, by=me, at=NOW())


def a_goal_of_the_family_alone(home):
    with viewer.acting(home.naima) as me:
        part = home.part_without_school()
        goals.add_goal(
            Plan.objects.get(), GoalWords("feelings", "Van ons alleen"), by=me, at=AT, circle_id=part
        )


def test_by_a_link_one_says_how_it_goes_and_sees_nothing_else(home, owner):
    review = opened(home)
    prepared(home, review, home.naima, helped="alleen mijn woorden")
    a_goal_of_the_family_alone(home)
    phone = linked(home, review, home.fatna)
    page = phone.get(f"/p/{review}/").content.decode()
    assert "Op vrijdag dansen" in page
    for hidden in ("Van ons alleen", "alleen mijn woorden", "El Amrani", "Naima"):
        assert hidden not in page, hidden
    assert phone.post(f"/p/{review}/", {"language": "nl"}).status_code == 422, "nothing said is asked again"
    names = re.findall(r'name="(face-[\w-]+)"', page)
    for face in ("well", "heavy"):
        thanks = phone.post(f"/p/{review}/", {names[0]: face, "wish": "samen eten", "language": "nl"})
        assert "Thank you, Fatna." in thanks.content.decode()
    with viewer.acting(home.naima):
        row = Preparation.objects.get(author_id=home.fatna)
        assert (row.how, row.wish, row.written_by_id) == ("link", "samen eten", None)
        assert GoalFace.objects.get(author_id=home.fatna).face == "heavy", "said anew it takes the place"
        deed, look = (
            Entry.objects.filter(person_id=home.fatna, kind=kind).first() for kind in ("done", "read")
        )
        assert (deed.rule, look.rule, look.part) == ("link", "link", "review")
    for elsewhere in (
        f"/reviews/{review}/",
        f"/family/{home.family}/",
        f"/plans/{Plan.objects.none().count()}/",
    ):
        assert phone.get(elsewhere).status_code in (302, 404)


def test_what_a_child_says_by_link_or_aloud_is_about_that_child(home):
    home.exclude(home.samira, home.samir)
    review = opened(home)
    said(home, home.samira, helped="dansen")
    phone = linked(home, review, home.samira)
    phone.post(f"/p/{review}/", {"helped": "dansen en slapen", "language": "nl"})
    with viewer.acting(home.samir):
        assert not Preparation.objects.filter(author_id=home.samira).exists()
        assert not GoalFace.objects.filter(author_id=home.samira).exists()
        assert not Entry.objects.filter(deed__in=["said how it goes", "wrote down how it goes"]).exists()
    with viewer.acting(home.naima):
        assert Preparation.objects.get(author_id=home.samira).helped == "dansen en slapen"


def test_aloud_it_is_written_with_day_language_and_who_helped_and_never_over_own_words(home):
    opened(home)
    for _touch in range(2):
        row = said(home, home.fatna, helped="samen eten")
    assert (row.how, row.language, row.interpreter, row.said_on) == ("spoken", "ar", "Hala", date(2026, 4, 2))
    assert row.written_by_id == home.hanne
    prepared(home, row.review_id, home.fatna, helped="mijn eigen woorden")
    with pytest.raises(DatabaseError, match="not_yours_to_decide"):
        said(home, home.fatna)
    with viewer.acting(home.naima):
        mine = Preparation.objects.get(author_id=home.fatna)
        assert (mine.helped, mine.written_by_id, mine.how) == ("mijn eigen woorden", None, "typed")


def test_who_may_not_write_for_others_cannot_and_nobody_writes_for_a_stranger(home):
    opened(home)
    for who in (home.lotte, home.naima, home.fatna):
        with pytest.raises(NotAllowed):
            said(home, home.samir, who)
        with (
            viewer.acting(who),
            pytest.raises(DatabaseError, match="not_yours_to_decide"),
            transaction.atomic(),
        ):
            review = Review.objects.get().pk
            told = '{"helped": "x", "wish": "", "language": "nl", "faces": {}, "how": "spoken", "interpreter": ""}'
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT trust.record_preparation(%s, %s, %s, now())", [review, home.samir, told]
                )
    with pytest.raises(DatabaseError, match="not_yours_to_decide"):
        said(home, home.tom)
    with pytest.raises(preparing.DayIsToCome):
        said(home, home.samir, on=timezone.localdate() + timedelta(days=2))


def test_when_the_review_is_over_the_link_says_so(home):
    review = opened(home)
    phone = linked(home, review, home.fatna)
    with viewer.acting(home.naima) as me:
        reviews.settle(Review.objects.get(), reviews.Decided("finish"), by=me, at=NOW())
    page = phone.post(f"/p/{review}/", {"helped": "te laat", "language": "nl"}).content.decode()
    assert "You already looked at the plan together." in page
    with pytest.raises(reviews.ReviewIsOver):
        said(home, home.fatna)


def test_the_pages_of_the_coordinator(home, owner):
    review = opened(home)
    a_goal_of_the_family_alone(home)
    hanne = browser(owner, home.hanne)
    for place in ("", f"write-down/{home.fatna}/", f"sheet/{home.fatna}/"):
        assert len(counted(hanne, f"/reviews/{review}/{place}")[1]) <= MOST, place
    page = hanne.get(f"/reviews/{review}/").content.decode()
    assert f"/reviews/{review}/sheet/{home.fatna}/" in page
    paper = hanne.get(f"/reviews/{review}/sheet/{home.fatna}/").content.decode()
    assert "Op vrijdag dansen" in paper
    assert "Van ons alleen" not in paper, "on paper stands only what the reader may know"
    assert re.search(r"/l/[\w-]{20,}/", hanne.post(f"/reviews/{review}/link/{home.fatna}/").content.decode())
    address = f"/reviews/{review}/write-down/{home.fatna}/"
    assert "Van ons alleen" not in hanne.get(address).content.decode(), "nor is it read out"
    told = {
        "how": "paper",
        "said_on": "",
        "helped": "lekker eten",
        "language": "nl",
    }
    wrong = hanne.post(address, told)
    assert wrong.status_code == 422
    assert "lekker eten" in wrong.content.decode()
    assert hanne.post(address, told | {"said_on": "2099-01-01"}).status_code == 422
    assert hanne.post(address, told | {"helped": "", "said_on": "2026-04-02"}).status_code == 422
    assert hanne.post(address, told | {"said_on": "2026-04-02"}).status_code == 302
    shown = browser(owner, home.naima).get(f"/reviews/{review}/").content.decode()
    assert "lekker eten" in shown
    assert "written on paper" in shown
    assert "Without signing in" not in shown, "only the coordinator gives links"
    for who, status in ((home.lotte, 403), (home.naima, 403), (home.tom, 404)):
        somebody = browser(owner, who)
        assert somebody.get(address).status_code == status
        assert somebody.post(f"/reviews/{review}/link/{home.samir}/").status_code == status
        assert somebody.get(f"/reviews/{review}/sheet/{home.samir}/").status_code == status
