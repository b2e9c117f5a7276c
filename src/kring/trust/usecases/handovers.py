"""Hand-over of the coordinator: the family is told first, the next one says yes, two weeks later one is gone (D2)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from kring.trust import journal, rules
from kring.trust.models import Circle, HandOver, Invitation, Job, Person, Seat
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.usecases import circles
from kring.trust.usecases.circles import Guest
from kring.trust.usecases.coordinators import HAND_OVER_DAYS
from kring.trust.viewer import Viewer


class NobodyHandsOver(Exception):
    """There is no hand-over that waits for the next coordinator."""


class HandOverHasBegun(Exception):
    """There is a hand-over already."""


class ThisDayIsPast(Exception):
    """A hand-over lies ahead; what the family was told was told before now."""


class ItHasHappened(Exception):
    """The next coordinator is there already."""


class HandsOverToOneself(Exception):
    """The next coordinator is somebody else."""


@dataclass(frozen=True)
class Told:
    """Who of the family was told first, how, and on which day."""

    whom: UUID
    how: str
    on: date


def standing(circle_id: UUID, *beside: str) -> HandOver | None:
    """The newest hand-over of this circle that was not stopped, open or happened; with what lies beside it."""
    newest = HandOver.objects.newest().select_related(*beside) if beside else HandOver.objects.newest()
    found: HandOver | None = newest.filter(circle_id=circle_id).first()
    return found


@transaction.atomic
def begin(
    circle: Circle, *, begins_on: date, last_on: date, by: Viewer, at: datetime, told: Told | None = None
) -> HandOver:
    """The coordinator hands over, once the family knows; or the family wants another one, and tells itself."""
    begins_at = max(at, rules.day_begins(begins_on, by.timezone))
    Circle.objects.select_for_update(no_key=True).get(pk=circle.pk)  # two who begin at once take turns
    leaver = _coordinator(circle, at)
    _must_begin(circle, leaver.pk, told, by, at)
    if HandOver.objects.open().filter(circle=circle).exists():
        raise HandOverHasBegun
    if not rules.lies_ahead(begins_on, at, by.timezone):
        raise ThisDayIsPast
    made: HandOver = HandOver.objects.create(
        circle=circle, author_id=by.person_id, at=at, leaver=leaver, leaver_name=leaver.given_name, begins_at=begins_at,
        leaves_at=rules.hand_over_ends(begins_at, last_on, by.timezone), told_id=told.whom if told else None,
        told_how=told.how if told else "", told_on=told.on if told else None,
    )  # fmt: skip
    journal.write("hand-over begun", by=by, at=at, circle_id=circle.pk, about=leaver.pk, object_id=made.pk)
    return made


def _coordinator(circle: Circle, at: datetime) -> Person:
    """Who coordinates this family now."""
    live = circle.seats.filter(role=Seat.Role.COORDINATOR, since__lte=at).exclude(until__lte=at)
    seat = live.select_related("person").first()
    if seat is None:
        raise NobodyHandsOver
    return seat.person


def _must_begin(circle: Circle, leaver: UUID, told: Told | None, by: Viewer, at: datetime) -> None:
    """The family decides by itself; who goes has told somebody of the family before."""
    if not by.can(Permission.CHOOSE_COORDINATOR, circle.pk):
        by.must(Permission.HAND_OVER, circle.pk)
        if leaver != by.person_id or told is None:
            raise NotAllowed(Permission.HAND_OVER.value)
    if told is not None:
        family = circle.seats.filter(
            role__in=(Seat.Role.CHILD, Seat.Role.GUARDIAN), person_id=told.whom, since__lte=at
        )
        if not family.exclude(until__lte=at).exists():
            raise circles.WhoseWord
        if rules.day_begins(told.on, by.timezone) > at:
            raise ThisDayIsPast


@transaction.atomic
def ask_next(
    circle: Circle, job: Job, *, by: Viewer, at: datetime, word_of: UUID | None = None
) -> Invitation:
    """The next coordinator is asked: by the family, or by the one who goes on the word of the family."""
    hand_over: HandOver | None = HandOver.objects.open().filter(circle=circle).first()
    if hand_over is None:
        raise NobodyHandsOver
    if job.person_id == hand_over.leaver_id:
        raise HandsOverToOneself
    guest = Guest(
        job=job, role=Seat.Role.COORDINATOR, relation=job.title, ring=2, overlap_days=HAND_OVER_DAYS,
        begins_at=hand_over.begins_at, stays_until=hand_over.leaves_at,
    )  # fmt: skip
    return circles.invite(circle, guest, by=by, at=at, word_of=word_of)


@transaction.atomic
def stop(hand_over: HandOver, *, by: Viewer, at: datetime) -> None:
    """Think again while it has not happened: who coordinates stays, and nobody is asked any more."""
    if not by.can(Permission.CHOOSE_COORDINATOR, hand_over.circle_id):
        by.must(Permission.HAND_OVER, hand_over.circle_id)
    if hand_over.stopped_at is not None:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.stop_hand_over(%s, %s)", [hand_over.pk, at])
        (stopped,) = cursor.fetchone()
    if not stopped:
        raise ItHasHappened
    journal.write("hand-over stopped", by=by, at=at, circle_id=hand_over.circle_id, object_id=hand_over.pk)
