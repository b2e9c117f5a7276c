"""About whom a guarded row is, and where it may lie and go: one rule alone hears of it, whoever asks."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

import testbed
from trust.one_trigger import alone
from trust.two_villages import Villages

NOTE = "wraparound_note"
VILLAGES, FAMILIES, UNBORN = "crosses_villages", "crosses_families", "subject_without_birth_date"
ONLY = "only_the_family_shows_more"
pytestmark = pytest.mark.django_db


@pytest.fixture
def of(bed: testbed.Testbed) -> Iterator[Villages]:
    """Two villages in which nobody is yet."""
    with bed.connect() as owner, alone(owner, "check_guarded", NOTE, "trust_circle") as by:
        yield Villages(by)


def about(said: Any) -> Any:
    """About whom the row is, or the word of the refusal."""
    return said if isinstance(said, str) else said["about_id"] and UUID(said["about_id"])


def written(of: Villages, circle: UUID, **said: Any) -> Any:
    """About whom a new note is, or the word of the refusal."""
    facts = {"circle_id": circle, "subject_id": None, "author_id": None, "about_id": uuid4()}
    return about(of.by.writes(None, NOTE, **facts | said))


def changed(of: Villages, row: UUID, who: UUID | None = None, **said: Any) -> Any:
    """About whom that note is then, or the word of the refusal; taken back."""
    columns = ", ".join(f"{column} = %s" for column in said)
    statement = f"UPDATE {NOTE} SET {columns} WHERE id = %s RETURNING to_jsonb({NOTE})"
    try:
        with of.by.owner.transaction(force_rollback=True):
            of.by.asks(who)
            return about(of.by.owner.execute(statement, [*said.values(), row]).fetchone()[0])  # type: ignore[index]
    except psycopg.Error as refused:
        return str(refused.diag.message_primary)


def test_a_new_row_is_about_its_subject_else_about_whom_its_circle_is(of):
    family, next_door = of.family(), of.family()
    child, sister, other = of.member(family), of.member(family), of.member(next_door)
    plain, hers = of.circle("family", family), of.circle("own", family, subject_id=child)
    desk, without, far = of.circle("desk"), of.person(), of.member(of.family(of.there), village=of.there)
    for circle, subject, told in (
        (plain, None, None), (plain, child, child), (hers, None, child), (hers, child, child), (hers, sister, sister),
        (desk, None, None), (desk, other, other), (plain, other, FAMILIES), (hers, without, UNBORN), (desk, without, UNBORN),
        (desk, far, VILLAGES), (plain, far, VILLAGES),
    ):  # fmt: skip
        assert written(of, circle, subject_id=subject) == told


def test_whoever_writes_it_is_of_that_village_when_it_is_written(of):
    circle, there = of.circle(), of.circle(village_id=of.there)
    one, far = of.person(), of.person(of.there)
    for where, who, told in (
        (circle, None, None), (circle, one, None), (there, far, None), (circle, far, VILLAGES), (there, one, VILLAGES),
        (circle, uuid4(), VILLAGES),
    ):  # fmt: skip
        assert written(of, where, author_id=who) == told
        row = of.by.lies(NOTE, circle_id=where, author_id=who)
        assert changed(of, row, text="y") is None, "it lies there already"


def test_a_row_that_stays_is_about_whom_it_was_about(of):
    family = of.family()
    child, sister, without, somebody = of.member(family), of.member(family), of.person(), uuid4()
    hers = of.circle("own", family, subject_id=child)
    for subject in (None, sister, without):
        row = of.by.lies(NOTE, circle_id=hers, subject_id=subject, about_id=somebody)
        assert changed(of, row, text="y") == changed(of, row, about_id=child) == somebody
        assert changed(of, row, circle_id=hers, subject_id=subject) == somebody
        assert changed(of, row, subject_id=child) == child
        assert changed(of, row, subject_id=of.person()) == UNBORN
    assert changed(of, of.by.lies(NOTE, circle_id=hers, subject_id=None), subject_id=sister) == sister
    assert changed(of, of.by.lies(NOTE, circle_id=hers, subject_id=sister), subject_id=None) == child


def test_a_row_that_moves_stays_in_its_village_and_family_and_is_about_whom_the_circle_is(of):
    family, next_door = of.family(), of.family()
    child, sister = of.member(family), of.member(family)
    home, hers, desk, first = (
        of.circle("home", family), of.circle("own", family, subject_id=child), of.circle("desk"), of.circle("first talk"),
    )  # fmt: skip
    theirs, away = of.circle("home", next_door), of.circle("desk", village_id=of.there)
    homeless = of.circle("home", village_id=of.there)
    for was, subject, becomes, told in (
        (home, None, hers, child), (hers, None, home, None), (home, sister, hers, sister), (desk, None, first, None),
        (desk, None, hers, child), (desk, None, theirs, None), (home, None, theirs, FAMILIES), (theirs, None, hers, FAMILIES),
        (home, None, desk, FAMILIES), (desk, None, away, VILLAGES), (away, None, desk, VILLAGES), (away, None, homeless, None),
        (home, None, homeless, VILLAGES), (desk, sister, theirs, FAMILIES), (desk, sister, home, sister),
        (desk, of.person(), home, UNBORN),
    ):  # fmt: skip
        row = of.by.lies(NOTE, circle_id=was, subject_id=subject, about_id=uuid4())
        assert changed(of, row, circle_id=becomes) == told, (was, becomes)


def test_between_the_family_and_its_parts_only_who_may_move_it_does(of):
    family, stranger = of.family(), of.person()
    child, guardian = of.member(family), of.member(family, "guardian")
    kinds = {kind: [of.circle(kind, family) for _ in range(2)] for kind in ("family", "part", "home", "own")}
    for circles in kinds.values():
        for circle in circles:
            of.by.lies("trust_seat", circle_id=circle, person_id=guardian, role="guardian", until=None)
    for was, (one, _) in kinds.items():
        row = of.by.lies(NOTE, circle_id=one, about_id=child)
        for becomes, (_, other) in kinds.items():
            guarded = {was, becomes} <= {"family", "part"}
            assert changed(of, row, stranger, circle_id=other) == (ONLY if guarded else None), (was, becomes)
            assert changed(of, row, guardian, circle_id=other) is None
            assert changed(of, row, circle_id=other) is None, "nobody asks"
        assert changed(of, row, stranger, circle_id=one) == child


def test_who_may_move_it_is_asked_of_whom_it_was_about_and_of_both_circles(of):
    family = of.family()
    child, adult, aunt = of.member(family), of.member(family, "guardian"), of.person()
    wide, narrow = of.circle("family", family), of.circle("part", family)
    for circle, who, role in (
        (wide, child, "child"), (wide, adult, "guardian"), (wide, aunt, "natural"), (narrow, child, "child"),
        (narrow, adult, "guardian"),
    ):  # fmt: skip
        of.by.lies("trust_seat", circle_id=circle, person_id=who, role=role, until=None)
    for was, becomes, who, whom, told in (
        (wide, narrow, child, child, None), (narrow, wide, child, child, None), (narrow, wide, adult, child, ONLY),
        (narrow, wide, adult, None, None), (wide, narrow, aunt, aunt, ONLY), (wide, narrow, aunt, None, ONLY),
        (wide, narrow, adult, None, None), (wide, narrow, aunt, child, ONLY),
    ):  # fmt: skip
        row = of.by.lies(NOTE, circle_id=was, subject_id=None, about_id=whom)
        assert changed(of, row, who, circle_id=becomes) == told, (was, who, whom)
