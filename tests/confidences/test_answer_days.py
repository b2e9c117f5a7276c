"""W16: whoever is asked says until when they answer; the day passes, and the young person reads whom else to ask."""

import datetime
import re

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from clockwork import as_the_worker
from kring.clock import usecases as clock
from kring.confidences.usecases import answering, hearing, tellings
from kring.messaging import usecases as messaging
from kring.trust import viewer
from kring.trust.permissions import NotAllowed
from trust.scenes import insert
from trust.unheard import unheard
from web.doorstep import account, browser


def text(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def passes(home, days):
    """So many days go by since the day was said."""
    with unheard(home.owner):
        home.owner.execute("UPDATE confidences_answerday SET day = day - %s, at = at - make_interval(days => %s)", [days, days])  # fmt: skip


def test_a_day_is_said_in_one_tap_reminded_without_a_name_and_passes_with_somebody_else_to_ask(home, owner):
    account(owner, home.mila, "mila@kompas.example")
    told = home.tells(home.samira, home.mila, "Kan ik met je praten?", at=timezone.now())
    mila, samira = browser(owner, home.mila), browser(owner, home.samira)
    first = mila.get(f"/me/{told}/")
    assert "When will you answer?" in text(first)
    day = re.findall(r'name="day" value="([^"]+)"', first.content.decode())[0]
    for _twice in range(2):
        assert mila.post(f"/me/{told}/day/", {"day": day}).status_code == 302
    assert owner.execute("SELECT count(*) FROM confidences_answerday").fetchone() == (1,)
    assert "Mila answers you on" in text(samira.get(f"/me/{told}/"))
    for wrong in ("2020-01-01", "soon", ""):
        mila.post(f"/me/{told}/day/", {"day": wrong})
    assert owner.execute("SELECT count(*) FROM confidences_answerday").fetchone() == (1,)
    assert samira.post(f"/me/{told}/day/", {"day": day}).status_code == 404
    assert browser(owner, home.noor).post(f"/me/{told}/day/", {"day": day}).status_code == 404

    (said,) = owner.execute("SELECT day FROM confidences_answerday").fetchone()
    passes(home, (said - timezone.localdate()).days)
    assert as_the_worker(clock.remind_of_answers, at=timezone.now()) == 1
    assert as_the_worker(clock.remind_of_answers, at=timezone.now()) == 0
    (letter,) = owner.execute("SELECT id FROM messaging_letter WHERE kind = 'answer today'").fetchone()
    assert as_the_worker(messaging.send, letter, at=timezone.now()) == "sent"
    assert mail.outbox[0].to == ["mila@kompas.example"]
    assert "Samira" not in mail.outbox[0].body + mail.outbox[0].subject

    passes(home, 1)
    page = text(samira.get(f"/me/{told}/"))
    assert "Mila has not answered yet." in page
    assert "You can ask somebody else, or call." in page
    assert "no answer of Mila yet" in text(samira.get("/me/"))
    home.answers(home.mila, told, "Kom morgen.", timezone.now())
    assert "has not answered" not in text(samira.get(f"/me/{told}/")) + text(samira.get("/me/"))


def test_a_day_that_was_kept_is_said_anew_when_it_is_the_same_day(home, owner):
    now, today = timezone.now(), timezone.localdate()
    told = home.tells(home.samira, home.mila, at=now)
    with viewer.acting(home.mila) as me:
        day = answering.to_choose(today, me.country)[2]
        answering.say(told, day, today=today, by=me, at=now)
    home.answers(home.mila, told, "Morgen meer.", now + datetime.timedelta(seconds=1))
    later = now + datetime.timedelta(seconds=2)
    for _twice in range(2):
        with viewer.acting(home.mila) as me:
            answering.say(told, day, today=today, by=me, at=later)
            assert hearing.my_confidences(told)[0].hearers[0].answers_on == day
    assert owner.execute("SELECT count(*) FROM confidences_answerday").fetchone() == (2,)


def test_nobody_says_a_day_for_another_and_nobody_is_reminded_of_what_is_over(home, owner):
    account(owner, home.mila, "mila@kompas.example")
    now, today = timezone.now(), timezone.localdate()
    told = home.tells(home.samira, home.mila, at=now)
    with viewer.acting(home.samira) as me, pytest.raises(NotAllowed):
        answering.say(told, answering.to_choose(today, me.country)[0], today=today, by=me, at=now)
    row = "INSERT INTO confidences_answerday (id, circle_id, subject_id, author_id, at, day) VALUES (gen_random_uuid(), %s, %s, %s, now(), %s)"
    for who, day in (
        (home.samira, today),
        (home.mila, today + datetime.timedelta(days=90)),
        (home.noor, today),
    ):
        with (
            viewer.acting(who),
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as by_hand,
        ):
            by_hand.execute(row, [told, home.samira, who, day])
    with viewer.acting(home.mila) as me:
        day = answering.to_choose(today, me.country)[0]
        answering.say(told, day, today=today, by=me, at=now)
        assert hearing.my_confidences(told)[0].hearers[0].answers_on == day
    at_home = home.tells(home.samira, home.samir, at=now)
    account(owner, home.samir, "samir@example.org")
    with viewer.acting(home.samir) as me:
        answering.say(at_home, day, today=today, by=me, at=now)
    passes(home, (day - today).days)
    assert as_the_worker(clock.remind_of_answers, at=now) == 1, (
        "a letter home may become a call by the coordinator"
    )
    owner.execute("DELETE FROM messaging_letter")
    home.exclude(home.samira, home.mila, "own choice")
    assert as_the_worker(clock.remind_of_answers, at=now) == 0, (
        "who is left out is not reminded, and cannot tell"
    )


def test_the_young_person_ends_it_with_one_hearer_and_keeps_the_other(home, owner):
    samira, noor_told = browser(owner, home.samira), home.tells(home.samira, home.noor)
    with viewer.acting(home.samira) as me:
        tellings.let_hear(noor_told, home.mila, from_the_beginning=False, by=me, at=timezone.now())
    page = text(samira.get(f"/me/{noor_told}/"))
    assert "Who hears this?" in page
    assert "only what came later" in page
    ending = f"/me/{noor_told}/end/{home.noor}/"
    assert "Stop with Noor?" in text(samira.get(ending))
    assert browser(owner, home.mila).post(ending).status_code == 404
    assert samira.post(ending).status_code == 302
    assert samira.post(ending)["Location"] == f"/me/{noor_told}/", "sent twice, it is over already"
    assert browser(owner, home.noor).get(f"/me/{noor_told}/").status_code == 404
    assert browser(owner, home.mila).get(f"/me/{noor_told}/").status_code == 200


@pytest.mark.parametrize("what", ["the family stopped", "the circle ended", "the agreement sleeps"])
def test_what_becomes_of_a_confidence_when_the_circle_of_the_family_is_not_what_it_was(home, owner, what):
    told = home.tells(home.samira, home.mila, "Dit blijft.")
    if what == "the family stopped":
        insert(owner, "trust_withdrawal", family_id=home.family, by_id=home.naima, at=timezone.now())
        owner.execute(
            "UPDATE trust_seat SET until = now() WHERE circle_id = %s AND job_id IS NOT NULL", [home.circle]
        )
    elif what == "the circle ended":
        owner.execute("UPDATE trust_seat SET until = now() WHERE circle_id = %s", [home.circle])
    else:
        owner.execute("UPDATE trust_agreement SET until = now() WHERE organisation_id = (SELECT organisation_id FROM trust_job WHERE id = %s)", [home.jobs[home.mila]])  # fmt: skip
    samira = browser(owner, home.samira)
    page = text(samira.get(f"/me/{told}/"))
    assert "Dit blijft." in page, "what was told stays with who told it"
    assert "Dit blijft." in text(samira.post("/me/", {"words": "blijft"}))
    asleep = what == "the agreement sleeps"
    assert ("Mila cannot read this now." in page) is asleep
    assert (home.hears(home.mila, told) is None) is asleep, "who heard it hears it as long as they work"
    assert samira.get("/me/tell/").status_code == samira.get("/me/menu/").status_code == 200
