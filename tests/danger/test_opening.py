"""K8 at the level of the database and the use cases: who opens, what it shows, when it is over, when the right sleeps."""

import uuid
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from danger.scene import WHY, House
from kring.trust import viewer
from kring.trust.models import Birth, Circle, Danger, DangerRight, Entry, Job
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import danger_reviews, danger_rights, dangers, two_people
from kring.trust.usecases.dangers import Found
from kring.wraparound.models import Note
from trust.scenes import LONG_AGO, insert


@pytest.fixture
def house(owner: psycopg.Connection) -> House:
    made = House(owner)
    made.right(made.noor)
    return made


def read(person: uuid.UUID) -> set[str]:
    with viewer.acting(person, page="test"):
        return {note.text.removeprefix("note ") for note in Note.objects.all()}


def refused(name: str):
    return pytest.raises(DatabaseError, match=name)


def test_it_opens_the_family_and_what_was_told_about_safety_and_nothing_sealed(house):
    assert read(house.noor) == set()
    danger = house.opens(house.noor)
    assert read(house.noor) == {"family", "told"}
    with viewer.acting(house.noor) as me:
        assert me.danger is not None
        assert me.danger.id == danger
        assert me.danger.until - datetime.now(UTC) <= timedelta(hours=4)
        row = Danger.objects.get(pk=danger)
        assert (row.ground, row.reason, row.tried) == (WHY.ground, WHY.reason, WHY.tried)
        assert WHY.reason.encode() not in bytes(row.reason_locked)
        with pytest.raises(DatabaseError), transaction.atomic():
            Note.objects.create(
                circle_id=house.circle, author_id=house.noor, text="mine", at=datetime.now(UTC)
            )
    house.days_pass(danger, timedelta(hours=4))
    assert read(house.noor) == set()


def test_it_is_ended_by_one_tap_and_a_second_tap_changes_nothing(house):
    danger = house.opens(house.noor)
    for _twice in range(2):
        with viewer.acting(house.noor) as me:
            dangers.end(danger, by=me, at=datetime.now(UTC))
    assert read(house.noor) == set()
    with viewer.acting(house.noor):
        assert Danger.objects.get(pk=danger).ended_at is not None
        assert (
            Entry.objects.filter(deed="ended a danger").count() == 0
        )  # told to the trust officer, in nobody's circle


