"""A meeting is called, answered, moved, called off, begun and ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from kring.intake.usecases.promises import SENT_TWICE
from kring.trust import journal
from kring.trust.models import Circle
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.viewer import Viewer
from kring.wraparound import meeting_letters, rules
from kring.wraparound.models import Meeting, Participant
from kring.wraparound.usecases.asking import about_whom, invite, must_speak, write_guests
from kring.wraparound.usecases.telling import tell

PLACES = (Circle.Kind.FAMILY, Circle.Kind.PART)


class DayIsNotToCome(Exception):
    """People are asked for a moment that is still to come, and not years away."""


class MeetingIsOver(Exception):
    """The meeting was held or called off already."""


class NotTheirsToTell(Exception):
    """For whoever does not keep the meeting there is nobody to tell."""


class MeetingHasNotBegun(Exception):
    """This is written down from the beginning of a meeting on."""


@dataclass(frozen=True)
class Call:
    """What somebody says when they call a meeting."""

    begins_at: datetime
    place: str
    purpose: str = ""
    language: str = "en"
    interpreter: str = ""
    asked: frozenset[UUID] = frozenset()
    guests: tuple[str, ...] = ()
    about: UUID | None = None

    def tidied(self) -> dict[str, object]:
        """As it is kept."""
        return {
            "begins_at": self.begins_at,
            "place": rules.line(self.place, 200),
            "purpose": rules.line(self.purpose, rules.STEP, needed=False),
            "language": self.language,
            "interpreter": self.interpreter[:12],
        }


@transaction.atomic
def call_meeting(circle: Circle, call: Call, *, by: Viewer, at: datetime) -> Meeting:
    """Somebody calls the circle, or a part of it, together; only who may know of it is asked. Sent twice, it is one."""
    by.must(Permission.CALL_MEETING, circle.pk)
    if circle.kind not in PLACES or circle.family_id is None:
        raise NotAllowed(Permission.CALL_MEETING.value)
    if not rules.may_be_met(call.begins_at, at):
        raise DayIsNotToCome
    subject = about_whom(circle.family_id, call.about)
    again: Meeting | None = Meeting.objects.filter(
        circle=circle, subject_id=subject, author_id=by.person_id, begins_at=call.begins_at,
        at__gt=at - SENT_TWICE, at__lte=at,
    ).first()  # fmt: skip
    if again is not None:
        return again
    made = Meeting.objects.create(
        circle=circle, family_id=circle.family_id, subject_id=subject,
        author_id=by.person_id, at=at, **call.tidied(),
    )  # fmt: skip
    # read again, with whom it is about as reckoned
    meeting: Meeting = Meeting.objects.select_related("circle").get(pk=made.pk)
    invite(meeting, call.asked, by=by, at=at)
    write_guests(meeting, call.guests, by, at)
    tell(meeting, meeting_letters.CALLED, by=by, at=at)
    journal.write(
        "meeting called", by=by, at=at, circle_id=circle.pk, about=meeting.about_id, object_id=meeting.pk
    )
    return meeting


@transaction.atomic
def answer(meeting: Meeting, comes: bool, *, by: Viewer, at: datetime) -> Participant:
    """Somebody who was asked says whether they come; they may say it anew until the meeting begins."""
    row: Participant | None = meeting.participants.filter(person_id=by.person_id).first()
    must_speak(meeting, by)
    if row is None:
        raise NotAllowed(Permission.REMARK.value)
    if alone_with(meeting).state != Meeting.State.COMING:
        raise MeetingIsOver
    row.answer = Participant.Answer.COMES if comes else Participant.Answer.NOT
    row.answered_at = at
    row.save(update_fields=["answer", "answered_at"])
    return row


def may_keep(meeting: Meeting, by: Viewer) -> bool:
    """Who called a meeting keeps it, and the coordinator keeps every meeting of the family."""
    if by.can(Permission.KEEP_PLAN, meeting.circle_id):
        return True
    return meeting.author_id == by.person_id and by.can(Permission.CALL_MEETING, meeting.circle_id)


def must_keep(meeting: Meeting, by: Viewer) -> None:
    """Go on only if this person keeps the meeting."""
    if not may_keep(meeting, by):
        raise NotAllowed(Permission.CALL_MEETING.value)


def alone_with(meeting: Meeting) -> Meeting:
    """The meeting as it is now, with nobody else changing it until this is done."""
    found: Meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    return found


def _still_to_come(meeting: Meeting, by: Viewer) -> Meeting:
    must_keep(meeting, by)
    found = alone_with(meeting)
    if found.state != Meeting.State.COMING:
        raise MeetingIsOver
    return found


@transaction.atomic
def move_meeting(meeting: Meeting, begins_at: datetime, because: str, *, by: Viewer, at: datetime) -> Meeting:
    """Another day, with the reason said. Everybody answers anew, for it is another day; the first day stays written."""
    found = _still_to_come(meeting, by)
    if not rules.may_be_met(begins_at, at):
        raise DayIsNotToCome
    found.moved_because = rules.line(because, rules.STEP)
    found.was_at = found.was_at or found.begins_at
    found.begins_at, found.moves = begins_at, found.moves + 1
    found.save(update_fields=["moved_because", "was_at", "begins_at", "moves"])
    found.participants.exclude(person_id=by.person_id).update(answer="", answered_at=None)
    tell(found, meeting_letters.MOVED, by=by, at=at)
    journal.write(
        "meeting moved", by=by, at=at, circle_id=found.circle_id, about=found.about_id, object_id=found.pk
    )
    return found


@transaction.atomic
def cancel_meeting(meeting: Meeting, because: str, *, by: Viewer, at: datetime) -> Meeting:
    """It does not take place, and everybody reads why."""
    found = _still_to_come(meeting, by)
    found.cancelled_because, found.cancelled_at = rules.line(because, rules.STEP), at
    found.save(update_fields=["cancelled_because", "cancelled_at"])
    tell(found, meeting_letters.CALLED_OFF, by=by, at=at)
    journal.write(
        "meeting called off",
        by=by,
        at=at,
        circle_id=found.circle_id,
        about=found.about_id,
        object_id=found.pk,
    )
    return found


@transaction.atomic
def tick_told(row: Participant, *, by: Viewer, at: datetime) -> Participant:
    """Who keeps the meeting told somebody; a second touch takes it back."""
    if not may_keep(row.meeting, by):
        raise NotTheirsToTell
    row.told_at = None if row.told_at else at
    row.save(update_fields=["told_at"])
    return row


@transaction.atomic
def begin_meeting(meeting: Meeting, *, by: Viewer, at: datetime) -> Meeting:
    """Everybody sits down. A second tap changes nothing."""
    must_keep(meeting, by)
    found = alone_with(meeting)
    if found.state in (Meeting.State.CANCELLED, Meeting.State.HELD):
        raise MeetingIsOver
    if found.begun_at is None:
        found.begun_at = at
        found.save(update_fields=["begun_at"])
        journal.write(
            "meeting begun", by=by, at=at, circle_id=found.circle_id, about=found.about_id, object_id=found.pk
        )
    return found


@transaction.atomic
def record_presence(meeting: Meeting, there: Iterable[UUID], *, by: Viewer, at: datetime) -> None:
    """Who sits at the table, also who was not asked; `there` holds ids of persons, and of guests by their row."""
    must_have_begun(meeting, by)
    must_go_on(alone_with(meeting))  # a second tap waits here, and finds everybody written down already
    present = set(there)
    invite(meeting, present, by=by, at=at)
    is_present = Q(person_id__in=present) | Q(person__isnull=True, pk__in=present)
    meeting.participants.filter(is_present).update(was_there=True)
    meeting.participants.exclude(is_present).update(was_there=False)
    journal.write(
        "wrote who was there",
        by=by,
        at=at,
        circle_id=meeting.circle_id,
        about=meeting.about_id,
        object_id=meeting.pk,
    )


@transaction.atomic
def end_meeting(meeting: Meeting, *, by: Viewer, at: datetime) -> Meeting:
    """Everybody goes home; what was decided stays."""
    must_have_begun(meeting, by)
    found = alone_with(meeting)
    if found.ended_at is None:
        found.ended_at = at
        found.save(update_fields=["ended_at"])
        journal.write(
            "meeting ended", by=by, at=at, circle_id=found.circle_id, about=found.about_id, object_id=found.pk
        )
    return found


def must_go_on(meeting: Meeting) -> None:
    """Go on only while people sit together."""
    if meeting.begun_at is None:
        raise MeetingHasNotBegun
    if meeting.ended_at is not None:
        raise MeetingIsOver


def must_have_begun(meeting: Meeting, by: Viewer) -> None:
    """Go on only in a meeting that began, as one who keeps it."""
    must_keep(meeting, by)
    if meeting.begun_at is None:
        raise MeetingHasNotBegun
