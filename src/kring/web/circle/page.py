"""What the page of a family shows: the rings, the wish, the next small steps, a success, and who may know it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from kring.trust.guard import Guarded
from kring.trust.models import Home, Invitation
from kring.trust.permissions import Permission
from kring.trust.statements import Statement
from kring.trust.viewer import Viewer
from kring.web.circle.faces import Face, known_by, sentence_of
from kring.web.design import rings
from kring.wraparound.models import Action, Celebration, Plan, Remark, Wish

STEPS = 6
JOY_LASTS = timedelta(days=21)
WISHES = Statement(
    lambda family: (
        Wish.objects.filter(plan__family_id=family).exclude(plan__stage="closed").order_by("at", "id")[:4]
    )
)
ACTIONS = Statement(
    lambda family: (
        Action.objects.standing()
        .filter(goal__plan__family_id=family, goal__state="in the plan")
        .exclude(goal__plan__stage="closed")
        .select_related("goal")
        .in_order()
    )
)
REMARKS = Statement(
    lambda plans, on: Remark.objects.filter(plan__any_of=plans, object_id__any_of=on).order_by("at", "id")
)
INVITATIONS = Statement(lambda circle, at: Invitation.objects.waiting(at).filter(circle_id=circle))


@dataclass(frozen=True)
class Step:
    """A small step as the page shows it."""

    row: Action
    who: str
    kind: str
    ticked: bool
    known: str = ""
    remarks: int = 0

    @property
    def done_on(self) -> date | None:
        """The day it was done."""
        return timezone.localdate(self.row.done_at) if self.row.done_at else None


@dataclass
class Summary:
    """The plan in short: the wish in own words first, then what comes next."""

    plan_id: UUID | None = None
    closed: UUID | None = None
    wishes: list[Wish] = field(default_factory=list)
    wishes_known: str = ""
    steps: list[Step] = field(default_factory=list)
    more: int = 0
    joy: Step | None = None
    remarks: list[Remark] = field(default_factory=list)
    cheer: Celebration | None = None
    cheer_known: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written yet, as far as the viewer may know."""
        return not self.wishes and not self.steps

    @property
    def known(self) -> str:
        """Who may know what stands here: the wish, or the first step where nobody wished anything yet."""
        return self.wishes_known or (self.steps[0].known if self.steps else "")


@dataclass(frozen=True)
class Drawn:
    """The rings around one child, for the picture."""

    child: str
    people: list[rings.Person]


def circle_of(child: Any, faces: list[Face]) -> Drawn:
    """The rings around one child."""
    people = [
        rings.Person(face.name, face.role, face.kind, face.ring, face.url)
        for face in faces
        if face.id != child.person_id
    ]
    return Drawn(child.person.given_name, people)


def summary(family_id: UUID, faces: list[Face], at: datetime, cheer: Celebration | None = None) -> Summary:
    """The wish, the next steps and what went well; five statements at most, however long the plan is."""
    wishes, actions = WISHES(family=family_id), ACTIONS(family=family_id)
    closed = None
    if wishes or actions:
        plan_id = wishes[0].plan_id if wishes else actions[0].goal.plan_id
    else:
        plan_id, closed = _last_plan(family_id)
    shown = _next(actions, at)
    joyful = _joyful(actions, at)
    told = _told([*wishes, *shown, *([cheer] if cheer else [])], faces)
    remarks = _remarks(wishes, shown) if wishes or shown else []
    said = Summary(
        plan_id, closed, wishes, remarks=remarks, cheer=cheer, cheer_known=told[cheer.pk] if cheer else ""
    )
    said.wishes_known = told[wishes[0].pk] if wishes else ""
    by_id = {face.id: face for face in faces}
    said.steps = [_step(row, by_id, at, told[row.pk], remarks) for row in shown]
    said.more = len(actions) - len(shown)
    said.joy = _step(joyful, by_id, at, "", []) if joyful else None
    return said


def _last_plan(family_id: UUID) -> tuple[UUID | None, UUID | None]:
    """The plan in which nothing stands yet; or the one with which the family was done."""
    last = (
        Plan.objects.of_family(family_id).order_by(F("closed_at").desc(nulls_first=True), "at", "id").first()
    )
    if last is None:
        return None, None
    return (None, last.pk) if last.stage == Plan.Stage.CLOSED else (last.pk, None)


def _next(actions: list[Action], at: datetime) -> list[Action]:
    """What was done last stays a moment; then what comes first."""
    done = [a for a in actions if a.is_ticked(at)]
    done.sort(key=lambda a: a.done_at, reverse=True)
    todo = [a for a in actions if not a.is_ticked(at)]
    todo.sort(key=lambda a: (a.by_when is None, a.by_when or date.max, str(a.pk)))
    return [*done[:1], *todo[: STEPS - min(len(done), 1)]]


def _joyful(actions: list[Action], at: datetime) -> Action | None:
    """The newest small success somebody told about."""
    told = [a for a in actions if a.done_at and a.how_it_went and at - a.done_at < JOY_LASTS]
    return max(told, key=lambda a: a.done_at, default=None)


def _told(rows: list[Guarded], faces: list[Face]) -> dict[UUID, str]:
    """Under each thing who may know it, because the policy was asked."""
    return {row.pk: sentence_of(known, faces) for row, known in zip(rows, known_by(rows, faces), strict=True)}


def _remarks(wishes: list[Wish], steps: list[Action]) -> list[Remark]:
    """What somebody sees differently, beside what is shown; also where two plans stand beside each other."""
    plans = {wish.plan_id for wish in wishes} | {step.goal.plan_id for step in steps}
    return REMARKS(plans=list(plans), on=[row.pk for row in [*wishes, *steps]])


def _step(row: Action, faces: dict[UUID, Face], at: datetime, known: str, remarks: list[Remark]) -> Step:
    doer = faces.get(row.doer_id) if row.doer_id else None
    return Step(
        row,
        who=doer.name if doer else row.doer_words,
        kind=doer.kind if doer else "nobody",
        ticked=row.is_ticked(at),
        known=known,
        remarks=sum(remark.object_id == row.pk for remark in remarks),
    )


def homes_of(viewer: Viewer, family_id: UUID) -> list[Home]:
    """The homes of the family that the viewer may know; without a seat in one nothing is asked."""
    circles = [seat.circle for seat in viewer.seats if seat.kind == "home" and seat.family == family_id]
    if not circles:
        return []
    return list(Home.objects.filter(circle_id__in=circles).order_by("name", "id"))


def waiting_invitations(viewer: Viewer, circle_id: UUID, at: datetime) -> list[Invitation]:
    """Who was asked in and has not answered yet; shown to those who decide."""
    if not viewer.can(Permission.INVITE, circle_id):
        return []
    return INVITATIONS(circle=circle_id, at=at)


def own_pages(viewer: Viewer, members: list[Any]) -> list[tuple[UUID, str]]:
    """The own pages that were shown to the viewer: circle and whose."""
    names = {member.person_id: member.person.given_name for member in members}
    family = members[0].family_id
    return [
        (seat.circle, names.get(seat.subject, "") if seat.subject else "")
        for seat in viewer.seats
        if seat.kind == "own" and seat.family == family
    ]
