"""One family, one coordinator: chosen, kept and replaced by the family; or waiting at the contact point."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from kring.trust import journal
from kring.trust.models import Circle, HandOver, Invitation, Job, Seat
from kring.trust.permissions import Permission
from kring.trust.usecases import circles
from kring.trust.usecases.circles import VALID, Guest
from kring.trust.viewer import Viewer

HAND_OVER_DAYS = 14


class NobodyWaits(Exception):
    """This family has a coordinator, or is not of this village."""


@dataclass(frozen=True)
class WaitingFamily:
    """A family without a coordinator, as the contact point sees it: a name and a number to call."""

    family_id: UUID
    name: str
    phone: str
    since: datetime
    asked_id: UUID | None = None
    asked_name: str = ""
    asked_at: datetime | None = None


@transaction.atomic
def choose(
    circle: Circle, job: Job, *, by: Viewer, at: datetime, overlap: bool = False, relation: str = ""
) -> Invitation:
    """The family asks somebody to be its coordinator; with their yes the last one goes, now or in two weeks.

    In a hand-over the days are those of the hand-over.
    """
    by.must(Permission.CHOOSE_COORDINATOR, circle.pk)
    arranged = HandOver.objects.open().filter(circle=circle).first() if overlap else None
    guest = Guest(
        job=job, role=Seat.Role.COORDINATOR, relation=relation or job.title, ring=2,
        overlap_days=HAND_OVER_DAYS if overlap else 0, begins_at=arranged.begins_at if arranged else None,
        stays_until=arranged.leaves_at if arranged else None,
    )  # fmt: skip
    return circles.invite(circle, guest, by=by, at=at)


def waiting_families(*, by: Viewer) -> list[WaitingFamily]:
    """The families that wait for a coordinator, longest first; for the contact point only."""
    by.must(Permission.OPEN_FAMILY)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w.*, a.person_id, coalesce(a.given_name, ''), a.at FROM trust.waiting_families() w "
            "LEFT JOIN trust.asked_to_coordinate() a USING (family_id) ORDER BY w.since, w.family_id"
        )
        return [WaitingFamily(*row) for row in cursor.fetchall()]


@transaction.atomic
def ask_for(family_id: UUID, job: Job, *, by: Viewer, at: datetime) -> UUID:
    """The contact point asks a coordinator for a family that waits, after the family said yes to that person."""
    by.must(Permission.OPEN_FAMILY)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT trust.ask_coordinator_for(%s, %s, %s, %s, %s)",
            [family_id, job.pk, job.title, at, at + VALID],
        )
        (made,) = cursor.fetchone()
    if made is None:
        raise NobodyWaits
    journal.write("asked a coordinator for a family that waits", by=by, at=at, object_id=made)
    return UUID(str(made))


def asked(circle: Circle, at: datetime) -> Invitation | None:
    """The person who was asked to be coordinator and has not answered yet."""
    waiting: Invitation | None = (
        Invitation.objects.waiting(at).filter(circle=circle, role=Seat.Role.COORDINATOR).first()
    )
    return waiting
