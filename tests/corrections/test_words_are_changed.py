"""What was not right is changed where it stands, one text and no other; two of every kind lie in the scene."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import dict_row

from corrections.texts import HOUR, KINDS, not_right, text, two
from trust.each_policy import NOW
from trust.one_trigger import Alone, alone
from trust.unheard import unheard

CHANGED = ("wish", "goal", "action", "note")


def changed(by: Alone, said: UUID, new: str, who: UUID) -> bool:
    """Whether the words are changed by this answer."""
    asked = "SELECT trust.lock_change_text(n, %s, %s) FROM wraparound_notright n WHERE id = %s"
    told: bool = by.owner.execute(asked, [new, who, said]).fetchone()[0]  # type: ignore[index]
    return told


def stands(by: Alone, kind: str) -> dict[UUID, dict[str, Any]]:
    """Every text of this kind as it stands there."""
    with by.owner.cursor(row_factory=dict_row) as cursor:
        return {row["id"]: row for row in cursor.execute(f"SELECT * FROM {KINDS[kind][0]}")}


@pytest.mark.parametrize("kind", CHANGED)
def test_one_text_gets_its_new_words_and_its_neighbour_keeps_its_own(here, by, kind):
    row, _ = two(by, here, kind)
    said, at, before = not_right(by, here, kind, row), by.stops_the_clock(), stands(by, kind)
    assert changed(by, said, "after", here.noor) is True
    now = {"wish": {"changed_at": at}, "action": {"agreed_at": None}}.get(kind, {})
    assert stands(by, kind) == before | {row: before[row] | {KINDS[kind][1]: "after"} | now}


@pytest.mark.parametrize("kind", CHANGED)
def test_the_same_words_again_and_no_words_change_nothing(here, by, kind):
    row, _ = two(by, here, kind)
    said, before = not_right(by, here, kind, row), stands(by, kind)
    assert changed(by, said, "before", here.noor) is False
    assert stands(by, kind) == before
    assert changed(by, said, "", here.noor) is False, "what is said then is refused, and taken back"


@pytest.mark.parametrize(("who", "how"), [("naima", "typed"), ("noor", "told")])
def test_a_story_is_told_anew_in_its_place_by_who_answers(here, by, who, how):
    places = {"circle_id": here.circle, "subject_id": here.samira}
    row, _ = two(by, here, "story", **places, agreed_on=NOW.date())
    said, at, before = not_right(by, here, "story", row), by.stops_the_clock(), stands(by, "story")
    assert changed(by, said, "after", here.called[who]) is True
    after = stands(by, "story")
    assert {key: after[key] for key in before} == before, "what was told stays as it was told"
    (new,) = (after[key] for key in after.keys() - before.keys())
    assert new == before[row] | {
        "id": new["id"], "author_id": here.called[who], "at": at, "text": "after", "how": how, "agreed_on": None, "interpreter": "",
        "about_id": None,
    }  # fmt: skip


def test_a_story_that_was_told_anew_meanwhile_is_not_brought_back(here, by):
    """Without new words the answer is that telling it anew put it right; and only there, and only since."""
    row, _ = two(by, here, "story")
    said = not_right(by, here, "story", row)
    text(by, here, "story", circle_id=here.next_circle, at=NOW)
    assert changed(by, said, "", here.noor) is False
    text(by, here, "story", at=NOW - HOUR - timedelta(minutes=1))
    before = stands(by, "story")
    assert changed(by, said, "", here.noor) is False, "before it was said not to be right"
    assert changed(by, said, "after", here.noor) is False
    text(by, here, "story", at=NOW)
    before = stands(by, "story")
    assert changed(by, said, "", here.noor) is True
    assert changed(by, said, "after", here.noor) is False
    assert stands(by, "story") == before


def test_a_card_is_right_when_it_was_written_anew_since(here, by):
    row, other = two(by, here, "card", written_at=NOW - 2 * HOUR)
    said = not_right(by, here, "card", row)
    writes = "UPDATE trust_contactcard SET written_at = %s WHERE id = %s"
    for which, at, told in (
        (row, NOW - 2 * HOUR, False),
        (other, NOW, False),
        (row, NOW - HOUR, False),
        (row, NOW, True),
    ):
        by.stands(writes, at, which)
        for new in ("", "after"):
            assert changed(by, said, new, here.noor) is told
    assert stands(by, "card")[row]["words"] == "before"


@pytest.mark.parametrize(("kind", "told"), [("beginning", True), ("attempt", True), ("remark", False)])
def test_what_stays_gets_the_right_words_beside_it(here, by, kind, told):
    """There have to be words; and of a kind nobody knows nothing is changed."""
    row, _ = two(by, here, kind) if kind in KINDS else (here.circle, None)
    said, before = not_right(by, here, kind, row), {one: stands(by, one) for one in KINDS}
    assert changed(by, said, "after", here.noor) is told
    assert changed(by, said, "", here.noor) is False
    assert {one: stands(by, one) for one in KINDS} == before


def test_two_who_answer_about_one_story_take_turns(here, bed):
    """Another story, held by somebody, makes nobody wait."""
    with alone(here.owner, "") as by:
        rows = two(by, here, "story")
        said = not_right(by, here, "story", rows[0])
        laid = {table: stands_in(by, table) for table in ("wraparound_story", "wraparound_notright")}
    with unheard(here.owner):
        for table, every in laid.items():
            here.owner.execute(
                f"INSERT INTO {table} SELECT * FROM jsonb_populate_recordset(NULL::{table}, %s)", [every]
            )
    with bed.connect() as other:
        other.execute("SET lock_timeout = '300ms'")
        for held in rows:
            with here.owner.transaction(force_rollback=True), other.transaction(force_rollback=True):
                here.owner.execute("SELECT 1 FROM wraparound_story WHERE id = %s FOR UPDATE", [held])
                if held == rows[0]:
                    with pytest.raises(psycopg.errors.LockNotAvailable):
                        changed(Alone(other), said, "after", here.noor)
                else:
                    assert changed(Alone(other), said, "after", here.noor) is True


def stands_in(by: Alone, table: str) -> str:
    """Every row of a table, as it could be laid again."""
    told: str = by.owner.execute(f"SELECT jsonb_agg(to_jsonb(t))::text FROM {table} t").fetchone()[0]  # type: ignore[index]
    return told
