"""The desk, the first talk, and everybody who is in neither (S1, K1, K10, K12)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.utils import DatabaseError
from django.utils import timezone

from intake.desk import JONAS, Desk
from kring.intake.models import Concern, Promise, TalkNote
from kring.intake.usecases import concerns, handing_in, promises
from kring.trust.permissions import NotAllowed
from kring.trust.viewer import acting
from trust.scenes import Scene


def test_the_desk_sees_what_came_in_and_nobody_else_does(desk: Desk):
    made = desk.hand_in()
    for worker in (desk.els, desk.marc, desk.fien):
        assert desk.seen_by(worker) == [made.concern_id]
    for other in (desk.karin, desk.sam):
        assert desk.seen_by(other) == []


def test_nobody_in_particular_sees_nothing(desk: Desk):
    desk.hand_in()
    assert list(Concern.objects.all()) == []
    assert list(Promise.objects.all()) == []


def test_the_next_village_sees_nothing(desk: Desk, owner):
    desk.hand_in()
    other = Scene(owner)
    neighbour = other.worker("Anke", role="contact point", organisation="Elders")
    assert desk.seen_by(neighbour) == []


def test_taking_up_takes_it_out_of_the_desks_sight(desk: Desk):
    concern = desk.taken_up()
    assert desk.seen_by(desk.els) == [concern]
    assert desk.seen_by(desk.marc) == [concern]
    assert desk.seen_by(desk.fien) == []
    with acting(desk.fien):
        assert Promise.objects.ids() == []


def test_a_colleague_cannot_read_what_was_said_in_a_first_talk(desk: Desk):
    concern = desk.taken_up()
    with acting(desk.els) as me:
        concerns.write_note(
            Concern.objects.get(pk=concern), text="Gebeld.", reached=True, by=me, at=timezone.now()
        )
    with acting(desk.marc):
        assert [note.text for note in TalkNote.objects.all()] == ["Gebeld."]
    with acting(desk.fien):
        assert TalkNote.objects.ids() == []


def test_a_teacher_can_neither_read_nor_answer_the_desk(desk: Desk):
    made = desk.hand_in()
    with acting(desk.karin) as me:
        with pytest.raises(NotAllowed):
            concerns.take_up(Concern(pk=made.concern_id), by=me, at=timezone.now())
        with pytest.raises(NotAllowed):
            promises.promise(desk.scene.desk, what="Bellen", due_at=timezone.now(), by=me, at=timezone.now())
    assert desk.row(made.concern_id)["state"] == "received"


def test_a_teacher_cannot_write_on_the_desk_past_the_use_cases(desk: Desk):
    with pytest.raises(DatabaseError), acting(desk.karin) as me:
        Promise.objects.create(
            circle_id=desk.scene.desk,
            author_id=me.person_id,
            at=timezone.now(),
            what="x",
            due_at=timezone.now(),
        )


def test_when_a_job_ends_the_desk_closes_at_once(desk: Desk, owner):
    desk.hand_in()
    owner.execute("UPDATE trust_job SET until = now() WHERE person_id = %s", [desk.fien])
    assert desk.seen_by(desk.fien) == []


def test_who_wrote_it_down_does_not_see_it_afterwards(desk: Desk):
    with acting(desk.karin) as me:
        made = handing_in.write_down(
            handing_in.Told(who_about="Mo", seen="Moe", channel="talk"),
            village=desk.village, form_key="k", by=me, at=timezone.now(),
        )  # fmt: skip
    row = desk.row(made.concern_id)
    assert (row["written_down_by_id"], row["channel"]) == (desk.karin, "talk")
    assert desk.seen_by(desk.karin) == []
    assert desk.seen_by(desk.els) == [made.concern_id]


def test_nobody_writes_down_for_another_village_or_without_a_job(desk: Desk, owner):
    told = handing_in.Told(seen="x", channel="phone")
    with pytest.raises(DatabaseError):
        handing_in.hand_in(told, village=desk.village, form_key="k", at=timezone.now())
    other = Scene(owner).worker("Anke", role="contact point", organisation="Elders")
    with pytest.raises(DatabaseError), acting(other) as me:
        handing_in.write_down(told, village=desk.village, form_key="k", by=me, at=timezone.now())


def test_two_who_take_up_at_once_one_of_them_is_told(desk: Desk):
    concern = desk.taken_up()
    with pytest.raises(concerns.NotOnTheDesk), acting(desk.fien) as me:
        concerns.take_up(Concern(pk=concern), by=me, at=timezone.now())
    with pytest.raises(concerns.NotOnTheDesk), acting(desk.els) as me:
        concerns.take_up(Concern(pk=uuid4()), by=me, at=timezone.now())


def test_thinking_again_puts_it_back_for_everybody(desk: Desk):
    concern = desk.taken_up()
    with acting(desk.els) as me:
        talk = Concern.objects.get(pk=concern).circle_id
        concerns.put_back(Concern.objects.get(pk=concern), by=me, at=timezone.now())
    assert desk.seen_by(desk.fien) == [concern]
    row = desk.row(concern)
    assert (row["state"], row["taken_by_id"], row["circle_id"]) == ("received", None, desk.scene.desk)
    assert desk.owner.execute(
        "SELECT count(*) FROM trust_seat WHERE circle_id = %s AND until IS NULL", [talk]
    ).fetchone() == (0,)


def test_what_was_said_does_not_go_back_to_the_desk(desk: Desk):
    concern = desk.taken_up()
    with acting(desk.els) as me:
        found = Concern.objects.get(pk=concern)
        concerns.write_note(found, text="Papa belde terug.", reached=False, by=me, at=timezone.now())
        with pytest.raises(concerns.TalkHasBegun):
            concerns.put_back(found, by=me, at=timezone.now())


def test_a_stand_in_works_at_the_contact_point(desk: Desk):
    made = desk.hand_in()
    with acting(desk.els) as me, pytest.raises(concerns.NoSuchColleague):
        concerns.take_up(
            Concern.objects.get(pk=made.concern_id), by=me, at=timezone.now(), stand_in=desk.karin
        )


def test_two_reports_about_one_child_never_show_each_other(desk: Desk):
    first, second = desk.hand_in(), desk.hand_in()
    from kring.intake import receipts

    assert first.token != second.token
    assert receipts.read(first.token, at=timezone.now()) == receipts.read(second.token, at=timezone.now())
    with acting(desk.els) as me:
        concerns.take_up(Concern.objects.get(pk=first.concern_id), by=me, at=timezone.now())
    assert receipts.read(second.token, at=timezone.now()).state == "received"


def test_a_first_talk_cannot_be_emptied_by_somebody_else(desk: Desk):
    concern = desk.taken_up()
    talk = desk.row(concern)["circle_id"]
    for who in (desk.fien, desk.els):
        with pytest.raises(DatabaseError), acting(who), connection.cursor() as cursor:
            cursor.execute("SELECT trust.end_first_talk(%s, %s)", [talk, timezone.now()])


def test_nobody_hands_in_tomorrow(desk: Desk):
    with pytest.raises(DatabaseError):
        desk.hand_in(JONAS, at=timezone.now() + timedelta(days=1))
