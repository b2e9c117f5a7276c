from datetime import UTC, date, datetime

import pytest

from kring.trust import viewer
from kring.trust.models import Circle, ContactCard, Entry, Family, Person, Seat
from kring.trust.permissions import NotAllowed
from kring.trust.usecases.families import FamilysYes, NewChild, NewGuardian, open_family
from kring.trust.usecases.knowing import who_knows
from kring.wraparound.models import Note
from trust.scenes import Scene

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
YES = FamilysYes("Naima", "in person", "ar", "Hala")


def opened(scene, els):
    with viewer.acting(els, page="concern") as me:
        return open_family(
            "Familie Amrani",
            children=[NewChild("Samira", "", date(2012, 5, 4)), NewChild("Yara", "", date(2018, 5, 4))],
            guardians=[NewGuardian("Naima", "", "mother", language="ar")],
            yes=YES,
            by=me,
            at=AT,
        )


def test_the_contact_point_opens_a_circle_and_the_family_is_in_it(owner):
    scene = Scene(owner)
    els, stranger = scene.worker("Els", "contact point"), scene.worker("Karin", "teacher")
    family = opened(scene, els)
    mother, (samira, yara) = family.guardians[0], family.children
    with viewer.acting(mother.pk) as me:
        assert me.family_seat(family.family.pk).role == "guardian"
        assert {p.given_name for p in Person.objects.all()} == {"Els", "Karin", "Naima", "Samira", "Yara"}
        assert ContactCard.objects.get().language == "ar"
        assert [c.kind for c in Circle.objects.all()] == ["family"]
    with viewer.acting(samira.pk):
        assert sorted(c.kind for c in Circle.objects.all()) == ["family", "own"]
    with viewer.acting(yara.pk):
        assert [c.kind for c in Circle.objects.all()] == ["own"], "a seat with the family begins at own voice"
    with viewer.acting(stranger):
        assert not Family.objects.exists()
        assert not Seat.objects.exists()
        assert {p.given_name for p in Person.objects.all()} == {"Els", "Karin"}


def test_a_teacher_cannot_open_a_family_circle(owner):
    scene = Scene(owner)
    karin = scene.worker("Karin", "teacher")
    with pytest.raises(NotAllowed), viewer.acting(karin) as me:
        open_family("X", children=[NewChild("A")], guardians=[NewGuardian("B")], yes=YES, by=me, at=AT)


def test_reading_is_in_the_journal_and_the_family_sees_it(owner):
    scene = Scene(owner)
    els = scene.worker("Els", "contact point")
    family = opened(scene, els)
    with viewer.acting(els) as me:
        Note.objects.create(circle=family.circle, author_id=me.person_id, at=AT, text="hello")
    with viewer.acting(els, page="notes"):
        note = Note.objects.get()
        assert {p.given_name for p in who_knows([note])[0]} == {"Els", "Naima", "Samira"}
    with viewer.acting(family.guardians[0].pk):
        looked = Entry.objects.filter(kind="read", part="notes")
        assert [entry.person.given_name for entry in looked] == ["Els"]
