"""What a directory counts and which words it knows, as offers come, change and go; whose offers somebody keeps."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

import testbed
from network.kept import Kept
from trust.each_policy import NOW, Neighbourhood, lay
from trust.laid import laid

COUNTS = "SELECT village_id, kind, name, offers FROM network_signpost"
WORDS = "SELECT village_id, word, length FROM network_spelling"


@pytest.fixture
def here(owner: psycopg.Connection) -> Iterator[Kept]:
    """Two villages; in the first a school and a town hall."""
    home = Neighbourhood(owner)
    with laid(owner) as by:
        by.stands("DELETE FROM network_signpost; DELETE FROM network_spelling")
        yield Kept(home, by)


def comes(
    here: Kept, words: str = "", near: tuple[str, ...] = (), village: UUID | None = None, **more: Any
) -> UUID:
    """An offer is written down, and the directory hears of it."""
    facts = {
        "village_id": village or here.village, "organisation_id": here.school, "status": "open", "domains": [],
        "near": list(near), "languages": [], "foreign_id": "", "search": words,
    }  # fmt: skip
    made: UUID = lay(here.by.owner, "network_offer", facts | more)
    return made


def counts(here: Kept) -> set[tuple[Any, ...]]:
    """What stands on the signposts of both villages."""
    return set(here.by.looks(COUNTS))


def test_each_village_counts_what_is_shown_there_as_it_comes_changes_and_goes(here):
    assert counts(here) == set()
    there = comes(here, near=("Plein",), village=here.next_village)
    next_door = {(here.next_village, "all", "", 1), (here.next_village, "place", "Plein", 1)}
    first = comes(here, near=("Plein",), languages=["ar"])
    comes(here, near=("Park",), languages=["ar"])
    comes(here, near=("Park",), status="closed")
    comes(here, near=("Park",), gone_on=NOW)

    def here_are(*said: tuple[str, str, int]) -> set[tuple[Any, ...]]:
        return next_door | {(here.village, *one) for one in said}

    second = (("place", "Park", 1), ("language", "ar", 1))
    assert counts(here) == here_are(
        ("all", "", 2), ("place", "Plein", 1), ("place", "Park", 1), ("language", "ar", 2)
    )
    here.by.owner.execute("UPDATE network_offer SET status = 'closed' WHERE id = %s", [first])
    assert counts(here) == here_are(("all", "", 1), *second)
    here.by.owner.execute("UPDATE network_offer SET status = 'open', near = '{Berg}' WHERE id = %s", [first])
    assert counts(here) == here_are(
        ("all", "", 2), ("place", "Berg", 1), ("place", "Park", 1), ("language", "ar", 2)
    )
    here.by.owner.execute("DELETE FROM network_offer WHERE id = %s", [first])
    assert counts(here) == here_are(("all", "", 1), *second)
    here.by.owner.execute("DELETE FROM network_offer WHERE id = %s", [there])
    assert counts(here) == here_are(("all", "", 1), *second) - next_door


def test_an_offer_that_moves_is_counted_anew_in_both_villages(here):
    offer = comes(here)
    here.by.owner.execute(
        "UPDATE network_offer SET village_id = %s WHERE id = %s", [here.next_village, offer]
    )
    assert counts(here) == {(here.next_village, "all", "", 1)}


def test_a_directory_knows_the_words_of_what_is_shown_and_neither_marks_nor_numbers(here):
    comes(here, "dansen =dansen ^plein @noor 2018 4b")
    comes(here, "zingen dansen", village=here.next_village)
    closed = comes(here, "closed", status="closed")
    gone = comes(here, "gone", gone_on=NOW)
    known = {
        (here.village, "dansen", 6), (here.village, "4b", 2), (here.next_village, "zingen", 6),
        (here.next_village, "dansen", 6),
    }  # fmt: skip
    assert set(here.by.looks(WORDS)) == known
    here.by.owner.execute("UPDATE network_offer SET status = 'open' WHERE id = %s", [closed])
    here.by.owner.execute("UPDATE network_offer SET gone_on = NULL WHERE id = %s", [gone])
    assert set(here.by.looks(WORDS)) == known | {(here.village, "closed", 6), (here.village, "gone", 4)}
    (trigrams,) = here.by.looks("SELECT trigrams FROM network_spelling WHERE word = '4b'")
    assert set(trigrams[0]) == {"  4", " 4b", "4b ", "b  "}


def test_who_counts_second_waits_for_who_counts_the_same_village(
    owner: psycopg.Connection, bed: testbed.Testbed
):
    village, other = uuid4(), uuid4()
    count = "SELECT trust.reckon_signposts(ARRAY[%s]::uuid[])"
    with bed.connect() as second, owner.transaction():
        owner.execute(count, [village])
        second.execute("SET lock_timeout = '300ms'")
        second.execute(count, [other])
        with pytest.raises(psycopg.errors.LockNotAvailable):
            second.execute(count, [village])


def kept(here: Kept, who: UUID, seen_as: UUID | None = None) -> set[UUID]:
    """Whose offers they keep."""
    return set(here.by.hears(who, "offers_kept", seen_as=seen_as))


def test_who_owns_an_offer_keeps_it_and_who_leads_an_organisation_all_of_it(here):
    school, other, hall = here.offer(), here.offer(), here.offer(here.hall)
    here.keeping(school, here.home.lotte)
    here.keeping(hall, here.home.lou)
    home = here.home
    assert [kept(here, who) for who in (home.lotte, home.lou, home.nel, home.tom)] == [
        {school}, {school, other, hall}, {hall}, set(),
    ]  # fmt: skip
    assert kept(here, home.lotte, seen_as=home.tom) == kept(here, home.lou, seen_as=home.lotte) == set()
    here.by.stands("UPDATE trust_job SET until = %s WHERE person_id = ANY(%s)", NOW, [home.lotte, home.lou])
    assert kept(here, home.lotte) == kept(here, home.lou) == set(), "who works here no more keeps nothing"
    here.kept(hall, "owner_id = %s", home.said)
    assert kept(here, home.said) == set()
