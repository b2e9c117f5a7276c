"""A letter that becomes a call: for whom, where it lies, and that no coordinator is asked to call about what is hidden from them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from trust.aside import Aside, aside
from trust.each_policy import NOW, Neighbourhood
from trust.scenes import LONG_AGO

AT = NOW - timedelta(minutes=5)


@pytest.fixture
def by(owner: psycopg.Connection) -> Iterator[Aside]:
    """Nobody said yet how they are reached. Noor keeps the plan here, Tom that of the family next door."""
    here = Neighbourhood(owner)
    with aside(here, "messaging_call") as by:
        by.stands("DELETE FROM trust_contactcard")
        by.stands("DELETE FROM messaging_call")
        yield by


def card(by: Aside, who: UUID, where: UUID, channel: str = "visit", listens: bool = False) -> None:
    """How they are reached there."""
    by.lies("trust_contactcard", person_id=who, circle_id=where, channel=channel, listens=listens)


def seat(by: Aside, who: UUID, where: UUID, role: str = "natural", until: Any = None) -> None:
    """They sit there."""
    by.lies(
        "trust_seat", circle_id=where, person_id=who, role=role, history=True, since=LONG_AGO, until=until
    )


def meeting(by: Aside, where: UUID, about: UUID | None = None, author: UUID | None = None) -> UUID:
    """Somebody is asked to it."""
    asked: UUID = by.lies(
        "wraparound_meeting", circle_id=where, about_id=about, subject_id=about, author_id=author or by.here.karim, at=NOW,
        cancelled_because="",
    )  # fmt: skip
    return asked


def told(by: Aside, whom: UUID | None, which: UUID | None = None, who: UUID | None = None) -> tuple[Any, Any]:
    """How it went with the letter, and in which circle a call lies since."""
    how, changed = by.deed(who, "tell_instead", whom, which, AT)
    made = changed.get("messaging_call")
    assert made is None or (made["person_id"], made["asked_at"], made["words"]) == (whom, AT, "")
    assert set(changed) <= {"messaging_call"}
    return how, made and made["circle_id"]


def test_who_wishes_to_be_told_where_they_sit_with_their_family(by):
    here = by.here
    nothing = ("", None)
    assert told(by, here.naima) == told(by, None) == nothing, "nobody said anything"
    card(by, here.naima, here.circle, "e-mail")
    assert told(by, here.naima) == nothing
    for who, how in (
        (here.karim, ("visit", False)),
        (here.samira, ("e-mail", True)),
        (here.aunt, ("call", True)),
    ):
        card(by, who, here.circle, *how)
        assert told(by, who) == ("to tell", here.circle)
        assert told(by, who, who=here.noor) == nothing, "asked by somebody"
    assert told(by, here.naima) == told(by, None) == nothing, "others said it"


def test_no_letter_to_who_works_here_becomes_a_call_nor_to_who_sits_nowhere(by):
    here = by.here
    nothing = ("", None)
    for who in (here.lotte, here.britt, here.bram):
        card(by, who, here.circle)
    seat(by, here.bram, here.circle, until=LONG_AGO + timedelta(days=1))
    assert [told(by, who) for who in (here.lotte, here.britt, here.bram)] == [nothing] * 3
    card(by, here.karim, by.here.own[here.samira])
    seat(by, here.karim, by.here.own[here.samira])
    assert told(by, here.karim) == nothing, "an own page is no family"


def test_of_two_families_there_where_somebody_keeps_the_plan(by):
    here = by.here
    for where in (here.circle, here.next_circle):
        card(by, here.said, where)
        seat(by, here.said, where)
    ends = "UPDATE trust_seat SET until = %s WHERE role = 'coordinator' AND circle_id = %s"
    for kept, other in ((here.circle, here.next_circle), (here.next_circle, here.circle)):
        by.stands(ends, None, kept)
        by.stands(ends, AT, other)
        assert told(by, here.said) == ("to tell", kept)
    by.stands(ends, AT, here.next_circle)
    assert told(by, here.said)[0] == "to tell", "it waits for who comes"


def test_of_two_families_the_one_it_is_about(by):
    here = by.here
    for where in (here.circle, here.next_circle):
        card(by, here.said, where)
        seat(by, here.said, where)
    for where in (here.circle, here.next_circle):
        assert told(by, here.said, meeting(by, where)) == ("to tell", where)


def test_nobody_calls_about_a_meeting_that_is_hidden_from_who_keeps_the_plan(by):
    here = by.here
    card(by, here.naima, here.circle)
    of_all, about, hers = (
        meeting(by, here.circle), meeting(by, here.circle, here.samira), meeting(by, here.circle, here.samira, here.noor)
    )  # fmt: skip
    left_out = by.lies(
        "trust_exclusion", subject_id=here.samira, person_id=here.karim, ground="own choice", since=LONG_AGO,
        decided_by_id=here.samira, circle_id=here.circle,
    )  # fmt: skip
    for which in (of_all, about, hers, None):
        assert told(by, here.naima, which) == ("to tell", here.circle), "hidden from Karim alone"
    by.stands("UPDATE trust_exclusion SET person_id = %s WHERE id = %s", here.noor, left_out)
    assert told(by, here.naima, about) == ("not wanted", None)
    for which in (of_all, hers, None):
        assert told(by, here.naima, which) == ("to tell", here.circle)
    by.stands("UPDATE trust_exclusion SET ground = 'court order' WHERE id = %s", left_out)
    assert [told(by, here.naima, which)[0] for which in (about, hers, of_all)] == [
        "not wanted",
        "not wanted",
        "to tell",
    ]
    by.stands("UPDATE trust_seat SET until = %s WHERE role = 'coordinator' AND person_id = %s", AT, here.noor)
    assert told(by, here.naima, about) == ("to tell", here.circle), "nobody keeps it: it waits for who comes"


def test_what_is_to_be_told_already_is_one_call(by):
    here = by.here
    card(by, here.naima, here.circle)
    by.lies("messaging_call", circle_id=here.circle, person_id=here.naima, asked_at=LONG_AGO, words="")
    assert told(by, here.naima) == ("to tell", None)
