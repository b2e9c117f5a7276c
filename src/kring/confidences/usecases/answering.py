"""Until when somebody who was asked answers: their own word, and a day on which somebody works."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from kring.confidences.models import AnswerDay, Telling
from kring.confidences.usecases.tellings import must_sit
from kring.trust import journal
from kring.trust.holidays import DaysOff
from kring.trust.permissions import NotAllowed
from kring.trust.rules import works_on
from kring.trust.viewer import Viewer

#: So many days stand to choose from.
DAYS = 5


class NotToChoose(Exception):
    """Only one of the next working days: whoever waits for longer should know whom else to ask."""


def to_choose(today: date, country: str) -> list[date]:
    """Today and the next days on which somebody works."""
    off, day = DaysOff(country), today
    days: list[date] = []
    while len(days) < DAYS:
        if works_on(day, off):
            days.append(day)
        day += timedelta(days=1)
    return days


@transaction.atomic
def say(circle_id: UUID, day: date, *, today: date, by: Viewer, at: datetime) -> AnswerDay:
    """Whoever hears it says until when they answer. The same day again is the same word, until it was kept by an answer."""
    seat = must_sit(circle_id, by)
    if seat.subject == by.person_id:
        raise NotAllowed("the one who was asked says when")
    if day not in to_choose(today, by.country):
        raise NotToChoose
    last: AnswerDay | None = (
        AnswerDay.objects.filter(circle_id=circle_id, author_id=by.person_id).order_by("-at", "id").first()
    )
    if last is not None and last.day == day and not _kept(last):
        return last
    said: AnswerDay = AnswerDay.objects.create(
        circle_id=circle_id, subject_id=seat.subject, author_id=by.person_id, at=at, day=day
    )
    journal.write("said when to answer", by=by, at=at, circle_id=circle_id, about=seat.subject)
    return said


def _kept(said: AnswerDay) -> bool:
    """Whether whoever said the day has answered since."""
    since = Telling.objects.filter(circle_id=said.circle_id, author_id=said.author_id, at__gte=said.at)
    found: bool = since.exists()
    return found


def due(*, at: datetime) -> list[tuple[UUID, UUID, str]]:
    """By the clock: which day has come, who said it, and the language of their letters."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT answer, person_id, language FROM trust.answers_due(%s)", [at])
        rows: list[tuple[UUID, UUID, str]] = cursor.fetchall()
    return rows
