"""A family is reached as it wishes, the outbox obeys, and what was tried does not go on for ever (S10)."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from circle.counting import statements
from circle.furnished import Furnished
from clockwork import as_the_worker
from kring.messaging import attempts, calls, kinds, rules, usecases
from kring.messaging.attempts import Trial
from kring.messaging.models import Attempt, Call
from kring.trust.models import ContactCard
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import reaching
from kring.trust.usecases.reaching import Wish
from kring.trust.viewer import acting, nobody
from web.doorstep import bare

AT = datetime.now(UTC)
TODAY = timezone.localdate()
TOLD = Wish(
    channel="visit", language="ar", listens=True, interpreter="Hala", words="At the shop, after two.",
    quiet_from=time(20), quiet_until=time(8), phone="0470 11 11 11", first=True,
)  # fmt: skip
LETTER = "test of the outbox"


@pytest.fixture
def home(owner: psycopg.Connection, letters_of_a_test: None) -> Furnished:
    made = Furnished(owner)
    made.greet = made.worker("Greet", "contact point", "Het Veer")
    return made


def say(home: Furnished, who: UUID, by: UUID, said: Wish = TOLD, word_of: UUID | None = None) -> None:
    with acting(by) as me:
        reaching.wish(home.family, who, said, by=me, at=AT, word_of=word_of)


def deeds(home: Furnished, deed: str) -> int:
    return home.owner.execute("SELECT count(*) FROM trust_entry WHERE deed = %s", [deed]).fetchone()[0]


def send(home: Furnished, to: UUID, address: str = "naima@example.org") -> str:
    """One letter to somebody of the family, carried by the one who carries letters."""
    kinds.announce(LETTER, lambda asked: kinds.Words(address, "There is news", ("Open Kring.",)))
    with transaction.atomic():
        nobody()
        letter = usecases.queue(LETTER, uuid4(), at=AT, person_id=to)
    assert letter is not None
    return as_the_worker(usecases.send, letter, at=AT)


def page(home: Furnished, who: UUID, address: str = "reach/") -> str:
    answer = home.browser(who).get(f"/family/{home.family}/{address}")
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


# How one wishes to be reached


def test_the_coordinator_reads_before_she_rings_how_the_mother_likes_it(home: Furnished) -> None:
    say(home, home.naima, home.naima)
    whole = page(home, home.noor, "")
    for words in ("Drop in on Naima.", "Naima speaks Arabic.", "Hala interprets.", "read it aloud",
                  "Not between 20:00 and 08:00.", "At the shop, after two."):  # fmt: skip
        assert words in whole, words
        assert words in page(home, home.noor)
    assert "Drop in on Naima." not in page(home, home.naima, ""), "the family knows it of itself"


def test_one_says_it_of_oneself_and_the_coordinator_on_somebodys_word(home: Furnished) -> None:
    say(home, home.naima, home.naima)
    say(home, home.aunt, home.noor, Wish(channel="letter"), word_of=home.aunt)
    say(home, home.karim, home.noor, Wish(channel="sms", first=True), word_of=home.naima)
    with acting(home.noor):
        cards = {card.person_id: card for card in ContactCard.objects.all()}
    assert cards[home.karim].word_of_id == home.naima
    assert (cards[home.naima].first, cards[home.karim].first) == (False, True), "one person is reached first"
    for wrong in (None, home.lotte, home.aunt):
        with pytest.raises(reaching.NobodysWord):
            say(home, home.karim, home.noor, word_of=wrong)
    for by in (home.lotte, home.aunt, home.karim, home.samira):
        with pytest.raises(NotAllowed):
            say(home, home.naima, by, word_of=home.naima)
    with pytest.raises(reaching.NotReachedHere):
        say(home, home.lotte, home.noor, word_of=home.naima)
    with pytest.raises(NotAllowed):
        say(home, home.naima, home.greet)
    assert deeds(home, "said how to be reached") == 1
    say(home, home.aunt, home.noor, Wish(channel="letter"), word_of=home.aunt)
    assert deeds(home, "wrote down how somebody is reached") == 2, "the same words twice are one"


def test_the_mother_says_it_on_her_telephone_and_a_mistake_keeps_every_word(home: Furnished) -> None:
    here, client = f"/family/{home.family}/reach/{home.naima}/", home.browser(home.naima)
    form = client.get(here).content.decode()
    assert "Who may know this" in form
    for name in ("Karim", "Hind", "Noor"):
        assert name in form, "she sees who reads along"
    said = {
        "channel": "e-mail",
        "words": "After two <at the shop>",
        "language": "ar",
        "quiet_from": "20:00",
        "phone": "x y",
    }
    wrong = client.post(here, said)
    told = wrong.content.decode()
    assert wrong.status_code == 422
    for words in ("After two &lt;at the shop&gt;", 'value="20:00"', 'value="x y"', "From which hour until which hour?",
                  "To which address may an e-mail go?"):  # fmt: skip
        assert words in told, words
    right = said | {"channel": "whatsapp", "quiet_until": "08:00", "phone": "0470 11 11 11", "first": "on"}
    for _twice in range(2):
        assert client.post(here, right).status_code == 302
    assert deeds(home, "said how to be reached") == 1
    assert f'href="{here}"' in page(home, home.naima, ""), "her settings are one tap away"


def test_who_may_not_say_it_finds_nothing_there(home: Furnished) -> None:
    for who, whose in (
        (home.karim, home.naima),
        (home.lotte, home.naima),
        (home.noor, home.lotte),
        (home.noor, uuid4()),
    ):
        address = f"/family/{home.family}/reach/{whose}/"
        client = home.browser(who)
        nothing = client.get(f"/family/{home.family}/reach/{uuid4()}/")
        answer = client.get(address)
        assert (answer.status_code, client.post(address, {"channel": "call"}).status_code) == (404, 404)
        assert bare(answer.content) == bare(nothing.content)
    stranger = home.browser(home.greet)
    for way in ("reach/", "reach/tried/", f"reach/{home.naima}/"):
        assert stranger.get(f"/family/{home.family}/{way}").status_code == 404


def test_who_is_left_out_of_a_childs_life_reads_no_wish_of_hers_and_cannot_tell(home: Furnished) -> None:
    """K4: the father is left out by Samira's own choice; her card is gone for him, and he gets no other answer."""
    home.owner.execute(
        "INSERT INTO trust_exclusion (id, subject_id, person_id, ground, since, reason) "
        "VALUES (%s, %s, %s, 'own choice', now() - interval '1 day', '')", [uuid4(), home.samira, home.karim],
    )  # fmt: skip
    before = bare(page(home, home.karim).encode())
    say(home, home.samira, home.samira, Wish(channel="visit", words="at the library on Friday"))
    assert "at the library" in page(home, home.noor)
    assert bare(page(home, home.karim).encode()) == before
    assert "library" not in page(home, home.karim, f"people/{home.samira}/")
    say(home, home.karim, home.karim, Wish(channel="call", first=True))
    send(home, home.samira)
    assert "at the library" in page(home, home.naima)


