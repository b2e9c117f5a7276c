"""Danger opens nothing to one of the family, and tells nothing to whom a child was kept from."""

import uuid
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import connection, transaction

from danger.scene import WHY, House, fresh
from danger.test_pages import text
from kring.trust import viewer
from kring.trust.usecases import dangers
from kring.trust.usecases.dangers import Found
from trust.scenes import LONG_AGO, insert
from web.doorstep import browser


@pytest.fixture
def house(owner: psycopg.Connection) -> House:
    made = House(owner)
    made.right(made.noor)
    return made


def asked(question: str, *values: object):
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()[0]


@pytest.mark.parametrize("near", ["guardian", "ended seat without a job", "seat through the job"])
def test_nobody_opens_their_own_family_and_whoever_works_there_does(house, near):
    """A mother's former husband with the right in danger finds nobody, as for a family that is not there."""
    if near == "guardian":
        insert(house.owner, "trust_familymember", family_id=house.family, person_id=house.noor, kind="guardian", relation="", authority=False)  # fmt: skip
    elif near == "ended seat without a job":
        house.seat(house.circle, house.noor, until=datetime.now(UTC) - timedelta(days=90))
    else:
        house.seat(house.circle, house.noor, role="professional", ground="job", job_id=house.jobs[house.noor])
    now, works = datetime.now(UTC), near == "seat through the job"
    with viewer.acting(house.noor) as me:
        assert bool(dangers.find("Jonas", "2015-03-31", by=me, at=now)) is works
        if not works:
            for family in (house.family, uuid.uuid4()):
                with pytest.raises(dangers.NothingFound), transaction.atomic():
                    dangers.open_danger(
                        uuid.uuid4(), Found(family, house.circle, house.jonas, "", "", ""), WHY, by=me, at=now
                    )


def test_whoever_a_child_is_kept_from_is_never_told_and_cannot_tell(house, owner):
    """Sarah under a court order and Hanne with a conflict keep their seats; Dirk and Jonas are told."""
    for ground, person in (("court order", house.sarah), ("conflict", house.hanne)):
        insert(owner, "trust_exclusion", subject_id=house.jonas, ground=ground, since=LONG_AGO, reason="", person_id=person)  # fmt: skip
    danger = house.opens(house.noor)
    fresh(owner, house.noor).get(f"/danger/{danger}/")
    with viewer.acting(house.noor):
        rows = "SELECT coalesce(array_agg(person_id), '{}') FROM trust.who_hears_of_danger(%s)"
        assert house.hanne not in asked(rows, danger)
    house.days_pass(danger, timedelta(hours=73))
    told = {"jonas": True, "dirk": True, "sarah": False, "hanne": False}
    for name, hears in told.items():
        person, client = getattr(house, name), browser(owner, getattr(house, name))
        assert client.get(f"/danger/{danger}/looked/").status_code == (200 if hears else 404), name
        assert ("Noor" in text(client.get(f"/family/{house.family}/who-looked/"))) is (
            hears and name != "jonas"
        ), name
        assert owner.execute("SELECT trust.dangers_heard(%s)", [person]).fetchone()[0] == (
            [str(danger)] if hears else []
        )
    due = owner.execute("SELECT person_id FROM trust.tell_of_dangers(%s)", [datetime.now(UTC)]).fetchall()
    assert {person for (person,) in due} == {house.jonas, house.dirk}


def test_whom_the_child_confided_in_is_read_by_whoever_must_and_a_confidence_by_who_is_in_it(house, owner):
    house.right(house.ruth)
    danger = house.opens(house.noor)
    fresh(owner, house.noor).get(f"/danger/{danger}/")
    house.days_pass(danger, timedelta(hours=73))
    seen = {
        name: text(browser(owner, getattr(house, name)).get(f"/danger/{danger}/looked/"))
        for name in ("noor", "wim", "ruth", "hanne", "sarah", "jonas")
    }
    assert all(WHY.reason in page for page in seen.values())
    assert {name for name, page in seen.items() if WHY.tried in page} == {"noor", "wim", "ruth"}
    assert {name for name, page in seen.items() if "told in confidence" in page} == {"noor", "jonas"}


def test_a_family_that_was_told_later_and_later_is_told_in_the_end(house, owner):
    danger, now = house.opens(house.noor), datetime.now(UTC)
    house.days_pass(danger, timedelta(days=100))
    insert(
        owner, "trust_postponement", danger_id=danger, circle_id=house.circle, by_id=house.wim, reason_locked=b"",
        at=now - timedelta(days=20), until=now - timedelta(days=1), also_young=False,
    )  # fmt: skip
    due = owner.execute("SELECT person_id FROM trust.tell_of_dangers(%s)", [now]).fetchall()
    assert {person for (person,) in due} == {house.sarah, house.dirk}  # Jonas was told 99 days ago
    heard = owner.execute("SELECT trust.dangers_heard(%s)", [house.sarah]).fetchone()[0]
    assert heard == [str(danger)]


def test_searches_are_few_and_the_same_words_are_one(house):
    now = datetime.now(UTC)
    with viewer.acting(house.noor) as me:
        search = lambda known: dangers.find("Jonas", known, by=me, at=now)  # noqa: E731
        for _again in range(9):
            assert search("2015-03-31")  # written again after a mistake in the form
        assert [search(f"Nobody {n}") for n in range(5)] == [[]] * 5
        assert [search("Sarah"), search("Sarah")] == [[], []]  # the seventh, and its repetition
        assert search("2015-03-31")
    house.right(house.joke)
    with viewer.acting(house.joke) as me:
        assert dangers.find("Jonas", "Sarah", by=me, at=now)  # everybody has their own
