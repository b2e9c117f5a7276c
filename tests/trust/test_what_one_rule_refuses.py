"""What one rule alone refuses, row by row: across villages and families, through whose work, on which ground, and before or after own voice."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

import testbed
from trust.one_trigger import Alone, alone
from trust.two_villages import Villages

VILLAGES, FAMILIES, DONE = "crosses_villages", "crosses_families", "done"
UNBORN, LEAVES = "subject_without_birth_date", "leaves_only_by_itself"
TABLES = (
    "trust_job", "trust_familymember", "trust_circle", "trust_seat", "trust_exclusion", "trust_forgetting", "trust_sameperson",
)  # fmt: skip
#: From here on whoever was born on the fourth of January 2012 has an own voice.
VOICE = datetime(2024, 1, 3, 23, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
GATEKEEPER = "kring_gatekeeper"
pytestmark = pytest.mark.django_db


@pytest.fixture
def by(bed: testbed.Testbed) -> Iterator[Alone]:
    """Only what refuses hears of it."""
    with bed.connect() as owner, alone(owner, "refuse", *TABLES) as by:
        yield by


@pytest.fixture
def of(by: Alone) -> Villages:
    """Two villages in which nobody is yet."""
    return Villages(by)


def refused(by: Alone, word: str, role: str = "") -> str:
    """What becomes of a refusal with this word."""
    try:
        with by.owner.transaction(force_rollback=True):
            if role:
                by.owner.execute(f"SET LOCAL ROLE {role}")
            by.owner.execute("SELECT trust.refuse(%s)", [word])
    except psycopg.Error as said:
        return str(said.diag.message_primary) if said.sqlstate == "KR001" else str(said)
    return "let be"


def test_whoever_forgets_is_refused_nothing_and_whoever_brings_together_only_little(by):
    by.lies("trust_forgetting")
    by.lies("trust_sameperson")
    little = ["stays_as_written", "a_seat_is_not_lengthened", LEAVES]
    for table, column, let_be in (
        ("trust_village", "slug", []),
        ("trust_forgetting", "done_in", [*little, VILLAGES]),
        ("trust_sameperson", "brings_in", little),
    ):
        with by.owner.transaction(force_rollback=True):
            now = "pg_current_xact_id()" if column != "slug" else "slug"
            by.stands(f"UPDATE {table} SET {column} = {now}")
            for word in (*little, VILLAGES):
                assert refused(by, word) == word, "by the owner"
                assert refused(by, word, GATEKEEPER) == ("let be" if word in let_be else word), (table, word)


def test_a_subject_has_a_birth_date_and_is_of_that_village_and_a_child_of_that_family(of):
    family, other = of.family(), of.family()
    child, next_door = of.member(family), of.member(other)
    guardian, far = of.member(family, "guardian"), of.member(family, village=of.there)
    without = of.person()
    of.by.lies("trust_familymember", family_id=family, person_id=without, kind="child")
    for who, whose, where, told in (
        (None, family, of.here, DONE), (None, None, None, DONE), (child, family, of.here, DONE), (child, None, of.here, DONE),
        (next_door, None, of.here, DONE), (next_door, other, of.here, DONE), (far, None, of.there, DONE),
        (without, family, of.here, UNBORN), (uuid4(), family, of.here, UNBORN),
        (child, family, of.there, VILLAGES), (far, family, of.here, VILLAGES), (far, None, of.here, VILLAGES),
        (next_door, family, of.here, FAMILIES), (child, other, of.here, FAMILIES), (guardian, family, of.here, FAMILIES),
        (child, uuid4(), of.here, FAMILIES),
    ):  # fmt: skip
        said = of.by.does(None, "SELECT trust.check_subject(%s, %s, %s)", who, whose, where)
        assert (DONE if said == 1 else said) == told, (who, whose, where)


def test_somebody_works_for_an_organisation_of_their_own_village(of):
    people, places = (
        (of.person(), of.person(of.there)),
        (of.organisation(), of.organisation(village=of.there)),
    )
    for person, place, told in ((0, 0, DONE), (1, 1, DONE), (0, 1, VILLAGES), (1, 0, VILLAGES)):
        facts = {"person_id": people[person], "organisation_id": places[place]}
        assert of.by.is_written(None, "trust_job", **facts) == told
        job = of.by.lies("trust_job", **facts)
        said = of.by.does(None, "UPDATE trust_job SET title = 'x' WHERE id = %s", job)
        assert (DONE if said == 1 else said) == told
    assert of.by.is_written(None, "trust_job", person_id=uuid4(), organisation_id=places[0]) == VILLAGES
    assert of.by.is_written(None, "trust_job", person_id=people[0], organisation_id=uuid4()) == VILLAGES


def test_somebody_is_of_a_family_of_their_own_village(of):
    people, families = (of.person(), of.person(of.there)), (of.family(), of.family(of.there))
    for person, family, told in ((0, 0, DONE), (1, 1, DONE), (0, 1, VILLAGES), (1, 0, VILLAGES)):
        facts = {"person_id": people[person], "family_id": families[family], "kind": "child"}
        assert of.by.is_written(None, "trust_familymember", **facts) == told
    assert of.by.is_written(None, "trust_familymember", person_id=uuid4(), family_id=families[0]) == VILLAGES
    assert of.by.is_written(None, "trust_familymember", person_id=people[0], family_id=uuid4()) == VILLAGES


def test_a_circle_is_of_the_village_of_its_family_and_about_a_child_of_both(of):
    family, next_door, far = of.family(), of.family(), of.family(of.there)
    child, other, without = of.member(family), of.member(next_door), of.person()
    for whose, about, told in (
        (family, None, DONE), (None, None, DONE), (far, None, VILLAGES), (family, child, DONE), (None, child, DONE),
        (next_door, child, FAMILIES), (family, other, FAMILIES), (family, without, UNBORN), (None, without, UNBORN),
        (None, of.member(far, village=of.there), VILLAGES),
    ):  # fmt: skip
        facts = {"kind": "own", "village_id": of.here, "family_id": whose, "subject_id": about}
        assert of.by.is_written(None, "trust_circle", **facts) == told, (whose, about)


def sits(of: Villages, circle: UUID, person: UUID, **said: Any) -> str:
    """That they sit there, or the word of the refusal."""
    facts = {"circle_id": circle, "person_id": person, "ground": "consent", "job_id": None}
    return of.by.is_written(None, "trust_seat", **facts | said)


def test_a_seat_crosses_no_villages_and_is_through_ones_own_work(of):
    circle, there = of.circle(), of.circle(village_id=of.there)
    one, other, far = of.person(), of.person(), of.person(of.there)
    hers, his = of.job(one), of.job(other)
    assert sits(of, circle, one) == sits(of, there, far) == DONE
    for where, who in ((circle, far), (there, one), (circle, uuid4()), (uuid4(), one)):
        assert sits(of, where, who) == VILLAGES
        assert sits(of, where, who, job_id=hers) == VILLAGES
    for who, job in ((one, hers), (other, his)):
        assert sits(of, circle, who, job_id=job, ground="job") == DONE
    for who, job in ((one, his), (other, hers)):
        assert sits(of, circle, who, job_id=job, ground="job") == "seat_through_anothers_job"


def test_where_secrecy_was_promised_nobody_works_who_is_not_bound_by_it(of):
    person, family = of.person(), of.family()
    bound, unbound = of.job(person, bound=True), of.job(person, bound=False)
    for kind in ("confidence", "sealed", "family", "own"):
        for secrecy in (True, False):
            circle = of.circle(kind, family, secrecy=secrecy)
            assert sits(of, circle, person) == sits(of, circle, person, job_id=bound) == DONE
            told = "not_bound_by_secrecy" if kind == "confidence" and secrecy else DONE
            assert sits(of, circle, person, job_id=unbound) == told, (kind, secrecy)


def test_a_guardian_sits_as_one_only_in_the_circles_of_their_own_family_and_in_no_confidence(of):
    family, next_door = of.family(), of.family()
    guardian, neighbour = of.member(family, "guardian"), of.member(next_door, "guardian")
    child, nobody, nowhere = of.member(family), of.person(), "no_guardian_seat_here"
    for kind in ("family", "part", "home", "own"):
        for who in (guardian, neighbour, child, nobody):
            told = DONE if who == guardian else "not_a_guardian_of_this_family"
            assert sits(of, of.circle(kind, family), who, ground="guardian") == told, kind
            assert sits(of, of.circle(kind, family), who) == DONE
    for kind, whose in (("confidence", family), ("sealed", family), ("group", None), ("family", None)):
        for who in (guardian, neighbour, nobody):
            assert sits(of, of.circle(kind, whose), who, ground="guardian") == nowhere, kind
            assert sits(of, of.circle(kind, whose), who) == DONE


def test_until_own_voice_a_guardian_leaves_somebody_out_and_from_then_on_the_young_person(of):
    child, without, after, before = of.person(born=True), of.person(), "after_own_voice", "before_own_voice"
    of.person(of.there, born=True)
    for ground, since, told in (
        ("own choice", VOICE - INSTANT, before), ("own choice", VOICE, DONE), ("own choice", VOICE + INSTANT, DONE),
        ("guardian", VOICE - INSTANT, DONE), ("guardian", VOICE, after), ("guardian", VOICE + INSTANT, after),
        ("court order", VOICE - INSTANT, DONE), ("court order", VOICE, DONE), ("conflict", VOICE - INSTANT, DONE),
        ("conflict", VOICE, DONE), ("withheld", VOICE - INSTANT, DONE), ("withheld", VOICE, DONE),
    ):  # fmt: skip
        facts = {"person_id": of.person(), "ground": ground, "since": since}
        said = of.by.is_written(None, "trust_exclusion", subject_id=child, **facts)
        assert said == told, (ground, since)
        assert of.by.is_written(None, "trust_exclusion", subject_id=without, **facts) == UNBORN
