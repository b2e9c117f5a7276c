"""What is written down of a concern and who hears of it, a number that is added later, and a talk that is over."""

import json
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from intake.at_the_door import CLOSED, Door
from trust.each_policy import NOW
from trust.scenes import LONG_AGO

LEAST, HOUR, DAY = timedelta(microseconds=1), timedelta(hours=1), timedelta(days=1)
HASH = b"h" * 32
TOLD = {
    "channel": "page", "reachable": True, "asker_kind": "teacher", "family_knows": "no", "language": "ar",
    "wants_help_now": False,
}  # fmt: skip
CONCERN = (
    "SELECT circle_id, author_id, written_down_by_id, on_duty_id, stand_in_id, at, answer_by, reachable, "
    "wants_help_now, channel, receipt_hash, state FROM intake_concern"
)
REACHED = "SELECT id, told_locked, reachable FROM intake_concern"
ENDS = "SELECT circle_id, person_id, since, until FROM trust_seat WHERE circle_id = ANY(%s) ORDER BY since, person_id"


def handed_in(door: Door, who: UUID | None = None, **more: Any) -> Any:
    """What comes of handing something in at the page, and the concerns that stand there then."""
    facts = {
        "village": door.village, "words": b"x", "answered_before": NOW + DAY, "hash": HASH,
        "handed_in_at": NOW, "then": CONCERN,
    }  # fmt: skip
    said = {name: more.pop(name, value) for name, value in facts.items()}
    told = json.dumps(TOLD | more)
    values = (
        uuid4(),
        said["village"],
        told,
        said["words"],
        said["answered_before"],
        said["hash"],
        said["handed_in_at"],
    )
    return door.by.done(who, "hand_in_concern", *values, then=said["then"])


@pytest.mark.parametrize("channel", ["page", "poster", "phone", "visit"])
def test_what_is_handed_in_lies_at_the_first_desk_and_who_wrote_it_down_at_the_desk_is_named(door, channel):
    door.circle("first talk", opened_at=LONG_AGO - DAY)
    writer = door.lotte if channel in ("phone", "visit") else None
    row = (
        door.desk,
        writer,
        writer,
        door.els,
        door.eva,
        NOW,
        NOW + DAY,
        True,
        False,
        channel,
        HASH,
        "received",
    )
    assert handed_in(door, door.lotte, channel=channel) == ([door.els], [row])
    if writer is None:
        assert handed_in(door, None, channel=channel) == ([door.els], [row])
    else:
        assert handed_in(door, door.xeno, channel=channel) == "written_down_by_a_stranger"


def test_who_stands_in_hears_of_it_too_when_help_is_wanted_now(door):
    told, rows = handed_in(door, wants_help_now=True)
    assert told == [door.els, door.eva]
    assert rows[0][8] is True
    assert handed_in(door, village=door.next_village, wants_help_now=True)[0] == [door.xeno], (
        "alone at the desk"
    )


def test_what_was_promised_with_it_is_an_answer_in_time(door):
    promised = "SELECT circle_id, at, kind, by_id, to_asker, due_at, kept_at FROM intake_promise"
    _, rows = handed_in(door, then=promised)
    assert rows == [(door.desk, NOW, "first answer", door.els, True, NOW + DAY, None)]


def test_in_a_village_without_a_desk_nothing_is_handed_in(door):
    nowhere = door.by.lies("trust_village", name="Nowhere", slug="nowhere", timezone="Europe/Brussels")
    assert handed_in(door, village=nowhere) == "no_contact_point"


@pytest.mark.parametrize("many", [0, 31, 33])
def test_a_receipt_is_found_by_a_whole_word_of_its_own(door, many):
    assert handed_in(door, hash=b"h" * many) == "receipt_without_hash"


def test_an_answer_comes_not_before_it_was_asked_and_within_sixty_days(door):
    for after, told in ((-LEAST, False), (0 * DAY, True), (60 * DAY, True), (60 * DAY + LEAST, False)):
        said = handed_in(door, answered_before=NOW + after)
        assert (said[0] if told else said) == ([door.els] if told else "no_such_moment"), after


def test_it_is_handed_in_now_and_a_clock_may_be_a_minute_fast(door):
    at = "trust.moment() + interval '{}'"
    said = (
        f"SELECT trust.hand_in_concern(%s, %s, %s, 'x', {at} + interval '1 day', %s, {at})",
        [uuid4(), door.village, json.dumps(TOLD), HASH],
    )
    for ahead, told in (("1 minute", True), ("1 minute 0.000001 seconds", False)):
        done = door.by.done_at_once(None, [(said[0].format(ahead, ahead), said[1])], CONCERN)
        assert (done[0] if told else done) == ([door.els] if told else "no_such_moment")


def wanting(door: Door, **more: Any) -> UUID:
    """Somebody wants help now and cannot be reached."""
    return door.concern(**{"wants_help_now": True, "reachable": False, "told_locked": b"before"} | more)


NOT_ASKED: list[dict[str, Any]] = [
    {"wants_help_now": False}, {"reachable": True}, CLOSED | {"closed_at": NOW}, {"forgotten_at": NOW},
]  # fmt: skip