# The outbox obeys


@pytest.mark.parametrize(
    ("said", "how"),
    [(Wish(channel="call"), "to tell"), (Wish(channel="visit"), "to tell"), (Wish(channel="e-mail", listens=True), "to tell"),
     (Wish(channel="e-mail", email="naima@example.org"), "sent")],
    ids=["call", "drop in", "rather hears it", "e-mail"],
)  # fmt: skip
def test_who_asked_for_a_call_gets_no_e_mail(
    home: Furnished, mailoutbox: list[Any], said: Wish, how: str
) -> None:
    say(home, home.naima, home.naima, said)
    assert [send(home, home.naima), send(home, home.naima)] == [how, how]
    assert len(mailoutbox) == (2 if how == "sent" else 0)
    with acting(home.noor):
        assert Call.objects.count() == (0 if how == "sent" else 1), "two letters are one call"


def test_the_call_stands_on_the_coordinators_day_until_it_is_told(home: Furnished) -> None:
    say(home, home.naima, home.naima)
    send(home, home.naima)
    client = home.browser(home.noor)
    assert "Somebody waits for your call" in client.get("/today/").content.decode()
    assert "To tell in person" in page(home, home.noor)
    with acting(home.noor):
        call = Call.objects.get()
    tell = f"/family/{home.family}/reach/calls/{call.pk}/"
    long = client.post(tell, {"words": "x" * 201})
    assert (long.status_code, "x" * 201 in long.content.decode()) == (422, True)
    for _twice in range(2):
        assert client.post(tell, {"words": "We drank tea."}).status_code == 302
    assert deeds(home, "told instead of written") == 1
    assert "Somebody waits for your call" not in client.get("/today/").content.decode()
    assert "We drank tea." in page(home, home.noor)
    client.post(tell, {"again": "1"})
    assert "Somebody waits for your call" in client.get("/today/").content.decode()