def test_an_insert_by_hand_is_refused_with_the_right_and_without(house):
    row = {"person_id": house.noor, "job_id": house.jobs[house.noor], "family_id": house.family}
    with viewer.acting(house.noor), refused("permission denied"), transaction.atomic():
        Danger.objects.create(**row, at=datetime.now(UTC))
    with viewer.acting(house.joke) as me, refused("danger_without_the_right"), transaction.atomic():
        dangers.open_danger(
            uuid.uuid4(),
            Found(house.family, house.circle, house.jonas, "", "", ""),
            WHY,
            by=me,
            at=datetime.now(UTC),
        )
    with (
        viewer.acting(house.noor),
        refused("permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE trust_dangerright SET until = until + interval '9 years'")


def test_one_runs_at_a_time_and_what_is_sent_twice_is_one(house, owner):
    made = uuid.uuid4()
    assert house.opens(house.noor, made) == house.opens(house.noor, made) == made
    with refused("one_danger_at_a_time"):
        house.opens(house.noor)
    assert owner.execute("SELECT count(*) FROM trust_danger").fetchone() == (1,)


@pytest.mark.parametrize("ground", ["court order", "conflict"])
def test_whom_a_court_keeps_away_finds_nobody_and_cannot_tell(house, ground):
    insert(house.owner, "trust_exclusion", subject_id=house.jonas, ground=ground, since=LONG_AGO, reason="", person_id=house.noor)  # fmt: skip
    now = datetime.now(UTC)
    with viewer.acting(house.noor) as me:
        assert (
            dangers.find("Jonas", "De Wit", by=me, at=now)
            == dangers.find("Nobody", "Nowhere", by=me, at=now)
            == []
        )
        for family in (
            house.family,
            uuid.uuid4(),
        ):  # the family that is kept from them, and one that is not there
            with pytest.raises(dangers.NothingFound), transaction.atomic():
                dangers.open_danger(
                    uuid.uuid4(), Found(family, house.circle, house.jonas, "", "", ""), WHY, by=me, at=now
                )


def test_it_passes_an_own_choice_and_never_what_is_withheld(house):
    house.note(house.circle, "about Jonas", subject_id=house.jonas, about_id=house.jonas)
    kept = {"subject_id": house.jonas, "since": LONG_AGO, "reason": "", "person_id": house.noor}
    insert(house.owner, "trust_exclusion", ground="guardian", **kept)
    house.opens(house.noor)
    assert "about Jonas" in read(house.noor)
    assert about_jonas(house) == (True, True)
    insert(house.owner, "trust_exclusion", ground="withheld", **kept)
    assert "about Jonas" not in read(house.noor)
    assert about_jonas(house) == (False, False)


def about_jonas(house) -> tuple[bool, bool]:
    """Whether who opened it finds his own circle, and his birthday."""
    house.owner.execute("UPDATE trust_birth SET circle_id = %s", [house.circle])
    with viewer.acting(house.noor):
        return Circle.objects.filter(pk=house.own).exists(), Birth.objects.filter(person=house.jonas).exists()


def test_the_right_sleeps_until_somebody_elsewhere_has_looked_and_then_wakes(house):
    danger = house.opens(house.noor)
    house.days_pass(danger, timedelta(days=6))
    with viewer.acting(house.noor) as me:
        assert dangers.sleeps(me)
        assert dangers.find("Jonas", "2015-03-31", by=me, at=datetime.now(UTC)) == []
    house.right(house.joke)
    house.right(house.ruth)
    for person, may in (
        (house.noor, False),
        (house.joke, False),
        (house.hanne, False),
        (house.sofie, False),
        (house.ruth, True),
    ):
        with viewer.acting(person) as me:
            found = dangers.get(danger)
            assert (found is not None and danger_reviews.may_review(found)) is may
    with viewer.acting(house.ruth) as me:
        danger_reviews.review(
            dangers.get(danger), True, "He was hit; nobody could be reached.", by=me, at=datetime.now(UTC)
        )
        assert Note.objects.count() == 0  # facts, never content
    with viewer.acting(house.noor) as me:
        assert not dangers.sleeps(me)
    house.opens(house.noor)


def test_two_people_give_the_right_and_neither_gets_it(house):
    now, why = datetime.now(UTC), "She is on call at night."
    with viewer.acting(house.sofie) as me:
        job = Job.objects.get(person_id=house.ruth)
        matter = danger_rights.ask(job, why, by=me, at=now)
        assert danger_rights.ask(job, why, by=me, at=now) == matter
        with pytest.raises(NotAllowed), transaction.atomic():
            danger_rights.ask(Job.objects.get(person_id=house.sofie), why, by=me, at=now)
        with pytest.raises(NotAllowed), transaction.atomic():
            two_people.answer(matter, True, by=me, at=now)
    with viewer.acting(house.ruth) as me:
        assert dangers.holds_right(me) is None
        with pytest.raises(NotAllowed), transaction.atomic():
            two_people.answer(matter, True, by=me, at=now)
    with viewer.acting(house.wim) as me:
        assert two_people.answer(matter, True, by=me, at=now) == "yes"
    with viewer.acting(house.ruth) as me:
        assert dangers.holds_right(me) is not None
        right = DangerRight.objects.get(job__person_id=house.ruth)
        assert (right.asked_by_id, right.given_by_id) == (house.sofie, house.wim)
        danger_rights.end(right.pk, by=me, at=datetime.now(UTC))
        assert dangers.holds_right(me) is None
    with viewer.acting(house.mila), refused("permission denied"), transaction.atomic():
        DangerRight.objects.create(
            village_id=house.village, job_id=house.jobs[house.mila], asked_by_id=house.sofie, asked_at=now,
            given_by_id=house.wim, since=now, until=now + timedelta(days=9),
        )  # fmt: skip


def test_a_family_that_stopped_is_not_opened_any_more_and_what_runs_goes_on(house, owner):
    house.opens(house.noor)
    insert(owner, "trust_withdrawal", family_id=house.family, by_id=house.sarah, at=datetime.now(UTC))
    assert read(house.noor) == {"family", "told"}
    house.right(house.ruth)
    with viewer.acting(house.ruth) as me:
        assert dangers.find("Jonas", "2015-03-31", by=me, at=datetime.now(UTC)) == []


def test_with_job_agreement_or_right_it_ends(house, owner):
    house.opens(house.noor)
    owner.execute("UPDATE trust_job SET until = now() WHERE id = %s", [house.jobs[house.noor]])
    assert read(house.noor) == set()