def added(door: Door, concern: UUID, circle: UUID, words: bytes = b"after") -> Any:
    """What comes of adding a number, and which concerns changed."""
    before = door.by.looks(REACHED)
    told, rows = door.by.done(None, "add_reach", concern.bytes, circle, words, then=REACHED)
    return told, [row for row in rows if row not in before]


def test_a_number_is_added_to_the_concern_of_that_receipt_alone(door):
    concern, other = wanting(door), wanting(door)
    assert added(door, concern, door.desk) == (True, [(concern, b"after", True)])
    assert added(door, other, door.desk) == (True, [(other, b"after", True)])
    assert added(door, concern, door.next_desk) == (False, []), "it lies elsewhere by now"
    assert added(door, concern, door.desk, b"") == (False, []), "nothing is lost"
    for more in NOT_ASKED:
        assert added(door, wanting(door, **more), door.desk) == (False, []), more


def test_the_number_is_asked_with_what_was_told_and_where_it_lies(door):
    talk = door.circle()
    for circle, at_desk in ((door.desk, True), (talk, False)):
        concern = wanting(door, circle=circle, subject_id=door.home.samira)
        told = [(concern, circle, door.home.samira, b"before", at_desk)]
        assert door.by.rows(None, "asks_reach", concern.bytes) == told
    for more in NOT_ASKED:
        assert door.by.rows(None, "asks_reach", wanting(door, **more).bytes) == [], more


def over(door: Door, talk: UUID, who: UUID, at: datetime = NOW) -> Any:
    """What comes of saying that a first talk is over."""
    return door.by.done(who, "end_first_talk", talk, at, then=ENDS, of=[[talk]])


def test_a_first_talk_in_which_nothing_lies_any_more_ends_for_whoever_sits_there(door):
    talk, other = door.circle(), door.circle()
    for circle in (talk, other):
        door.sits(circle, door.els)
        door.opens(circle, door.els)
    door.concern(other)
    door.sits(talk, door.lotte, until=NOW - DAY)
    door.sits(talk, door.home.tom, since=NOW + HOUR)
    told, rows = over(door, talk, door.els)
    assert told == ""
    assert rows == [
        *sorted([(talk, door.els, LONG_AGO, NOW), (talk, door.lotte, LONG_AGO, NOW - DAY)]),
        (talk, door.home.tom, NOW + HOUR, NOW + HOUR),
    ]  # fmt: skip
    both = door.by.done(door.els, "end_first_talk", talk, NOW, then=ENDS, of=[[other]])
    assert both[1] == [(other, door.els, LONG_AGO, None)], "of another talk nobody spoke"


def test_a_first_talk_is_not_over_at_a_moment_to_come(door):
    talk = door.circle()
    door.sits(talk, door.els)
    door.opens(talk, door.els)
    assert over(door, talk, door.els, NOW + HOUR) == "not_yet"


def test_only_who_sits_in_a_first_talk_where_nothing_lies_says_that_it_is_over(door):
    refused = "first_talk_is_not_over"
    talk = door.circle()
    door.opens(talk, door.els)
    assert over(door, talk, door.els) == ("", [])
    assert over(door, talk, door.eva) == refused
    assert over(door, door.desk, door.els) == refused, "that is a desk"
    family = door.circle("family", family_id=door.home.family)
    door.opens(family, door.els)
    assert over(door, family, door.els) == refused
    door.concern(talk)
    assert over(door, talk, door.els) == refused


WEEK = date(2026, 3, 2)
AT = datetime(2026, 6, 2, 12, tzinfo=NOW.tzinfo)  # 92 days later


def figures(
    door: Door, *weeks: tuple[int, ...], who: UUID | None = None, at: datetime = AT, **more: Any
) -> Any:
    """What a worker is told of so many answers, hours, promises and kept promises in these weeks."""
    names = ("answered", "answer_hours", "promises_due", "promises_kept")
    with door.by.meanwhile():
        for number, week in enumerate(weeks):
            facts = {"village_id": door.village, "week_of": WEEK + number * 7 * DAY} | more
            door.by.lies("intake_weekofanswers", **facts, **dict(zip(names, week, strict=True)))
        told = door.by.hears(who or door.lotte, "village_figures", at)
        return told["hours"], told["due"], told["kept"]


def test_so_few_that_somebody_could_be_known_are_not_told(door):
    assert figures(door, (2, 20, 4, 3), (3, 11, 1, 1)) == (6, 5, 4)
    assert figures(door, (4, 20, 9, 3)) == (None, 9, 3)
    assert figures(door, (9, 20, 4, 3)) == (2, None, None)
    assert figures(door, (5, 20, 5, 3)) == (4, 5, 3)


def test_whoever_works_in_a_village_is_told_of_the_last_three_months_of_that_village(door):
    week, nothing = (8, 16, 7, 6), (None, None, None)
    assert figures(door, week) == (2, 7, 6)
    assert figures(door, week, at=AT + DAY) == nothing
    assert figures(door, week, village_id=door.next_village) == nothing
    assert figures(door, week, village_id=door.next_village, who=door.xeno) == (2, 7, 6)
    assert figures(door, week, who=door.home.naima) == nothing
