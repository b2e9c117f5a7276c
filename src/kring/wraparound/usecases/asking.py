"""Who is asked to a meeting, about whom it is, and who has a word in it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import ProgrammingError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from kring.trust.models import Circle, FamilyMember
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.usecases.knowing import who_knows
from kring.trust.viewer import Viewer
from kring.wraparound import rules
from kring.wraparound.models import Meeting, Participant
from kring.wraparound.usecases.plans import about, only_child


class NobodyToTalkAbout(Exception):
    """A meeting is about a child of the family, or about all."""


def about_whom(family_id: UUID, chosen: UUID | None) -> UUID | None:
    """The child a meeting is about: the only one, or the one somebody chose; None when it is about the family."""
    if chosen is None:
        return only_child(family_id)
    children = FamilyMember.objects.filter(family_id=family_id, kind=FamilyMember.Kind.CHILD)
    child = about(chosen) if children.filter(person_id=chosen).exists() else None
    if child is None:
        raise NobodyToTalkAbout
    return child


def may_be_asked(meeting: Meeting) -> set[UUID]:
    """Who may know of a meeting, and the children of the family who have no seat of their own yet.

    To a talk about one child the brothers and sisters are not asked: what they say would be about themselves.
    """
    known, children = {person.pk for person in who_knows([meeting])[0]}, children_of(meeting)
    if Circle.objects.filter(pk=meeting.circle_id, kind=Circle.Kind.FAMILY).exists():
        known |= children
    return known - (children - {meeting.subject_id} if meeting.subject_id else set())


def may_speak(meeting: Meeting, by: Viewer) -> bool:
    """Everybody of the circle has a word; of the children only the one a meeting is about, if it is about one."""
    seat = by.seat_in(meeting.circle_id)
    brother_or_sister = (
        seat is not None and seat.role == "child" and meeting.subject_id not in (None, by.person_id)
    )
    return by.can(Permission.REMARK, meeting.circle_id) and not brother_or_sister


def must_speak(meeting: Meeting, by: Viewer) -> None:
    """Go on only if this person has a word in the meeting."""
    if not may_speak(meeting, by):
        raise NotAllowed(Permission.REMARK.value)


def children_of(meeting: Meeting) -> set[UUID]:
    """The children of the family."""
    rows = FamilyMember.objects.filter(family_id=meeting.family_id, kind=FamilyMember.Kind.CHILD)
    return set(rows.values_list("person_id", flat=True))


def subject_for(meeting: Meeting, person_id: UUID | None, children: set[UUID]) -> UUID | None:
    """What is of a child is about that child; everything else is about whom the meeting is about."""
    child = about(person_id) if person_id in children else None
    return child or meeting.subject_id


def invite(meeting: Meeting, wanted: Iterable[UUID], *, by: Viewer, at: datetime) -> None:
    """Ask people who are not asked yet; it gives nobody a seat (K10)."""
    children = children_of(meeting)
    there = {row.person_id for row in meeting.participants.all()}
    asked = []
    for person_id in sorted(may_be_asked(meeting).intersection(wanted) - there):
        row = _participant(meeting, by, at, person_id=person_id)
        row.subject_id = subject_for(meeting, person_id, children)
        if person_id == by.person_id:
            row.answer, row.answered_at, row.told_at = Participant.Answer.COMES, at, at
        asked.append(row)
    Participant.objects.bulk_create(row for row in asked if row.subject_id == meeting.subject_id)
    for row in asked:
        if row.subject_id != meeting.subject_id:
            _ask_child(row)


def _ask_child(row: Participant) -> None:
    """A child is asked, unless whoever asks is left out of it: then nothing is said, and nobody is asked."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except ProgrammingError as problem:
        if not isinstance(problem.__cause__, InsufficientPrivilege):
            raise


def _participant(meeting: Meeting, by: Viewer, at: datetime, **who: object) -> Participant:
    return Participant(
        meeting=meeting, circle_id=meeting.circle_id, subject_id=meeting.subject_id, author_id=by.person_id,
        at=at, **who,
    )  # fmt: skip


def write_guests(meeting: Meeting, guests: Iterable[str], by: Viewer, at: datetime) -> None:
    """People from outside are names in words."""
    for guest in guests:
        if name := rules.line(guest, rules.NAME, needed=False):
            _participant(meeting, by, at, name=name).save(force_insert=True)


def names_at(meeting: Meeting) -> dict[UUID, str]:
    """First names of who took part in a meeting, also of those who have left since."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust.names_at_meeting(%s)", [meeting.pk])
        return dict(cursor.fetchall())
