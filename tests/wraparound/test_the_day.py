"""The coordinator's day stays short however much waits, and shows the rest when asked (S2)."""

from datetime import timedelta

from django.utils import timezone

from kring.trust import viewer
from kring.wraparound.models import Goal
from kring.wraparound.usecases.actions import Step, add_action
from web.doorstep import browser
from wraparound.home import AT
from wraparound.test_pages import MOST, counted


def late(home, owner, number, doer):
    """Steps of somebody that are past their day."""
    yesterday = timezone.localdate() - timedelta(days=1)
    with viewer.acting(home.hanne) as me:
        goal = Goal.objects.get()
        for n in range(number):
            add_action(goal, Step(f"nr {n + 1} van velen", doer=doer, by_when=yesterday), by=me, at=AT)
    owner.execute("UPDATE wraparound_goal SET state = 'in the plan'")


def test_what_waits_for_others_is_cut_short_and_shown_when_asked(home, owner):
    home.plan()
    late(home, owner, 20, home.fatna)
    hanne = browser(owner, home.hanne)
    page, asked = counted(hanne, "/today/")
    shown = page.content.decode()
    assert shown.count(" van velen") == 8
    assert 'href="?all=1"' in shown
    assert len(asked) <= MOST
    whole = hanne.get("/today/?all=1").content.decode()
    assert whole.count(" van velen") == 20
    assert 'href="?all=1"' not in whole


def test_the_number_of_broken_promises_is_true_though_the_list_is_cut(home, owner):
    home.plan()
    late(home, owner, 20, home.hanne)
    shown = browser(owner, home.hanne).get("/today/").content.decode()
    assert "21 promises are past their day." in shown
    assert shown.count(" van velen") == 11, "the step of March, and eleven more"
    assert 'href="?all=1"' in shown


def test_few_things_need_no_second_page(home, owner):
    home.plan()
    late(home, owner, 3, home.fatna)
    shown = browser(owner, home.hanne).get("/today/").content.decode()
    assert shown.count(" van velen") == 3
    assert 'href="?all=1"' not in shown
