"""Trying to reach a family: written down by who tried, with what comes next. It does not go on for ever."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from kring.messaging import rules
from kring.messaging.models import Attempt
from kring.trust import journal
from kring.trust.models import Circle
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.viewer import LiveSeat, Viewer


class DayIsToCome(Exception):
    """What was tried, was tried today or before."""


class MoreOfTheSame(Exception):
    """This way was tried in vain three times; whoever goes on so says what will be different next time."""


class NotYoursToTakeBack(Exception):
    """Who wrote it down takes it back, within the day."""


#: The same line by the same person within this time is one attempt, sent twice.
SENT_TWICE = timedelta(minutes=1)
#: So long a mistake can be taken back; then it is part of what was tried.
TO_TAKE_BACK = timedelta(days=1)


@dataclass(frozen=True)
class Trial:
    """What somebody did to reach the family."""

    way: str
    on: date
    reached: bool = False
    words: str = ""
    next_words: str = ""
    next_on: date | None = None


def may_try(by: Viewer, family_id: UUID) -> LiveSeat | None:
    """The seat through which somebody reaches out: by their work, in this circle."""
    seat = by.family_seat(family_id)
    if seat is None or seat.job is None or not by.can(Permission.WRITE_NOTE, seat.circle):
        return None
    return seat


def tried(rows: list[Attempt]) -> list[rules.Tried]:
    """The attempts as the rules see them."""
    return [rules.Tried(row.way, row.reached) for row in rows]


@transaction.atomic
def write_down(family_id: UUID, trial: Trial, *, by: Viewer, at: datetime, today: date) -> Attempt:
    """Write down one attempt. The same line sent twice is one attempt."""
    seat = may_try(by, family_id)
    if seat is None:
        raise NotAllowed(Permission.WRITE_NOTE.value)
    if trial.on > today:
        raise DayIsToCome
    Circle.objects.select_for_update(no_key=True).get(pk=seat.circle)  # one line after the other
    told = asdict(trial) | {"circle_id": seat.circle, "author_id": by.person_id}
    again: Attempt | None = Attempt.objects.filter(**told, at__gt=at - SENT_TWICE, at__lte=at).first()
    if again is not None:
        return again
    before = tried(list(Attempt.objects.filter(circle_id=seat.circle).newest()))
    if not (trial.reached or trial.next_words) and rules.is_more_of_the_same(trial.way, before):
        raise MoreOfTheSame
    row: Attempt = Attempt.objects.create(at=at, **told)
    journal.write("tried to reach the family", by=by, at=at, circle_id=seat.circle, object_id=row.pk)
    return row


def may_take_back(row: Attempt, by: Viewer, at: datetime) -> bool:
    """Whether this is one's own line of today."""
    return by.seen_as is None and row.author_id == by.person_id and at - row.at < TO_TAKE_BACK


@transaction.atomic
def take_back(row: Attempt, *, by: Viewer, at: datetime) -> None:
    """It was a mistake: who wrote it down takes it away."""
    if not may_take_back(row, by, at):
        raise NotYoursToTakeBack
    circle_id, key = row.circle_id, row.pk
    row.delete()
    journal.write("took an attempt back", by=by, at=at, circle_id=circle_id, object_id=key)
