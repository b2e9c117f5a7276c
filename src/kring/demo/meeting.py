"""Meetings of the demonstration: one that was held, with what was decided, and one that is to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kring.demo.households import Began
from kring.demo.planning import MINUTE
from kring.trust import viewer
from kring.wraparound.models import Meeting
from kring.wraparound.usecases import deciding, meetings, talking
from kring.wraparound.usecases.meetings import Call


@dataclass(frozen=True)
class Spoken:
    """What somebody of the cast brings to a meeting."""

    who: UUID
    kind: str
    words: str
    language: str = "nl"


@dataclass(frozen=True)
class Promised:
    """What somebody of the cast takes upon themselves."""

    words: str
    who: UUID | None = None
    by_when: date | None = None


def call(began: Began, by: UUID, said: Call, at: datetime) -> Meeting:
    """Somebody calls the circle together."""
    with viewer.acting(by, page="meeting", at=at) as me:
        return meetings.call_meeting(began.circle, said, by=me, at=at)


def bring(meeting: Meeting, spoken: Sequence[Spoken], at: datetime) -> None:
    """Each puts something on the agenda."""
    for number, one in enumerate(spoken):
        with viewer.acting(one.who, page="meeting", at=at) as me:
            found = Meeting.objects.get(pk=meeting.pk)
            talking.add_point(
                found, one.kind, one.words, language=one.language, by=me, at=at + number * MINUTE
            )


def comes(meeting: Meeting, who: Sequence[UUID], at: datetime) -> None:
    """These say that they come."""
    for one in who:
        with viewer.acting(one, page="meeting", at=at) as me:
            meetings.answer(Meeting.objects.get(pk=meeting.pk), True, by=me, at=at)


def begin(meeting: Meeting, by: UUID, there: Sequence[UUID], at: datetime) -> None:
    """Everybody sits down, and it is written who is there."""
    with viewer.acting(by, page="meeting", at=at) as me:
        meetings.begin_meeting(Meeting.objects.get(pk=meeting.pk), by=me, at=at)
        found = Meeting.objects.select_related("circle").get(pk=meeting.pk)
        meetings.record_presence(found, there, by=me, at=at)


def feels(
    meeting: Meeting, by: UUID, moment: str, feeling: str, words: str, language: str, at: datetime,
    whose: UUID | None = None,
) -> None:  # fmt: skip
    """Somebody says how they come in or go out; a child without a seat says it aloud."""
    with viewer.acting(by, page="meeting", at=at) as me:
        found = Meeting.objects.get(pk=meeting.pk)
        talking.say_in_round(
            found, moment, feeling=feeling, words=words, language=language, by=me, at=at, person_id=whose
        )


def end(meeting: Meeting, by: UUID, decided: Sequence[Promised], minutes: str, at: datetime) -> None:
    """What was decided and what to remember; every point was talked about; everybody goes home."""
    with viewer.acting(by, page="meeting", at=at) as me:
        found = Meeting.objects.select_related("circle").get(pk=meeting.pk)
        for point in found.points.select_related("meeting"):
            talking.talk_about(point, by=me, at=at)
        for number, one in enumerate(decided):
            said = deciding.Decided(one.words, who=one.who, by_when=one.by_when, language="nl")
            deciding.decide(found, said, by=me, at=at + number * MINUTE)
        talking.write_minutes(found, minutes, language="nl", by=me, at=at)
        meetings.end_meeting(found, by=me, at=at + len(decided) * MINUTE)
