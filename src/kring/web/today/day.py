"""What the day holds, gathered from several apps as far as the one who asks may know it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery

from kring.intake.models import Concern, Promise
from kring.messaging.models import Call
from kring.trust.models import FamilyMember, Seat
from kring.trust.permissions import Permission
from kring.trust.statements import Statement
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
from kring.wraparound.rules import MEETING_IS_AWAITED
from kring.wraparound.usecases import passing_on
from kring.wraparound.usecases.days import JOY, LATE, MINE, answers_of_a_day, steps_of_a_day
from kring.wraparound.usecases.versions import AGREED

WEEK = timedelta(days=7)
REVIEWS_SEEN, MEETINGS_SEEN = timedelta(days=42), timedelta(days=14)
#: How many of a kind are looked up at most, and how many stand on the page before somebody asks for all.
MOST, FIRST, JOYS, YESES = 200, 8, 5, 3

#: Of a promise's concern only what says whether it is urgent, and whether somebody may know it.
OF_CONCERN = (
    "concern__circle", "concern__about", "concern__subject", "concern__told_locked", "concern__wants_help_now",
)  # fmt: skip
PROMISES = Statement(
    lambda person, since: (
        Promise.objects.of(person)
        .filter(Q(kept_at__isnull=True) | Q(kept_at__gte=since), ended_at__isnull=True)
        .select_related("concern")
        .only("circle", "about", "kind", "what", "to_whom", "due_at", "kept_at", *OF_CONCERN)
        .order_by("due_at", "id")[:MOST]
    )
)
CHEERS = Statement(lambda since: Celebration.objects.filter(at__gte=since).newest()[:JOYS])
MEETINGS = Statement(
    lambda person, families, since, until: (
        Meeting.objects.coming(since + MEETING_IS_AWAITED)
        .filter(family__any_of=families, begins_at__lte=until)
        .annotate(
            has_points=Exists(AgendaPoint.objects.filter(meeting=OuterRef("pk"))),
            asks_me=Exists(Participant.objects.filter(meeting=OuterRef("pk"), person_id=person, answer="")),
        )
        .only("circle", "about", "begins_at", "place")[:FIRST]
    )
)
WAITING = Version.objects.filter(plan=OuterRef("pk"), stage="waiting").order_by("-at").values_list("at")
PLANS = Statement(
    lambda families, until: (
        Plan.objects.open()
        .annotate(offered_at=Subquery(WAITING[:1]), agreed=Exists(AGREED))
        .filter(Q(next_review_on__lte=until) | Q(offered_at__isnull=False), family__any_of=families)
        .only("circle", "about", "family", "next_review_on")
        .order_by("next_review_on", "id")[:MOST]
    )
)
TO_CALL = Call.objects.filter(told_at__isnull=True, circle__family=OuterRef("family_id"))
NAMES = Statement(
    lambda families: (
        FamilyMember.objects.filter(family__any_of=families)
        .annotate(to_call=Exists(TO_CALL))
        .values_list("family_id", "family__name", "person_id", "person__given_name", "to_call")
    )
)


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
    more_yeses: int = 0
    asked: list[Any] = field(default_factory=list)
    to_confirm: list[Any] = field(default_factory=list)
    to_second: list[Any] = field(default_factory=list)
    odd_looks: list[Any] = field(default_factory=list)
    told: list[Any] = field(default_factory=list)
    to_answer: list[Any] = field(default_factory=list)
    more_to_answer: bool = False
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
        more = self.more_joys + self.more_yeses
        return more + len(self.joys) + len(self.cheers) + len(self.kept) + len(self.yeses)

    @property
    def is_empty(self) -> bool:
        """Nothing at all waits for this person."""
        return not (
            self.promises or self.steps or self.waiting_on or self.offered or self.changes or self.reviews
            or self.to_call or self.meetings or self.asked or self.to_answer or self.to_confirm or self.to_second or self.odd_looks or self.told
            or self.desk or self.families_waiting
        )  # fmt: skip


def gather(viewer: Viewer, at: datetime, today: date, *, everything: bool = False) -> Day:
    """The day of this person; the same few statements for one family or a hundred.

    What one waits for from others, and what others wait for, is cut short after the first few, unless everything is
    asked for.
    """
    seats = {seat.family: seat for seat in viewer.seats if seat.kind == "family" and seat.family}
    circles_of = {seat.circle: seat.family for seat in viewer.seats}
    day = Day(
        circles=circles_of,
        coordinates={family for family, seat in seats.items() if seat.role == Seat.Role.COORDINATOR},
    )
    most = MOST if everything else FIRST
    _promises(day, viewer, at)
    if seats:
        _steps(day, viewer, at, today, most)
        day.cheers = CHEERS(since=at - WEEK)
        if modules.is_on("meetings"):
            _meetings(day, viewer, seats, at)
        _plans(day, viewer, at, today)
    rooms = {
        "answers": day.to_answer,
        "confirms": day.to_confirm,
        "second yes": day.to_second,
        "unusual": day.odd_looks,
        "told": day.told,
    }
    for one in passing_on.asked_of_me():
        rooms.get(one.role, day.asked).append(one)
    day.more_to_answer = len(day.to_answer) > most
    del day.to_answer[most:]
    if viewer.can(Permission.ANSWER_CONCERN):
        day.desk = Concern.objects.filter(state=Concern.State.RECEIVED, circle__kind="desk").count()
        day.families_waiting = coordinators.waiting_families(by=viewer)
    return day


def _promises(day: Day, viewer: Viewer, at: datetime) -> None:
    """One's own open promises, the broken one first; and those kept in the last days."""
    for promise in PROMISES(person=viewer.person_id, since=at - WEEK):
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
    day.meetings = MEETINGS(
        person=viewer.person_id,
        families=list(families),
        since=at - MEETING_IS_AWAITED,
        until=at + MEETINGS_SEEN,
    )


def _plans(day: Day, viewer: Viewer, at: datetime, today: date) -> None:
    """Plans that wait for a yes, answers of the last days, plans one looks at together soon."""
    if not day.coordinates:
        return
    day.changes, day.yeses = answers_of_a_day(at=at, families=day.coordinates, yeses=YESES)
    day.more_yeses = day.yeses[0].of_all - len(day.yeses) if day.yeses else 0
    found = PLANS(families=list(day.coordinates), until=today + REVIEWS_SEEN)
    day.offered = sorted((row for row in found if row.offered_at), key=lambda row: row.offered_at)
    looks = [row for row in found if row.agreed and row.next_review_on]
    day.reviews = [row for row in looks if row.next_review_on <= today + REVIEWS_SEEN]


def name_families(day: Day, rows: Iterable[Any]) -> None:
    """The names of the families of these rows, and of those who belong to them; and where somebody is to be called."""
    families = ({day.family_of(row) for row in rows} | day.coordinates) - {None}
    if families:
        for family_id, family, person_id, name, to_call in NAMES(families=list(families)):
            day.families[family_id], day.names[person_id] = family, name
            day.to_call |= {family_id} if to_call else set()
