"""The plan on paper, set an hour ago and fetched now: it says what may be known now, to who was left out meanwhile, too."""

import io

from django.utils import timezone
from pypdf import PdfReader

from kring.trust import viewer
from kring.trust.models import Person
from kring.trust.usecases import exclusions
from kring.wraparound.models import Plan
from kring.wraparound.usecases import goals
from kring.wraparound.usecases.goals import GoalWords
from web.doorstep import bare, browser
from wraparound.home import AT
from wraparound.test_answering import printed


def _words(sheet: bytes) -> str:
    pages = PdfReader(io.BytesIO(sheet)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def with_a_goal_about_her(home):
    """The plan of the family, and in it something about Samira."""
    plan = home.plan()
    with viewer.acting(home.hanne) as me:
        words = GoalWords("feelings", "Beter slapen")
        goals.add_goal(Plan.objects.get(), words, by=me, at=AT, child=home.samira)
    return plan


def she_leaves_her_father_out(home) -> None:
    """From now on he knows nothing about her."""
    with viewer.acting(home.samira) as me:
        girl = Person.objects.get(pk=home.samira)
        exclusions.leave_out(girl, by=me, at=timezone.now(), person_id=home.samir)


def test_who_is_left_out_meanwhile_fetches_a_paper_without_it_and_sees_no_other_page(home, owner):
    plan = with_a_goal_about_her(home)
    _made, paper = printed(home, owner, home.samir, home.samir, plan, "en")
    client = browser(owner, home.samir)
    assert "Beter slapen" in _words(client.get(f"/papers/{paper}/plan.pdf").content)
    page = bare(client.get(f"/papers/{paper}/").content)
    she_leaves_her_father_out(home)
    again = client.get(f"/papers/{paper}/plan.pdf")
    assert again.status_code == 200
    told = _words(again.content)
    assert "Op vrijdag dansen" in told
    assert "Beter slapen" not in told
    assert bare(client.get(f"/papers/{paper}/").content) == page


def test_what_is_printed_for_another_says_what_both_may_know_when_it_is_fetched(home, owner):
    plan = with_a_goal_about_her(home)
    _made, paper = printed(home, owner, home.hanne, home.samir, plan, "en")
    client = browser(owner, home.hanne)
    assert "Beter slapen" in _words(client.get(f"/papers/{paper}/plan.pdf").content)
    she_leaves_her_father_out(home)
    assert "Beter slapen" not in _words(client.get(f"/papers/{paper}/plan.pdf").content)
