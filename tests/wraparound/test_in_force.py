"""Once a version is in force its answers stand; what somebody wants to change is said beside it."""

from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from kring.trust import viewer
from kring.web.wraparound.frozen import _in_words
from kring.wraparound.models import Approval, Goal, Remark, Version
from kring.wraparound.usecases import approvals, goals
from kring.wraparound.usecases.goals import GoalWords
from web.doorstep import browser
from wraparound.home import LATER
from wraparound.test_answering import came_in


def everybody_says_yes(home, version):
    for person in (home.naima, home.samir, home.samira):
        with viewer.acting(person) as me:
            approvals.approve(Version.objects.get(pk=version), language="nl", by=me, at=LATER)


def test_a_later_wish_to_change_leaves_the_yes_standing(home, owner):
    version = home.offered()
    everybody_says_yes(home, version)
    phone = browser(owner, home.naima)
    assert "Yes, this is our plan" not in phone.get(f"/a/{version}/").content.decode()
    assert "Do you say yes" not in phone.get(f"/a/{version}/?answer=yes").content.decode()
    for _second_click in (1, 2):
        sent = phone.post(f"/a/{version}/", {"answer": "change", "words": "Liever zaterdag"})
        assert sent.url == f"/a/{version}/thanks/"
    assert "calls you" in phone.get(sent.url).content.decode()
    page = phone.get(f"/a/{version}/").content.decode()
    assert "You said yes." in page
    assert "We heard it." in page
    with viewer.acting(home.hanne):
        assert Version.objects.get().stage == "in force"
        assert {one.answer for one in Approval.objects.filter(person_id=home.naima)} == {"yes"}
        assert Remark.objects.get().words == "Liever zaterdag"
        plan = Version.objects.get().plan_id
    for address in (f"/plans/{plan}/", f"/versions/{version}/"):
        assert "Liever zaterdag" in browser(owner, home.hanne).get(address).content.decode()


def test_by_a_link_too_it_is_said_beside(home, owner):
    version = home.offered()
    phone = came_in(home, owner, version, home.samira)
    everybody_says_yes(home, version)
    sent = phone.post(f"/a/{version}/", {"answer": "change"})
    assert sent.status_code == 302, (sent.status_code, sent.content.decode()[-1500:])
    assert sent.url == f"/a/{version}/thanks/"
    assert "calls you" in phone.get(f"/a/{version}/thanks/").content.decode()
    with viewer.acting(home.hanne):
        said = Remark.objects.get()
        assert (said.subject_id, said.words) == (home.samira, "I want to change something")


def test_the_database_refuses_an_answer_to_a_version_in_force(home):
    version = home.offered()
    everybody_says_yes(home, version)
    with viewer.acting(home.naima) as me:
        row = Version.objects.get()
        with pytest.raises(DatabaseError), transaction.atomic():
            Approval.objects.create(
                version=row, circle_id=row.circle_id, author_id=me.person_id, at=LATER, person_id=me.person_id,
                answer="change", language="nl", how="signed in", said_on=LATER.date(),
            )  # fmt: skip


def test_before_it_is_in_force_it_is_said_that_the_yes_is_taken_back(home, owner):
    version = home.offered()
    phone = browser(owner, home.naima)
    phone.post(f"/a/{version}/", {"answer": "yes"})
    page = phone.get(f"/a/{version}/?answer=change").content.decode()
    assert "You said yes before. That yes then no longer counts." in page
    phone.post(f"/a/{version}/", {"answer": "change"})
    assert "We heard it." in phone.get(f"/a/{version}/").content.decode()


def test_what_is_new_stands_first_and_who_wrote_it(home, owner):
    plan = home.plan()
    first = home.offered(plan)
    everybody_says_yes(home, first)
    page = browser(owner, home.hanne).get(f"/plans/{plan}/").content.decode()
    assert "March 3, 2026" in page, "the day of the version in force"
    assert "Did the plan change?" not in page
    with viewer.acting(home.hanne) as me:
        goal = Goal.objects.get()
        goals.change_goal(goal, GoalWords("leisure", "Op zaterdag dansen", "", "nl"), by=me, at=LATER)
    assert "Did the plan change?" in browser(owner, home.hanne).get(f"/plans/{plan}/").content.decode()
    second = home.offered(plan)
    for phone in (came_in(home, owner, second, home.naima), browser(owner, home.naima)):
        page = phone.get(f"/a/{second}/").content.decode()
        assert "Hanne wrote this with you." in page
        assert page.index("New in it") < page.index("Op vrijdag dansen") < page.index('id="plan"')
    page = browser(owner, home.naima).get(f"/a/{second}/", headers={"Accept-Language": "ar"}).content.decode()
    assert "coördinator" not in page


def test_a_day_is_said_in_words_and_long_words_break():
    assert "2026-11-27" not in _in_words(
        "action", {"what": "belt", "by_when": date(2026, 11, 27).isoformat()}
    )
    css = Path(__file__).parents[2] / "frontend/css/helpers.css"
    assert ".said, .quote, main [lang]" in css.read_text()
