"""What people say at a meeting: points for the agenda, a word when they come in and go out, what they want to remember."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kring.intake.usecases.promises import SENT_TWICE
from kring.trust import journal
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.viewer import Viewer
from kring.wraparound import rules
from kring.wraparound.models import AgendaPoint, Meeting, RoundWord
from kring.wraparound.usecases.asking import children_of, must_speak, subject_for
from kring.wraparound.usecases.meetings import (
    MeetingIsOver,
    may_keep,
    must_go_on,
    must_have_begun,
    must_keep,
)


class NothingSaid(Exception):
    """Neither a face nor a word."""


@transaction.atomic
def add_point(
    meeting: Meeting, kind: str, words: str, *, language: str, by: Viewer, at: datetime
) -> AgendaPoint:
    """Anybody of the circle puts something on the agenda: a point, a strength, a question. Sent twice, it is one."""
    must_speak(meeting, by)
    if meeting.state not in (Meeting.State.COMING, Meeting.State.GOING_ON):
        raise MeetingIsOver
    words = " ".join(rules.tidy(words, rules.STEP).split())
    again: AgendaPoint | None = meeting.points.filter(
        author_id=by.person_id, words=words, at__gt=at - SENT_TWICE, at__lte=at
    ).first()
    if again is not None:
        return again
    point: AgendaPoint = AgendaPoint.objects.create(
        meeting=meeting, circle_id=meeting.circle_id, author_id=by.person_id, at=at,
        subject_id=subject_for(meeting, by.person_id, children_of(meeting)),
        kind=kind if kind in AgendaPoint.Kind.values else AgendaPoint.Kind.POINT,
        words=words, language=language, position=meeting.points.count(),
    )  # fmt: skip
    journal.write(
        "agenda point added",
        by=by,
        at=at,
        circle_id=point.circle_id,
        about=point.subject_id,
        object_id=point.pk,
    )
    return point


@transaction.atomic
def take_away_point(point: AgendaPoint, *, by: Viewer, at: datetime) -> None:
    """Who put a point on the agenda takes it away again, as long as nobody talked about it."""
    if point.author_id != by.person_id or not by.can(Permission.REMARK, point.circle_id):
        raise NotAllowed(Permission.REMARK.value)
    if point.talked_at is not None or point.meeting.ended_at is not None:
        raise MeetingIsOver
    journal.write("agenda point taken away", by=by, at=at, circle_id=point.circle_id, about=point.subject_id)
    point.delete()


@transaction.atomic
def talk_about(point: AgendaPoint, *, by: Viewer, at: datetime) -> AgendaPoint:
    """A tick on the agenda; a second touch takes it back."""
    must_keep(point.meeting, by)
    must_go_on(point.meeting)
    point.talked_at = None if point.talked_at else at
    point.save(update_fields=["talked_at"])
    return point


@transaction.atomic
def say_in_round(
    meeting: Meeting, moment: str, *, feeling: str, words: str, language: str, by: Viewer, at: datetime,
    person_id: UUID | None = None,
) -> RoundWord:  # fmt: skip
    """Somebody says how they come in or go out; who has no phone says it aloud and it is written for them."""
    whose = person_id or by.person_id
    must_speak(meeting, by)
    if whose != by.person_id and not may_keep(meeting, by):
        raise NotAllowed(Permission.CALL_MEETING.value)
    must_go_on(meeting)
    if not meeting.participants.filter(person_id=whose).exists() and whose != by.person_id:
        raise NotAllowed(Permission.CALL_MEETING.value)
    said = " ".join(rules.tidy(words, rules.STEP, needed=False).split())
    feeling = feeling if feeling in RoundWord.Feeling.values else ""
    if (not said and not feeling) or moment not in RoundWord.Moment.values:
        raise NothingSaid
    before = meeting.round.filter(person_id=whose, moment=moment)
    if (
        whose != by.person_id and before.filter(author_id=whose).exists()
    ):  # what they said themselves stays theirs
        raise NotAllowed(Permission.CALL_MEETING.value)
    before.delete()
    word: RoundWord = RoundWord.objects.create(
        meeting=meeting, circle_id=meeting.circle_id, author_id=by.person_id, at=at, person_id=whose,
        subject_id=subject_for(meeting, whose, children_of(meeting)), moment=moment, feeling=feeling,
        words=said, language=language,
    )  # fmt: skip
    return word


@transaction.atomic
def write_minutes(meeting: Meeting, words: str, *, language: str, by: Viewer, at: datetime) -> Meeting:
    """A few words about the talk itself, for who was not there; what was decided stands beside it."""
    must_have_begun(meeting, by)
    meeting.minutes = rules.tidy(words, rules.ANSWER)
    meeting.minutes_language = language
    meeting.save(update_fields=["minutes", "minutes_language"])
    journal.write(
        "minutes written",
        by=by,
        at=at,
        circle_id=meeting.circle_id,
        about=meeting.about_id,
        object_id=meeting.pk,
    )
    return meeting
