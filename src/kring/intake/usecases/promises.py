"""Promises: made, moved to another day, kept, let go. At the contact point and in a family's circle alike."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from kring.intake import letters, rules
from kring.intake.models import Concern, Promise, PromiseChange
from kring.intake.usecases.concerns import TIME_TO_THINK_AGAIN
from kring.messaging import usecases as messaging
from kring.trust import journal
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.viewer import Viewer

#: The same words by the same person within this time are one promise, sent twice.
SENT_TWICE = timedelta(minutes=1)


class DayIsPast(Exception):
    """A promise is for a moment that is still to come."""


class NothingPromised(Exception):
    """A promise says what somebody will do."""


class PromiseIsOver(Exception):
    """The promise was kept or let go already."""


def _must(by: Viewer, circle_id: UUID) -> None:
    """At the contact point by the job; in a family's circle by the seat."""
    seat = by.seat_in(circle_id)
    if seat is None:
        raise NotAllowed(Permission.DO_ACTION.value)
    if seat.kind in ("desk", "first talk"):
        by.must(Permission.ANSWER_CONCERN)
    else:
        by.must(Permission.DO_ACTION, circle_id)


@transaction.atomic
def promise(
    circle_id: UUID,
    *,
    what: str,
    due_at: datetime,
    by: Viewer,
    at: datetime,
    person_id: UUID | None = None,
    to_whom: str = "",
    to_asker: bool = False,
    concern: Concern | None = None,
    object_id: UUID | None = None,
    subject_id: UUID | None = None,
) -> Promise:
    """Somebody promises something, before a day and an hour. Sent twice, it is promised once."""
    _must(by, circle_id)
    what = rules.one_line(what, 300)
    if not what:
        raise NothingPromised
    if due_at <= at:
        raise DayIsPast
    told = {
        "circle_id": circle_id, "author_id": by.person_id, "by_id": person_id or by.person_id, "what": what,
        "due_at": due_at, "to_whom": rules.one_line(to_whom, 120), "to_asker": to_asker, "concern": concern,
        "object_id": object_id, "subject_id": subject_id,
    }  # fmt: skip
    if again := _sent_before(at, told):
        return again
    made: Promise = Promise.objects.create(at=at, **told)
    journal.write("promised", by=by, at=at, circle_id=circle_id, about=subject_id, object_id=made.pk)
    return made


def _sent_before(at: datetime, told: dict[str, object]) -> Promise | None:
    """The same promise in everything, still open, when it came a moment ago: a form was sent twice."""
    same = Promise.objects.open().filter(**told, at__gt=at - SENT_TWICE, at__lte=at)
    found: Promise | None = same.first()
    return found


def _must_keep(by: Viewer, promise: Promise) -> None:
    """In a family's circle a promise is kept or moved by whoever made it, or by who keeps the plan."""
    _must(by, promise.circle_id)
    seat = by.seat_in(promise.circle_id)
    if seat and seat.kind not in ("desk", "first talk") and promise.by_id != by.person_id:
        by.must(Permission.KEEP_PLAN, promise.circle_id)


def _open(promise: Promise) -> Promise:
    found: Promise = Promise.objects.select_for_update().get(pk=promise.pk)
    if not found.is_open:
        raise PromiseIsOver
    return found


@transaction.atomic
def renegotiate(
    promise: Promise, *, due_at: datetime, reason: str, by: Viewer, at: datetime
) -> PromiseChange:
    """Another day, agreed or told; the first day stays written beside it."""
    _must_keep(by, promise)
    promise = _open(promise)
    if due_at <= at:
        raise DayIsPast
    change: PromiseChange = PromiseChange.objects.create(
        circle_id=promise.circle_id, subject_id=promise.subject_id, promise=promise, author_id=by.person_id, at=at,
        was_due_at=promise.due_at, due_at=due_at, reason=rules.one_line(reason, 300),
    )  # fmt: skip
    promise.due_at, promise.reminders = due_at, 0
    promise.save(update_fields=["due_at", "reminders"])
    if promise.to_asker and promise.concern and promise.concern.mail:
        messaging.queue(
            letters.MOVED, promise.concern.pk, at=at, language=promise.concern.language,
            not_before=at + TIME_TO_THINK_AGAIN,
        )  # fmt: skip
    journal.write(
        "promise moved",
        by=by,
        at=at,
        circle_id=promise.circle_id,
        about=promise.about_id,
        object_id=promise.pk,
    )
    return change


@transaction.atomic
def keep(promise: Promise, *, by: Viewer, at: datetime) -> Promise:
    """Done as promised. In two weeks the one it was promised to is asked whether it was true."""
    _must_keep(by, promise)
    promise = _open(promise)
    promise.kept_at = at
    promise.save(update_fields=["kept_at"])
    if promise.kind == Promise.Kind.FIRST_ANSWER and promise.concern:
        Concern.objects.filter(pk=promise.concern.pk, answered_at=None).update(answered_at=at)
    journal.write(
        "promise kept",
        by=by,
        at=at,
        circle_id=promise.circle_id,
        about=promise.about_id,
        object_id=promise.pk,
    )
    return promise


@transaction.atomic
def let_go(promise: Promise, *, by: Viewer, at: datetime) -> Promise:
    """Not needed any more, for whatever reason; it counts as neither kept nor broken."""
    _must_keep(by, promise)
    promise = _open(promise)
    promise.ended_at = at
    promise.save(update_fields=["ended_at"])
    journal.write(
        "promise let go",
        by=by,
        at=at,
        circle_id=promise.circle_id,
        about=promise.about_id,
        object_id=promise.pk,
    )
    return promise


@transaction.atomic
def take_back(promise: Promise, *, by: Viewer, at: datetime) -> None:
    """Think again about the last thing done with a promise: kept, let go, moved, or made at all."""
    _must_keep(by, promise)
    promise = Promise.objects.select_for_update().get(pk=promise.pk)
    if not promise.is_open:
        Concern.objects.filter(promises=promise, answered_at=promise.kept_at).update(answered_at=None)
        promise.kept_at = promise.ended_at = None
        promise.save(update_fields=["kept_at", "ended_at"])
        return
    change = promise.changes.order_by("-at", "id").first()
    if change is not None:
        promise.due_at = change.was_due_at
        promise.save(update_fields=["due_at"])
        change.delete()
    elif promise.kind == Promise.Kind.WORD and promise.author_id == by.person_id:
        promise.delete()
    journal.write("promise taken back", by=by, at=at, circle_id=promise.circle_id, about=promise.about_id)


@transaction.atomic
def answer_whether_true(promise: Promise, *, answer: str, by: Viewer, at: datetime) -> Promise:
    """A family says of a promise in its circle whether it was true; the one who promised does not."""
    seat = by.seat_in(promise.circle_id)
    if seat is None or seat.role not in ("child", "guardian") or promise.by_id == by.person_id:
        raise NotAllowed(Permission.REMARK.value)
    promise = Promise.objects.select_for_update().get(pk=promise.pk)
    if promise.kept_at is None or answer not in Promise.WasTrue.values:
        raise PromiseIsOver
    promise.was_true, promise.answered_at = answer, at
    promise.save(update_fields=["was_true", "answered_at"])
    return promise
