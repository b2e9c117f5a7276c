"""What the day holds, gathered from several apps as far as the one who asks may know it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, Subquery

from kring.intake.models import Concern, Promise
from kring.messaging.models import Call
from kring.trust.models import FamilyMember, Seat
from kring.trust.permissions import Permission
from kring.trust.usecases import coordinators
from kring.trust.viewer import Viewer
from kring.web import modules
from kring.wraparound.models import (
    Action,
    AgendaPoint,
    Approval,
    Celebration,
    Meeting,
    Participant,
    Plan,
    Version,
)
from kring.wraparound.usecases import passing_on
from kring.wraparound.usecases.days import JOY, LATE, MINE, steps_of_a_day

WEEK = timedelta(days=7)
APPROVAL = ("circle", "about", "at", "answer", "person", "version")
REVIEWS_SEEN, MEETINGS_SEEN = timedelta(days=42), timedelta(days=14)
#: How many of a kind are looked up at most, and how many stand on the page before somebody asks for all.
MOST, FIRST, JOYS = 200, 8, 5


@dataclass(frozen=True)
class Line:
    """One line of the day: a face, words, a day and where it leads."""

    name: str
    words: str
    url: str
    due: date | datetime | None = None
    small: str = ""
    kind: str = "family"
    language: str = ""


@dataclass
class Day:
    """Everything on the page of the day."""

    promises: list[Promise] = field(default_factory=list)
    steps: list[Action] = field(default_factory=list)
    waiting_on: list[Action] = field(default_factory=list)
    more_waiting: bool = False
    offered: list[Plan] = field(default_factory=list)
    changes: list[Approval] = field(default_factory=list)
    reviews: list[Plan] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    joys: list[Action] = field(default_factory=list)
    more_joys: int = 0
    cheers: list[Celebration] = field(default_factory=list)
    kept: list[Promise] = field(default_factory=list)
    yeses: list[Approval] = field(default_factory=list)
    asked: list[Any] = field(default_factory=list)
    to_confirm: list[Any] = field(default_factory=list)
    to_second: list[Any] = field(default_factory=list)
    odd_looks: list[Any] = field(default_factory=list)
    to_answer: list[Any] = field(default_factory=list)
    desk: int = 0
    families_waiting: list[Any] = field(default_factory=list)
    circles: dict[UUID, UUID | None] = field(default_factory=dict)
    families: dict[UUID | None, str] = field(default_factory=dict)
    names: dict[UUID, str] = field(default_factory=dict)
    coordinates: set[UUID] = field(default_factory=set)
    to_call: set[UUID] = field(default_factory=set)

    def family_of(self, row: Any) -> UUID | None:
        """The family in whose circle, or in a part of it, a row lies."""
        return self.circles.get(row.circle_id)

    def family_name(self, row: Any) -> str:
        """How this family calls itself."""
        return self.families.get(self.family_of(row), "")

    @property
    def beside(self) -> list[Any]:
        """What stands on the page beside one's own promises and steps."""
        good = [self.joys, self.cheers, self.yeses]
        seen = [self.meetings, self.waiting_on, self.changes, self.offered, self.reviews, *good]
        return [row for rows in seen for row in rows]

    @property
    def joyful(self) -> int:
        """How many good things."""
        return len(self.joys) + self.more_joys + len(self.cheers) + len(self.kept) + len(self.yeses)

    @property
    def is_empty(self) -> bool:
        """Nothing at all waits for this person."""
        return not (
            self.promises or self.steps or self.waiting_on or self.offered or self.changes or self.reviews
            or self.to_call or self.meetings or self.asked or self.to_answer or self.to_confirm or self.to_second or self.odd_looks
            or self.desk or self.families_waiting
        )  # fmt: skip


def gather(viewer: Viewer, at: datetime, today: date, *, everything: bool = False) -> Day:
    """The day of this person; the same few statements for one family or a hundred.

    What one waits for from others is cut short after the first few, unless everything is asked for.
    """
    seats = {seat.family: seat for seat in viewer.seats if seat.kind == "family" and seat.family}
    circles_of = {seat.circle: seat.family for seat in viewer.seats}
    day = Day(
        circles=circles_of,
        coordinates={family for family, seat in seats.items() if seat.role == Seat.Role.COORDINATOR},
    )
    _promises(day, viewer, at)
    if seats:
        _steps(day, viewer, at, today, MOST if everything else FIRST)
        day.cheers = list(Celebration.objects.filter(at__gte=at - WEEK).newest()[:JOYS])
        if modules.is_on("meetings"):
            _meetings(day, viewer, seats, at)
        _plans(day, viewer, at, today)
    rooms = {
        "answers": day.to_answer,
        "confirms": day.to_confirm,
        "second yes": day.to_second,
        "unusual": day.odd_looks,
    }
    for one in passing_on.asked_of_me():
        rooms.get(one.role, day.asked).append(one)
    if viewer.can(Permission.ANSWER_CONCERN):
        day.desk = Concern.objects.filter(state=Concern.State.RECEIVED, circle__kind="desk").count()
        day.families_waiting = coordinators.waiting_families(by=viewer)
    return day


