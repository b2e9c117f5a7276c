"""The family stops, with effect at once; and may begin again when it wants (D7)."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from kring.trust import journal
from kring.trust.models import Withdrawal
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.viewer import Viewer


def may_withdraw(family_id: UUID, *, by: Viewer) -> bool:
    """Whether the viewer may stop for this family: a guardian with authority, or a child with its own voice."""
    return by.seen_as is None and bool(_asked("SELECT trust.may_withdraw(%s)", family_id))


def standing(family_id: UUID) -> Withdrawal | None:
    """The withdrawal under which the family lives now, if it stopped."""
    return Withdrawal.objects.filter(family_id=family_id, ended_at__isnull=True).first()


@transaction.atomic
def withdraw(family_id: UUID, *, by: Viewer, at: datetime) -> None:
    """Everybody who is not of the family loses every seat now. Done twice, it is done once."""
    _may(family_id, by)
    if standing(family_id) is None:
        journal.write("stopped", by=by, at=at, circle_id=_circle(family_id, by))
    if not _asked("SELECT trust.withdraw(%s, %s)", family_id, at):
        raise NotAllowed(Permission.WITHDRAW.value)


@transaction.atomic
def begin_again(family_id: UUID, *, by: Viewer, at: datetime) -> None:
    """The family waits for a coordinator again; nobody comes back by themselves."""
    _may(family_id, by)
    if _asked("SELECT trust.begin_again(%s, %s)", family_id, at):
        journal.write("began again", by=by, at=at, circle_id=_circle(family_id, by))


def _may(family_id: UUID, by: Viewer) -> None:
    by.must(Permission.WITHDRAW, _circle(family_id, by))
    if not may_withdraw(family_id, by=by):
        raise NotAllowed(Permission.WITHDRAW.value)


def _circle(family_id: UUID, by: Viewer) -> UUID:
    seat = by.family_seat(family_id)
    if seat is None:
        raise NotAllowed(Permission.WITHDRAW.value)
    return seat.circle


def _asked(question: str, *values: UUID | datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, list(values))
        (said,) = cursor.fetchone()
    return bool(said)
