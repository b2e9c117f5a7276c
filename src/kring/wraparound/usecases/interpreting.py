"""An interpreter is asked to one meeting: a link of their own opens its agenda and nothing else (hard case 12, K13)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from kring.trust import journal, unit
from kring.trust.models import Person
from kring.trust.permissions import Permission
from kring.trust.usecases import links
from kring.trust.viewer import Viewer
from kring.wraparound import rules
from kring.wraparound.models import Interpreter, Meeting
from kring.wraparound.usecases.meetings import MeetingIsOver, alone_with, must_keep

#: What the link of an interpreter is for.
INTERPRET = "interpret"
#: So long after the hour of the meeting an interpreter may still look at the agenda.
LOOKS_UNTIL = timedelta(hours=24)


@dataclass(frozen=True)
class Wanted:
    """What somebody says when they ask an interpreter."""

    name: str
    language: str
    reach: str = ""
    speakers: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Point:
    """One thing people want to talk about, without who said so."""

    words: str
    language: str

    @property
    def direction(self) -> str:
        """From the language, never guessed."""
        return rules.direction(self.language)


@dataclass(frozen=True)
class Interpreted:
    """All an interpreter sees of a meeting."""

    name: str
    begins_at: datetime
    place: str
    language: str
    spoken: str
    is_off: bool
    points: tuple[Point, ...]
    speak_it: tuple[str, ...]
    others: tuple[str, ...]


def may_ask(meeting: Meeting, by: Viewer) -> bool:
    """Who keeps the meeting and may ask people in; while it is not over."""
    over = meeting.state in (Meeting.State.HELD, Meeting.State.CANCELLED)
    return not over and by.can(Permission.INVITE, meeting.circle_id)


@transaction.atomic
def ask_interpreter(
    meeting: Meeting, wanted: Wanted, *, by: Viewer, at: datetime
) -> tuple[Interpreter, links.Made]:
    """Somebody is asked to interpret, and gets a link; being asked makes no seat (K10). Sent twice, it is one."""
    must_keep(meeting, by)
    by.must(Permission.INVITE, meeting.circle_id)
    meeting = alone_with(meeting)
    if not may_ask(meeting, by):
        raise MeetingIsOver
    name = rules.line(wanted.name, rules.NAME)
    row: Interpreter | None = Interpreter.objects.filter(
        meeting=meeting, name=name, language=wanted.language, withdrawn_at__isnull=True
    ).first()
    if row is None:
        row = _written(meeting, wanted, name, by, at)
    return row, _link(row, meeting, by, at)


def _written(meeting: Meeting, wanted: Wanted, name: str, by: Viewer, at: datetime) -> Interpreter:
    person = Person.objects.create(village_id=by.village_id, given_name=name, met_by_id=by.person_id)
    row: Interpreter = Interpreter.objects.create(
        meeting=meeting, circle_id=meeting.circle_id, subject_id=meeting.subject_id, author_id=by.person_id,
        at=at, person=person, name=name, language=wanted.language, reach=rules.line(wanted.reach, 200, needed=False),
        speakers=sorted(str(one) for one in wanted.speakers & _asked(meeting)),
    )  # fmt: skip
    if not meeting.interpreter:
        meeting.interpreter = wanted.language
        meeting.save(update_fields=["interpreter"])
    journal.write("interpreter asked", by=by, at=at, circle_id=meeting.circle_id, about=meeting.about_id,
                  object_id=row.pk)  # fmt: skip
    return row


def _asked(meeting: Meeting) -> set[UUID]:
    return {row.person_id for row in meeting.participants.all() if row.person_id}


@transaction.atomic
def link_again(row: Interpreter, *, by: Viewer, at: datetime) -> links.Made:
    """A new link takes the place of the one before: it was lost, or its seven days are over."""
    meeting = row.meeting
    must_keep(meeting, by)
    if row.withdrawn_at is not None or not may_ask(meeting, by):
        raise MeetingIsOver
    return _link(row, meeting, by, at)


def _link(row: Interpreter, meeting: Meeting, by: Viewer, at: datetime) -> links.Made:
    until = meeting.begins_at + LOOKS_UNTIL
    return links.make(Person.objects.get(pk=row.person_id), INTERPRET, row.pk, by=by, at=at, until=until)


@transaction.atomic
def withdraw_interpreter(row: Interpreter, *, by: Viewer, at: datetime) -> None:
    """The link is closed at once; a second touch changes nothing."""
    must_keep(row.meeting, by)
    if row.withdrawn_at is None:
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        links.end(row.person_id, row.pk, by=by, at=at)
        journal.write("interpreter withdrawn", by=by, at=at, circle_id=row.circle_id, about=row.about_id,
                      object_id=row.pk)  # fmt: skip


def interpreters_of(meeting: Meeting) -> list[Interpreter]:
    """Who is asked to interpret at this meeting."""
    return list(Interpreter.objects.filter(meeting=meeting, withdrawn_at__isnull=True).order_by("at", "id"))


def what_is_interpreted() -> Interpreted | None:
    """What the link opens for whoever came by it; None when it opens nothing (any more). The family sees the look."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.interpreted_meeting()::text")
        (told,) = cursor.fetchone()
    if told is None:
        return None
    found = json.loads(told)
    unit.saw(UUID(found["circle"]), "meeting", UUID(found["about"]) if found["about"] else None)
    return Interpreted(
        found["name"], datetime.fromisoformat(found["begins_at"]), found["place"], found["language"],
        found["spoken"], found["is_off"], tuple(Point(**one) for one in found["points"]),
        _names(found["people"], speaks=True), _names(found["people"], speaks=False),
    )  # fmt: skip


def _names(people: Iterable[dict[str, object]], *, speaks: bool) -> tuple[str, ...]:
    return tuple(str(one["name"]) for one in people if one["speaks"] is speaks)