def _promises(day: Day, viewer: Viewer, at: datetime) -> None:
    """One's own open promises, the broken one first; and those kept in the last days."""
    mine = Promise.objects.of(viewer.person_id).filter(Q(kept_at__isnull=True) | Q(kept_at__gte=at - WEEK))
    for promise in (
        mine.filter(ended_at__isnull=True)
        .select_related("concern")
        .only(
            "circle",
            "about",
            "concern__circle",
            "concern__about",
            "concern__subject",
            "concern__told_locked",
            "concern__wants_help_now",
            "kind",
            "what",
            "to_whom",
            "due_at",
            "kept_at",
        )
        .order_by("due_at", "id")[:MOST]
    ):
        (day.kept if promise.kept_at else day.promises).append(promise)


def _steps(day: Day, viewer: Viewer, at: datetime, today: date, most: int) -> None:
    """One's own steps that are due, those of others that are late for the coordinator, and what was done lately."""
    found = steps_of_a_day(
        by=viewer, at=at, today=today, families=day.coordinates, joys=JOYS, own=MOST, late=most + 1
    )
    day.joys, day.steps = found[JOY], found[MINE]
    day.more_joys = day.joys[0].of_all - len(day.joys) if day.joys else 0
    day.waiting_on, day.more_waiting = found[LATE][:most], len(found[LATE]) > most


def _meetings(day: Day, viewer: Viewer, families: Iterable[UUID], at: datetime) -> None:
    """Meetings of the coming days, whether one has said that one comes, and whether the agenda is still empty."""
    points = AgendaPoint.objects.filter(meeting=OuterRef("pk"))
    unanswered = Participant.objects.filter(meeting=OuterRef("pk"), person_id=viewer.person_id, answer="")
    rows = Meeting.objects.coming(at).filter(family_id__in=families, begins_at__lte=at + MEETINGS_SEEN)
    told = rows.annotate(has_points=Exists(points), asks_me=Exists(unanswered))
    day.meetings = list(told.only("circle", "about", "begins_at", "place")[:FIRST])


def _plans(day: Day, viewer: Viewer, at: datetime, today: date) -> None:
    """Plans that wait for a yes, answers of the last days, plans one looks at together soon."""
    if not day.coordinates:
        return
    answers = Approval.objects.filter(version__plan__family_id__in=day.coordinates, at__gte=at - 2 * WEEK)
    newest: dict[tuple[UUID, UUID], Approval] = {}
    for row in answers.annotate(stage=F("version__stage")).only(*APPROVAL).order_by("at", "id")[: 4 * MOST]:
        newest[row.version_id, row.person_id] = row
    for row in newest.values():
        if row.answer == Approval.Answer.CHANGE and row.stage == Version.Stage.WAITING:
            day.changes.append(row)
        elif row.answer == Approval.Answer.YES and at - row.at < WEEK:
            day.yeses.append(row)
    waiting = Version.objects.filter(plan=OuterRef("pk"), stage="waiting").order_by("-at")
    plans = Plan.objects.open().annotate(offered_at=Subquery(waiting.values_list("at")[:1]))
    soon = Q(next_review_on__lte=today + REVIEWS_SEEN)
    asking = plans.filter(soon | Q(offered_at__isnull=False), family_id__in=day.coordinates)
    found = list(
        asking.only("circle", "about", "family", "next_review_on").order_by("next_review_on", "id")[:MOST]
    )
    day.offered = sorted((row for row in found if row.offered_at), key=lambda row: row.offered_at)
    day.reviews = [row for row in found if row.next_review_on and row.next_review_on <= today + REVIEWS_SEEN]


def name_families(day: Day, rows: Iterable[Any]) -> None:
    """The names of the families of these rows, and of those who belong to them; and where somebody is to be called."""
    families = ({day.family_of(row) for row in rows} | day.coordinates) - {None}
    if families:
        waits = Call.objects.filter(told_at__isnull=True, circle__family=OuterRef("family_id"))
        told = FamilyMember.objects.filter(family_id__in=families).annotate(to_call=Exists(waits))
        for family_id, family, person_id, name, to_call in told.values_list(
            "family_id", "family__name", "person_id", "person__given_name", "to_call"
        ):
            day.families[family_id], day.names[person_id] = family, name
            day.to_call |= {family_id} if to_call else set()
