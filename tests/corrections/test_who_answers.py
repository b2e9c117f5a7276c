"""Who answers when somebody says that a text is not right, once, and what comes of each answer; asked of everybody."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from corrections.texts import HOUR, KINDS, not_right, text, two
from trust.each_policy import LATER, NOW, Neighbourhood
from trust.one_trigger import Alone
from trust.whoever import NOBODY, hearing, of_whom

KEEPERS = {"noor", "els"}


def could(here: Neighbourhood, row: UUID, asked_by: UUID | None = None) -> set[str]:
    """Who could answer about this note."""
    return of_whom(here, "reckon_could_answer", "note", row, asked_by or here.naima)


def in_danger(by: Alone, here: Neighbourhood, who: UUID) -> None:
    """They took a seat for four hours because of danger, and it opened the family's circle."""
    facts = {"family_id": here.family, "circle_id": here.circle, "at": NOW - HOUR, "ended_at": LATER}
    danger = by.lies("trust_danger", person_id=who, job_id=here.jobs[who], ground="violence", **facts)
    opened = {"circle_id": here.circle, "since": NOW - HOUR, "until": LATER, "danger": True}
    by.lies("trust_access", viewer_id=who, source_id=danger, **opened)


def leaves(by: Alone, who: UUID) -> None:
    """All their seats ended a minute ago, and with them what they opened."""
    by.owner.execute(
        "UPDATE trust_seat SET until = now() - interval '1 minute' WHERE person_id = %s AND until IS NULL",
        [who],
    )
    by.stands("UPDATE trust_access SET until = now() - interval '1 minute' WHERE viewer_id = %s", who)


def test_who_wrote_it_and_who_keeps_the_family_could_answer_but_never_who_says_it(here, by):
    row = text(by, here, "note", author_id=here.lotte)
    assert could(here, row) == KEEPERS | {"lotte"}
    assert could(here, row, here.noor) == {"els", "lotte"}
    assert could(here, row, here.lotte) == KEEPERS
    assert could(here, here.circle) == NOBODY, "of no text nobody"


def test_who_keeps_the_next_family_and_only_sits_here_does_not_answer(here, by):
    here.seat(here.circle, here.tom, role="professional", ground="job", job_id=here.jobs[here.tom])
    assert could(here, text(by, here, "note", author_id=here.lotte)) == KEEPERS | {"lotte"}
    assert could(here, text(by, here, "note", circle_id=here.next_circle, author_id=here.tom)) == {
        "tom",
        "els",
    }
    assert could(here, text(by, here, "note", author_id=here.said)) == KEEPERS, "who never sat there"


def test_who_wrote_it_answers_only_where_they_sit_now_and_danger_is_no_seat(here, by):
    row = text(by, here, "note", author_id=here.lotte)
    in_danger(by, here, here.lou)
    assert could(here, text(by, here, "note", author_id=here.lou)) == KEEPERS
    here.seat(here.bram_own, here.lou, role="natural")
    assert could(here, text(by, here, "note", author_id=here.lou)) == KEEPERS
    leaves(by, here.lotte)
    assert could(here, row) == KEEPERS
    in_danger(by, here, here.lotte)
    assert could(here, row) == KEEPERS


def test_who_is_left_out_or_came_after_it_was_written_does_not_answer(here, by):
    about = text(by, here, "note", author_id=here.lotte, subject_id=here.samira, about_id=here.samira)
    assert could(here, about) == KEEPERS | {"lotte"}
    for name in ("lotte", "els", "noor"):
        by.stands("UPDATE trust_exclusion SET person_id = %s", here.called[name])
        assert could(here, about) == (KEEPERS | {"lotte"}) - {name}
    by.stands("UPDATE trust_exclusion SET person_id = %s", here.tom)
    by.stands("UPDATE trust_seat SET history = false, since = %s WHERE person_id = %s", NOW - HOUR, here.noor)
    assert could(here, about) == {"els", "lotte"}
    assert could(here, text(by, here, "note", author_id=here.lotte, at=NOW)) == KEEPERS | {"lotte"}


def answers(here: Neighbourhood, row: UUID, writer: UUID) -> set[str]:
    """Who answers what somebody wrote down for Naima."""
    return of_whom(here, "reckon_answers", "note", row, here.naima, writer)


def test_who_wrote_it_down_for_another_answers_of_their_own_text_or_when_nobody_else_can(here, by):
    row, own = text(by, here, "note", author_id=here.lotte), text(by, here, "note", author_id=here.noor)
    assert answers(here, row, here.naima) == KEEPERS | {"lotte"}
    assert answers(here, row, here.noor) == {"els", "lotte"}
    assert answers(here, own, here.noor) == KEEPERS
    leaves(by, here.lotte)
    assert answers(here, row, here.noor) == {"els"}
    leaves(by, here.els)
    assert answers(here, row, here.noor) == {"noor"}, "who sat here once does not answer any more"


def test_one_answers_what_waits_and_no_other(here, by):
    rows = [text(by, here, "note", circle_id=where, author_id=who) for where, who in (
        (here.circle, here.lotte), (here.next_circle, here.tom),
    )]  # fmt: skip
    waits = [not_right(by, here, "note", row) for row in rows]
    for said, told in zip(waits, (KEEPERS | {"lotte"}, {"tom", "els"}), strict=True):
        assert hearing(by, here, "may_answer_not_right", said) == told
        assert hearing(by, here, "may_answer_not_right", said, seen_as=here.naima) == NOBODY
    by.stands(
        "UPDATE wraparound_notright SET answer = 'refused', answered_at = now() WHERE id = %s", waits[0]
    )
    told = [hearing(by, here, "may_answer_not_right", said) for said in waits]
    assert told == [NOBODY, {"tom", "els"}], "it is answered once"


