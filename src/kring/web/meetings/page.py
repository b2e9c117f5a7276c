"""What the page of a meeting shows: who comes, what it is about, what was decided, and who may know it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.trust.permissions import Permission
from kring.trust.usecases.knowing import names, who_knows
from kring.trust.viewer import Viewer
from kring.web.wraparound.people import People, people_of
from kring.web.wraparound.reading import Said
from kring.wraparound.models import (
    AgendaPoint,
    Decision,
    Goal,
    Interpreter,
    Meeting,
    Participant,
    Remark,
    RoundWord,
)
from kring.wraparound.usecases.asking import may_speak, names_at
from kring.wraparound.usecases.deciding import lies_beside
from kring.wraparound.usecases.interpreting import interpreters_of, may_ask
from kring.wraparound.usecases.meetings import may_keep


@dataclass
class Line:
    """One row of a meeting with the face it belongs to."""

    row: Any
    face: dict[str, str]
    mine: bool = False


@dataclass
class Decided(Line):
    """A decision: who does it, before when, how it stands, and who sees it differently."""

    due: date | datetime | None = None
    state: str = ""
    remarks: list[Said] = field(default_factory=list)


@dataclass
class MeetingPage:
    """Everything the page of a meeting shows."""

    meeting: Meeting
    people: People
    viewer: Viewer
    at: datetime
    asked: list[Line] = field(default_factory=list)
    points: list[Line] = field(default_factory=list)
    coming_in: list[Line] = field(default_factory=list)
    going_out: list[Line] = field(default_factory=list)
    decisions: list[Decided] = field(default_factory=list)
    remarks: list[Said] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    interpreters: list[Interpreter] = field(default_factory=list)
    knowing: list[str] = field(default_factory=list)
    known: set[UUID] = field(default_factory=set)

    @property
    def keeps(self) -> bool:
        """Whether the viewer holds this meeting."""
        return may_keep(self.meeting, self.viewer)

    @property
    def asks_interpreters(self) -> bool:
        """Whether the viewer may ask somebody to interpret."""
        return self.keeps and may_ask(self.meeting, self.viewer)

    @property
    def may_speak(self) -> bool:
        """Whether the viewer may add own words."""
        return may_speak(self.meeting, self.viewer)

    @property
    def mine(self) -> Participant | None:
        """That the viewer is asked, if so."""
        return next((line.row for line in self.asked if line.mine), None)

    @property
    def groups(self) -> list[tuple[str, str, list[Line]]]:
        """Who takes part, by what is known of them: a word, a picture, the faces; no empty group."""
        words = {
            "there": (_("was there") if self.meeting.ended_at else _("is here"), "check"),
            Participant.Answer.COMES: (_("comes"), "check"), "": (_("is asked"), "hourglass"),
            Participant.Answer.NOT: (_("cannot come"), "x"),
        }  # fmt: skip
        found: dict[str, list[Line]] = {key: [] for key in words}
        for line in self.asked:
            found["there" if line.row.was_there else line.row.answer].append(line)
        shown = ["there"] if self.meeting.ended_at else list(words)
        return [(*words[key], found[key]) for key in shown if found[key]]

    @property
    def were_there(self) -> list[Line]:
        """Who sat at the table."""
        return [line for line in self.asked if line.row.was_there]

    @property
    def to_tell(self) -> list[Line]:
        """Who is asked and got no letter: who keeps the meeting tells them."""
        if not self.keeps or self.meeting.begun_at is not None:
            return []
        knows = self.meeting.cancelled_at is None
        return [line for line in self.asked if not (line.row.told_at or (knows and line.row.answer))]

    @property
    def open_points(self) -> int:
        """How many points nobody talked about yet."""
        return sum(line.row.talked_at is None for line in self.points)

    @property
    def can_promise(self) -> list[tuple[str, str]]:
        """Who can be named with a decision; who is at the table first."""
        there = {line.row.person_id for line in self.were_there}
        known = sorted(
            (one for one in self.people if one.id in self.known), key=lambda one: one.id not in there
        )
        return [(str(one.id), one.name) for one in known]


def the_meeting(meeting_id: UUID) -> Meeting:
    """The meeting in the address; hidden and missing are the same."""
    found: Meeting | None = Meeting.objects.select_related("family", "author").filter(pk=meeting_id).first()
    if found is None:
        raise Http404
    return found


def meeting_page(meeting: Meeting, *, by: Viewer, at: datetime) -> MeetingPage:
    """Read a whole meeting in a number of statements that does not grow with it."""
    page = MeetingPage(meeting, people_of(meeting.family_id, at), by, at)
    (knowing,) = who_knows([meeting], page.people.persons)
    page.knowing, page.known = names(knowing), {person.pk for person in knowing}
    rows = Participant.objects.filter(meeting=meeting).select_related("person")
    page.asked = sorted((_asked(row, page) for row in rows), key=lambda line: line.face["name"])
    points = AgendaPoint.objects.filter(meeting=meeting).order_by("position", "at", "id")
    page.points = [_line(row, row.author_id, page) for row in points]
    if meeting.interpreter:
        page.interpreters = interpreters_of(meeting)
    if meeting.begun_at is not None:
        _read_the_talk(page)
    return page


def _read_the_talk(page: MeetingPage) -> None:
    """What was said and decided, from the beginning on."""
    meeting = page.meeting
    words = list(RoundWord.objects.filter(meeting=meeting).order_by("at", "id"))
    gone = _names_of_who_left(page, words)
    for row in words:
        line = _line(row, row.person_id, page, gone.get(row.person_id, ""))
        (page.coming_in if row.moment == RoundWord.Moment.IN else page.going_out).append(line)
    decisions = (
        Decision.objects.filter(meeting=meeting)
        .select_related("promise__by", "action__doer")
        .order_by("at", "id")
    )
    page.decisions = [_decided(row, page) for row in decisions]
    found = {line.row.pk: line.remarks for line in page.decisions} | {meeting.pk: page.remarks}
    for row in Remark.objects.filter(object_id__in=list(found)).order_by("at", "id"):
        found[row.object_id].append(Said(row, page.people.face(row.author_id)))
    if page.keeps and page.viewer.can(Permission.WRITE_PLAN, meeting.circle_id):
        goals = Goal.objects.filter(plan__family_id=meeting.family_id, circle_id=meeting.circle_id)
        standing = goals.exclude(plan__stage="closed").filter(state=Goal.State.IN_PLAN).in_order()
        page.goals = [goal for goal in standing.select_related("plan") if lies_beside(goal, meeting)]


def _names_of_who_left(page: MeetingPage, words: list[RoundWord]) -> dict[UUID, str]:
    """First names of who spoke and has no seat (any more): what they said stays theirs."""
    if {row.person_id for row in words} <= page.people.by_id.keys():
        return {}
    return names_at(page.meeting)


def _line(row: Any, person_id: UUID | None, page: MeetingPage, name: str = "") -> Line:
    """A row beside the face it belongs to; a child who has no seat yet is family all the same."""
    face = page.people.face(person_id, name)
    if person_id and person_id == row.subject_id:
        face = face | {"kind": "family"}
    return Line(row, face, mine=person_id == page.viewer.person_id)


def _asked(row: Participant, page: MeetingPage) -> Line:
    return _line(row, row.person_id, page, row.person.given_name if row.person else row.name)


def _decided(row: Decision, page: MeetingPage) -> Decided:
    """A decision with what became of it."""
    if row.action is not None:
        action = row.action
        face = page.people.face(action.doer_id, action.doer_words)
        return Decided(row, face, due=action.by_when, state="kept" if action.is_ticked(page.at) else "")
    if row.promise is not None and row.promise.ended_at is None:
        promise = row.promise
        name = promise.by.given_name if promise.by else ""
        day = timezone.localdate(promise.kept_at or promise.due_at)
        return Decided(
            row, page.people.face(promise.by_id, name), due=day, state="kept" if promise.kept_at else ""
        )
    return Decided(row, {})
