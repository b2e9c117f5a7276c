"""An offer is kept right: one yes, asked every half year, twice at most; what the letter's page may say (N1)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from clockwork import as_the_worker
from kring.clock import usecases as clock
from kring.network import freshness, questions
from kring.network.models import Correction, Keeping, Offer
from kring.network.opening import Different
from kring.network.usecases import facts, keeping, offers
from kring.network.usecases.facts import OpeningWords, Price
from kring.network.usecases.offers import OfferWords
from kring.trust.models import Organisation
from kring.trust.permissions import NotAllowed
from network.scene import NOW, Scene, _insert, _worker

AFTERNOON = ((time(14), time(16)),)


@pytest.fixture
def offer(scene: Scene) -> Offer:
    with scene.as_(scene.lead) as lieve:
        club = Organisation.objects.get(pk=scene.club)
        return offers.add(club, OfferWords(name="Judo", words="Vallen leer je hier."), by=lieve, at=NOW)


def again(offer: Offer) -> Offer:
    return Offer.objects.select_related("organisation", "keeping", "good_to_know").get(pk=offer.pk)


def aged(owner, offer: Offer, days: int) -> None:
    """The offer was written so many days ago."""
    owner.execute(
        "UPDATE network_offer SET changed_at = now() - make_interval(days => %s) WHERE id = %s",
        [days, offer.pk],
    )


def test_one_yes_a_second_touch_is_the_same_and_a_slip_can_be_taken_back(scene: Scene, offer: Offer) -> None:
    with scene.as_(scene.lead) as lieve:
        keeping.confirm(offer, by=lieve, at=NOW)
        kept = keeping.confirm(offer, by=lieve, at=NOW + timedelta(minutes=3))
        assert (kept.confirmed_at, kept.confirmed_for) == (NOW, "Club Zuid")
        keeping.take_back(again(offer), by=lieve, at=NOW + timedelta(minutes=4))
        assert Keeping.objects.get(offer=offer).confirmed_at is None
        keeping.confirm(offer, by=lieve, at=NOW)
        with pytest.raises(keeping.TooLateToTakeBack):
            keeping.take_back(offer, by=lieve, at=NOW + timedelta(hours=2))


def test_who_does_not_keep_the_offer_says_nothing_about_it(scene: Scene, offer: Offer) -> None:
    for person in (scene.worker, scene.stranger):
        with scene.as_(person) as somebody:
            for deed in (
                lambda me=somebody: keeping.confirm(offer, by=me, at=NOW),
                lambda me=somebody: facts.say_when(offer, OpeningWords(), by=me, at=NOW),
                lambda me=somebody: facts.say_price(offer, Price(), by=me, at=NOW),
                lambda me=somebody: facts.reword(offer, name="Boe", by=me, at=NOW),
                lambda me=somebody: keeping.hand_to(offer, me.person_id, by=me, at=NOW),
                lambda me=somebody: keeping.settle(offer, by=me, at=NOW),
            ):
                with pytest.raises(NotAllowed):
                    deed()


def test_the_lead_gives_an_offer_to_a_colleague_who_then_keeps_it(scene: Scene, offer: Offer) -> None:
    with scene.as_(scene.lead) as lieve:
        with pytest.raises(keeping.NobodyThere):
            keeping.hand_to(offer, scene.network, by=lieve, at=NOW)
        keeping.hand_to(offer, scene.worker, by=lieve, at=NOW)
    with scene.as_(scene.worker) as wout:
        assert [one.name for one in keeping.of_person(wout)] == ["Judo"]
        facts.say_price(again(offer), Price(free=True), by=wout, at=NOW)
        assert keeping.confirm(again(offer), by=wout, at=NOW).confirmed_for == "Club Zuid"
        with pytest.raises(NotAllowed):
            keeping.hand_to(again(offer), None, by=wout, at=NOW)


def test_one_part_said_anew_leaves_everything_else(scene: Scene, offer: Offer) -> None:
    monthly = {"freq": "MONTHLY", "interval": 1, "days": ["SA"], "opens": "10:00", "closes": "12:00"}
    with scene.as_(scene.lead) as lieve:
        Offer.objects.filter(pk=offer.pk).update(rhythms=[monthly], waiting="drie weken")
        closed = Different(date(2026, 12, 24), date(2027, 1, 3), (), "kerst")
        words = OpeningWords(
            week={"WE": AFTERNOON}, school_holidays="closed", different=(closed,), schedule="zaal 2"
        )
        facts.say_when(again(offer), words, by=lieve, at=NOW)
        now = again(offer)
        assert [one["days"] for one in now.rhythms] == [["WE"], ["SA"]]
        assert (now.waiting, now.schedule, now.words) == ("drie weken", "zaal 2", "Vallen leer je hier.")
        assert now.good_to_know.opening.hours_on(date(2026, 12, 30)) == ()
        with pytest.raises(facts.DaysCrossed):
            crossed = Different(date(2026, 12, 24), date(2026, 12, 23))
            facts.say_when(now, OpeningWords(different=(crossed,)), by=lieve, at=NOW)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [(date(2026, 1, 31), date(2026, 2, 28), 0), (date(2026, 1, 15), date(2026, 7, 15), 6), (NOW.date(), date(2020, 1, 1), 0),
     (date(2025, 12, 1), date(2026, 8, 3), 8)],
)  # fmt: skip
def test_months_are_whole_as_people_count_them(first: date, last: date, months: int) -> None:
    assert freshness.months_between(first, last) == months


def test_half_a_year_later_one_letter_then_another_then_the_coordinator(
    scene: Scene, offer: Offer, owner
) -> None:
    aged(owner, offer, 170)
    at = timezone.now()
    assert as_the_worker(clock.ask_about_offers, at=at) == 0
    aged(owner, offer, 190)
    assert as_the_worker(clock.ask_about_offers, at=at) == 1
    assert as_the_worker(clock.ask_about_offers, at=at) == 0, "the same morning twice is one letter"
    owner.execute("UPDATE network_keeping SET asked_at = asked_at - interval '22 days'")
    assert as_the_worker(clock.ask_about_offers, at=at) == 1
    owner.execute("UPDATE network_keeping SET asked_at = asked_at - interval '22 days'")
    assert as_the_worker(clock.ask_about_offers, at=at) == 0, "two letters and no more"
    with scene.as_(scene.network) as nora:
        assert list(keeping.to_call_about(nora, at)) == []
        aged(owner, offer, 220)
        assert [one.name for one in keeping.to_call_about(nora, at)] == ["Judo"]
    kinds = [kind for (kind,) in owner.execute("SELECT kind FROM messaging_letter ORDER BY queued_at")]
    assert kinds == ["offers still right", "offers still right"]


def test_a_letter_opens_one_page_on_which_one_yes_counts_once(scene: Scene, offer: Offer, owner) -> None:
    aged(owner, offer, 190)
    at = timezone.now()
    ((question, person),) = as_the_worker(questions.put, at=at)
    secret = questions.token(question)
    assert person == scene.lead
    assert as_the_worker(questions.waits, question, scene.network, at=at) == {}, "it asks somebody else"
    assert as_the_worker(questions.waits, question, person, at=at) == {
        "name": "Lieve",
        "offers": ["Judo"],
        "again": False,
    }
    assert questions.read(secret, at=at).offers == {offer.pk: ""}
    assert questions.is_right(secret, offer.pk, at=at)
    assert questions.is_right(secret, offer.pk, at=at + timedelta(seconds=1))
    assert as_the_worker(questions.waits, question, person, at=at) == {}
    assert questions.read(secret, at=at).answered
    told = owner.execute(
        "SELECT deed, rule FROM trust_entry WHERE object_id = %s AND deed <> 'offer added'", [offer.pk]
    )
    assert told.fetchall() == [("offer confirmed", "link")]
    assert not questions.is_right("x" * 32, offer.pk, at=at)
    assert questions.read(secret, at=at + timedelta(days=61)) is None


def test_what_is_different_is_said_once_and_goes_first_on_the_list(scene: Scene, offer: Offer, owner) -> None:
    aged(owner, offer, 190)
    at = timezone.now()
    ((question, _person),) = as_the_worker(questions.put, at=at)
    secret = questions.token(question)
    for _ in range(2):
        assert questions.differs(secret, offer.pk, "Nu op donderdag.\0", at=at)
    assert not questions.differs(secret, offer.pk, "  ", at=at)
    with scene.as_(scene.network) as nora:
        assert [one.differs for one in keeping.to_call_about(nora, at)] == [True]
        assert [one.words for one in Correction.objects.all()] == ["Nu op donderdag."]
        keeping.confirm(again(offer), by=nora, at=at)
        assert (keeping.corrections(offer), list(keeping.to_call_about(nora, at))) == ([], [])
        assert Keeping.objects.get().confirmed_for == "Town hall"


def test_who_stopped_working_there_has_nothing_in_their_letter_any_more(
    scene: Scene, offer: Offer, owner
) -> None:
    aged(owner, offer, 190)
    at = timezone.now()
    ((question, _person),) = as_the_worker(questions.put, at=at)
    owner.execute("UPDATE trust_job SET until = now() - interval '1 day' WHERE person_id = %s", [scene.lead])
    secret = questions.token(question)
    assert questions.read(secret, at=at) is None
    assert not questions.is_right(secret, offer.pk, at=at)
    assert not questions.differs(secret, offer.pk, "boos", at=at)
    assert as_the_worker(questions.waits, question, scene.lead, at=at) == {}


def test_without_a_directory_nobody_is_asked(scene: Scene, offer: Offer, owner) -> None:
    """The page of the letter is off with it."""
    owner.execute("UPDATE network_offer SET changed_at = now() - interval '190 days'")
    owner.execute("UPDATE trust_village SET chosen = %s::jsonb", ['{"modules off": ["directory"]}'])
    assert as_the_worker(questions.put, at=timezone.now()) == []
    owner.execute("UPDATE trust_village SET chosen = %s::jsonb", ['{"modules off": ["meetings"]}'])
    assert len(as_the_worker(questions.put, at=timezone.now())) == 1


def test_the_runtime_role_reads_no_question(scene: Scene, offer: Offer, owner) -> None:
    aged(owner, offer, 190)
    as_the_worker(questions.put, at=timezone.now())
    with (
        scene.as_(scene.network),
        connection.cursor() as cursor,
        pytest.raises(Exception, match="permission denied"),
    ):
        cursor.execute("SELECT * FROM network_question")


def test_offers_of_two_villages_go_into_their_own_letters(scene: Scene, offer: Offer, owner) -> None:
    far = _insert(
        owner, "trust_organisation", village_id=scene.other_village, name="Verder", sector="leisure"
    )
    _insert(owner, "trust_agreement", organisation_id=far, since=datetime(2026, 1, 1, tzinfo=UTC))
    lena = _worker(owner, scene.other_village, far, "Lena", "lead")
    with scene.as_(lena) as me:
        offers.add(Organisation.objects.get(pk=far), OfferWords(name="Dans"), by=me, at=NOW)
    owner.execute("UPDATE network_offer SET changed_at = now() - interval '190 days'")
    assert {person for _question, person in as_the_worker(questions.put, at=timezone.now())} == {
        scene.lead,
        lena,
    }
