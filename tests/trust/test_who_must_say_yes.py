"""Whose yes a version of a plan needs, and about which child something can be: with two families and two versions."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest

from trust.aside import Aside, aside
from trust.each_policy import LATER, NOW, Neighbourhood
from trust.scenes import LONG_AGO
from trust.whoever import CIRCLE, NOBODY

GUARDIANS = {("naima", "guardian"), ("karim", "guardian")}
OURS = GUARDIANS | {("samira", "child")}
KEEP = {"naima", "karim", "samira", "noor"}
NEXT_KNOW = {"britt", "tom", "els"}


@pytest.fixture
def by(owner: psycopg.Connection) -> Iterator[Aside]:
    """Two families and their neighbours."""
    with aside(Neighbourhood(owner)) as by:
        yield by


def lay_version(by: Aside, circle: UUID, about: UUID | None = None, **part: Any) -> UUID:
    """A version in this circle with one part."""
    facts = {
        "circle_id": circle,
        "subject_id": about,
        "about_id": about,
        "author_id": by.here.naima,
        "at": NOW,
    }
    made: UUID = by.lies("wraparound_version", stage="waiting", **facts)
    by.lies("wraparound_versionpart", version_id=made, **facts | part)
    return made


def asked(by: Aside, version: UUID) -> set[tuple[str, str]]:
    """Whose yes it needs, and as what they sit there."""
    called = {who: name for name, who in by.here.called.items()}
    rows = by.owner.execute("SELECT person, as_role FROM trust.reckon_approvers(%s)", [version]).fetchall()
    return {(called[who], role) for who, role in rows}


def seats(by: Aside, who: UUID, circle: UUID, role: str) -> None:
    """They sit there, and did not before."""
    by.stands("DELETE FROM trust_seat WHERE person_id = %s AND circle_id = %s AND since > now()", who, circle)
    by.stands("UPDATE trust_seat SET until = now() WHERE person_id = %s AND circle_id = %s", who, circle)
    facts = {"role": role, "history": True, "since": by.owner.execute("SELECT now()").fetchone()[0]}
    by.lies("trust_seat", circle_id=circle, person_id=who, **facts)


def test_each_version_needs_the_yes_of_its_own_family(by):
    ours, theirs = (lay_version(by, circle) for circle in (by.here.circle, by.here.next_circle))
    assert (asked(by, ours), asked(by, theirs)) == (OURS, {("britt", "guardian")})


def test_who_decides_next_door_and_helps_here_is_not_asked(by):
    here, ours = by.here, lay_version(by, by.here.circle)
    for who in (here.bram, here.britt):
        seats(by, who, here.circle, "natural")
    seats(by, here.bram, here.next_circle, "child")
    assert asked(by, ours) == OURS
    assert asked(by, lay_version(by, here.next_circle)) == {("britt", "guardian"), ("bram", "child")}
    seats(by, here.karim, here.next_circle, "natural")
    assert asked(by, lay_version(by, here.next_circle)) == {("britt", "guardian"), ("bram", "child")}


def test_only_who_sits_as_guardian_and_decides_about_this_family_is_asked(by):
    here, ours = by.here, lay_version(by, by.here.circle)
    seats(by, here.britt, here.circle, "guardian")
    seats(by, here.yassin, here.circle, "guardian")
    member = "UPDATE trust_familymember SET {} WHERE person_id = %s".format
    by.stands(member("authority = true"), here.yassin)
    assert asked(by, ours) == OURS, "of another family, or no guardian of this one"
    by.stands(member("authority = false"), here.karim)
    assert asked(by, ours) == OURS - {("karim", "guardian")}
    by.stands("UPDATE trust_seat SET role = 'natural' WHERE person_id = %s", here.naima)
    assert asked(by, ours) == {("samira", "child")}, "who helps is not asked for being a guardian"


def test_who_sat_as_guardian_once_and_helps_now_is_not_asked(by):
    here, ours = by.here, lay_version(by, by.here.circle)
    seats(by, here.karim, here.circle, "natural")
    assert asked(by, ours) == OURS - {("karim", "guardian")}


def test_who_may_know_nothing_of_it_is_not_asked(by):
    here = by.here
    part = by.lies("trust_circle", kind="part", family_id=here.family, village_id=here.village)
    seats(by, here.naima, part, "natural")
    whole, narrow = lay_version(by, here.circle), lay_version(by, here.circle, circle_id=part)
    assert (asked(by, whole), asked(by, narrow)) == (OURS, {("naima", "guardian")})
    by.lies(
        "trust_exclusion", subject_id=here.samira, person_id=here.karim, ground="court order", since=LONG_AGO,
        decided_by_id=here.els, circle_id=here.circle,
    )  # fmt: skip
    about = {"about_id": None, "subject_id": None}
    hers = lay_version(by, here.circle, here.samira, **about)
    of_hers = lay_version(by, here.circle, about_id=here.samira, subject_id=here.samira)
    for one in (hers, of_hers):
        assert asked(by, one) == OURS - {("karim", "guardian")}
    assert asked(by, whole) == OURS


def test_something_can_be_about_a_child_of_a_family_one_sits_with_whose_day_of_birth_is_written(by):
    here = by.here
    yes = {"samira": CIRCLE, "yassin": CIRCLE, "bram": NEXT_KNOW}
    children = {"samira": here.samira, "yassin": here.yassin, "bram": here.bram}
    assert {name: by.yes("can_be_about", who) for name, who in children.items()} == yes
    assert by.yes("can_be_about", here.said) == by.yes("can_be_about", here.naima) == NOBODY
    for who in (here.said, here.naima):
        by.lies("trust_birth", person_id=who)
        assert by.yes("can_be_about", who) == NOBODY, "no child of a family, however old"
    by.stands("DELETE FROM trust_birth WHERE person_id = %s", here.yassin)
    assert by.yes("can_be_about", here.yassin) == NOBODY
    assert by.yes("can_be_about", here.samira) == CIRCLE


def test_who_keeps_another_plan_and_helps_with_this_one_does_not_keep_this_one(by):
    here = by.here
    seats(by, here.britt, here.circle, "natural")
    by.lies(
        "trust_access", viewer_id=here.britt, circle_id=here.circle, since=LONG_AGO, until=LATER, danger=False
    )
    assert by.yes("keeps_plan", here.plan) == KEEP


def test_who_reads_in_danger_or_may_not_know_the_plan_does_not_keep_it(by):
    here, access = by.here, {"circle_id": by.here.circle, "since": LONG_AGO, "until": LATER}
    seat = "SELECT id FROM trust_seat WHERE person_id = %s AND circle_id = %s"
    (noors,) = by.owner.execute(seat, [here.noor, here.circle]).fetchone()
    by.lies("trust_access", viewer_id=here.vik, danger=True, source_id=noors, **access)
    by.lies(
        "trust_danger",
        person_id=here.vik,
        job_id=here.jobs[here.vik],
        family_id=here.family,
        at=NOW,
        ended_at=LATER,
    )
    assert by.owner.execute(
        "SELECT trust.danger_says_so(%s, %s, now())", [here.vik, here.circle]
    ).fetchone() == (True,)
    assert by.yes("keeps_plan", here.plan) == KEEP
    by.stands("UPDATE trust_seat SET history = false, since = now() WHERE id = %s", noors)
    assert by.yes("keeps_plan", here.plan) == KEEP - {"noor"}, "it was written before her time"
    by.stands("UPDATE trust_danger SET person_id = %s, job_id = %s", here.noor, here.jobs[here.noor])
    by.stands("UPDATE trust_access SET viewer_id = %s WHERE danger", here.noor)
    knows = (
        "SELECT trust.knows(%s, circle_id, about_id, author_id, at, now()) FROM wraparound_plan WHERE id = %s"
    )
    assert by.owner.execute(knows, [here.noor, here.plan]).fetchone() == (True,)
    assert by.yes("keeps_plan", here.plan) == KEEP - {"noor"}, "what danger alone shows nobody writes"


def test_who_is_left_out_of_the_child_it_is_about_does_not_keep_it(by):
    here = by.here
    by.stands("UPDATE wraparound_plan SET about_id = %s, subject_id = %s", here.samira, here.samira)
    assert by.yes("keeps_plan", here.plan) == KEEP
    by.lies(
        "trust_exclusion", subject_id=here.samira, person_id=here.karim, ground="court order", since=LONG_AGO,
        decided_by_id=here.els, circle_id=here.circle,
    )  # fmt: skip
    assert by.yes("keeps_plan", here.plan) == KEEP - {"karim"}
