"""People of the village: found by what they speak, know and do; read by who works here, and by nobody else (N2)."""

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import psycopg
import pytest

from circle.counting import statements
from kring.network import colleagues
from kring.network.colleagues import CardWords, NotAMonth, Trained
from kring.network.models import ColleagueCard
from kring.trust.permissions import NotAllowed
from kring.trust.viewer import acting
from trust.scenes import LONG_AGO, insert
from web import doorstep
from web.doorstep import Doorstep, browser

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
WORDS = CardWords(
    role="listens", words="A child that does not dare to go to school: I know the way.", languages=("nl", "ti"),
    trained=(Trained("School refusal", "2/2024"), Trained("Talking circles", "2025")),
    neighbourhood="Été-Noord", phone="0470 33 33 33", days=("MO", "WE"), reach="Before nine.",
)  # fmt: skip
LIST = "/village/people/"
MOST_STATEMENTS = 14


@pytest.fixture
def here(owner: psycopg.Connection) -> Doorstep:
    made = doorstep.build(owner)
    with acting(made.els) as me:
        colleagues.write_card(WORDS, by=me, at=AT)
    return made


def seen(owner: psycopg.Connection, who: UUID, address: str) -> str:
    answer = browser(owner, who).get(address)
    return (
        " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
        if answer.status_code == 200
        else ""
    )


@pytest.mark.parametrize(
    "question",
    ["who speaks Tigrinya?", "tigrinya", "Wie spreekt Tigrinya", "qui parle tigrigna", "TIGRI", "ትግርኛ",
     "who knows about school refusal", "ete noord", "els listens", "school de linde"],
    ids=["a question", "a word", "dutch", "french", "a beginning", "its own name", "a subject", "without accents", "a name",
         "a school"],
)  # fmt: skip
def test_a_question_in_plain_words_finds_the_person(owner: Any, here: Doorstep, question: str) -> None:
    page = seen(owner, here.wim, f"{LIST}?q={quote(question)}")
    assert "1 person" in page
    assert "Els" in page


def test_the_card_has_everything_and_a_number_to_call(owner: Any, here: Doorstep) -> None:
    client = browser(owner, here.wim)
    page = client.get(f"{LIST}{here.els}/").content.decode()
    for words in ("listens", "I know the way", "Tigrinya", "School refusal", "February 2024", "Monday", "Before nine.",
                  'href="tel:0470333333"', "Été-Noord"):  # fmt: skip
        assert words in page, words
    assert page.index("2025") < page.index("February 2024")
    paper = client.get(f"{LIST}?paper=1").content.decode()
    assert "0470 33 33 33" in paper
    assert "0470 00 00 00" in paper, "who wrote no card stands on the list by their job"


def test_nobody_found_invites_to_call(owner: Any, here: Doorstep) -> None:
    page = seen(owner, here.wim, f"{LIST}?q=zzzz")
    assert "Nobody wrote this on a card yet" in page
    assert "015 00 00 00" in page


def test_a_family_reads_no_cards_and_cannot_tell_that_there_are_any(owner: Any, here: Doorstep) -> None:
    for who in (here.samira, here.jonas, here.stranger):
        client = browser(owner, who)
        missing, there = client.get(f"{LIST}{uuid4()}/"), client.get(f"{LIST}{here.els}/")
        assert (missing.status_code, there.status_code) == (404, 404)
        assert doorstep.bare(missing.content) == doorstep.bare(there.content)
        assert client.get(LIST).status_code == client.get(f"{LIST}mine/").status_code == 404
        with acting(who) as me:
            assert not ColleagueCard.objects.exists()
            assert colleagues.of_village(by=me, at=AT) == []
            with pytest.raises(NotAllowed):
                colleagues.write_card(WORDS, by=me, at=AT)
    assert browser(owner, here.wim).get(f"{LIST}?as={here.samira}").status_code == 404, "K16"


def test_a_card_goes_with_the_job_and_with_the_agreement(owner: Any, here: Doorstep) -> None:
    owner.execute("UPDATE trust_job SET until = now() WHERE person_id = %s", [here.els])
    assert "Els" not in seen(owner, here.wim, LIST)
    with acting(here.wim):
        assert not ColleagueCard.objects.exists()
    owner.execute("UPDATE trust_job SET until = NULL WHERE person_id = %s", [here.els])
    assert "Els" in seen(owner, here.wim, LIST)
    owner.execute("UPDATE trust_agreement SET until = now() WHERE organisation_id = %s",
                  [here.scene.organisations["School De Linde"]])  # fmt: skip
    assert "Els" not in seen(owner, here.wim, LIST)
    assert browser(owner, here.els).get(f"{LIST}mine/").status_code == 404


