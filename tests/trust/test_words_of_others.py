"""K4: somebody left out since reads what they wrote; what others write into it later is no words of theirs."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from kring.trust.enforcement import guarded_models
from trust.each_policy import LATER, NOW, Neighbourhood
from trust.one_trigger import Alone, alone
from trust.scenes import insert
from trust.test_which_trigger_hears import KIND, OTHER, calling, unbound

#: What somebody else than its author changes too, and why what stands there stays its author's: field for field.
ADDRESSED = "answered to whoever wrote it, who asked for the answer"
TECHNICAL = "a number or a moment that says nothing of its own"
A_STATE = "a state that the whole circle is told of, or what the law keeps of it"
WITH_IT = "names and moments that come with what is named, and where a meeting stands"
STAYS = {
    "trust.HandOver": A_STATE,
    "trust.Invitation": ADDRESSED,
    "intake.Concern": "whoever handed it in holds a receipt, and its words lie locked",
    "intake.TalkNote": "nobody changes it",
    "intake.Promise": "a promise is told to whoever gave it: whether it was kept, and whether that was so",
    "confidences.Telling": TECHNICAL,
    "confidences.Attachment": TECHNICAL,
    "confidences.WordsToTell": ADDRESSED,
    "confidences.OwnGoal": "only who wrote it changes it",
    "wraparound.Plan": A_STATE,
    "wraparound.Version": A_STATE,
    "wraparound.Goal": WITH_IT,
    "wraparound.Action": "that everybody said yes: a state of the version",
    "wraparound.Meeting": WITH_IT,
    "wraparound.NotRight": ADDRESSED,
    "wraparound.PassOn": ADDRESSED,
    "wraparound.Participant": ADDRESSED,
    "wraparound.AgendaPoint": TECHNICAL,
    "wraparound.Decision": "what came of it is a row of its own",
    "wraparound.Interpreter": "only who wrote it changes it",
    "wraparound.TalentAnswer": "only who wrote it changes it",
    "wraparound.Review": A_STATE,
    "wraparound.Preparation": "only who wrote it, or wrote it down for its author, changes it",
    "wraparound.GoalFace": "only who wrote it, or wrote it down for its author, changes it",
}
#: What is no word: where a row lies, about whom it is, who wrote it when, the order, the language of its words, and when a word came.
ABOUT_THE_ROW = {
    "id", "circle_id", "subject_id", "about_id", "author_id", "first_author_id", "at", "position", "language", "changed_at", "plan_id", "goal_id",
    "hand_over_id",
}  # fmt: skip


def left_out(here: Neighbourhood, who: UUID, **other: Any) -> None:
    """Samira leaves somebody out."""
    row = {"subject_id": here.samira, "person_id": who, "ground": "own choice", "decided_by_id": here.samira}
    since = NOW - timedelta(days=1)
    insert(
        here.owner,
        "trust_exclusion",
        **row | {"reason": "", "since": since, "circle_id": here.circle} | other,
    )


def authors(by: Alone, who: UUID | None, table: str, change: str) -> tuple[UUID | None, UUID | None]:
    """Whose the row is after somebody changed something in it, and whose it was first."""
    wrote: tuple[UUID | None, UUID | None] = by.reads(
        who, f"UPDATE {table} SET {change} RETURNING author_id, first_author_id"
    )[0]
    return wrote


def other_than(here: Neighbourhood, table: str, field: str) -> str:
    """Something else in this column than what stands there."""
    (kind,) = here.owner.execute(KIND, [table, field]).fetchone()
    return f'"{field}" = ' + OTHER.get(kind, "{0} + 1").format(f'"{field}"')


def his(by: Alone, here: Neighbourhood, table: str, **more: Any) -> None:
    """A row about Samira that her father wrote."""
    facts = {
        "circle_id": here.circle, "about_id": here.samira, "subject_id": here.samira, "author_id": here.karim, "at": NOW,
        "until_year": 2020, "by_when": NOW.date(), "done_at": NOW, "taken_off_at": NOW,
    } | dict.fromkeys(("doer_id", "offer_id", "whose_id", "organisation_id"), here.noor)  # fmt: skip
    by.lies(table, **facts | more)


def test_what_others_write_in_it_is_theirs(here):
    """Each column by itself; what says nothing changes nothing."""
    left_out(here, here.karim)
    found = calling(here.owner, "words_of_others")
    assert {table for table, *_ in found} >= {"wraparound_goal", "wraparound_action", "wraparound_meeting"}
    for table, trigger, fields in found:
        with alone(here.owner, trigger, table) as by:
            unbound(here.owner, table)
            by.stands(f"DELETE FROM {table}")
            his(by, here, table)
            for field in fields:
                told = authors(by, here.naima, table, other_than(here, table, field))
                assert told == (None, here.karim), (table, field)
            for same in ("at = at", "at = at - interval '1 day'"):
                assert authors(by, here.naima, table, same) == (here.karim, None), table


@pytest.mark.parametrize(
    ("who", "left", "more", "theirs"),
    [
        ("naima", {}, {}, False),
        ("samira", {}, {}, False),
        ("noor", {}, {}, False),
        ("karim", {}, {}, True),  # his own words
        ("ada", {}, {}, True),  # who does not sit there brings persons together, say
        (None, {}, {}, True),  # the clock
        ("naima", None, {}, True),  # nobody is left out
        ("naima", {"until": NOW - timedelta(minutes=1)}, {}, True),
        ("naima", {"since": LATER}, {}, True),
        ("naima", {"ground": "withheld"}, {}, False),
        ("naima", {}, {"about_id": "yassin"}, True),  # it is about another child
        ("naima", {}, {"about_id": None}, True),
        ("naima", {}, {"author_id": None}, True),
        ("naima", None, {"author_id": "tom"}, False),  # who does not sit there any more
        ("naima", None, {"author_id": "tom", "about_id": None}, True),
        ("naima", {}, {"author_id": "lotte"}, True),  # it is somebody else who is left out
        ("naima", {"person_id": None, "sector": "education"}, {"author_id": "lotte"}, False),
    ],
)
def test_only_where_its_author_was_left_out_since_and_only_by_who_sits_there(here, who, left, more, theirs):
    called = here.called | {"yassin": here.yassin}
    if left is not None:
        left_out(here, here.karim, **left)
    with alone(here.owner, "words_of_others", "wraparound_goal") as by:
        by.stands("DELETE FROM wraparound_goal")
        named = {name: called.get(value) for name, value in more.items()}
        his(by, here, "wraparound_goal", **named)
        told = authors(by, called.get(who), "wraparound_goal", "aim = 'another'")
    author = named.get("author_id", here.karim)
    assert told == ((author, None) if theirs else (None, author))


def test_who_wrote_a_row_is_said_by_no_page_again(here):
    for function, column in (("author_stays", "author_id"), ("first_author_stays", "first_author_id")):
        found = calling(here.owner, function)
        assert {table for table, *_ in found} >= {"wraparound_goal", "wraparound_mustknow"}
        for table, trigger, _ in found:
            with alone(here.owner, trigger, table) as by:
                unbound(here.owner, table)
                by.stands(f"DELETE FROM {table}")
                by.lies(table, **{column: here.karim})
                change = f"UPDATE {table} SET {column} = %s RETURNING {column}"
                for served, stays in ((True, here.karim), (False, here.noor)):
                    with here.owner.transaction(force_rollback=True):
                        if served:
                            here.owner.execute("SET LOCAL ROLE kring_runtime")
                        assert here.owner.execute(change, [here.noor]).fetchone() == (stays,), table


def test_every_word_that_others_change_is_named_or_has_its_reason():
    named = set()
    for model in guarded_models():
        if model.policy != "circle":
            continue
        fields = {field.attname for field in model._meta.concrete_fields}
        others = getattr(model, "others_write", ())
        assert set(others) <= fields, model
        kept = {*ABOUT_THE_ROW, *getattr(model, "fixed_fields", ()), *model.own_words, *others}
        if fields - kept:
            named.add(model._meta.label)
    assert named == set(STAYS)
