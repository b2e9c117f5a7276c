"""D4, K4, W8, W9: narrowing at once, widening by whom it concerns, leaving out in silence, homes of one's own."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from kring.trust import viewer
from kring.trust.models import Birth, Circle, Exclusion, Family, FamilyMember, Home, Person, Seat
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import circles, exclusions, homes, looking, showing
from kring.trust.usecases.circles import Guest
from kring.wraparound.models import Note
from trust.circle_scene import AT, SOON, FamilyScene
from trust.scenes import insert

LATER = SOON + timedelta(hours=1)


@pytest.fixture
def scene(owner):
    scene = FamilyScene(owner)
    scene.aunt = scene.let_in(scene.naima, Guest("Hind", relation="aunt"))
    scene.let_in(scene.naima, job_of=scene.lotte)
    return scene


def write(scene, by, subject=None, text="a goal"):
    with viewer.acting(by) as me:
        return Note.objects.create(
            circle_id=scene.circle, author_id=me.person_id, subject_id=subject, at=LATER, text=text
        )


def show(scene, note, by, *people):
    with viewer.acting(by) as me:
        row = Note.objects.get(pk=note.pk)
        return showing.show_to([row], people, family_id=scene.family, by=me, at=LATER)


def sees(person, note):
    with viewer.acting(person):
        return Note.objects.filter(pk=note.pk).exists()


def test_only_my_aunt_and_the_teacher(scene):
    note = write(scene, scene.samira, scene.samira)
    part = show(scene, note, scene.samira, scene.samira, scene.aunt, scene.lotte)
    assert [sees(p, note) for p in (scene.samira, scene.aunt, scene.lotte)] == [True] * 3
    assert [sees(p, note) for p in (scene.naima, scene.karim, scene.els)] == [False] * 3
    again = write(scene, scene.samira, scene.samira)
    assert show(scene, again, scene.samira, scene.samira, scene.aunt, scene.lotte).pk == part.pk


def test_a_part_shows_what_is_gone_of_the_whole(scene):
    note = write(scene, scene.samira, scene.samira)
    show(scene, note, scene.samira, scene.samira, scene.lotte)
    with viewer.acting(scene.naima) as me:
        circles.remove(scene.lotte, scene.family, by=me, at=LATER)
    assert not sees(scene.lotte, note), "who leaves the whole leaves parts that others know nothing of"


def test_everybody_again_is_the_whole_circle(scene):
    note = write(scene, scene.samira, scene.samira)
    show(scene, note, scene.samira, scene.samira, scene.naima)
    with viewer.acting(scene.samira):
        everybody = [seat.person_id for seat in showing.family_seats(scene.family, LATER)]
    assert show(scene, note, scene.samira, *everybody).pk == scene.circle


def test_widening_what_is_about_her_is_hers(scene):
    note = write(scene, scene.samira, scene.samira)
    show(scene, note, scene.samira, scene.samira, scene.naima)
    with pytest.raises(showing.NotYoursToWiden):
        show(scene, note, scene.naima, scene.samira, scene.naima, scene.aunt)
    show(scene, note, scene.samira, scene.samira, scene.naima, scene.aunt)
    assert sees(scene.aunt, note)


def test_for_a_young_child_the_guardians_widen_and_not_the_coordinator(scene):
    scene.coordinate(scene.noor, at=LATER - timedelta(minutes=5))
    note = write(scene, scene.naima, scene.yassin)
    show(scene, note, scene.noor, scene.noor, scene.naima)
    with pytest.raises(showing.NotYoursToWiden):
        show(scene, note, scene.noor, scene.noor, scene.naima, scene.aunt)
    show(scene, note, scene.naima, scene.noor, scene.naima, scene.aunt)
    assert sees(scene.aunt, note)


def test_the_database_too_refuses_to_show_more(scene):
    scene.coordinate(scene.noor, at=LATER - timedelta(minutes=5))
    note = write(scene, scene.naima, scene.yassin)
    show(scene, note, scene.noor, scene.noor, scene.naima)
    with pytest.raises(DatabaseError, match="only_the_family_shows_more"), viewer.acting(scene.noor):
        Note.objects.filter(pk=note.pk).update(circle_id=scene.circle)


def test_nobody_is_left_out_of_what_is_about_themselves(scene):
    note = write(scene, scene.naima, scene.samira)
    with pytest.raises(showing.SubjectStays):
        show(scene, note, scene.naima, scene.naima, scene.karim)


def test_a_teacher_and_an_aunt_narrow_nothing(scene):
    note = write(scene, scene.naima)
    for person in (scene.lotte, scene.aunt):
        with pytest.raises(NotAllowed):
            show(scene, note, person, person, scene.naima)
    with pytest.raises(showing.NobodyLeft):
        show(scene, note, scene.naima, scene.karim)


def test_she_leaves_school_out_and_the_teacher_cannot_tell(scene):
    note, other = write(scene, scene.samira, scene.samira), write(scene, scene.naima, scene.yassin)
    before = faces(scene.lotte)
    with viewer.acting(scene.samira) as me:
        made = exclusions.leave_out(Person.objects.get(pk=scene.samira), by=me, at=LATER, sector="education")
        assert (
            exclusions.leave_out(Person.objects.get(pk=scene.samira), by=me, at=LATER, sector="education")
            == made
        )
    assert (sees(scene.lotte, note), sees(scene.lotte, other)) == (False, True)
    assert faces(scene.lotte) == before, "a face that goes would tell"
    with viewer.acting(scene.naima):
        assert not Exclusion.objects.exists(), "her choice is hers to know"
    with viewer.acting(scene.samira) as me:
        exclusions.end(Exclusion.objects.get(), by=me, at=LATER)
    assert sees(scene.lotte, note)


def faces(person):
    with viewer.acting(person):
        return (
            sorted(str(p.pk) for p in Person.objects.all()),
            sorted(str(s.pk) for s in Seat.objects.all()),
            sorted(str(m.pk) for m in FamilyMember.objects.all()),
            Family.objects.count(),
        )


def test_a_guardian_leaves_out_for_the_young_child_only(scene):
    with viewer.acting(scene.naima) as me:
        exclusions.leave_out(Person.objects.get(pk=scene.yassin), by=me, at=LATER, person_id=scene.lotte)
        with pytest.raises(NotAllowed):
            exclusions.leave_out(Person.objects.get(pk=scene.samira), by=me, at=LATER, person_id=scene.lotte)
    with (
        pytest.raises((NotAllowed, exclusions.WithoutBirthDate, DatabaseError)),
        viewer.acting(scene.aunt) as me,
    ):
        exclusions.leave_out(Person.objects.get(pk=scene.yassin), by=me, at=LATER, person_id=scene.lotte)


def test_one_parent_does_not_leave_the_other_out(scene, owner):
    """Neither by name, nor by where the other works, nor by a statement made by hand: a judge does, or two people."""
    school = scene.organisation("School De Linde")
    insert(
        owner, "trust_job", person_id=scene.karim, organisation_id=school, role="teacher", title="", bound=False, phone="",
        languages="nl", since=AT,
    )  # fmt: skip
    yassin = {"subject_id": scene.yassin, "ground": "guardian", "decided_by_id": scene.naima, "since": LATER}
    for target in ({"person_id": scene.karim}, {"organisation_id": school}, {"sector": "education"}):
        with viewer.acting(scene.naima) as me, pytest.raises(exclusions.NotForOneParent):
            exclusions.leave_out(Person.objects.get(pk=scene.yassin), by=me, at=LATER, **target)
        with viewer.acting(scene.naima), pytest.raises(DatabaseError, match="row-level"):
            Exclusion.objects.create(**yassin, **target)
    with viewer.acting(scene.naima) as me:
        exclusions.leave_out(Person.objects.get(pk=scene.yassin), by=me, at=LATER, person_id=scene.aunt)
    with viewer.acting(scene.samira) as me:
        exclusions.leave_out(Person.objects.get(pk=scene.samira), by=me, at=LATER, person_id=scene.karim)


def test_a_court_order_is_not_ended_by_hand(scene, owner):
    insert(
        owner, "trust_exclusion", subject_id=scene.samira, person_id=scene.karim, ground="court order", reason="",
        since=AT,
    )  # fmt: skip
    with viewer.acting(scene.samira) as me:
        order = Exclusion.objects.get()
        with pytest.raises(NotAllowed):
            exclusions.end(order, by=me, at=LATER)
        assert Exclusion.objects.filter(pk=order.pk).update(until=LATER) == 0
    with viewer.acting(scene.karim):
        assert not Birth.objects.filter(person_id=scene.samira).exists()


def test_each_home_knows_itself_only(scene):
    with viewer.acting(scene.naima) as me:
        family = Family.objects.get()
        home = homes.add(family, "with mama", by=me, at=LATER, address="Lindelaan 1", people=(scene.samira,))
    with viewer.acting(scene.karim) as me:
        homes.add(Family.objects.get(), "with papa", by=me, at=LATER, address="Kerkstraat 2")
        assert [h.name for h in Home.objects.all()] == ["with papa"]
        assert Circle.objects.filter(kind="home").count() == 1
    with viewer.acting(scene.samira):
        assert [h.address for h in Home.objects.all()] == ["Lindelaan 1"]
    with viewer.acting(scene.naima) as me:
        homes.show_to(Home.objects.get(), scene.lotte, by=me, at=LATER)
    with viewer.acting(scene.lotte):
        assert Home.objects.count() == 1
    with viewer.acting(scene.naima) as me:
        homes.hide_from(Home.objects.get(), scene.lotte, by=me, at=LATER)
        homes.change(Home.objects.get(), by=me, at=LATER, name="mama", address="x", phone="", note="")
    with viewer.acting(scene.lotte) as me:
        assert not Home.objects.exists()
        with pytest.raises(NotAllowed):
            homes.change(home, by=me, at=LATER, name="mine", address="", phone="", note="")


def test_the_family_sees_who_looked_and_a_teacher_does_not(scene):
    note = write(scene, scene.samira, scene.samira)
    show(scene, note, scene.samira, scene.samira, scene.aunt)
    for person, page in ((scene.lotte, "plan"), (scene.lotte, "plan"), (scene.aunt, "plan")):
        write(scene, scene.naima)
        with viewer.acting(person, page=page):
            list(Note.objects.all())
    with viewer.acting(scene.naima) as me:
        until = timezone.now() + timedelta(minutes=1)
        circles.remove(scene.lotte, scene.family, by=me, at=timezone.now())
        reads = [
            look
            for look in looking.who_looked(scene.family, by=me, since=AT, until=until)
            if look.part == "plan"
        ]
        assert [(look.name, look.times) for look in reads] == [("Hind", 1), ("Lotte", 1)], (
            "at once is one look"
        )
    with viewer.acting(scene.samira) as me:
        reads = [
            look
            for look in looking.who_looked(scene.family, by=me, since=AT, until=until)
            if look.part == "plan"
        ]
        assert [look.name for look in reads].count("Hind") == 1
    with viewer.acting(scene.lotte) as me, pytest.raises(NotAllowed):
        looking.who_looked(scene.family, by=me, since=AT, until=until)
