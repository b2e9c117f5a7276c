"""Who is asked for an answer when something is not right, and how many answers are late: asked of everybody."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from trust.each_policy import LATER, NOW, Neighbourhood
from trust.told import circle, laid, opens, told
from trust.whoever import asked, asked_at_once

BEFORE = NOW - timedelta(days=1)


def not_right(here: Neighbourhood, where: UUID, writer: UUID, asker: UUID, **more: Any) -> UUID:
    """Somebody says that a story is not right."""
    story = laid(here, "wraparound_story", circle_id=where, author_id=writer, at=BEFORE)
    facts = {
        "circle_id": where, "author_id": asker, "asked_by_id": asker, "on": "story", "object_id": story,
        "answer_by": LATER, "answer": "",
    }  # fmt: skip
    if more.get("answer"):
        more |= {"answered_by_id": writer, "answered_at": NOW}
    said: UUID = laid(here, "wraparound_notright", **facts | more)
    return said


def test_who_wrote_it_or_keeps_the_family_has_an_answer_to_give_once(here):
    first = not_right(here, here.circle, here.naima, here.aunt)
    other = not_right(here, here.next_circle, here.britt, here.said, answer_by=NOW)
    not_right(here, here.circle, here.naima, here.aunt, answer="refused")
    not_right(here, here.circle, here.naima, here.aunt, object_id=uuid4())
    opens(here, here.noor, here.circle, danger=True)
    opens(here, here.noor, here.circle, until=BEFORE)
    ours, theirs = (first, "Familie Amrani", LATER), (other, "Familie Bakker", NOW)
    said = {
        name: sorted(rows)
        for name, who in here.called.items()
        if (rows := told(here, who, "answers_that_wait"))
    }
    assert said == {
        "naima": [ours], "noor": [ours], "els": sorted([ours, theirs]), "britt": [theirs], "tom": [theirs],
    }  # fmt: skip
    assert told(here, here.naima, "answers_that_wait", seen_as=here.karim) == []


def test_a_trust_officer_reads_how_many_answers_are_late_in_their_village(here):
    (there,) = here.owner.execute(
        "SELECT village_id FROM trust_person WHERE id = %s", [here.xander]
    ).fetchone()
    far = circle(here, "family", village_id=there, family_id=uuid4())
    not_right(here, far, here.xena, here.xavi, answer_by=BEFORE)
    for where, more in (
        (here.circle, {}), (here.next_circle, {}), (here.circle, {"answer": "refused"}),
        (here.circle, {"answer_by": LATER}),
        (here.circle, {"object_id": uuid4()}),
    ):  # fmt: skip
        not_right(here, where, here.naima, here.aunt, **{"answer_by": BEFORE} | more)
    late = {"vera": 2, "vik": 2, "xander": 1}
    assert asked(here, "answers_late") == dict.fromkeys(here.called, 0) | late
    assert told(here, here.vera, "answers_late", seen_as=here.naima) == [(0,)]


def test_an_answer_is_late_at_its_very_hour(here):
    not_right(here, here.circle, here.naima, here.aunt)
    said = (
        "SET LOCAL session_replication_role = replica; "
        "UPDATE wraparound_notright SET answer_by = trust.moment() + {}; SELECT trust.answers_late()"
    )
    for more, many in (("interval '0'", 1), ("interval '0.000001 seconds'", 0)):
        assert asked_at_once(here, here.vera, said.format(more)) == many
