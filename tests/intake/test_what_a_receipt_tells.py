"""What whoever asked finds on their receipt, what they are asked and may answer, and until when: to the instant."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

import testbed
from intake.at_the_door import CLOSED, Door, at_the_door
from trust.each_policy import NOW

LEAST, HOUR, DAY = timedelta(microseconds=1), timedelta(hours=1), timedelta(days=1)
JUDGED = "SELECT id, was_true, answered_at FROM intake_promise"
WAITS = "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted) FROM pg_sleep(0.02)"


def receipt(door: Door, concern: UUID, at: datetime = NOW) -> Any:
    """What stands on it."""
    return door.by.hears(None, "receipt", concern.bytes, at)


def people(door: Door, concern: UUID) -> tuple[str | None, str | None]:
    """Whom it names, and who stands in."""
    told = receipt(door, concern)
    first, second = (told[which] and told[which]["name"] for which in ("person", "stand_in"))
    return first, second


def test_each_receipt_tells_of_its_own_concern_and_village(door):
    told = {
        village: receipt(door, door.concern(circle, on_duty_id=who, reason="why", reachable=True))
        for village, circle, who in (
            (door.village, door.desk, door.eva),
            (door.next_village, door.next_desk, door.xeno),
        )
    }
    names = "SELECT id, name, slug, phone, country, timezone FROM trust_village"
    for village, *facts in door.by.looks(names):
        where = dict(zip(("name", "slug", "phone", "country", "timezone"), facts, strict=True))
        assert told[village].pop("village") == where
    left = {
        "state": "taken up", "stand_in": None, "due": None, "outcome": "", "reason": "why", "asks": False,
        "reachable": True, "asks_reach": False,
    }  # fmt: skip
    for village, who in ((door.village, door.eva), (door.next_village, door.xeno)):
        assert told[village] == left | {"person": door.by.hears(None, "desk_card", who)}


def test_it_names_who_took_it_up_then_who_was_on_duty_then_who_is(door):
    els, eva, lotte, tom = door.els, door.eva, door.lotte, door.home.tom
    assert people(door, door.concern(taken_by_id=eva, on_duty_id=els, stand_in_id=els)) == ("Eva", "Els")
    assert people(door, door.concern(on_duty_id=eva, stand_in_id=lotte)) == ("Eva", "Lotte")
    assert people(door, door.concern()) == ("Els", "Eva")
    for gone in ({"taken_by_id": lotte, "on_duty_id": eva}, {"on_duty_id": lotte}):
        assert people(door, door.concern(stand_in_id=tom, **gone)) == ("Els", "Eva"), "works there no more"
    assert people(door, door.concern(taken_by_id=eva, stand_in_id=eva)) == ("Eva", None)


def test_it_tells_the_first_day_that_was_promised_to_who_asked_and_is_still_to_come(door):
    concern, other = door.concern(), door.concern()
    for day, more in (
        (1, {"kept_at": NOW}), (2, {"ended_at": NOW}), (3, {"to_asker": False}), (4, {"concern_id": other}),
        (6, {}), (5, {}),
    ):  # fmt: skip
        facts: dict[str, Any] = {"due_at": NOW + day * DAY} | more
        door.promise(facts.pop("concern_id", concern), **facts)
    due = {which: receipt(door, which)["due"] for which in (concern, other)}
    assert {which: datetime.fromisoformat(day) for which, day in due.items()} == {
        concern: NOW + 5 * DAY,
        other: NOW + 4 * DAY,
    }
    closed = "UPDATE intake_concern SET closed_at = now(), outcome = 'help', state = 'done' WHERE id = %s"
    with door.by.meanwhile(closed, concern):
        assert receipt(door, concern)["due"] is None


def test_who_wants_help_now_and_gave_no_number_is_asked_for_it(door):
    wants: dict[str, Any] = {"wants_help_now": True, "reachable": False}
    closed = CLOSED | {"closed_at": NOW}
    for more, asked in (
        ({}, True),
        ({"wants_help_now": False}, False),
        ({"reachable": True}, False),
        (closed, False),
    ):
        concern = door.concern(**wants | more)
        told = receipt(door, concern)
        assert (told["asks_reach"], told["reachable"]) == (asked, more.get("reachable", False))


def test_it_is_there_until_thirty_days_after_closing(door):
    closed = door.concern(closed_at=NOW + HOUR, **CLOSED)
    assert receipt(door, closed, NOW + HOUR + 30 * DAY - LEAST)["outcome"] == "help"
    assert receipt(door, closed, NOW + HOUR + 30 * DAY) is None
    long_ago = door.concern(closed_at=NOW - 31 * DAY, **CLOSED)
    assert receipt(door, long_ago, NOW - 20 * DAY) is None, "nobody asks in the past"
    door.concern(closed_at=NOW, **CLOSED)
    assert door.by.hears(None, "receipt", b"nobody's", NOW) is None


def test_what_was_kept_two_weeks_ago_is_asked_of_who_asked(door):
    concern, other = door.concern(), door.concern()
    for more in (
        {"to_asker": False}, {"answered_at": NOW, "was_true": "yes"}, {"kept_at": None},
        {"concern_id": other, "kept_at": NOW - DAY},
    ):  # fmt: skip
        facts: dict[str, Any] = {"kept_at": NOW - HOUR} | more
        door.promise(facts.pop("concern_id", concern), **facts)
    later, first = (door.promise(concern, kept_at=NOW + hours * HOUR) for hours in (2, 1))

    def asked(at: datetime) -> UUID | None:
        told: UUID | None = door.by.hears(None, "promise_to_judge", concern, at)
        return told

    over = NOW + HOUR + 14 * DAY
    assert [asked(over - LEAST), asked(over), asked(over + HOUR)] == [None, first, first]
    assert [receipt(door, concern, at)["asks"] for at in (over - LEAST, over)] == [False, True]
    door.by.stands("DELETE FROM intake_promise WHERE id = %s", first)
    assert [asked(over), asked(over + HOUR)] == [None, later]


def answer(door: Door, concern: UUID, said: str = "yes") -> Any:
    """What comes of answering whether it was true, and what stands there then."""
    told = door.by.done(None, "answer_receipt", concern.bytes, said, NOW, then=JUDGED)
    return told if isinstance(told, str) else (told[0], {row[0]: row[1:] for row in told[1]})


def test_each_answers_for_their_own_concern(door):
    concerns = [door.concern() for _ in range(2)]
    promises = [door.promise(concern, kept_at=NOW - 20 * DAY) for concern in concerns]
    before = dict.fromkeys(promises, ("", None))
    for concern, promise in zip(concerns, promises, strict=True):
        for said in ("yes", "partly", "no"):
            assert answer(door, concern, said) == (True, before | {promise: (said, NOW)})
        assert answer(door, concern, "maybe") == "no_such_answer"
    assert answer(door, door.concern()) == (False, before), "to whom nothing was promised"


def test_it_is_answered_until_thirty_days_after_closing(door):
    concern = door.concern(closed_at=NOW, **CLOSED)
    promise = door.promise(concern, kept_at=NOW - 60 * DAY)
    closed = "UPDATE intake_concern SET closed_at = trust.moment() - interval '30 days' + {} WHERE id = %s"
    said = ("SELECT trust.answer_receipt(%s, 'yes', %s)", [concern.bytes, NOW])
    for more, told in (("interval '0'", False), ("interval '0.000001 seconds'", True)):
        done = door.by.done_at_once(None, [(closed.format(more), [concern]), said], JUDGED)
        assert done == (told, [(promise, "yes", NOW) if told else (promise, "", None)]), more


def test_nobody_answers_tomorrow(door):
    concern = door.concern(closed_at=NOW, **CLOSED)
    door.promise(concern, kept_at=NOW - 20 * DAY)
    told = door.by.done(None, "answer_receipt", concern.bytes, "yes", NOW + DAY, then=JUDGED)
    assert told == "not_yet"


@pytest.fixture
def stood(owner: psycopg.Connection) -> tuple[UUID, UUID]:
    """A concern and a promise that others see too."""
    with at_the_door(owner) as door:
        concern = door.concern()
        kept = door.promise(concern, kept_at=NOW - 20 * DAY)
        rows = {
            table: door.by.looks(f"SELECT to_jsonb(t)::text FROM {table} t WHERE id = %s", key)[0][0]
            for table, key in (("intake_concern", concern), ("intake_promise", kept))
        }
    for table, row in rows.items():
        owner.execute(f"INSERT INTO {table} SELECT * FROM jsonb_populate_record(NULL::{table}, %s)", [row])
    return concern, kept


def test_of_two_answers_at_once_the_first_stands(owner: psycopg.Connection, bed: testbed.Testbed, stood):
    concern, kept = stood
    said = "SELECT trust.answer_receipt(%s, %s, now())"
    with bed.connect() as other, ThreadPoolExecutor(1) as waiting:
        with owner.transaction():
            assert owner.execute(said, [concern.bytes, "yes"]).fetchone() == (True,)
            second = waiting.submit(lambda: other.execute(said, [concern.bytes, "no"]).fetchone())
            while not owner.execute(WAITS).fetchone()[0] and not second.done():
                pass
        assert second.result() == (False,)
    assert owner.execute("SELECT was_true FROM intake_promise WHERE id = %s", [kept]).fetchone() == ("yes",)


def test_what_was_told_is_deleted_when_the_term_is_over_and_the_receipt_has_ended(door):
    ends = "SELECT trust.term_ends(c, 40) FROM intake_concern c WHERE id = %s"
    for facts, end in (
        ({}, 40), ({"taken_at": NOW + 5 * DAY}, 45), (CLOSED | {"closed_at": NOW + 9 * DAY}, 40),
        (CLOSED | {"closed_at": NOW + 11 * DAY}, 41),
        (CLOSED | {"closed_at": NOW + 11 * DAY, "taken_at": NOW + 5 * DAY}, 45),
    ):  # fmt: skip
        assert door.by.looks(ends, door.concern(at=NOW, **facts)) == [(NOW + end * DAY,)]
