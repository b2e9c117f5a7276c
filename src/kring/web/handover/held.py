"""What somebody who leaves still holds, and how much of it has found somebody."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kring.intake.models import Concern, Promise
from kring.intake.usecases import passing_on as desk
from kring.trust.models import Family, HandOver, Leaving
from kring.trust.usecases import leavings
from kring.trust.viewer import Viewer
from kring.wraparound.models import Action, Goal, Meeting, PassOn


@dataclass
class Coordinated:
    """A family one coordinates, and how far its hand-over is."""

    family: Family
    hand_over: HandOver | None = None

    @property
    def is_settled(self) -> bool:
        """Whether the next coordinator has said yes."""
        return self.hand_over is not None and self.hand_over.taken_at is not None


@dataclass
class Thing:
    """A promise or a step in one's hands: its words, its family and its day."""

    row: Any
    family: Family | None
    due: date | datetime | None
    kind: str
    asked: str = ""


@dataclass
class Held:
    """Everything in somebody's hands."""

    coordinated: list[Coordinated] = field(default_factory=list)
    seats: list[Family] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    concerns: list[Concern] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    links: int = 0
    settled: int = 0

    @property
    def done(self) -> int:
        """How many things have found somebody, or their end."""
        return self.settled + sum(one.is_settled for one in self.coordinated)

    @property
    def all(self) -> int:
        """How many there were."""
        waiting = sum(not one.is_settled for one in self.coordinated)
        return self.done + waiting + len(self.things) + len(self.concerns) + self.links

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits any more."""
        return self.done == self.all


def held_by(viewer: Viewer, leaving: Leaving, at: datetime) -> Held:
    """Everything, as far as the viewer may know it; a few statements however much it is."""
    me = viewer.person_id
    families = {family.pk: family for family in Family.objects.filter(pk__in=_families_of(viewer))}
    where = {seat.circle: families.get(seat.family) for seat in viewer.seats if seat.family}
    handed = HandOver.objects.newest().filter(leaver_id=me).order_by("at", "id")
    arranged = {one.circle_id: one for one in handed}
    held = Held(links=leavings.links_made(), settled=leaving.settled + _settled(me, leaving.at))
    for seat in viewer.seats:
        family = where.get(seat.circle)
        if seat.kind != "family" or family is None:
            continue
        if seat.role == "coordinator" or seat.circle in arranged:
            held.coordinated.append(Coordinated(family, arranged.get(seat.circle)))
        elif seat.job is not None:
            held.seats.append(family)
    held.things = _things(me, where)
    held.concerns = desk.taken_up(by=viewer)
    held.meetings = list(Meeting.objects.coming(at).filter(author_id=me).select_related("family"))
    return held


def _families_of(viewer: Viewer) -> set[UUID]:
    return {seat.family for seat in viewer.seats if seat.family}


def _things(me: UUID, where: dict[UUID, Family | None]) -> list[Thing]:
    """Own promises and steps that stand open, the next day first; those of a first talk go with its concern."""
    asked = {row.promise_id or row.action_id: row.to.given_name for row in
             PassOn.objects.waiting().filter(giver_id=me).select_related("to")}  # fmt: skip
    promises = Promise.objects.open().of(me).filter(concern__isnull=True)
    steps = Action.objects.filter(doer_id=me, state=Action.State.OPEN, goal__state=Goal.State.IN_PLAN)
    found = [
        Thing(row, where.get(row.circle_id), row.due_at, "promises", asked.get(row.pk, ""))
        for row in promises
    ]
    for row in steps.exclude(goal__plan__stage="closed").order_by("by_when", "at", "id"):
        found.append(Thing(row, where.get(row.circle_id), row.by_when, "steps", asked.get(row.pk, "")))
    return found


def _settled(me: UUID, since: datetime) -> int:
    """What was kept, done, taken over or ended since the last day was said; each counts once."""
    kept = Promise.objects.of(me).filter(kept_at__gte=since, concern__isnull=True).count()
    done = Action.objects.filter(doer_id=me, state=Action.State.DONE, done_at__gte=since).count()
    passed = PassOn.objects.filter(
        giver_id=me, answered_at__gte=since, answer__in=("yes", "ended"), taken_back_at__isnull=True
    )
    return kept + done + passed.count()
