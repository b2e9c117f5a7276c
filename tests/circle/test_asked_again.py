"""K4: who is left out is asked a yes again; whether something new hides from them or nothing is new, they read the same."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from circle.furnished import LATER, Furnished
from circle.two_worlds import TOKENS
from kring.trust import viewer
from kring.trust.models import Person
from kring.trust.usecases import exclusions
from kring.wraparound.models import Approval, Plan, Version
from kring.wraparound.usecases import approvals, goals, versions
from kring.wraparound.usecases.goals import GoalWords

#: What stands on the page of the day of what Samira answered.
ABOUT_HER = {
    "yes": re.compile(rb"said yes to the plan(?:(?!</li>).)*Samira", re.S),
    "change": re.compile(rb"Samira wants to change something"),
}
#: What is drawn by chance for every row and every page.
CHANCE = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}")


@pytest.fixture
def home(owner) -> Furnished:
    """Samira left her father out, and the plan is in force with everybody's yes."""
    home = Furnished(owner)
    with viewer.acting(home.samira) as me:
        samira = Person.objects.get(pk=home.samira)
        exclusions.leave_out(samira, by=me, at=LATER, person_id=home.karim)
    offered = offer(home)
    for who in (home.naima, home.karim, home.samira):
        with viewer.acting(who) as me:
            approvals.approve(Version.objects.get(pk=offered), language="en", by=me, at=LATER)
    return home


def offer(home: Furnished):
    """The coordinator asks everybody's yes."""
    with viewer.acting(home.noor) as me:
        return versions.offer_for_approval(Plan.objects.get(), by=me, at=LATER).pk


def read_by(home: Furnished, browser: Client, version) -> list[bytes]:
    """What somebody reads of it, wherever it stands."""
    pages = [
        f"/a/{version}/",
        f"/a/{version}/?answer=yes",
        f"/family/{home.family}/",
        f"/plans/{home.plan}/",
        "/today/",
    ]
    said = []
    for page in pages:
        answer = browser.get(page)
        assert answer.status_code == 200, page
        said.append(CHANCE.sub(b"-", TOKENS.sub(rb"\1-", answer.content)))
    return said


def test_a_hidden_goal_and_no_new_goal_read_the_same_to_who_is_left_out(home):
    his = home.browser(home.karim)
    read_by(home, his, offer(home))  # what a first visit shows once
    unchanged = read_by(home, his, offer(home))
    with viewer.acting(home.naima) as me:
        words = GoalWords("health", "Sleeping through the night")
        goals.add_goal(Plan.objects.get(), words, by=me, at=LATER, child=home.samira)
    again = offer(home)
    assert b"You read the same as last time" in unchanged[0]
    assert read_by(home, his, again) == unchanged
    seen = read_by(home, home.browser(home.naima), again)
    assert b"You read the same as last time" not in seen[0]
    assert b"Sleeping through the night" in seen[0]


def test_who_keeps_the_plan_asks_everybodys_yes_again_when_nothing_changed(home):
    noor = home.browser(home.noor)
    page = f"/plans/{home.plan}/"
    assert f'href="{page}approval/"' in noor.get(page).content.decode()
    assert noor.post(f"{page}approval/").status_code == 302
    with viewer.acting(home.noor):
        assert Version.objects.filter(stage="waiting").count() == 1


def test_what_changed_hints_at_nothing_one_may_not_know(home):
    with viewer.acting(home.naima) as me:
        words = GoalWords("health", "Out of sight")
        goals.add_goal(Plan.objects.get(), words, by=me, at=LATER, child=home.samira)
    page = f"/versions/{offer(home)}/"
    his = home.browser(home.karim).get(page).content.decode()
    assert "Nothing changed." in his
    assert "may know" not in his.partition("<main")[2].partition("</main>")[0]
    assert "Out of sight" in home.browser(home.naima).get(page).content.decode()


@pytest.mark.parametrize("answer", ["yes", "change"])
def test_who_keeps_the_plan_reads_on_the_day_what_she_answered_as_before(home, answer):
    """The page of the day names everybody who said yes; of her alone it would be missing for whom she left out."""
    offered = offer(home)
    for who in (home.naima, home.karim):
        with viewer.acting(who) as me:
            approvals.approve(Version.objects.get(pk=offered), language="en", by=me, at=datetime.now(UTC))
    with viewer.acting(home.samira) as me:
        deed = approvals.approve if answer == "yes" else approvals.ask_for_change
        deed(Version.objects.get(pk=offered), language="en", by=me, at=datetime.now(UTC))
    hers = home.browser(home.noor)

    def she_leaves_her_out() -> None:
        with viewer.acting(home.samira) as me:
            samira = Person.objects.get(pk=home.samira)
            exclusions.leave_out(samira, by=me, at=datetime.now(UTC), person_id=home.noor)

    def of_her() -> tuple[list[bytes], list[bytes]]:
        day = hers.get("/today/").content.partition(b"<main")[2]
        return re.findall(rb"\d+ good things", day), ABOUT_HER[answer].findall(day)

    before = of_her()
    assert before[1], "she is named there"
    she_leaves_her_out()
    with viewer.acting(home.noor):
        assert not Approval.objects.filter(person_id=home.samira).exists()
    assert of_her() == before
