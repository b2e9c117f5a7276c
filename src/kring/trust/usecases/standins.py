"""Somebody stands in for an evening or a holiday: with the family's yes, from one moment to another, and no longer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from kring.trust import journal, rules
from kring.trust.models import Circle, Invitation, Job, Seat
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.usecases import circles
from kring.trust.usecases.circles import Guest
from kring.trust.viewer import Viewer


class EndsBeforeItBegins(Exception):
    """Somebody stands in from one moment to a later one that is still to come."""


class TooLong(Exception):
    """So long is not standing in: then the family chooses somebody anew."""


@dataclass(frozen=True)
class Stretch:
    """From when to when somebody is there; the last moment is not in it any more."""

    begins_at: datetime
    ends_at: datetime


@transaction.atomic
def ask(
    circle: Circle, job: Job, stretch: Stretch, *, for_whom: UUID, by: Viewer, at: datetime,
    word_of: UUID | None = None,
) -> Invitation:  # fmt: skip
    """Somebody is asked to stand in, by the family or on its word; it begins with their yes and ends by itself."""
    by.must(Permission.INVITE, circle.pk)
    if not at < stretch.ends_at or not stretch.begins_at < stretch.ends_at:
        raise EndsBeforeItBegins
    if stretch.ends_at - stretch.begins_at > rules.LONGEST_STAND_IN:
        raise TooLong
    if job.person_id == for_whom or not circle.seats.filter(person_id=for_whom, job__isnull=False).exists():
        raise circles.NotInTheCircle
    if again := _asked_before(circle, job, stretch):
        return again
    guest = Guest(
        job=job, role=Seat.Role.PROFESSIONAL, relation=job.title, ring=3, begins_at=stretch.begins_at,
        ends_at=stretch.ends_at, stands_in_for=for_whom,
    )  # fmt: skip
    return circles.invite(circle, guest, by=by, at=at, word_of=word_of)


def _asked_before(circle: Circle, job: Job, stretch: Stretch) -> Invitation | None:
    """The same question for the same hours, not answered yet: a form was sent twice."""
    same = Invitation.objects.filter(
        circle=circle, job=job, answer="", withdrawn_at__isnull=True, begins_at=stretch.begins_at,
        ends_at=stretch.ends_at,
    )  # fmt: skip
    found: Invitation | None = same.first()
    return found


def of_circle(circle_id: UUID, at: datetime) -> list[Invitation]:
    """Who was asked to stand in here for hours that are not over and has not gone sooner, the first to come first."""
    asked = Invitation.objects.filter(circle_id=circle_id, stands_in_for__isnull=False, ends_at__gt=at)
    sits = Seat.objects.filter(
        circle_id=circle_id, person_id=OuterRef("person_id"), until__gt=at, until__gte=OuterRef("ends_at")
    )
    standing = asked.filter(Q(answer="") | Q(answer="yes") & Exists(sits), withdrawn_at__isnull=True)
    return list(standing.select_related("person", "stands_in_for", "job").order_by("begins_at", "id"))


@transaction.atomic
def end(invitation: Invitation, *, by: Viewer, at: datetime) -> None:
    """Not needed any more: the question is taken back, or the seat ends now, also before it began."""
    if invitation.person_id != by.person_id:
        by.must(Permission.INVITE, invitation.circle_id)
    if invitation.stands_in_for_id is None or by.seen_as is not None:
        raise NotAllowed(Permission.INVITE.value)
    if invitation.withdrawn_at is not None:
        return
    invitation.withdrawn_at = at
    invitation.save(update_fields=["withdrawn_at"])
    journal.write(
        "stand-in ended", by=by, at=at, circle_id=invitation.circle_id, about=invitation.person_id,
        object_id=invitation.pk,
    )  # fmt: skip
    # last, because with the own seat goes the right to write
    seats = Seat.objects.filter(
        circle_id=invitation.circle_id, person_id=invitation.person_id, role=Seat.Role.PROFESSIONAL,
        until=invitation.ends_at,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.stand_in_goes(%s, %s)", [invitation.pk, at])
    for seat in seats.filter(until__gt=at):
        seat.until = max(at, seat.since)
        seat.save(update_fields=["until"])