def test_nobody_but_the_coordinator_knows_of_a_call(home: Furnished) -> None:
    say(home, home.naima, home.naima)
    before = [bare(page(home, who).encode()) for who in (home.karim, home.lotte, home.aunt)]
    send(home, home.naima)
    assert [bare(page(home, who).encode()) for who in (home.karim, home.lotte, home.aunt)] == before
    call = home.owner.execute("SELECT id FROM messaging_call").fetchone()[0]
    for who in (home.naima, home.karim, home.lotte, home.aunt, home.greet):
        with acting(who):
            assert not Call.objects.exists()
        answer = home.browser(who).post(f"/family/{home.family}/reach/calls/{call}/", {"words": ""})
        assert answer.status_code == 404
    home.owner.execute(
        "UPDATE trust_seat SET until = now() WHERE person_id = %s AND role = 'coordinator'", [home.noor]
    )
    with acting(home.noor) as me:
        assert not Call.objects.exists()
        assert calls.of_family(home.family, AT) == []
        with pytest.raises(NotAllowed):
            calls.told(Call(pk=call, circle_id=home.circle, person_id=home.naima), by=me, at=AT)


def test_nobody_who_is_signed_in_can_make_a_call_appear(home: Furnished) -> None:
    say(home, home.naima, home.naima)
    with pytest.raises(DatabaseError, match="permission denied"), acting(home.lotte):
        usecases.told_instead(home.naima, None, AT)
    assert home.owner.execute("SELECT count(*) FROM messaging_call").fetchone() == (0,)


# What was tried


@pytest.mark.parametrize(
    ("newest_first", "open_ways", "same_again", "rests"),
    [
        ("", None, False, False),
        ("v v", None, False, False),
        ("v v v", ("call", "whatsapp", "sms", "letter", "e-mail"), True, False),
        ("c v v", ("whatsapp", "sms", "letter", "e-mail"), True, False),
        ("v v V v v v", None, False, False),
        ("V v v v v", None, False, False),
        ("v c w s l e", (), False, True),
        ("v v v v v v", ("call", "whatsapp", "sms", "letter", "e-mail"), True, True),
    ],
    ids=["nothing", "two", "three", "two ways", "spoke in between", "spoke last", "everything", "six times"],
)  # fmt: skip
def test_after_three_times_in_vain_another_way(
    newest_first: str, open_ways: Any, same_again: bool, rests: bool
) -> None:
    names = {way[0]: way for way in rules.WAYS}
    said = [rules.Tried(names[one.lower()], one.isupper()) for one in newest_first.split()]
    other = rules.another_way(said)
    assert (other.ways if other else None) == open_ways
    assert rules.is_more_of_the_same("visit", said) is same_again
    assert rules.rests(said) is rests


