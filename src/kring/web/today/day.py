"""What the day holds, gathered from several apps as far as the one who asks may know it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from kring.intake.models import Concern, Promise
from kring.trust.models import FamilyMember, Person, Seat
from kring.trust.permissions import Permission
from kring.trust.usecases import circles, coordinators
from kring.trust.viewer import Viewer
from kring.wraparound.models import Action, Approval, Plan, Version

WEEK = timedelta(days=7)
REVIEWS_SEEN = timedelta(days=42)
#: How many of a kind are looked up at most, and how many stand on the page before somebody asks for all.
MOST, FIRST = 200, 8


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
    versions: list[Version] = field(default_factory=list)
    changes: list[Approval] = field(default_factory=list)
    reviews: list[Plan] = field(default_factory=list)
    joys: list[Action] = field(default_factory=list)
    kept: list[Promise] = field(default_factory=list)
    yeses: list[Approval] = field(default_factory=list)
    asked: list[Any] = field(default_factory=list)
    desk: int = 0
    families_waiting: list[Any] = field(default_factory=list)
    families: dict[UUID, str] = field(default_factory=dict)
    names: dict[UUID, str] = field(default_factory=dict)
    coordinates: set[UUID] = field(default_factory=set)

    @property
    def joyful(self) -> int:
        """How many good things."""
        return len(self.joys) + len(self.kept) + len(self.yeses)

    @property
    def is_empty(self) -> bool:
        """Nothing at all waits for this person."""
        return not (
            self.promises or self.steps or self.waiting_on or self.versions or self.changes or self.reviews
            or self.asked or self.desk or self.families_waiting
        )  # fmt: skip


def gather(viewer: Viewer, at: datetime, today: date, *, everything: bool = False) -> Day:
    """The day of this person; the same few statements for one family or a hundred.

    What one waits for from others is cut short after the first few, unless everything is asked for.
    """
    seats = {seat.family: seat for seat in viewer.seats if seat.kind == "family" and seat.family}
    day = Day(coordinates={family for family, seat in seats.items() if seat.role == Seat.Role.COORDINATOR})
    _promises(day, viewer, at)
    if seats:
        _families(day, list(seats))
        _steps(day, viewer, at, today)
        _waiting(day, viewer, today, MOST if everything else FIRST)
        _plans(day, viewer, at, today)
    day.asked = [asked for asked in circles.asked_in() if not asked.answer]
    if viewer.can(Permission.ANSWER_CONCERN):
        day.desk = Concern.objects.filter(state=Concern.State.RECEIVED, circle__kind="desk").count()
        day.families_waiting = coordinators.waiting_families(by=viewer)
    return day


def _promises(day: Day, viewer: Viewer, at: datetime) -> None:
    """One's own open promises, the broken one first; and those kept in the last days."""
    mine = Promise.objects.of(viewer.person_id).filter(Q(kept_at__isnull=True) | Q(kept_at__gte=at - WEEK))
    for promise in (
        mine.filter(ended_at__isnull=True).select_related("circle", "concern").order_by("due_at", "id")[:MOST]
    ):
        (day.kept if promise.kept_at else day.promises).append(promise)


def _families(day: Day, families: list[UUID]) -> None:
    """Each family by its own name."""
    for member in FamilyMember.objects.filter(family_id__in=families).select_related("family", "person"):
        day.families[member.family_id] = member.family.name
        day.names[member.person_id] = member.person.given_name


def _steps(day: Day, viewer: Viewer, at: datetime, today: date) -> None:
    """One's own steps that are due, and what anybody did in the last days, newest first."""
    mine = Q(state="open", doer_id=viewer.person_id, by_when__lte=today + WEEK)
    for row in _living().filter(mine | Q(done_at__gte=at - WEEK)).order_by("by_when", "id")[:MOST]:
        (day.joys if row.is_ticked(at) else day.steps).append(row)
    day.steps = [row for row in day.steps if row.doer_id == viewer.person_id]
    day.joys.sort(key=lambda row: row.done_at or at, reverse=True)


def _waiting(day: Day, viewer: Viewer, today: date, most: int) -> None:
    """As coordinator: steps of others that are late, oldest first."""
    if not day.coordinates:
        return
    late = _living().filter(state="open", by_when__lt=today, goal__plan__family_id__in=day.coordinates)
    found = list(late.exclude(doer_id=viewer.person_id).order_by("by_when", "id")[: most + 1])
    day.waiting_on, day.more_waiting = found[:most], len(found) > most


def _living() -> QuerySet[Action]:
    """Steps of plans that are lived by."""
    rows: QuerySet[Action] = Action.objects.standing().filter(goal__state="in the plan")
    return rows.exclude(goal__plan__stage="closed").select_related("goal__plan", "doer")


def _plans(day: Day, viewer: Viewer, at: datetime, today: date) -> None:
    """Versions that wait for a yes, answers of the last days, plans one looks at together soon."""
    if not day.coordinates:
        return
    mine = Q(plan__family_id__in=day.coordinates)
    day.versions = list(
        Version.objects.filter(mine, stage="waiting").select_related("plan").order_by("at", "id")[:MOST]
    )
    answers = Approval.objects.filter(version__plan__family_id__in=day.coordinates, at__gte=at - 2 * WEEK)
    newest: dict[tuple[UUID, UUID], Approval] = {}
    for row in answers.select_related("version__plan").order_by("at", "id")[: 4 * MOST]:
        newest[row.version_id, row.person_id] = row
    for row in newest.values():
        if row.answer == Approval.Answer.CHANGE and row.version.stage == Version.Stage.WAITING:
            day.changes.append(row)
        elif row.answer == Approval.Answer.YES and at - row.at < WEEK:
            day.yeses.append(row)
    plans = Plan.objects.open().filter(
        family_id__in=day.coordinates, next_review_on__lte=today + REVIEWS_SEEN
    )
    day.reviews = list(plans.order_by("next_review_on", "id")[:MOST])


def family_of(row: Any) -> UUID:
    """The family a row of a plan belongs to."""
    if isinstance(row, Action):
        return row.goal.plan.family_id
    if isinstance(row, Approval):
        return row.version.plan.family_id
    return row.family_id if isinstance(row, Plan) else row.plan.family_id  # type: ignore[no-any-return]


def named(person: Person | None, words: str) -> str:
    """Who does a step."""
    return person.given_name if person else words
