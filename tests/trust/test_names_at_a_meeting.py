"""Who is told the names at a meeting, and what an interpreter sees by their link: of that meeting, and no more than who asked them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from trust.aside import Aside, aside
from trust.each_policy import LATER, NOW, Neighbourhood
from trust.scenes import LONG_AGO
from trust.whoever import CIRCLE, asked_at_once


@pytest.fixture
def by(owner: psycopg.Connection) -> Iterator[Aside]:
    """A meeting of each family, and another of the first; a judge keeps Karim from what is about Samira, Noor from Yassin."""
    here = Neighbourhood(owner)
    with aside(here) as by:
        for subject, whom in ((here.samira, here.karim), (here.yassin, here.noor)):
            by.lies(
                "trust_exclusion", subject_id=subject, person_id=whom, ground="court order", since=LONG_AGO,
                decided_by_id=subject, circle_id=here.circle,
            )  # fmt: skip
        by.ours = {"circle_id": here.circle, "author_id": here.noor, "at": NOW}
        by.there = {"circle_id": here.next_circle, "author_id": here.tom, "at": NOW}
        said = {"begins_at": LATER, "place": "the library", "language": "nl", "cancelled_because": ""}
        by.meeting, by.other = (
            by.lies("wraparound_meeting", family_id=here.family, **said, **by.ours) for _ in range(2)
        )
        by.next_meeting = by.lies("wraparound_meeting", family_id=here.next_family, **said, **by.there)
        yield by


def takes_part(by: Aside, meeting: UUID, who: UUID | None, about: UUID | None = None, **more: Any) -> None:
    """Somebody of whom a row says so."""
    lies = by.there if meeting == by.next_meeting else by.ours
    facts = {
        "meeting_id": meeting,
        "person_id": who,
        "name": "" if who else "x",
        "about_id": about,
        "answer": "yes",
    }
    by.lies("wraparound_participant", **lies | facts | more)


def speaks(by: Aside, meeting: UUID, who: UUID, about: UUID | None = None) -> None:
    """What they said in the round."""
    lies = by.there if meeting == by.next_meeting else by.ours
    by.lies("wraparound_roundword", meeting_id=meeting, person_id=who, about_id=about, **lies)


def heard(by: Aside, who: UUID, meeting: UUID, seen_as: UUID | None = None) -> set[str]:
    """The names they are told."""
    told = by.told(who, "names_at_meeting", meeting, seen_as=seen_as)
    called = {one: name for name, one in by.here.called.items()}
    given = dict(by.owner.execute("SELECT id, given_name FROM trust_person").fetchall())
    assert len(told) == len(set(told)), "each once"
    assert all(given[one] == name for one, name in told), told
    return {called[one] for one, _ in told}


def everybody(by: Aside) -> None:
    """People at each of the meetings."""
    here = by.here
    for who, about in ((here.naima, None), (here.samira, here.samira), (here.tom, None), (None, None)):
        takes_part(by, by.meeting, who, about)
    for who, about in ((here.naima, None), (here.els, None), (here.lotte, here.yassin)):
        speaks(by, by.meeting, who, about)
    takes_part(by, by.other, here.lou)
    speaks(by, by.other, here.ada)
    takes_part(by, by.next_meeting, here.britt)
    speaks(by, by.next_meeting, here.said)


def test_names_are_told_of_those_of_whom_one_may_know_that_they_took_part(by):
    everybody(by)
    all_of_them = {"naima", "samira", "tom", "els", "lotte"}
    told = {name: heard(by, who, by.meeting) for name, who in by.here.called.items()}
    assert {name: who for name, who in told.items() if who} == {
        **dict.fromkeys(CIRCLE, all_of_them), "karim": all_of_them - {"samira"}, "noor": all_of_them - {"lotte"},
    }  # fmt: skip
    there = {name: heard(by, who, by.next_meeting) for name, who in by.here.called.items()}
    assert {name: who for name, who in there.items() if who} == {
        name: {"britt", "said"} for name in ("britt", "tom", "els")
    }


def test_through_other_eyes_names_are_told_that_both_may_know(by):
    everybody(by)
    here = by.here
    by.stands("DELETE FROM trust_exclusion")
    by.lies(
        "trust_exclusion", subject_id=here.samira, person_id=here.karim, ground="court order", since=LONG_AGO,
        decided_by_id=here.naima, circle_id=here.circle,
    )  # fmt: skip
    both = {"naima", "tom", "els", "lotte"}
    assert heard(by, here.naima, by.meeting, seen_as=here.karim) == both
    assert heard(by, here.naima, by.meeting, seen_as=here.els) == both | {"samira"}
    assert heard(by, here.naima, by.meeting, seen_as=here.lou) == set()


def interprets(by: Aside, meeting: UUID, **more: Any) -> tuple[UUID, UUID]:
    """Somebody asked in to interpret there, and their own line."""
    who = by.lies("trust_person", village_id=by.here.village, given_name="Ines")
    spoken = psycopg.types.json.Jsonb([str(by.here.naima)])
    facts = {"name": "Ines", "language": "ar", "speakers": spoken, "person_id": who, "meeting_id": meeting}
    return who, by.lies("wraparound_interpreter", **by.ours | facts | more)


def sees(by: Aside, who: UUID, line: UUID) -> Any:
    """What they see by the link to it."""
    return by.told(who, "interpreted_meeting", scope=line)


def wants(by: Aside, meeting: UUID, words: str, place: int, **more: Any) -> None:
    """Somebody wants to talk about this."""
    facts = {"meeting_id": meeting, "words": words, "language": "nl", "position": place}
    by.lies("wraparound_agendapoint", **by.ours | facts | more)


def agenda(by: Aside) -> None:
    """Points and people of the meeting and of the other one; of each something Noor may not know."""
    here = by.here
    for meeting, words, place, about in (
        (by.meeting, "the bus", 2, None), (by.meeting, "holidays", 1, None), (by.meeting, "Yassin's day", 3, here.yassin),
        (by.other, "something else", 1, None),
    ):  # fmt: skip
        wants(by, meeting, words, place, about_id=about)
    for number, (who, more) in enumerate((
        (here.samira, {}), (None, {"name": "Ravi Singh"}), (here.naima, {"answer": ""}), (None, {"name": "Bo the neighbour"}),
        (here.karim, {}), (here.els, {"answer": "not"}), (here.aunt, {"about_id": here.yassin}),
    )):  # fmt: skip
        takes_part(by, by.meeting, who, id=UUID(int=99 - number), **more)
    takes_part(by, by.other, here.lotte)


def test_an_interpreter_sees_of_the_one_meeting_what_who_asked_them_may_know(by):
    agenda(by)
    who, line = interprets(by, by.meeting)
    there, other = interprets(by, by.other, language="tr", speakers=psycopg.types.json.Jsonb([]))
    facts = {
        "circle": str(by.here.circle), "about": None, "name": "Ines", "place": "the library", "spoken": "nl",
        "begins_at": LATER, "is_off": False, "language": "ar",
    }  # fmt: skip
    seen = sees(by, who, line)
    points, people = seen.pop("points"), seen.pop("people")
    assert seen | {"begins_at": datetime.fromisoformat(seen["begins_at"])} == facts
    assert points == [{"words": words, "language": "nl"} for words in ("holidays", "the bus")]
    assert [one["name"] for one in people] == ["Bo", "Karim", "Naima", "Ravi", "Samira"]
    assert {one["name"] for one in people if one["speaks"]} == {"Naima"}
    seen = sees(by, there, other)
    assert (seen["language"], [one["words"] for one in seen["points"]]) == ("tr", ["something else"])
    assert [one["name"] for one in seen["people"]] == ["Lotte"]
    for nobody, by_line in ((who, other), (there, line), (by.here.naima, line), (who, uuid4())):
        assert sees(by, nobody, by_line) is None


def test_of_a_meeting_without_points_or_that_is_called_off_only_that_is_seen(by):
    who, line = interprets(by, by.meeting)
    seen = sees(by, who, line)
    assert (seen["points"], seen["people"], seen["is_off"]) == ([], [], False)
    agenda(by)
    by.stands(
        "UPDATE wraparound_meeting SET cancelled_at = now(), cancelled_because = 'ill' WHERE id = %s",
        by.meeting,
    )
    seen = sees(by, who, line)
    assert (seen["points"], seen["people"], seen["is_off"]) == ([], [], True)


def test_an_interpreter_sees_nothing_once_withdrawn_or_a_day_later(by):
    who, line = interprets(by, by.meeting)
    begins = "UPDATE wraparound_meeting SET begins_at = trust.moment() - {} WHERE id = %s; SELECT trust.interpreted_meeting()"
    for long, seen in (("interval '24 hours'", False), ("interval '23:59:59.999999'", True)):
        told = asked_at_once(by.here, who, begins.format(long), by.meeting, scope=line)
        assert (told is not None) is seen
    by.stands("UPDATE wraparound_interpreter SET withdrawn_at = now() WHERE id = %s", line)
    assert sees(by, who, line) is None
    there, other = interprets(by, by.other, author_id=by.here.lou)
    assert sees(by, there, other) is None, "Lou may not know of it"
