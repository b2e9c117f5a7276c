"""W9, W16: what may be told is worded together; whom to tell is obeyed by every letter; whom one can ask alone."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from clockwork import as_the_worker
from confidences.test_pages import sent
from confidences.test_telling import NOTHING
from kring.confidences.models import OnTheMenu, OwnGoal, TellThem, WordsToTell
from kring.confidences.usecases import hearing, menu, telling_them, wording
from kring.messaging import kinds, usecases
from kring.trust import viewer
from kring.trust.models import Circle, Job
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import along
from kring.wraparound.usecases import meetings
from kring.wraparound.usecases.meetings import Call
from trust.scenes import LONG_AGO, insert
from web.doorstep import account, browser
from wraparound.home import AT, LATER

#: Letters that ask no child first, each with its reason: about no child, or by law whatever was answered.
ABOUT_NO_CHILD = {
    "receipt": "to who handed the concern in: a state word, a name and a day; no child is known yet",
    "was it true": "to who handed the concern in, about our own promise",
    "new concern": "to the desk", "concern ends soon": "to the desk", "concern ended": "to who handed it in: it is forgotten",
    "promise late": "to who made the promise", "promise moved": "to whom something was promised",
    "review soon": "to the coordinator, about a whole plan", "review due": "to the coordinator, about a whole plan",
    "offers still right": "about an offer", "looked at anew": "to two trust officers", "second yes": "to a second person",
    "something waits": "says that something waits and nothing else",
    "danger opened": "to coordinator and trust officer", "danger to review": "to another organisation",
    "danger, family": "K8: the family is told by law, and only the trust officer postpones it",
    "danger, young": "to the young person first", "new device": "to whose sign-in it is",
    "did you lose it": "to a colleague, about their own telephone",
    "agreement ending": "to who keeps the directory, about an organisation",
    "seats asleep": "to a family, about an organisation", "seats awake": "to a family, about an organisation",
    "not right: said": "to who wrote the text: something waits, and no name", "not right: soon": "the same",
    "not right: due": "the same", "not right: answered": "to who said it",
    "unusual look": "to who looked, about their own looking", "newest seal": "to who keeps it: a number and a root",
    "seals do not fit": "to who watches: numbers only", "answer today": "to who was asked, about nobody by name",
    "it stays": "to who asked that the family is forgotten, about the whole family; it names nothing",
}  # fmt: skip


def own_page_of(home, child):
    own = insert(home.owner, "trust_circle", village_id=home.village, family_id=home.family, kind="own", name="",
                 subject_id=child, safety=False, secrecy=False, opened_at=LONG_AGO)  # fmt: skip
    home.seat(own, child, role="child", ground="own choice")
    return own


def says(home, own, whom, yes, matter="meetings", at=AT, who=None):
    with viewer.acting(who or home.samira) as me:
        return telling_them.say(Circle.objects.get(pk=own), whom, matter, yes, by=me, at=at)


def test_a_letter_is_about_a_child_or_says_why_not():
    assert {kind for kind in kinds.known() if not kinds.is_about_a_child(kind)} == set(ABOUT_NO_CHILD)


def test_tell_my_parents_tell_my_school_is_obeyed_by_every_letter_that_waits_or_comes(home, owner):
    for person, email in ((home.naima, "naima@example.org"), (home.lotte, "lotte@example.org")):
        account(owner, person, email)
    with viewer.acting(home.hanne) as me:
        call = Call(datetime.now(UTC) + timedelta(days=3), "hier", about=home.samira,
                    asked=frozenset({home.naima, home.lotte, home.samira}))  # fmt: skip
        meeting = meetings.call_meeting(
            Circle.objects.get(pk=home.circle), call, by=me, at=datetime.now(UTC)
        ).pk
    objects = {kind: meeting if kind.startswith("meeting") else home.samira for kind in kinds.known()
               if kinds.is_about_a_child(kind)}  # fmt: skip

    def kept_back(*whom):
        return {
            (kind, one)
            for kind, thing in objects.items()
            for one in whom
            if as_the_worker(kinds.is_kept_back, kind, thing, one)
        }

    everybody = (home.naima, home.samir, home.lotte, home.hanne, home.samira)
    own = own_page_of(home, home.samira)
    assert kept_back(*everybody) == set()
    says(home, own, "parents", False)
    says(home, own, "parents", False, "growing up")
    assert kept_back(*everybody) == {(kind, one) for kind in objects for one in (home.naima, home.samir)}
    letters = {
        person: letter
        for letter, person in owner.execute("SELECT id, person_id FROM messaging_letter").fetchall()
    }
    assert as_the_worker(usecases.send, letters[home.naima], at=datetime.now(UTC)) == "not wanted", (
        "also what waited already"
    )
    says(home, own, "school", False, at=LATER)
    assert as_the_worker(usecases.send, letters[home.lotte], at=datetime.now(UTC)) == "not wanted"
    for whom, matter in (("parents", "meetings"), ("parents", "growing up"), ("school", "meetings")):
        says(home, own, whom, True, matter, LATER + timedelta(days=1))
    assert kept_back(*everybody) == set(), "an answer can be changed"
    says(home, home.own, "parents", False, who=home.yara)
    assert not as_the_worker(telling_them.is_kept_from, home.yara, home.naima, "meetings"), (
        "not below own voice"
    )


def test_nobody_answers_for_a_young_person_and_nobody_asks_what_was_answered(home):
    own = own_page_of(home, home.samira)
    said = says(home, own, "parents", False)
    assert says(home, own, "parents", False, at=LATER).pk == said.pk, "twice the same is once"
    for who in home.everybody_else(home.samira):
        with viewer.acting(who) as me:
            assert TellThem.objects.count() == 0
            with (
                pytest.raises(DatabaseError, match="permission denied"),
                transaction.atomic(),
            ):  # only the post asks
                telling_them.is_kept_from(home.samira, home.naima, "meetings")
            with pytest.raises(NotAllowed):
                telling_them.say(
                    Circle(pk=own, subject_id=home.samira), "parents", "meetings", True, by=me, at=AT
                )
    home.seat(own, home.naima)
    with viewer.acting(home.naima) as me:
        assert Circle.objects.filter(pk=own).exists()
        assert TellThem.objects.count() == 0, "whom not to tell is not told to who sits on the own page"
        assert TellThem not in {part.model for part in along.everything(by=me)}
    with viewer.acting(home.samira) as me:
        assert TellThem in {part.model for part in along.everything(by=me)}
    with viewer.acting(home.naima), pytest.raises(DatabaseError), transaction.atomic():
        TellThem.objects.create(circle_id=own, subject_id=home.samira, author_id=home.naima, at=LATER, whom="parents",
                                matter="meetings", yes=True)  # fmt: skip


def test_what_may_i_tell_your_mother_is_worded_together(home, owner):
    told = home.tells(home.samira, home.mila)
    with viewer.acting(home.mila) as me:
        row = wording.propose(told, "mama", "Samira slaapt slecht.", key=uuid.uuid4(), by=me, at=AT)
        with pytest.raises(NotAllowed):
            wording.answer(row, "yes", by=me, at=AT)
        with pytest.raises(DatabaseError, match="not_yours_to_decide"), transaction.atomic():
            WordsToTell.objects.update(answer="yes")
    with viewer.acting(home.samira) as me:
        row = WordsToTell.objects.get()
        with pytest.raises(wording.NotAgreed):
            wording.pass_on(row, home.naima, by=me, at=LATER)
        own = wording.answer(row, "otherwise", words="Ik ben moe. Het komt goed.", by=me, at=LATER)
        assert (own.answer, own.whom) == ("yes", "mama")
    samira, mila = browser(owner, home.samira), browser(owner, home.mila)
    page = mila.get(f"/me/{told}/").content.decode()
    assert "You may tell these words. Nothing else." in page
    assert "Samira slaapt slecht." not in page
    assert samira.post(f"/me/{told}/words/{row.pk}/pass/", {"who": str(home.naima)}).status_code == 404
    passed = samira.post(f"/me/{told}/words/{own.pk}/pass/", {"who": str(home.naima)})
    assert "Het komt goed." in browser(owner, home.naima).get(passed["Location"]).content.decode()
    assert home.sees(home.naima)[0] == 1, "those words, and nothing else"
    assert mila.post(f"/me/{told}/words/{own.pk}/", {"answer": "no"}).status_code == 404
    assert samira.post(f"/me/{told}/words/{own.pk}/", {"answer": "no"}).status_code == 302
    assert "You may tell these words" not in mila.get(f"/me/{told}/").content.decode()


def test_own_goals_are_the_young_persons_own(home, owner):
    told, samira = home.tells(home.samira, home.noor), browser(owner, home.samira)
    assert sent(samira, f"/me/{told}/").status_code == 422
    key = {"goal-form_key": str(uuid.uuid4())}
    for _twice in range(2):
        samira.post(f"/me/{told}/goals/", {"goal-words": "Elke week één keer op tijd."} | key)
    with viewer.acting(home.samira):
        goal = OwnGoal.objects.get()
    noor = browser(owner, home.noor)
    assert "Elke week één keer op tijd." in noor.get(f"/me/{told}/").content.decode()
    assert (
        noor.post(f"/me/{told}/goals/{goal.pk}/").status_code
        == noor.post(f"/me/{told}/goals/").status_code
        == 404
    )
    samira.post(f"/me/{told}/goals/{goal.pk}/")
    assert "reached" in noor.get(f"/me/{told}/").content.decode()
    with viewer.acting(home.noor), pytest.raises(DatabaseError), transaction.atomic():
        OwnGoal.objects.update(reached_at=None)


def test_a_girl_asks_somebody_of_the_menu_and_nobody_knows(home, owner):
    """W16: Karin sits in no circle of hers; the keeper of the menu learns nothing."""
    amina, samira = browser(owner, home.amina), browser(owner, home.samira)
    assert "Nobody stands here yet" in samira.get("/me/menu/").content.decode()
    for _twice in range(2):
        assert (
            amina.post(
                "/village/menu/", {"kind": "counselling", "job": str(home.jobs[home.karin])}
            ).status_code
            == 302
        )
    assert "Karin" in amina.get("/village/menu/").content.decode()
    for who in (home.naima, home.karin, home.samira):
        assert browser(owner, who).get("/village/menu/").status_code == 403
        with viewer.acting(who) as me, pytest.raises(NotAllowed):
            menu.put(Job.objects.get(pk=home.jobs[home.noor]), "advice", by=me, at=AT)
    assert browser(owner, home.naima).get("/me/menu/").status_code == 404
    assert f"/me/tell/{home.karin}/" in samira.get("/me/menu/").content.decode()
    before = amina.get("/village/menu/").content.decode().partition("<main")[2].partition("<form")[0]
    told = sent(samira, f"/me/tell/{home.karin}/", words="Kan ik eens praten?")["Location"]
    assert amina.get("/village/menu/").content.decode().partition("<main")[2].partition("<form")[0] == before
    karin = browser(owner, home.karin)
    closed = karin.get("/me/").content.decode()
    assert "Somebody would like to talk" in closed
    assert "Samira" not in closed, "only on opening"
    assert "Kan ik eens praten?" in karin.get(told).content.decode()
    assert "Samira" in karin.get("/me/").content.decode()
    assert karin.get(f"/family/{home.family}/").status_code == 404
    for other in home.everybody_else(home.samira, home.karin):
        assert home.sees(other) == NOTHING
    with viewer.acting(home.amina) as me:
        menu.take_off(OnTheMenu.objects.get(), by=me, at=LATER)
    with viewer.acting(home.samira):
        assert "Karin" not in {one.name for one in hearing.who_can_hear()}
    assert home.hears(home.karin, uuid.UUID(told.split("/")[2])) == ["Kan ik eens praten?"], (
        "what was begun goes on"
    )
