"""Whom one asks about an offer, what their letter opens and until when, and what their answers write: two of each."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from network.kept import ASKED, Kept
from trust.each_policy import NOW, Neighbourhood
from trust.laid import laid
from trust.scenes import LONG_AGO

LEAST, DAY = timedelta(microseconds=1), timedelta(days=1)
KEPT = "SELECT offer_id, confirmed_at, confirmed_by_id, confirmed_for FROM network_keeping"
SAID = "SELECT offer_id, words, by_id, at, village_id FROM network_correction WHERE at = %s"
WRITTEN = "SELECT at, person_id, deed, object_id, rule FROM trust_entry WHERE kind = 'done' AND rule = 'link'"


@pytest.fixture
def here(owner: psycopg.Connection) -> Iterator[Kept]:
    """A school and a town hall that offer something."""
    home = Neighbourhood(owner)
    with laid(owner) as by:
        yield Kept(home, by)


def keeper(here: Kept, offer: UUID, at: Any = NOW) -> UUID | None:
    """Whom one asks."""
    told: UUID | None = here.by.hears(None, "keeper_of", offer, at)
    return told


def test_one_asks_its_owner_else_who_leads_its_organisation(here):
    school, hall, owned = here.offer(), here.offer(here.hall), here.offer(here.hall)
    here.keeping(owned, here.home.tom)
    here.keeping(hall)
    assert [keeper(here, one) for one in (school, hall, owned)] == [
        here.home.lou,
        here.home.nel,
        here.home.tom,
    ]
    here.by.stands("UPDATE trust_job SET until = %s WHERE person_id = %s", NOW, here.home.lou)
    assert (keeper(here, school), keeper(here, school, NOW - LEAST)) == (None, here.home.lou)
    here.by.stands("UPDATE trust_agreement SET until = %s WHERE organisation_id = %s", NOW, here.hall)
    assert (keeper(here, hall), keeper(here, hall, NOW - LEAST)) == (None, here.home.nel)


def test_one_asks_the_lead_when_its_owner_works_here_no_more(here):
    offer, other = here.offer(), here.offer()
    here.keeping(offer, here.home.tom)
    here.keeping(other, here.home.bea)
    assert keeper(here, offer) == here.home.tom
    lounge = here.home.organisations["Girlz Lounge"]
    for said, whose in (
        ("UPDATE trust_job SET until = %s WHERE person_id = %s", here.home.tom),
        ("UPDATE trust_agreement SET until = %s WHERE organisation_id = %s", lounge),
    ):
        with here.by.meanwhile(said, NOW, whose):
            assert (keeper(here, offer), keeper(here, offer, NOW - LEAST)) == (here.home.lou, here.home.tom)
    for who in (here.home.naima, here.home.called["xeno"]):
        here.kept(offer, "owner_id = %s", who)
        assert keeper(here, offer) == here.home.lou, "they work in no organisation of this village"


def test_a_letter_is_about_what_was_asked_in_it(here):
    first, second, hall = here.offer(), here.offer(), here.offer(here.hall)
    letters = {first: here.letter(here.home.lou, first), second: here.letter(here.home.lou, second)}
    letters[hall] = here.letter(here.home.nel, hall)
    for offer, letter in letters.items():
        (row,) = here.by.rows(None, "asked_by_letter", letter, NOW)
        assert row[1:] == (here.home.nel if offer == hall else here.home.lou, offer, ASKED)
        assert row[0].bytes == letter
    assert here.by.rows(None, "asked_by_letter", b"nobody's", NOW) == []


def test_a_letter_lives_for_sixty_days_and_while_its_reader_keeps_an_offer_that_is_there(here):
    offer, other = here.offer(), here.offer()
    letter = here.letter(here.home.lou, offer, other)

    def asked(at: Any = NOW) -> set[UUID]:
        return {row[2] for row in here.by.rows(None, "asked_by_letter", letter, at)}

    assert asked(ASKED + 60 * DAY - LEAST) == {offer, other}
    assert asked(ASKED + 60 * DAY) == set()
    for said in ("status = 'closed'", "gone_on = now()"):
        with here.by.meanwhile(f"UPDATE network_offer SET {said} WHERE id = %s", offer):
            assert asked() == {other}, said
    here.kept(offer, "owner_id = %s", here.home.lotte)
    assert asked() == {other}, "somebody else keeps it by now"


def opened(here: Kept, letter: bytes) -> Any:
    """What the page of a letter shows."""
    return here.by.hears(None, "question_opens", letter, NOW)


def corrected(here: Kept, offer: UUID, **more: Any) -> None:
    """Something was said of it."""
    here.by.lies(
        "network_correction", **{"village_id": here.village, "offer_id": offer, "by_id": here.home.lou} | more
    )


def test_the_page_of_a_letter_shows_a_first_name_and_what_was_answered_since_it_was_asked(here):
    names = (
        "asked",
        "differs",
        "settled",
        "said before",
        "said then",
        "confirmed",
        "changed",
        "then",
        "before",
    )
    offers = {name: here.offer() for name in names}
    letter, other = here.letter(here.home.lou, *offers.values()), here.offer(here.hall)
    here.letter(here.home.nel, other)
    corrected(here, offers["differs"], at=NOW)
    corrected(here, offers["settled"], at=NOW, settled_at=NOW)
    corrected(here, offers["said before"], at=ASKED - LEAST)
    corrected(here, offers["said then"], at=ASKED)
    for name, said in (("confirmed", NOW), ("then", ASKED), ("before", ASKED - LEAST)):
        here.kept(offers[name], "confirmed_at = %s, confirmed_for = 'the school'", said)
    here.now(offers["changed"], "changed_at = %s", NOW)
    answers = {
        "differs": "differs",
        "said then": "differs",
        **dict.fromkeys(("confirmed", "changed", "then"), "right"),
    }
    shown = {str(offer): answers.get(name, "") for name, offer in offers.items()}
    assert opened(here, letter) == {"name": "Lou", "village": str(here.village), "offers": shown}
    assert opened(here, b"nobody's") is None


def right(here: Kept, letter: bytes, offer: UUID, then: str = KEPT, at: Any = NOW) -> Any:
    """What comes of saying that an offer is right."""
    return here.by.done(None, "offer_is_right", letter, offer, at, then=then)


@pytest.fixture
def asked(here: Kept) -> dict[UUID, tuple[bytes, UUID, str]]:
    """Of each of two offers the letter, whom it asks and for whom they answer."""
    school, hall = here.offer(), here.offer(here.hall)
    here.keeping(here.offer(), here.home.tom)
    return {
        school: (here.letter(here.home.lou, school), here.home.lou, "School De Linde"),
        hall: (here.letter(here.home.nel, hall), here.home.nel, "Town hall"),
    }


def test_who_says_that_an_offer_is_right_says_it_of_that_one_for_their_organisation(here, asked):
    before = {row[0]: row[1:] for row in here.by.looks(KEPT)}
    for offer, (letter, who, name) in asked.items():
        told, rows = right(here, letter, offer)
        assert told is True
        assert {row[0]: row[1:] for row in rows} == before | {offer: (NOW, who, name)}
        assert right(here, letter, offer, WRITTEN) == (True, [(NOW, who, "offer confirmed", offer, "link")])


def test_it_is_said_once_after_it_was_asked(here, asked):
    for offer, (letter, who, _) in asked.items():
        for before, said in ((ASKED - LEAST, True), (ASKED, False), (NOW - DAY, False)):
            here.kept(offer, "confirmed_at = %s, confirmed_for = 'before'", before)
            told, rows = right(here, letter, offer)
            mine = next(row for row in rows if row[0] == offer)
            assert (told, mine[1], mine[3] == "before") == (True, NOW if said else before, not said)
            entry = [(NOW, who, "offer confirmed", offer, "link")] if said else []
            assert right(here, letter, offer, WRITTEN) == (True, entry)


def differs(here: Kept, letter: bytes, offer: UUID, then: str = SAID, at: Any = NOW) -> Any:
    """What comes of saying that an offer is different."""
    of = [at] if then == SAID else ()
    return here.by.done(None, "offer_differs", letter, offer, "on Mondays", at, then=then, of=of)


def test_nobody_answers_by_another_letter_or_ahead_of_time(here, asked):
    (school, (letter, _, _)), (hall, _) = asked.items()
    before = here.by.looks(KEPT)
    assert right(here, letter, hall) == (False, before)
    assert differs(here, letter, hall) == (False, [])
    for deed in (right, differs):
        assert deed(here, letter, hall, WRITTEN) == (False, [])
        assert deed(here, letter, school, at=NOW + DAY) == "not_yet"


def test_who_says_that_an_offer_is_different_says_it_of_that_one(here, asked):
    for offer, (letter, who, _) in asked.items():
        assert differs(here, letter, offer) == (True, [(offer, "on Mondays", who, NOW, here.village)])
        assert differs(here, letter, offer, WRITTEN) == (True, [(NOW, who, "offer differs", offer, "link")])


def test_ten_words_lie_there_at_most_until_somebody_looks_at_them(here, asked):
    (offer, (letter, _, _)), (hall, _) = asked.items()
    for number in range(10):
        corrected(here, hall, words=f"{number}", at=LONG_AGO)
        corrected(here, offer, words=f"{number}", at=LONG_AGO, settled_at=NOW)
    for number in range(9):
        corrected(here, offer, words=f"{number}", at=LONG_AGO)
    assert len(differs(here, letter, offer)[1]) == len(differs(here, letter, offer, WRITTEN)[1]) == 1
    corrected(here, offer, words="nine", at=LONG_AGO)
    assert differs(here, letter, offer) == differs(here, letter, offer, WRITTEN) == (True, [])


def test_what_was_said_already_is_not_said_twice(here, asked):
    offer, (letter, _, _) = next(iter(asked.items()))
    corrected(here, offer, words="on Mondays", at=LONG_AGO)
    assert differs(here, letter, offer) == differs(here, letter, offer, WRITTEN) == (True, [])
