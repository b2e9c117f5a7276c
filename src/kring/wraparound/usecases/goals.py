"""Goals: child and family choose them; professionals propose."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction

from kring.network.words import is_domain
from kring.trust import journal
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer
from kring.wraparound import rules
from kring.wraparound.models import Goal, Plan
from kring.wraparound.usecases.plans import about, must_be_open, must_write


class NoSuchPartOfLife(Exception):
    """A goal belongs to a part of life that the village has a word for."""


@dataclass(frozen=True)
class GoalWords:
    """What somebody writes down about a goal."""

    domain: str
    aim: str
    need: str = ""
    language: str = "en"

    def tidied(self) -> dict[str, str]:
        """As it is kept."""
        if not is_domain(self.domain):
            raise NoSuchPartOfLife(self.domain)
        return {
            "domain": self.domain,
            "aim": " ".join(rules.tidy(self.aim, rules.AIM).split()),
            "need": rules.tidy(self.need, rules.NEED, needed=False),
            "language": self.language,
        }


@transaction.atomic
def add_goal(
    plan: Plan,
    words: GoalWords,
    *,
    by: Viewer,
    at: datetime,
    circle_id: UUID | None = None,
    child: UUID | None = None,
) -> Goal:
    """The family, or the coordinator with it, puts a goal in the plan; in a part circle only that part knows it."""
    must_write(plan, by)
    goal = _write(plan, words, by, at, circle_id, child, state=Goal.State.IN_PLAN)
    journal.write(
        "goal added", by=by, at=at, circle_id=goal.circle_id, about=goal.subject_id, object_id=goal.pk
    )
    return goal


@transaction.atomic
def propose_goal(
    plan: Plan,
    words: GoalWords,
    *,
    by: Viewer,
    at: datetime,
    circle_id: UUID | None = None,
    child: UUID | None = None,
) -> Goal:
    """Somebody of the circle proposes a goal; it counts when the family takes it in."""
    by.must(Permission.PROPOSE_GOAL, plan.circle_id)
    must_be_open(plan)
    goal = _write(plan, words, by, at, circle_id, child, state=Goal.State.PROPOSED)
    journal.write(
        "goal proposed", by=by, at=at, circle_id=goal.circle_id, about=goal.subject_id, object_id=goal.pk
    )
    return goal


def _write(
    plan: Plan,
    words: GoalWords,
    by: Viewer,
    at: datetime,
    circle_id: UUID | None,
    child: UUID | None,
    *,
    state: str,
) -> Goal:
    last = Goal.objects.filter(plan=plan).order_by("-position").first()
    in_plan = state == Goal.State.IN_PLAN
    return Goal.objects.create(
        plan=plan,
        circle_id=circle_id or plan.circle_id,
        subject_id=about(child) or plan.subject_id,
        author_id=by.person_id,
        at=at,
        position=last.position + 1 if last else 1,
        state=state,
        taken_in_by_id=by.person_id if in_plan else None,
        taken_in_at=at if in_plan else None,
        **words.tidied(),
    )


@transaction.atomic
def take_in(goal: Goal, *, by: Viewer, at: datetime) -> Goal:
    """The family takes a proposed goal into its plan; a second time changes nothing."""
    must_write(goal.plan, by)
    if goal.state != Goal.State.IN_PLAN:
        goal.state, goal.taken_in_by_id, goal.taken_in_at = Goal.State.IN_PLAN, by.person_id, at
        goal.dropped_at = None
        goal.save(update_fields=["state", "taken_in_by", "taken_in_at", "dropped_at"])
        journal.write(
            "goal taken in", by=by, at=at, circle_id=goal.circle_id, about=goal.about_id, object_id=goal.pk
        )
    return goal


def must_keep(goal: Goal, by: Viewer) -> None:
    """One's own proposal one keeps oneself; everything else the family and its coordinator."""
    own = goal.state == Goal.State.PROPOSED and goal.author_id == by.person_id
    by.must(Permission.PROPOSE_GOAL if own else Permission.WRITE_PLAN, goal.plan.circle_id)
    must_be_open(goal.plan)


@transaction.atomic
def change_goal(goal: Goal, words: GoalWords, *, by: Viewer, at: datetime) -> Goal:
    """A goal is said in other words; versions keep the words of then."""
    must_keep(goal, by)
    for name, value in words.tidied().items():
        setattr(goal, name, value)
    goal.save(update_fields=["domain", "aim", "need", "language"])
    journal.write(
        "goal changed", by=by, at=at, circle_id=goal.circle_id, about=goal.about_id, object_id=goal.pk
    )
    return goal


@transaction.atomic
def drop_goal(goal: Goal, *, by: Viewer, at: datetime) -> Goal:
    """A goal is not followed any more; it can be taken in again."""
    must_keep(goal, by)
    if goal.state != Goal.State.DROPPED:
        goal.state, goal.dropped_at = Goal.State.DROPPED, at
        goal.save(update_fields=["state", "dropped_at"])
        journal.write(
            "goal dropped", by=by, at=at, circle_id=goal.circle_id, about=goal.about_id, object_id=goal.pk
        )
    return goal


@transaction.atomic
def move_goal(goal: Goal, way: Literal["up", "down"], *, by: Viewer, at: datetime) -> None:
    """Child and family say what comes first."""
    must_write(goal.plan, by)
    order = list(Goal.objects.standing().filter(plan_id=goal.plan_id).in_order())
    here = next(number for number, one in enumerate(order) if one.pk == goal.pk)
    there = here + (-1 if way == "up" else 1)
    if not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    for position, one in enumerate(order, start=1):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])
    journal.write(
        "goals put in order",
        by=by,
        at=at,
        circle_id=goal.plan.circle_id,
        about=goal.plan.about_id,
        object_id=goal.plan_id,
    )