def test_the_worker_writes_a_line_and_the_family_reads_along(home: Furnished) -> None:
    here, client = f"/family/{home.family}/reach/tried/", home.browser(home.lotte)
    said = {"way": "visit", "on": TODAY.isoformat(), "reached": "no", "words": "Nobody <there>",
            "next_words": "together with Hind"}  # fmt: skip
    wrong = client.post(here, said | {"on": (TODAY + timedelta(days=2)).isoformat()})
    assert wrong.status_code == 422
    assert "Nobody &lt;there&gt;" in wrong.content.decode()
    for _twice in range(2):
        assert client.post(here, said).status_code == 302
    assert deeds(home, "tried to reach the family") == 1
    for who in (home.naima, home.karim, home.noor, home.aunt):
        whole = page(home, who)
        assert "Nobody &lt;there&gt;" in whole
        assert "together with Hind" in whole
        assert ("Take it back" in whole) is False
    assert home.browser(home.naima).get(here).status_code == 404, "the family does not reach out to itself"
    row = home.owner.execute("SELECT id FROM messaging_attempt").fetchone()[0]
    back = f"{here}{row}/take-back/"
    assert home.browser(home.noor).post(back).status_code == 404
    assert home.browser(home.greet).post(back).status_code == 404
    assert "Take it back" in page(home, home.lotte)
    assert [client.post(back).status_code for _twice in range(2)] == [302, 302]
    assert "Nobody" not in page(home, home.naima)


def test_it_does_not_go_on_for_ever(home: Furnished) -> None:
    with acting(home.lotte) as me:
        for days in (3, 2, 1):
            day = TODAY - timedelta(days=days)
            attempts.write_down(home.family, Trial("visit", day), by=me, at=AT, today=TODAY)
    whole = page(home, home.lotte)
    for words in (
        "Three times nobody was there",
        "?way=call",
        "Somebody the family trusts may come along: Hind",
    ):
        assert words in whole
    assert "Three times" not in page(home, home.naima), "to the family it is no reproach"
    said = {"way": "visit", "on": TODAY.isoformat(), "reached": "no", "words": "again"}
    client = home.browser(home.lotte)
    refused = client.post(f"/family/{home.family}/reach/tried/", said)
    assert refused.status_code == 422
    assert "This did not work three times" in refused.content.decode()
    assert 'value="again"' in refused.content.decode()
    with_her = said | {"next_words": "together with Hind"}
    assert client.post(f"/family/{home.family}/reach/tried/", with_her).status_code == 302, (
        "what happened may be said"
    )
    assert "Three times nobody was there" in page(home, home.lotte)
    assert client.post(f"/family/{home.family}/reach/tried/", said | {"reached": "yes"}).status_code == 302
    assert "Three times" not in page(home, home.lotte)


def test_an_attempt_stays_as_it_was_written(home: Furnished) -> None:
    with acting(home.lotte) as me:
        row = attempts.write_down(
            home.family, Trial("visit", date(2026, 1, 5), words="Nobody"), by=me, at=AT, today=TODAY
        )
    with acting(home.noor) as me, pytest.raises(attempts.NotYoursToTakeBack):
        attempts.take_back(Attempt.objects.get(pk=row.pk), by=me, at=AT)
    for who in (home.naima, home.aunt, home.greet):
        with acting(who) as me, pytest.raises(NotAllowed):
            attempts.write_down(home.family, Trial("visit", TODAY), by=me, at=AT, today=TODAY)
    with acting(home.greet):
        assert not Attempt.objects.exists()


def test_the_page_asks_the_database_little(home: Furnished) -> None:
    say(home, home.naima, home.naima)
    send(home, home.naima)
    with acting(home.noor) as me:
        for days in range(12):
            trial = Trial("visit", TODAY - timedelta(days=days), reached=days % 2 == 0)
            attempts.write_down(home.family, trial, by=me, at=AT, today=TODAY)
    client = home.browser(home.noor)
    for address, most in ((f"/family/{home.family}/reach/", 14), (f"/family/{home.family}/", 14), ("/today/", 14),
                          (f"/family/{home.family}/reach/{home.naima}/", 14), (f"/family/{home.family}/reach/tried/", 14)):  # fmt: skip
        client.get(address)
        with statements() as said:
            assert client.get(address).status_code == 200
        assert len(said) <= most, f"{address}\n" + "\n".join(said)
