"""Somebody leaves: everything finds somebody, what is left waits as a name and a number, a confidence moves to nobody."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from kring.intake.models import Concern
from kring.intake.usecases import concerns, promises
from kring.trust import rules, viewer
from kring.trust.models import Job, Leaving
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import coordinators, leavings
from trust.scenes import LONG_AGO, insert
from web.doorstep import browser
from wraparound.home import Home

ZONE = "Europe/Brussels"


@pytest.fixture
def home(owner):
    """Hanne leaves; Els and Marc work at the contact point; Bo leads Hanne's team, Leen another one."""
    home = Home(owner)
    home.plan()
    home.els = home.worker("Els", "contact point", "Huis van het Kind")
    home.marc = home.worker("Marc", "contact point", "Huis van het Kind")
    home.bo, home.leen = home.worker("Bo", "lead", "Wijkteam"), home.worker("Leen", "lead", "Dans")
    return home


def say(home, whom, by, days=20):
    with viewer.acting(by) as me:
        return leavings.say(
            Job.objects.get(person_id=whom),
            timezone.localdate() + timedelta(days=days),
            by=me,
            at=timezone.now(),
        )


def text(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def knows(home, who, circle, at):
    return home.owner.execute("SELECT trust.seat_says_so(%s, %s, %s, %s)", [who, circle, at, at]).fetchone()[
        0
    ]


def test_the_work_ends_when_the_last_day_is_over_and_not_a_moment_sooner(home):
    for _twice in range(2):
        said = say(home, home.hanne, home.hanne)
    ends = rules.day_is_over(said.last_on, ZONE)
    assert knows(home, home.hanne, home.circle, ends - timedelta(microseconds=1))
    assert not knows(home, home.hanne, home.circle, ends)
    with viewer.acting(home.hanne) as me:
        for _twice in range(2):
            leavings.take_back(Leaving.objects.get(), by=me, at=timezone.now())
    assert knows(home, home.hanne, home.circle, ends)


def test_nobody_wakes_their_own_work_when_it_is_over(home, owner):
    """K2: with the work its seats would wake. Hanne works elsewhere in the village by now."""
    said = say(home, home.hanne, home.hanne)
    elsewhere = home.organisation("Dans")
    insert(owner, "trust_job", person_id=home.hanne, organisation_id=elsewhere, role="worker", title="", bound=False,
           phone="", languages="", since=LONG_AGO)  # fmt: skip
    over = timezone.now() - timedelta(hours=1)
    owner.execute("UPDATE trust_job SET until = %s WHERE id = %s", [over, home.jobs[home.hanne]])
    for by in (home.hanne, home.bo):
        with viewer.acting(by) as me:
            job = Job.objects.get(pk=home.jobs[home.hanne])
            with pytest.raises(NotAllowed):
                leavings.take_back(said, by=me, at=timezone.now())
            with pytest.raises(NotAllowed):
                leavings.say(job, timezone.localdate() + timedelta(days=90), by=me, at=timezone.now())
    assert not knows(home, home.hanne, home.circle, timezone.now())
    assert browser(owner, home.hanne).post(f"/leaving/{home.jobs[home.hanne]}/stay/").status_code == 404


def test_work_that_ends_anyway_becomes_no_longer_by_saying_a_last_day(home, owner):
    ends = timezone.now() + timedelta(days=30)
    owner.execute("UPDATE trust_job SET until = %s WHERE id = %s", [ends, home.jobs[home.hanne]])
    with pytest.raises(leavings.WorkEndsSooner):
        say(home, home.hanne, home.hanne, days=90)
    say(home, home.hanne, home.hanne, days=10)
    with pytest.raises(leavings.WorkEndsSooner):
        say(home, home.hanne, home.hanne, days=90)


def test_who_may_say_it_and_for_whom(home):
    for by in (home.lotte, home.leen, home.tom, home.naima):
        with pytest.raises(NotAllowed):
            say(home, home.hanne, by)
    assert say(home, home.hanne, home.bo).said_by_id == home.bo
    assert say(home, home.lotte, home.els).said_by_id == home.els
    ada = home.worker("Ada", "administrator", "Huis van het Kind")
    with pytest.raises(NotAllowed):
        say(home, ada, home.els)
    for days in (-1, 400):
        with pytest.raises(leavings.LastDayIsPast):
            say(home, home.tom, home.tom, days=days)
    for blind in (home.bo, home.els):
        page = browser(home.owner, blind).get(f"/leaving/colleagues/{home.jobs[home.hanne]}/")
        assert page.status_code == 200
        assert not re.search("Amrani|Naima|dansschool", text(page))


def test_the_desk_counts_what_found_somebody(home, owner):
    """Three things: a family, a promise, a step. One kept, one ended: 2 of 3."""
    with viewer.acting(home.hanne) as me:
        promises.promise(home.circle, what="een tolk vragen", due_at=timezone.now() + timedelta(days=9), by=me,
                         at=timezone.now())  # fmt: skip
    hanne = browser(owner, home.hanne)
    last = (timezone.localdate() + timedelta(days=20)).isoformat()
    assert hanne.post("/leaving/", {"last_on": "gisteren"}).status_code == 422
    for _twice in range(2):
        assert hanne.post("/leaving/", {"last_on": last}).status_code == 302
    page = text(hanne.get("/leaving/"))
    assert "0 of 3 have found somebody." in page
    assert "Tell this family first." in page
    step = owner.execute("SELECT id FROM wraparound_action WHERE what = 'belt de dansschool'").fetchone()[0]
    hanne.post(f"/family/{home.family}/hand-over/steps/{step}/", {"word": "De school belt zelf."})
    promise = owner.execute("SELECT id FROM intake_promise WHERE what = 'een tolk vragen'").fetchone()[0]
    hanne.post(f"/family/{home.family}/hand-over/promises/{promise}/", {"to": str(home.lotte)})
    assert "Lotte is asked to take it over." in text(hanne.get("/leaving/"))
    passed = owner.execute("SELECT id FROM wraparound_passon WHERE promise_id = %s", [promise]).fetchone()[0]
    browser(owner, home.lotte).post(
        f"/family/{home.family}/hand-over/asked/{passed}/answer/", {"answer": "yes"}
    )
    assert "2 of 3 have found somebody." in text(hanne.get("/leaving/"))
    assert "What somebody told you alone stays with that person." in text(hanne.get("/leaving/"))


def test_what_is_left_waits_at_the_contact_point_as_a_name_and_nothing_else(home, owner):
    """D2, hard case 7: nothing was handed over, the day is over. What lay with Hanne is taken up by the circle."""
    say(home, home.hanne, home.hanne)
    owner.execute("UPDATE trust_job SET until = now() WHERE person_id = %s", [home.hanne])
    with viewer.acting(home.els) as me:
        (waits,) = coordinators.waiting_families(by=me)
        assert waits.family_id == home.family
        assert waits.name in ("Naima", "Samir")
        assert timezone.now() - waits.since < timedelta(hours=1)
    assert browser(owner, home.els).get(f"/family/{home.family}/hand-over/").status_code == 404
    assert browser(owner, home.hanne).get(f"/family/{home.family}/").status_code in (302, 404)
    naima = browser(owner, home.naima)
    assert "There is no coordinator right now." in text(naima.get(f"/family/{home.family}/"))
    page = text(naima.get(f"/family/{home.family}/hand-over/"))
    assert "Waiting for somebody" in page
    assert "belt de dansschool" in page


def test_a_colleague_goes_on_with_a_first_talk_and_its_promises(home, owner):
    made = insert(
        owner, "intake_concern", circle_id=home.desk, at=timezone.now(), told_locked=b"", reachable=False,
        asker_kind="", family_knows="", language="nl", wants_help_now=False, channel="page",
        state="received", answer_by=timezone.now() + timedelta(days=2), outcome="", reason="", receipt_hash=b"1" * 32,
    )  # fmt: skip
    with viewer.acting(home.els) as me:
        concern = concerns.take_up(Concern.objects.get(pk=made), by=me, at=timezone.now())
    with viewer.acting(home.els) as me:
        promises.promise(concern.circle_id, what="terugbellen", due_at=timezone.now() + timedelta(days=1), by=me,
                         at=timezone.now(), concern=concern)  # fmt: skip
    say(home, home.els, home.els)
    els, marc = browser(owner, home.els), browser(owner, home.marc)
    assert marc.get(f"/concerns/{made}/").status_code == 404
    assert els.post(f"/leaving/concerns/{made}/", {"to": str(home.hanne)}).status_code == 404
    assert els.post(f"/leaving/concerns/{made}/", {"to": str(home.marc)}).status_code == 302
    assert els.post(f"/leaving/concerns/{made}/", {"to": str(home.marc)}).status_code == 404
    assert (els.get(f"/concerns/{made}/").status_code, marc.get(f"/concerns/{made}/").status_code) == (
        404,
        200,
    )
    with viewer.acting(home.marc):
        assert Concern.objects.get(pk=made).taken_by_id == home.marc
    assert (
        owner.execute("SELECT by_id FROM intake_promise WHERE concern_id = %s", [made]).fetchone()[0]
        == home.marc
    )
    assert "1 of 1 have found somebody." in text(
        els.get("/leaving/")
    ) or "Everything has found somebody." in text(els.get("/leaving/"))


def test_a_confidence_moves_to_nobody(home, owner):
    """Hard case 15: neither the next coordinator nor who says the last day gets a seat in it."""
    told = insert(
        owner, "trust_circle", village_id=home.village, family_id=home.family, kind="confidence", name="", safety=False,
        secrecy=False, subject_id=home.samira, opened_at=LONG_AGO,
    )  # fmt: skip
    home.seat(told, home.samira, role="child", ground="own choice")
    home.seat(told, home.hanne, role="professional", job_id=home.jobs[home.hanne])
    said = say(home, home.hanne, home.bo)
    page = text(browser(owner, home.hanne).get("/leaving/"))
    assert "1 of" not in page
    ends = rules.day_is_over(said.last_on, ZONE)
    for who in (home.hanne, home.tom, home.bo, home.els, home.naima):
        assert not knows(home, who, told, ends)
    assert knows(home, home.samira, told, ends)


def job_ends(home, whom):
    return home.owner.execute("SELECT until FROM trust_job WHERE person_id = %s", [whom]).fetchone()[0]


def test_work_that_has_ended_is_woken_by_nobody_who_says_a_last_day(home, owner):
    """K2: neither with a day to come nor with a day taken back; only the administrator begins it again."""
    said = say(home, home.hanne, home.bo)
    owner.execute("UPDATE trust_job SET until = now() WHERE person_id = %s", [home.hanne])
    ended = job_ends(home, home.hanne)
    for by in (home.bo, home.els):
        with pytest.raises(NotAllowed):
            say(home, home.hanne, by)
        with viewer.acting(by) as me:
            assert not leavings.may_say(Job.objects.get(pk=home.jobs[home.hanne]), me)
        answer = browser(owner, by).post(f"/leaving/{home.jobs[home.hanne]}/stay/")
        assert answer.status_code == 404
    assert job_ends(home, home.hanne) == ended
    assert not knows(home, home.hanne, home.circle, rules.day_begins(said.last_on, ZONE))


def test_what_was_said_once_is_changed_by_others_who_may_say_it_and_stands_for_who_leaves(home, owner):
    day = (timezone.localdate() + timedelta(days=9)).isoformat()
    say(home, home.hanne, home.hanne)
    bo, hanne = browser(owner, home.bo), browser(owner, home.hanne)
    address = f"/leaving/colleagues/{home.jobs[home.hanne]}/"
    assert "The last day is" in text(bo.get(address))
    assert bo.post(address, {"last_on": day}).status_code == 302
    ends = job_ends(home, home.hanne)
    assert ends == rules.day_is_over(timezone.localdate() + timedelta(days=9), ZONE)
    assert "I stay after all" not in text(hanne.get("/leaving/"))
    assert hanne.post(f"/leaving/{home.jobs[home.hanne]}/stay/").status_code == 404
    with pytest.raises(NotAllowed):
        say(home, home.hanne, home.hanne, days=300)
    assert job_ends(home, home.hanne) == ends
    with viewer.acting(home.els) as me:
        leavings.take_back(Leaving.objects.get(), by=me, at=timezone.now())
    assert job_ends(home, home.hanne) is None


def test_a_last_day_lengthens_no_work(home, owner):
    owner.execute("UPDATE trust_job SET until = now() + interval '5 days' WHERE person_id = %s", [home.hanne])
    ended = job_ends(home, home.hanne)
    last = (timezone.localdate() + timedelta(days=20)).isoformat()
    answer = browser(owner, home.hanne).post("/leaving/", {"last_on": last})
    assert (answer.status_code, job_ends(home, home.hanne)) == (422, ended)
    assert "This work ends before that day." in text(answer)
