"""Through whose work danger opens a family, while what runs, and against whom it never does: one rule alone, to the instant."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

import testbed
from trust.each_policy import lay
from trust.one_trigger import alone
from trust.scenes import LONG_AGO, Scene, insert
from trust.two_villages import Villages

NO_JOB, NO_AGREEMENT = "danger_without_live_job", "danger_without_live_agreement"
EXCLUDED, VILLAGES, DONE = "danger_against_an_exclusion", "crosses_villages", "done"
AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
INSTANT, DAY = timedelta(microseconds=1), timedelta(days=1)
#: From when until when something may run, and whether it does at that moment.
SPANS = (
    (AT, AT + INSTANT, True), (AT, None, True), (AT - DAY, AT + INSTANT, True), (AT - DAY, None, True), (AT - DAY, AT, False),
    (AT + INSTANT, None, False), (AT - 2 * DAY, AT - DAY, False), (AT, AT, False),
)  # fmt: skip
NEVER = "UPDATE {} SET until = since WHERE id = %s"
SITS = "UPDATE {} SET since = %s, until = %s WHERE id = %s"


@pytest.fixture
def of(bed: testbed.Testbed, db: None) -> Iterator[SimpleNamespace]:
    """One who works at a club that has an agreement, a family with a child, and the same once more beside them."""
    with bed.connect() as owner, alone(owner, "refuse", "trust_danger", "trust_job") as by:
        made = Villages(by)
        rows: dict[str, Any] = {}
        for name in ("", "other_"):
            club, person, family = made.organisation(), made.person(), made.family()
            rows |= {
                f"{name}club": club, f"{name}one": person, f"{name}family": family, f"{name}child": made.member(family),
                f"{name}job": made.job(person, club, since=AT - 9 * DAY),
                f"{name}agreed": by.lies("trust_agreement", organisation_id=club, since=AT - 9 * DAY),
            }  # fmt: skip
        yield SimpleNamespace(by=by, made=made, **rows)


def opens(of: SimpleNamespace, **said: Any) -> str:
    """That danger opens the family, or the word of the refusal."""
    facts = {"person_id": of.one, "job_id": of.job, "family_id": of.family, "at": AT}
    return str(of.by.is_written(None, "trust_danger", **facts | said))


def test_it_opens_through_ones_own_work_while_it_runs(of):
    other = {"person_id": of.other_one, "job_id": of.other_job}
    assert opens(of) == opens(of, **other) == opens(of, family_id=of.other_family) == DONE
    assert opens(of, job_id=of.other_job) == opens(of, person_id=of.other_one) == NO_JOB
    for since, until, runs in SPANS:
        of.by.stands(SITS.format("trust_job"), since, until, of.job)
        assert opens(of) == (DONE if runs else NO_JOB), (since, until)
        assert opens(of, **other) == DONE
    of.by.stands(SITS.format("trust_job"), AT, None, of.job)
    assert opens(of, at="infinity") == NO_JOB, "nobody works for ever"


def test_it_opens_while_the_agreement_of_that_organisation_runs(of):
    for since, until, runs in SPANS:
        of.by.stands(SITS.format("trust_agreement"), since, until, of.agreed)
        assert opens(of) == (DONE if runs else NO_AGREEMENT), (since, until)
    of.by.stands(NEVER.format("trust_agreement"), of.agreed)
    assert opens(of) == NO_AGREEMENT
    of.by.lies("trust_agreement", organisation_id=of.club, since=AT - DAY, until=None)
    assert opens(of) == DONE, "one of them is enough"


def test_it_opens_no_family_of_another_village(of):
    made = of.made
    far = made.family(made.there)
    assert opens(of, family_id=far) == VILLAGES
    there = made.person(made.there)
    job = made.job(there, of.club, since=AT)
    assert opens(of, person_id=there, job_id=job) == VILLAGES
    assert opens(of, person_id=there, job_id=job, family_id=far) == DONE


def kept_away(of: SimpleNamespace, subject: UUID | None = None, **said: Any) -> str:
    """The answer while somebody is left out of a child of that family."""
    facts = {"subject_id": subject or of.child, "ground": "conflict", "since": AT - DAY, "until": None}
    row = of.by.lies("trust_exclusion", **facts | said)
    told = opens(of)
    of.by.stands("DELETE FROM trust_exclusion WHERE id = %s", row)
    return told


def test_only_a_court_order_and_a_conflict_meet_it_while_they_run(of):
    for ground in ("court order", "conflict", "own choice", "guardian", "withheld"):
        told = EXCLUDED if ground in ("court order", "conflict") else DONE
        assert kept_away(of, ground=ground, person_id=of.one) == told, ground
    for since, until, runs in SPANS:
        told = kept_away(of, person_id=of.one, since=since, until=until)
        assert told == (EXCLUDED if runs else DONE), (since, until)


def test_it_is_met_for_a_child_of_that_family_and_by_that_person_alone(of):
    assert kept_away(of, person_id=of.other_one) == kept_away(of, person_id=uuid4()) == DONE
    assert kept_away(of, of.other_child, person_id=of.one) == DONE
    for kind in ("guardian", "sibling"):
        assert kept_away(of, of.made.member(of.family, kind), person_id=of.one) == DONE
    both = of.made.member(of.other_family)
    of.by.lies("trust_familymember", family_id=of.family, person_id=both, kind="child")
    assert kept_away(of, both, person_id=of.one) == EXCLUDED
    parent = of.made.member(of.family, "guardian")
    of.by.lies("trust_familymember", family_id=of.other_family, person_id=parent, kind="child")
    assert kept_away(of, parent, person_id=of.one) == DONE, "a child elsewhere"


def test_who_works_where_somebody_is_left_out_is_met_while_that_work_runs(of):
    assert kept_away(of, organisation_id=of.club) == EXCLUDED
    assert kept_away(of, organisation_id=of.other_club) == kept_away(of, organisation_id=uuid4()) == DONE
    for since, until, runs in SPANS:
        also = of.made.job(of.one, of.other_club, since=since, until=until)
        told = kept_away(of, organisation_id=of.other_club)
        assert told == (EXCLUDED if runs else DONE), (since, until)
        assert kept_away(of, organisation_id=of.club) == EXCLUDED
        of.by.stands("DELETE FROM trust_job WHERE id = %s", also)


def test_who_works_in_a_sector_that_is_left_out_is_met_in_the_village_of_the_child(of):
    made = of.made
    of.by.stands("UPDATE trust_organisation SET sector = 'health' WHERE id = %s", of.other_club)
    assert kept_away(of, sector="leisure") == EXCLUDED
    assert kept_away(of, sector="health") == kept_away(of, sector="police") == DONE
    away = made.organisation("police", made.there)
    made.job(of.one, away, since=AT)
    assert kept_away(of, sector="police") == DONE, "of another village"
    assert kept_away(of, organisation_id=away) == EXCLUDED
    made.job(of.one, made.organisation("police"), since=AT, until=AT)
    assert kept_away(of, sector="police") == DONE, "no longer"
    made.job(of.one, made.organisation("police"), since=AT)
    assert kept_away(of, sector="police") == EXCLUDED


def held(other: psycopg.Connection) -> set[UUID]:
    """Whom somebody else would have to wait for."""
    found = set()
    with other.transaction(force_rollback=True):
        for table in ("trust_organisation", "trust_family", "trust_person"):
            told = other.execute(f"SELECT id FROM {table}").fetchall()
            free = other.execute(f"SELECT id FROM {table} FOR NO KEY UPDATE SKIP LOCKED").fetchall()
            found |= {one for (one,) in set(told) - set(free)}
    return found


def test_whoever_opens_it_and_the_family_and_the_organisation_are_held(owner: psycopg.Connection, bed):
    scene, stand = Scene(owner), []
    for name in ("Ilse", "Joris", "Kaat"):
        who = scene.worker(name, organisation=f"the club of {name}")
        family = insert(owner, "trust_family", village_id=scene.village, name="x", opened_at=LONG_AGO)
        stand.append((who, family, scene.organisations[f"the club of {name}"]))
    with bed.connect() as other, alone(owner, "refuse", "trust_danger") as by:
        for who, family, club in stand:
            with owner.transaction(force_rollback=True):
                job = scene.jobs[who]
                lay(by.owner, "trust_danger", {"person_id": who, "job_id": job, "family_id": family})
                assert held(other) == {who, family, club}
