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
                        uuid.uuid4(), Found(family, house.circle, "", "", ""), WHY, by=me, at=now
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
