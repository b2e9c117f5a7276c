"""A parent asked that the family is forgotten, and another said no: whoever asked is told, and nobody else (D7)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.utils import timezone

from circle.furnished import Furnished
from clockwork import as_the_worker
from kring.clock import usecases as clock
from kring.messaging import usecases as messaging
from trust.each_policy import NOW, Neighbourhood
from trust.one_trigger import Alone
from trust.scenes import LONG_AGO
from trust.whoever import NOBODY, hearing
from web.doorstep import account

TOLD = "SELECT trust.stopped_still_told(%s, %s)"


def stopped(by: Alone, here: Neighbourhood, **more: Any) -> UUID:
    """Naima asked it ten days ago, and Karim said no yesterday."""
    facts = {
        "kind": "family", "whose": here.family, "word": "guardian", "asked_by": here.naima, "asked_at": NOW - timedelta(days=10),
        "due_at": NOW + timedelta(days=4), "taken_back_at": NOW - timedelta(days=1), "taken_back_by": here.karim,
    }  # fmt: skip
    which: UUID = by.lies("trust_forgetting", **facts | more)
    return which


def reading(by: Alone, here: Neighbourhood, **more: Any) -> set[str]:
    """Who reads on their page that it stays."""
    asked = "SELECT * FROM trust.forgettings_stopped()"
    return {name for name, who in here.called.items() if by.reads(who, asked, **more)}


def told(by: Alone, here: Neighbourhood, which: UUID) -> set[str]:
    """To whom a letter about it may go."""
    by.asks(None)
    return {name for name, who in here.called.items() if by.owner.execute(TOLD, [which, who]).fetchone()[0]}


def test_whoever_asked_reads_it_and_gets_a_letter_and_nobody_else(here, by):
    which = stopped(by, here)
    stopped(
        by,
        here,
        whose=here.next_family,
        asked_by=here.britt,
        taken_back_by=here.karim,
        taken_back_at=LONG_AGO,
    )
    assert reading(by, here) == told(by, here, which) == {"naima"}
    (row,) = by.reads(here.naima, "SELECT * FROM trust.forgettings_stopped()")
    assert row == (NOW - timedelta(days=10), NOW - timedelta(days=1))
    assert by.owner.execute("SELECT * FROM trust.stopped_to_tell()").fetchall() == [(which, here.naima)]
    assert reading(by, here, seen_as=here.karim) == NOBODY
    assert by.reads(None, "SELECT * FROM trust.forgettings_stopped()") == []
    assert hearing(by, here, "stopped_still_told", which, here.naima) == NOBODY, "only the clock asks it"


@pytest.mark.parametrize(
    "otherwise",
    [
        {"taken_back_by": None},
        {"taken_back_at": None, "taken_back_by": None},
        {"taken_back_at": NOW - timedelta(days=31)},
        {"asked_by": None},
    ],
)
def test_what_one_took_back_oneself_or_long_ago_and_what_still_waits_is_not_told(here, by, otherwise):
    mine = {"taken_back_by": here.naima} if otherwise == {"taken_back_by": None} else {}
    asked = {"asked_by": here.karim, "taken_back_by": here.karim} if "asked_by" in otherwise else {}
    which = stopped(by, here, **otherwise | mine | asked)
    assert reading(by, here) == told(by, here, which) == NOBODY


def test_thirty_days_and_no_longer(here, by):
    at = by.stops_the_clock()
    for since, who in (
        (timedelta(days=30), NOBODY),
        (timedelta(days=30) - timedelta(microseconds=1), {"naima"}),
    ):
        with by.owner.transaction(force_rollback=True):
            stopped(by, here, taken_back_at=at - since, asked_at=at - timedelta(days=40))
            assert reading(by, here) == who


def test_asked_anew_since_it_is_told_no_more_and_of_another_family_it_is(here, by):
    which = stopped(by, here)
    new = {"taken_back_at": None, "taken_back_by": None, "asked_at": NOW}
    with by.owner.transaction(force_rollback=True):
        stopped(by, here, **new)
        assert told(by, here, which) == NOBODY
    stopped(by, here, **new, whose=here.next_family, asked_by=here.britt)
    assert told(by, here, which) == {"naima"}


def test_who_is_no_guardian_of_that_family_any_more_is_not_told(here, by):
    which = stopped(by, here)
    elsewhere = "UPDATE trust_familymember SET family_id = %s WHERE person_id = %s"
    for change, *values in (
        ("UPDATE trust_familymember SET kind = 'child' WHERE person_id = %s", here.naima),
        (elsewhere, here.next_family, here.naima),
    ):
        with by.owner.transaction(force_rollback=True):
            by.stands(change, *values)
            assert told(by, here, which) == NOBODY


def test_who_says_no_is_written_down_beside_the_moment(here, by):
    which = stopped(by, here, taken_back_at=None, taken_back_by=None)
    by.asks(here.karim)
    here.owner.execute("SELECT trust.think_again(%s)", [which])
    assert here.owner.execute(
        "SELECT taken_back_by FROM trust_forgetting WHERE id = %s", [which]
    ).fetchone() == (here.karim,)


def test_the_mother_reads_on_her_page_and_in_a_letter_that_the_father_said_no(owner):
    scene = Furnished(owner)
    account(owner, scene.naima, "naima@example.org")
    owner.execute("UPDATE trust_account SET language = 'en'")
    owner.execute("UPDATE trust_contactcard SET channel = 'e-mail', listens = false")
    mother, father = scene.browser(scene.naima), scene.browser(scene.karim)
    mother.post(f"/mine/forget/{scene.family}/")
    assert b"your family stays" not in mother.get("/mine/").content
    (which,) = owner.execute("SELECT id FROM trust_forgetting").fetchone()
    father.post(f"/mine/think-again/{which}/")
    page = mother.get("/mine/").content.decode()
    assert "Everything about your family stays" in page
    assert "somebody who decides with you said no" in page
    assert "Everything about your family stays" not in father.get("/mine/").content.decode()
    assert as_the_worker(clock.tell_that_it_stays, at=timezone.now()) == 1
    assert as_the_worker(clock.tell_that_it_stays, at=timezone.now()) == 0, "once"
    (letter,) = owner.execute("SELECT id FROM messaging_letter WHERE kind = 'it stays'").fetchone()
    assert as_the_worker(messaging.send, letter, at=datetime.now(timezone.get_current_timezone())) == "sent"
    (sent,) = mail.outbox
    assert sent.to == ["naima@example.org"]
    assert "There is an answer" in sent.subject
    assert "Amrani" not in sent.body
    mother.post(f"/mine/forget/{scene.family}/")
    assert "Everything about your family stays" not in mother.get("/mine/").content.decode()
