"""`make two-worlds`: that somebody is left out is the only difference, and they get every answer as before (K4)."""

import os
import re
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.test import Client

from circle.furnished import LATER, Furnished
from kring.trust import viewer
from kring.trust.models import Circle
from kring.wraparound.usecases import goals, plans
from kring.wraparound.usecases.goals import GoalWords
from proofs.addresses import filled, ids, patterns
from proofs.test_two_worlds import asked, differing, traceless
from trust.scenes import insert

EVERY = bool(os.environ.get("EVERY"))
#: Who is left out of Yassin, how they are named, and on which ground.
LEFT_OUT = {
    "the father, by two people": ("karim", "person_id", "withheld"),
    "school, by his mother": ("lotte", "sector", "guardian"),
    "the coordinator, by his mother": ("noor", "person_id", "guardian"),
    "the aunt, by his mother": ("aunt", "person_id", "guardian"),
    "the teacher, by a conflict of interest": ("lotte", "person_id", "conflict"),
}
NUMBER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


class NothingOfHim(Furnished):
    """The family, with nothing written about Yassin yet: so nothing goes with the knowing of him."""

    def write_plan(self, steps: int) -> None:
        """A goal of all of them and one of Samira."""
        with viewer.acting(self.naima) as me:
            plan = plans.start_plan(Circle.objects.get(pk=self.circle), by=me, at=LATER)
            for child, domain in ((None, "home"), (self.samira, "school")):
                words = GoalWords(domain, f"aim {domain}", language="en")
                goal = goals.add_goal(plan, words, by=me, at=LATER, child=child)
                for number in range(steps):
                    self.step(goal, number, me)
        self.plan = plan.pk

    def leave_out(self, who: str, field: str, ground: str) -> None:
        """From now on they know nothing about Yassin, and nobody tells them."""
        insert(
            self.owner, "trust_exclusion", subject_id=self.yassin, ground=ground, decided_by_id=self.noor, reason="",
            since=datetime.now(UTC) - timedelta(minutes=5), **{field: getattr(self, who) if field == "person_id" else "education"},
        )  # fmt: skip


@pytest.fixture
def home(owner: psycopg.Connection) -> NothingOfHim:
    """The family."""
    return NothingOfHim(owner)


@pytest.mark.usefixtures("no_tick")
@pytest.mark.parametrize("how", LEFT_OUT if EVERY else list(LEFT_OUT)[:2])
def test_whoever_is_left_out_opens_every_address_as_before(home: NothingOfHim, how: str) -> None:
    """Every address of the house, with every row there is in its blanks."""
    who = LEFT_OUT[how][0]
    browser = home.browser(getattr(home, who))
    known = ids(home.owner) | {"person": [home.yassin, home.samira]}
    addresses = list(
        dict.fromkeys(one for pattern in sorted(set(patterns())) for one in filled(pattern, known, 2))
    )
    with traceless(home):
        before = asked(browser, addresses)  # a first visit may greet
    there = [address for address, told in before.items() if told[0] != 404]
    with traceless(home):
        before = asked(browser, there)
    home.leave_out(*LEFT_OUT[how])
    with traceless(home):
        after = asked(browser, there)
    wrong = list(differing(before, after))
    sys.stdout.write(f"\n{how}: {len(after)} answers compared, {len(wrong)} differ\n")
    assert len(after) > 200
    assert wrong == []


@pytest.mark.parametrize("how", LEFT_OUT)
def test_whoever_is_left_out_sends_every_form_about_the_child_as_before(home: NothingOfHim, how: str) -> None:
    """What is asked about Yassin is taken, refused or sent back as it was; his own words one knows oneself."""
    browser = home.browser(getattr(home, LEFT_OUT[how][0]))
    before = sent(browser, home)
    home.leave_out(*LEFT_OUT[how])
    after = sent(browser, home)
    assert {name: (before[name], after[name]) for name in after if after[name] != before[name]} == {}
    assert any(status == 200 and chain for status, chain, *_ in after.values()), "something was taken"


def sent(browser: Client, home: NothingOfHim) -> dict[str, Any]:
    """What the page says and where it leads after each form that can be about a child."""
    here, him = f"/family/{home.family}", str(home.yassin)
    forms: dict[str, tuple[str, dict[str, Any]]] = {
        "goal": (f"/plans/{home.plan}/goals/new/?quick=1", {"domain": "school", "aim": "My words", "need": "",
                 "language": "en", "child": him, "circle": str(home.circle)}),
        "good news": (f"{here}/good-news/", {"words": "He laughed", "language": "en", "child": him}),
        "path": (f"{here}/path/add/", {"what": "A coach", "since_year": "2021", "child": him, "near": "all",
                 "language": "en"}),
        "talent": (f"{here}/learning/{him}/talents/", {"sees": "He draws", "qualities": "", "language": "en"}),
        "meeting": (f"{here}/meetings/call/", in_five_days(him, str(home.circle))),
        "meeting about him": (f"{here}/meetings/call/", in_five_days(him, f"{home.circle}.{him}")),
        "learning": (f"{here}/learning/{him}/write/", {"how": "screening", "held_on": f"{datetime.now(UTC):%Y-%m-%d}",
                     "best": "quiet", "text": "all of it", "language": "en"}),
        "wish": (f"/plans/{home.plan}/wish/", {"text": "He wants to swim", "language": "en", "whose": him}),
        "leave out": (f"{here}/left-out/?child={him}", {"whom": f"person:{home.asked}"}),
    }  # fmt: skip
    return {name: shape(browser.post(address, told, follow=True)) for name, (address, told) in forms.items()}


def in_five_days(asked_in: str, where: str) -> dict[str, Any]:
    """A meeting to which this child is asked."""
    day = datetime.now(UTC).date() + timedelta(days=5)
    return {"day": day.isoformat(), "hour": "15:00", "place": "here", "asked": [asked_in], "circle": where}


def shape(answer: Any) -> tuple[int, list[str], list[str], list[str]]:
    """Status, the way it went, the title and what is said about a mistake; numbers of rows are others each time."""
    words = answer.content.decode(errors="replace")
    chain = [NUMBER.sub("-", address) for address, _status in answer.redirect_chain]
    title, wrong = (
        re.findall(sign, words, re.S) for sign in (r"<h1[^>]*>(.*?)</h1>", r'class="error[^>]*>(.*?)</p')
    )
    return answer.status_code, chain, title[:1], wrong