def answer(
    by: Alone,
    who: UUID,
    said: UUID,
    how: str,
    *,
    reason: bytes = b"r",
    new: str = "after",
    seen_as: UUID | None = None,
) -> Any:
    """What comes of an answer, or the word of the refusal."""
    by.asks(who, seen_as)
    asked = "SELECT trust.answer_not_right(%s, %s, %s, 'w', 'b', %s, 'It was so.')"
    try:
        with by.owner.transaction():
            return by.owner.execute(asked, [said, how, reason, new]).fetchone()[0]  # type: ignore[index]
    except psycopg.Error as refused:
        return str(refused.diag.message_primary)


def remarks(by: Alone) -> list[Any]:
    """What stands beside."""
    told = 'SELECT id, circle_id, subject_id, author_id, at, plan_id, "on", object_id, words, language FROM wraparound_remark'
    return by.owner.execute(told).fetchall()


def locked(by: Alone, said: UUID) -> Any:
    """What stands of the answer."""
    told = "SELECT answer, answered_by_id, answered_at, reason_locked, was_locked, becomes_locked FROM wraparound_notright WHERE id = %s"
    return by.owner.execute(told, [said]).fetchone()


def test_who_may_not_answer_hears_nothing_and_changes_nothing(here, by):
    said = not_right(by, here, "note", text(by, here, "note", author_id=here.lotte))
    for who, seen_as in ((here.naima, None), (here.karim, None), (here.tom, None), (here.lotte, here.karim)):
        assert answer(by, who, said, "refused", seen_as=seen_as) is None
    assert answer(by, here.lotte, here.circle, "refused") is None, "there is no such question"
    assert locked(by, said)[:2] == ("", None)


def comes_of(by: Alone, here: Neighbourhood, kind: str, how: str) -> None:
    """What this answer about a text of this kind leaves behind, and leaves alone."""
    row, other = two(by, here, kind, written_at=NOW)
    said, next_said = (not_right(by, here, kind, one) for one in (row, other))
    if kind == "action":
        by.stands("UPDATE wraparound_action SET goal_id = %s WHERE id = %s", text(by, here, "goal"), row)
    at, before = by.stops_the_clock(), locked(by, next_said)
    if how == "beside" and kind in ("note", "card"):
        assert answer(by, here.els, said, how) == "no_such_answer"
        assert locked(by, said) == before
        return
    assert answer(by, here.els, said, how) == how
    assert locked(by, said) == (how, here.els, at, b"r", b"w", b"b")
    assert locked(by, next_said) == before
    beside = how == "beside" and kind in ("story", "wish", "goal", "action")
    plan = None if kind == "story" else here.plan
    stand = (said, here.circle, None, here.naima, at, plan, kind, row, "It was so.", "fr")
    assert remarks(by) == ([stand] if beside else []), kind


@pytest.mark.parametrize("how", ["changed", "beside", "refused"])
def test_what_comes_of_each_answer(here, by, how):
    """Words stand beside a wish, a goal, a step or a story only where that was the answer; never beside a note or a card."""
    for kind in KINDS:
        with by.owner.transaction(force_rollback=True):
            comes_of(by, here, kind, how)


def test_an_answer_has_words_and_is_said_once(here, by):
    said = not_right(by, here, "note", text(by, here, "note", author_id=here.lotte))
    before = locked(by, said)
    for how, more, told in (
        ("changed", {"new": "before"}, "not_changed_yet"), ("refused", {"reason": b""}, "no_such_answer"), ("stays", {}, "no_such_answer"),
    ):  # fmt: skip
        assert answer(by, here.lotte, said, how, **more) == told
        assert locked(by, said) == before
    assert answer(by, here.lotte, said, "changed", reason=b"") == "changed"
    after = locked(by, said)
    assert answer(by, here.els, said, "refused") == ""
    assert locked(by, said) == after


def test_a_text_is_found_by_its_kind_and_its_number_among_its_like(here, by):
    """Where it lies, about whom, by whom, since when and in which plan; two of every kind lie there."""
    for kind in KINDS:
        goal = {"goal_id": text(by, here, "goal")}
        facts = {
            "subject_id": here.samira,
            "about_id": here.yassin,
            "written_by_id": here.noor,
            "written_at": NOW - 2 * HOUR,
        }
        row, _ = two(by, here, kind, **facts | goal)
        plan = here.plan if kind in ("wish", "goal", "action") else None
        whom = (None, here.said) if kind == "card" else (here.samira, here.yassin)
        for other in KINDS:
            told = here.owner.execute("SELECT * FROM trust.reckon_text(%s, %s)", [other, row]).fetchall()
            found = (here.circle, *whom, here.noor, NOW - timedelta(hours=2), plan)
            assert told == ([found] if other == kind else []), (kind, other)


def test_a_card_without_a_day_was_always_there(here, by):
    row, _ = two(by, here, "card", written_at=None)
    told = here.owner.execute("SELECT at::text FROM trust.reckon_text('card', %s)", [row]).fetchall()
    assert told == [("-infinity",)]
