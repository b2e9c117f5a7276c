"""A colleague lost the telephone and has no spare code (D6, 51): two people let them choose anew, and neither comes in alone."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from clockwork import as_the_worker
from kring.messaging import lost_factors
from kring.messaging.kinds import Asked
from kring.trust import viewer
from kring.trust.models import Job, Person
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import links, two_hands
from two_people.scene import insert, refused
from web.doorstep import account, browser

KEEP = "/village/keep/people/"
WHY = {"why": "Ze stond voor mij."}
NOW = timezone.now


def text(page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


@pytest.fixture
def lost(house, owner):
    """Els had a password, an app and spare codes; she is still in on a laptop."""
    els = account(owner, house.els, "els@example.org")
    owner.execute("UPDATE trust_account SET password = 'old' WHERE id = %s", [els.pk])
    for kind in ("totp", "recovery_codes"):
        owner.execute(
            "INSERT INTO mfa_authenticator (user_id, type, data, created_at) VALUES (%s, %s, '{}', now())", [els.pk, kind]
        )  # fmt: skip
    house.laptop = browser(owner, house.els)
    house.job = house.scene.jobs[house.els]
    return house


def factors(house) -> object:
    return house.one("SELECT count(*) FROM mfa_authenticator")


def test_from_the_lost_telephone_to_a_new_card_in_two_hands(lost, owner):
    ada, vera = browser(owner, lost.ada), browser(owner, lost.vera)
    assert "no spare code" in text(ada.get(KEEP))
    assert ada.post(f"{KEEP}{lost.job}/lost/", {"why": ""}).status_code == 422
    answer = ada.post(f"{KEEP}{lost.job}/lost/", WHY)
    assert answer.status_code == 302, text(answer)
    asked = answer.headers["Location"]
    ada.post(f"{KEEP}{lost.job}/lost/", WHY)  # sent twice is asked once, and written once
    letters = owner.execute("SELECT kind, person_id FROM messaging_letter").fetchall()
    assert letters == [(lost_factors.DID_YOU_LOSE_IT, lost.els)]
    assert factors(lost) == 2, "asked is not decided"
    rings = text(ada.get(asked))
    assert ("Vera" in rings, "Omar" in rings, "Wim" in rings) == (True, True, False), (
        "whom to ring, by name and number"
    )
    assert lost.laptop.get("/today/").status_code == 200
    assert "Ring the colleague first" in text(vera.get(asked))
    assert vera.post(asked, {"answer": "yes"}).status_code == 302
    assert factors(lost) == 0
    assert lost.one("SELECT password FROM trust_account WHERE person_id = %s", lost.els).startswith("!")
    assert lost.laptop.get("/today/").status_code == 302, "out on every device"
    assert "As soon as Ada has made the card" in text(vera.get(asked))
    card = ada.post(f"{KEEP}{lost.job}/card/")
    assert "You do not see the code." in text(card)
    code = re.search(r"(\d{3}) (\d{3})", text(vera.get(asked)))
    assert code.group() not in text(card) + text(ada.get(asked))
    address = re.search(r"<b>https?://[^/]+(/[^<]+)</b>", card.content.decode())[1]
    els = browser()
    assert els.post(address, {"code": "000000"}).status_code == 422
    inside = els.post(address, {"code": "".join(code.groups())})
    assert inside.headers["Location"].endswith("/begin/"), "a password and a factor of her own"


def test_nobody_else_makes_the_card_and_nobody_sees_both_halves(lost, owner):
    bea = lost.scene.worker("Bea", "administrator", "Town")
    matter = lost.asks(lost.ada, "second factor", person=lost.els)
    alone = refused(lost.ada, "SELECT trust.answer_two(%s, true, '', now())", matter.pk)
    assert alone.startswith("another_person_says_yes")
    assert lost.answers(lost.vera, matter) == "yes"
    page = text(browser(owner, bea).post(f"{KEEP}{lost.job}/card/", follow=True))
    assert "The one who asked makes the card, five times at most." in page
    by_hand = "SELECT trust.make_link('\\x01', NULL, 'sign in', %s, NULL, now(), now() + interval '1 day')"
    assert refused(bea, by_hand, lost.els).startswith("no_link_for_a_stranger")
    assert refused(bea, "SELECT trust.keep_card_code(%s, %s, 'x')", matter.pk, lost.els) == "False"
    with viewer.acting(lost.ada) as me:
        assert links.make(Person.objects.get(pk=lost.els), "sign in", None, by=me, at=NOW()).code == ""
        for _again in range(4):
            links.make(Person.objects.get(pk=lost.els), "sign in", None, by=me, at=NOW())
        with pytest.raises(two_hands.SomebodyElseMakesIt):
            links.make(Person.objects.get(pk=lost.els), "sign in", None, by=me, at=NOW())
    assert refused(lost.ada, by_hand, lost.els).startswith("no_link_for_a_stranger"), "nobody tries out codes"
    for who in (lost.els, lost.wim, lost.vera):
        with viewer.acting(who) as me, pytest.raises(NotAllowed):
            two_hands.sign_out(Job.objects.get(pk=lost.job), by=me, at=NOW())


def test_who_may_ask_and_for_whom(lost, owner):
    for who, person in (
        (lost.wim, lost.els),
        (lost.vera, lost.els),
        (lost.ada, lost.ada),
        (lost.ada, lost.samira),
    ):
        with pytest.raises(NotAllowed):
            lost.asks(who, "second factor", person=person)
    abroad = type(lost)(owner)
    with pytest.raises(NotAllowed):
        lost.asks(abroad.ada, "second factor", person=lost.els)
    matter = lost.asks(lost.ada, "second factor", person=lost.els)
    owner.execute("UPDATE trust_job SET until = now() WHERE id = %s", [lost.job])
    assert lost.answers(lost.vera, matter) == "over", "who does not work here any more gets nothing"
    assert factors(lost) == 2


def test_a_stolen_laptop_is_out_at_once_and_the_journal_says_by_whom(lost, owner):
    ada = browser(owner, lost.ada)
    insert(
        owner, "trust_shareddevice", person_id=lost.els, purpose="hall", since=NOW(), until=NOW() + timedelta(hours=1),
    )  # fmt: skip
    for _twice in range(2):
        assert "is out on every device now" in text(ada.post(f"{KEEP}{lost.job}/sign-out/", follow=True))
    assert lost.laptop.get("/today/").status_code == 302
    assert lost.one("SELECT count(*) FROM trust_shareddevice WHERE ended_at IS NULL") == 0
    assert factors(lost) == 2, "she signs in again as always"
    assert lost.one("SELECT count(*) FROM trust_entry WHERE deed = 'signed a colleague out everywhere'") == 2
    own = lost.scene.jobs[lost.ada]
    assert [ada.post(f"{KEEP}{own}/{deed}/").status_code for deed in ("lost", "sign-out")] == [404, 404]
    assert browser(owner, lost.vera).get(f"{KEEP}{lost.job}/lost/").status_code == 404


def test_the_letter_asks_whether_it_is_so_and_goes_to_nobody_else(lost):
    matter = lost.asks(lost.ada, "second factor", person=lost.els)

    def letter(whom):
        return as_the_worker(lambda: lost_factors._did_you_lose_it(Asked(matter.pk, whom, "email", NOW())))

    assert letter(lost.els).address == "els@example.org"
    assert letter(lost.wim) is None
    lost.owner.execute("UPDATE trust_matter SET taken_back_at = now() WHERE id = %s", [matter.pk])
    assert letter(lost.els) is None
    assert mail.outbox == []
