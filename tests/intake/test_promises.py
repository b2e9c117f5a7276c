"""Promises: kept, late, moved, and whether they were true (S2, S3)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clockwork import as_the_worker
from intake.desk import Desk
from kring.clock import usecases as clock
from kring.intake import receipts
from kring.intake.models import Concern, Promise
from kring.intake.usecases import concerns, promises
from kring.trust.viewer import acting


def first_promise(concern) -> Promise:
    return Promise.objects.get(concern_id=concern, kind="first answer")


def test_every_concern_begins_with_a_promise_of_who_is_on_duty(desk: Desk):
    made = desk.hand_in()
    with acting(desk.marc):
        promise = first_promise(made.concern_id)
        assert (promise.by_id, promise.to_asker, promise.state(timezone.now())) == (desk.els, True, "open")


def test_who_takes_it_up_takes_the_promise_over(desk: Desk):
    concern = desk.taken_up(by=desk.marc, stand_in=desk.els)
    with acting(desk.marc):
        assert first_promise(concern).by_id == desk.marc


def test_a_talk_keeps_the_first_promise(desk: Desk):
    concern, now = desk.taken_up(), timezone.now()
    with acting(desk.els) as me:
        concerns.write_note(Concern.objects.get(pk=concern), text="", reached=False, by=me, at=now)
        assert first_promise(concern).kept_at is None
        concerns.write_note(Concern.objects.get(pk=concern), text="Gebeld", reached=True, by=me, at=now)
        assert first_promise(concern).state(now) == "kept"
    assert desk.row(concern)["state"] == "talked"


def test_a_promise_gets_another_day_and_the_first_stays_written(desk: Desk):
    concern, now = desk.taken_up(), timezone.now()
    with acting(desk.els) as me:
        promise = first_promise(concern)
        change = promises.renegotiate(promise, due_at=now + timedelta(days=6), reason="Ziek", by=me, at=now)
        assert change.was_due_at == promise.due_at
        with pytest.raises(promises.DayIsPast):
            promises.renegotiate(promise, due_at=now, reason="", by=me, at=now)
    assert receipts.read(receipts.token(concern), at=now).due == now + timedelta(days=6)


def test_a_promise_to_somebody_else_is_not_on_the_receipt(desk: Desk):
    concern, now = desk.taken_up(), timezone.now()
    with acting(desk.els) as me:
        found = Concern.objects.get(pk=concern)
        promises.promise(
            found.circle_id, what="Mama bellen", to_whom="mama van Jonas", due_at=now + timedelta(hours=1),
            by=me, at=now, concern=found,
        )  # fmt: skip
        due = first_promise(concern).due_at
    assert receipts.read(receipts.token(concern), at=now).due == due


def test_late_is_reckoned_and_shown(desk: Desk):
    made = desk.hand_in()
    desk.earlier(made.concern_id, days=10)
    with acting(desk.els):
        assert first_promise(made.concern_id).state(timezone.now()) == "late"
        assert Promise.objects.late(timezone.now()).count() == 1


def test_a_concern_ends_with_a_reason_the_asker_reads(desk: Desk):
    concern, now = desk.taken_up(), timezone.now()
    with acting(desk.els) as me:
        found = Concern.objects.get(pk=concern)
        for outcome, reason in [("talked", " "), ("nobody", "x"), ("nonsense", "x")]:
            with pytest.raises(concerns.ReasonIsMissing):
                concerns.close(found, outcome=outcome, reason=reason, by=me, at=now)
        concerns.close(found, outcome="not for us", reason="Dit kan de school zelf.", by=me, at=now)
        with pytest.raises(concerns.AlreadyClosed):
            concerns.close(found, outcome="talked", reason="x", by=me, at=now)
    receipt = receipts.read(receipts.token(concern), at=now)
    assert (receipt.state, receipt.outcome, receipt.reason) == (
        "not done",
        "not for us",
        "Dit kan de school zelf.",
    )
    assert receipt.due is None


def test_thinking_again_opens_it_as_it_was(desk: Desk):
    concern = desk.taken_up()
    before = desk.row(concern)
    with acting(desk.els) as me:
        concerns.close(
            Concern.objects.get(pk=concern), outcome="talked", reason="x", by=me, at=timezone.now()
        )
        concerns.reopen(Concern.objects.get(pk=concern), by=me, at=timezone.now())
    assert desk.row(concern) == before
    with acting(desk.els):
        assert first_promise(concern).is_open


def test_a_slip_can_be_taken_back(desk: Desk):
    concern, now = desk.taken_up(), timezone.now()
    with acting(desk.els) as me:
        found = Concern.objects.get(pk=concern)
        made = promises.promise(
            found.circle_id, what="x", due_at=now + timedelta(1), by=me, at=now, concern=found
        )
        promises.keep(made, by=me, at=now)
        with pytest.raises(promises.PromiseIsOver):
            promises.keep(made, by=me, at=now)
        promises.take_back(made, by=me, at=now)
        assert Promise.objects.get(pk=made.pk).is_open
        promises.take_back(made, by=me, at=now)
        assert not Promise.objects.filter(pk=made.pk).exists()


def test_every_step_of_a_promise_can_be_taken_back(desk: Desk):
    concern, now = desk.taken_up(), timezone.now()
    with acting(desk.els) as me:
        first = first_promise(concern)
        promises.renegotiate(first, due_at=now + timedelta(days=9), reason="", by=me, at=now)
        promises.take_back(first, by=me, at=now)
        assert first_promise(concern).due_at == first.due_at
        promises.let_go(first, by=me, at=now)
        promises.take_back(first, by=me, at=now)
        promises.keep(first, by=me, at=now)
        assert desk_answered(concern) == now
        promises.take_back(first, by=me, at=now)
        assert first_promise(concern).is_open
        assert desk_answered(concern) is None
        promises.take_back(first, by=me, at=now)
        assert first_promise(concern).is_open


def desk_answered(concern):
    return Concern.objects.get(pk=concern).answered_at


def test_two_weeks_after_kept_the_asker_is_asked_once(desk: Desk):
    concern = desk.taken_up()
    token, now = receipts.token(concern), timezone.now()
    with acting(desk.els) as me:
        concerns.write_note(Concern.objects.get(pk=concern), text="", reached=True, by=me, at=now)
    desk.earlier(concern, days=13, hours=23)
    assert as_the_worker(clock.ask_whether_true, at=timezone.now()) == 0
    assert not receipts.read(token, at=timezone.now()).asks
    assert not receipts.answer(token, answer="yes", at=timezone.now())
    desk.earlier(concern, hours=2)
    assert as_the_worker(clock.ask_whether_true, at=timezone.now()) == 1
    assert as_the_worker(clock.ask_whether_true, at=timezone.now()) == 0
    assert receipts.read(token, at=timezone.now()).asks
    assert receipts.answer(token, answer="partly", at=timezone.now())
    assert not receipts.answer(token, answer="yes", at=timezone.now())
    assert not receipts.read(token, at=timezone.now()).asks
    with acting(desk.els):
        assert first_promise(concern).was_true == "partly"
