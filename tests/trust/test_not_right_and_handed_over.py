"""Saying that something is not right, handing over and passing on, and what is locked: asked where one condition decides."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest

from trust.each_policy import NOW, Neighbourhood
from trust.one_trigger import Alone, alone
from trust.scenes import LONG_AGO

NOT_THEIRS = "not_yours_to_decide"
TABLES = ("wraparound_notright", "trust_handover", "wraparound_passon", "wraparound_note")
only = pytest.mark.parametrize


@pytest.fixture
def home(owner: psycopg.Connection) -> Neighbourhood:
    """Two families, and colleagues of every work."""
    return Neighbourhood(owner)


@pytest.fixture
def here(request: pytest.FixtureRequest, home: Neighbourhood) -> Iterator[SimpleNamespace]:
    """One trigger alone, and a note of the teacher about nobody."""
    with alone(home.owner, getattr(request, "param", "right_check_not_right"), *TABLES) as by:
        said = SimpleNamespace(by=by, home=home)
        said.note = note(said, home.circle, home.lotte)
        yield said


def note(here: SimpleNamespace, circle: UUID, author: UUID, about: UUID | None = None) -> UUID:
    """Something written in a circle."""
    facts = {"circle_id": circle, "author_id": author, "at": NOW - timedelta(hours=1)}
    made: UUID = here.by.lies("wraparound_note", subject_id=about, about_id=about, **facts)
    return made


def circle(here: SimpleNamespace, kind: str, *people: UUID, role: str = "guardian") -> UUID:
    """A circle of the family in which these sit."""
    facts = {"village_id": here.home.village, "family_id": here.home.family, "opened_at": LONG_AGO}
    made: UUID = here.by.lies("trust_circle", kind=kind, **facts)
    for person in people:
        sits(here.by, made, person, role)
    return made


def sits(by: Alone, where: UUID, person: UUID, role: str, danger: bool = False) -> None:
    """A seat, and what it opens."""
    seat = by.lies("trust_seat", circle_id=where, person_id=person, role=role, history=True, since=LONG_AGO)
    facts = {"viewer_id": person, "circle_id": where, "source_id": seat, "danger": danger, "since": LONG_AGO}
    by.lies("trust_access", **facts, until="infinity")


def may(here: SimpleNamespace, who: UUID, row: UUID, for_whom: UUID, seen_as: UUID | None = None) -> bool:
    """Whether this person may say that this note is not right, for them."""
    told: bool = here.by.hears(who, "may_say_not_right", "note", row, for_whom, seen_as=seen_as)
    return told


def test_who_may_say_that_something_is_not_right(here):
    home = here.home
    for who, row, for_whom, told in (
        (home.lotte, here.note, home.lotte, True), (home.aunt, here.note, home.aunt, True), (home.noor, here.note, home.noor, False),
        (home.noor, here.note, home.naima, True), (home.noor, here.note, home.britt, False), (home.aunt, here.note, home.naima, False),
        (home.tom, here.note, home.naima, False), (home.britt, here.note, home.britt, False),
    ):  # fmt: skip
        assert may(here, who, row, for_whom) is told
    assert not may(here, home.aunt, here.note, home.aunt, seen_as=home.naima)


def test_it_is_said_in_circles_of_a_family_where_one_sits_and_knows(here):
    home = here.home
    for kind, told in (
        ("family", True),
        ("part", True),
        ("home", True),
        ("own", False),
        ("confidence", False),
    ):
        row = note(here, circle(here, kind, home.naima), home.naima)
        assert may(here, home.naima, row, home.naima) is told, kind
    by_danger = circle(here, "part")
    sits(here.by, by_danger, home.naima, "guardian", danger=True)
    assert not may(here, home.naima, note(here, by_danger, home.naima), home.naima)
    about = note(here, home.circle, home.lotte, home.samira)
    for who, for_whom in ((home.aunt, home.aunt), (home.noor, home.karim)):
        assert may(here, who, about, for_whom)
        here.by.stands("UPDATE trust_exclusion SET person_id = %s", for_whom)
        assert not may(here, who, about, for_whom), "whom Samira left out"


def test_who_hears_that_something_was_said_not_to_be_right(here):
    """Beside what stays, everybody who knows it; a change, too, where the words stay; the rest is between few."""
    home = here.home
    attempt, beginning = (
        here.by.lies(table, circle_id=home.circle, author_id=home.lotte, subject_id=None, about_id=None, at=NOW - timedelta(hours=1))
        for table in ("messaging_attempt", "intake_beginning")
    )  # fmt: skip

    def hears(who: UUID | None, kind: str, row: UUID, answer: str, **more: Any) -> Any:
        said = (uuid4(), kind, row, home.aunt, home.lotte, answer)
        return here.by.hears(who, "hears_not_right", *said, **more)

    for kind, row in (("note", here.note), ("attempt", attempt), ("beginning", beginning)):
        stays = kind != "note"
        for answer, told in (("beside", True), ("changed", stays), ("stays", False), ("", False)):
            assert hears(home.karim, kind, row, answer) is told, (kind, answer)
            assert hears(home.tom, kind, row, answer) is False, (kind, answer)
            assert hears(None, kind, row, answer) is False
            for who in (home.aunt, home.lotte):
                assert hears(who, kind, row, answer) is True
                assert hears(who, kind, row, answer, seen_as=home.karim) is told


def says(here: SimpleNamespace, who: UUID, **said: Any) -> Any:
    """What comes of saying that the note is not right."""
    facts = {
        "on": "note", "object_id": here.note, "circle_id": here.home.circle, "subject_id": None, "about_id": None, "asked_by_id": who,
        "author_id": who, "answer": "", "words_locked": b"x", "at": NOW,
    }  # fmt: skip
    return here.by.writes(who, "wraparound_notright", **facts | said)


def test_what_is_said_not_to_be_right_lies_where_the_text_lies(here):
    home, about = here.home, note(here, here.home.circle, here.home.lotte, here.home.samira)
    row = says(here, home.lotte, object_id=about, subject_id=home.samira)
    assert row["about_id"] == str(home.samira)
    assert says(here, home.lotte, about_id=home.samira)["about_id"] is None
    for wrong in (
        {"circle_id": home.own[home.samira]}, {"subject_id": home.samira}, {"answer": "stays"}, {"words_locked": b""},
        {"asked_by_id": home.els}, {"object_id": uuid4()}, {"object_id": about},
    ):  # fmt: skip
        assert says(here, home.lotte, **wrong) == NOT_THEIRS, wrong
    assert says(here, home.noor) == NOT_THEIRS


def test_it_is_said_now_or_before(here):
    home = here.home
    yesterday, ahead = NOW - timedelta(days=1), NOW + timedelta(days=9)
    told = says(here, home.lotte, at=yesterday)["at"]
    assert datetime.fromisoformat(told) == yesterday
    assert datetime.fromisoformat(says(here, home.lotte, at=ahead)["at"]) <= datetime.now(UTC)


def test_it_is_answered_in_thirty_days_of_its_own_village(here):
    """The same is written in three villages, each with hours of its own."""
    home, by = here.home, here.by
    for zone in ("Europe/Brussels", "Pacific/Auckland", "Pacific/Honolulu"):
        where = circle(here, "part", home.lotte)
        village = by.lies("trust_village", timezone=zone, slug=f"far-{uuid4().hex[:6]}")
        by.stands("UPDATE trust_circle SET village_id = %s WHERE id = %s", village, where)
        row = says(here, home.lotte, object_id=note(here, where, home.lotte), circle_id=where)
        ends = datetime.fromisoformat(row["answer_by"]).astimezone(ZoneInfo(zone))
        today = datetime.now(ZoneInfo(zone)).date()
        assert ends == datetime.combine(today + timedelta(days=30), time(), ZoneInfo(zone)), zone


@only("here", ["hand_over_check"], indirect=True)
def test_a_coordinator_is_handed_over_by_the_family_or_with_its_word(here):
    home = here.home
    facts = {
        "circle_id": home.circle,
        "leaver_id": home.noor,
        "told_id": None,
        "taken_at": None,
        "stopped_at": None,
    }
    part = circle(here, "part", home.naima)
    sits(here.by, part, home.noor, "coordinator")
    for who, said, told in (
        (home.naima, {}, "done"), (home.samira, {}, "done"), (home.noor, {"told_id": home.naima}, "done"),
        (home.naima, {"taken_at": NOW}, "never_changes"), (home.naima, {"stopped_at": NOW}, "never_changes"),
        (home.naima, {"circle_id": part}, "crosses_families"), (home.naima, {"circle_id": uuid4()}, "crosses_families"),
        (home.naima, {"leaver_id": home.lotte}, "somebody_else_coordinates"), (home.noor, {}, "the_family_is_told_first"),
        (home.noor, {"told_id": home.lotte}, "the_family_is_told_first"), (home.lotte, {}, NOT_THEIRS), (home.aunt, {}, NOT_THEIRS),
    ):  # fmt: skip
        row = facts | {"author_id": who} | said
        assert here.by.is_written(who, "trust_handover", served=True, **row) == told, (who, said)
        assert here.by.is_written(who, "trust_handover", **row) == "done"
    row = here.by.lies("trust_handover", **facts, author_id=home.naima)
    again = "UPDATE trust_handover SET at = at WHERE id = %s"
    assert [here.by.does(home.naima, again, row, served=one) for one in (True, False)] == ["never_changes", 1]


@only("here", ["pass_on_check"], indirect=True)
@only(("column", "table"), [("action_id", "wraparound_action"), ("promise_id", "intake_promise")])
def test_what_is_passed_on_lies_where_the_step_or_the_promise_lies(here, column, table):
    """Two lie in two circles, about two children."""
    home, by = here.home, here.by
    places = ((home.circle, home.samira), (home.next_circle, home.bram))
    rows = [by.lies(table, circle_id=lies, subject_id=about, was_true="") for lies, about in places]
    for row, right in zip(rows, places, strict=True):
        for lies in (home.circle, home.next_circle):
            for about in (home.samira, home.bram):
                facts = {
                    "promise_id": None,
                    "action_id": None,
                    column: row,
                    "circle_id": lies,
                    "subject_id": about,
                }
                told = "done" if (lies, about) == right else "crosses_families"
                assert by.is_written(None, "wraparound_passon", **facts) == told
        passed = by.lies(
            "wraparound_passon", **{"promise_id": None, column: row}, circle_id=right[0], subject_id=right[1]
        )
        for change in (f"circle_id = '{home.desk}'", "subject_id = NULL"):
            assert by.does(None, f"UPDATE wraparound_passon SET {change} WHERE id = %s", passed) == 1


def test_what_is_locked_is_locked_and_nothing_else(home: Neighbourhood, bed: Any) -> None:
    """Of organisations, families and persons those that are named, until the transaction ends."""
    rows = {
        "trust_organisation": home.organisations["Ombuds"], "trust_family": home.family, "trust_person": home.lotte,
    }  # fmt: skip
    with bed.connect() as other, home.owner.transaction():

        def free(table: str) -> set[UUID]:
            told = other.execute(f"SELECT id FROM {table} FOR NO KEY UPDATE SKIP LOCKED")
            return {one for (one,) in told.fetchall()}

        every = {table: free(table) for table in rows}
        home.owner.execute(
            "SELECT trust.lock_rows(%s::uuid[], %s::uuid[], %s::uuid[])", [[one] for one in rows.values()]
        )
        for table, row in rows.items():
            assert every[table] - free(table) == {row}
            assert len(every[table]) > 1