def test_the_village_next_door_reads_nothing(owner: Any, here: Doorstep) -> None:
    from trust.scenes import Scene

    other = Scene(owner).worker("Olga", "network", "Elders")
    assert "Els" not in seen(owner, other, LIST)
    assert browser(owner, other).get(f"{LIST}{here.els}/").status_code == 404


def test_one_writes_ones_own_card_only_and_twice_is_once(owner: Any, here: Doorstep) -> None:
    client = browser(owner, here.wim)
    assert "Your card is still empty" in client.get(LIST).content.decode()
    said = {"words": "I know  who knows.", "languages": ["nl", "ar"], "what_0": "Listening", "month_0": "2024-11",
            "days": ["TU"], "phone": "015 11 22 33", "person": str(here.els)}  # fmt: skip
    for _twice in range(2):
        assert client.post(f"{LIST}mine/", said).status_code == 302
    with acting(here.wim) as me:
        mine = ColleagueCard.objects.get(person_id=me.person_id)
        assert (mine.languages, mine.trained) == (["nl", "ar"], [{"what": "Listening", "month": "2024-11"}])
        assert ColleagueCard.objects.filter(person_id=here.els).update(words="not mine") == 0
    deeds = owner.execute("SELECT count(*) FROM trust_entry WHERE deed = 'wrote the own card' AND person_id = %s", [here.wim])  # fmt: skip
    assert deeds.fetchone() == (1,)
    assert "Your card is still empty" not in client.get(LIST).content.decode()


def test_a_mistake_keeps_every_word(owner: Any, here: Doorstep) -> None:
    said = {
        "words": "Ask me <b>anything</b>",
        "phone": "call me",
        "what_0": "Listening",
        "month_0": "13/2024",
        "month_1": "2020",
    }
    answer = browser(owner, here.wim).post(f"{LIST}mine/", said)
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Ask me &lt;b&gt;anything", 'value="call me"', 'value="Listening"', 'value="13/2024"', 'value="2020"',
                  "like 03/2025", "What was this training about?", "at least three digits"):  # fmt: skip
        assert words in page, words


def test_a_list_of_a_hundred_costs_as_little_as_one_of_three(owner: Any, here: Doorstep) -> None:
    for number in range(100):
        person = here.scene.worker(f"Colleague {number}", title="helps")
        insert(owner, "network_colleaguecard", person_id=person, role="", words="", languages=["fr"], trained="[]",
               neighbourhood="", phone="", days=[], reach="", found_by="francais", written_at=LONG_AGO)  # fmt: skip
    client = browser(owner, here.wim)
    client.get(LIST)
    with statements() as said:
        page = client.get(f"{LIST}?language=fr").content.decode()
    assert "100 people" in page
    assert page.count("<article") == 24
    assert len(said) <= MOST_STATEMENTS, "\n".join(said)


def test_people_are_three_taps_from_any_page(owner: Any, here: Doorstep) -> None:
    """Village, People, and the language; each is a link on the page before."""
    client = browser(owner, here.wim)
    assert 'href="/village/offers/"' in client.get("/today/").content.decode()
    assert f'href="{LIST}"' in client.get("/village/offers/").content.decode()
    assert 'href="?language=ti"' in client.get(LIST).content.decode()
    assert "1 person" in seen(owner, here.wim, f"{LIST}?language=ti")
    assert "people" not in browser().get("/offers/").content.decode(), "the public page says nothing of it"


@pytest.mark.parametrize(
    ("written", "month"), [("03/2025", "2025-03"), ("3-2025", "2025-03"), ("2025-3", "2025-03"), ("2025", "2025"),
                           ("٠٣/٢٠٢٥", "2025-03"), ("", "")],
    ids=["slash", "dash", "year first", "year", "arabic digits", "nothing"],
)  # fmt: skip
def test_a_month_is_read_as_people_write_it(written: str, month: str) -> None:
    assert colleagues.month_of(written) == month


@pytest.mark.parametrize("written", ["13/2025", "spring", "25", "0/2025", "03/0000", "0000"])
def test_what_is_no_month_is_said_kindly(written: str) -> None:
    with pytest.raises(NotAMonth):
        colleagues.month_of(written)
