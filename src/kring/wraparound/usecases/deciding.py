"""What a meeting decides becomes a promise of somebody before a day, or a small step of the plan."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from kring.intake.models import Promise
from kring.intake.usecases import promises
from kring.trust import journal
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.viewer import Viewer
from kring.wraparound import rules
from kring.wraparound.models import Action, Decision, Goal, Meeting
from kring.wraparound.usecases.actions import Step, add_action, drop_action
from kring.wraparound.usecases.asking import may_be_asked
from kring.wraparound.usecases.meetings import (
    DayIsNotToCome,
    may_keep,
    must_go_on,
    must_have_begun,
)

#: A promise of a meeting lasts until the evening of its day.
EVENING = time(18, 0)


class NotTheirsToTakeBack(Exception):
    """For whoever does not keep the meeting there is nothing to take back."""


class NobodyKnowsThem(Exception):
    """Who promises something at a meeting is one of those who may know of it."""


@dataclass(frozen=True)
class Decided:
    """What somebody writes down as decided; without a face and a day it is a decision of all."""

    words: str
    who: UUID | None = None
    by_when: date | None = None
    goal: Goal | None = None
    language: str = "en"


@transaction.atomic
def decide(meeting: Meeting, decided: Decided, *, by: Viewer, at: datetime) -> Decision:
    """Write down what was decided; with a face it lives on as a promise or a step. Sent twice, it is decided once."""
    must_have_begun(meeting, by)
    words = " ".join(rules.tidy(decided.words, rules.STEP).split())
    if decided.who is not None and decided.who not in may_be_asked(meeting):
        raise NobodyKnowsThem
    again: Decision | None = meeting.decisions.filter(
        author_id=by.person_id, words=words, at__gt=at - promises.SENT_TWICE, at__lte=at
    ).first()
    if again is not None:
        return again
    decision: Decision = Decision.objects.create(
        meeting=meeting, circle_id=meeting.circle_id, subject_id=meeting.subject_id, author_id=by.person_id,
        at=at, words=words, language=decided.language,
    )  # fmt: skip
    if decided.goal is not None:
        decision.action = _as_step(meeting, decided.goal, decided, by, at)
    elif decided.who is not None and decided.by_when is not None:
        decision.promise = _as_promise(decision, decided.who, decided.by_when, by, at)
    decision.save(update_fields=["action", "promise"])
    journal.write(
        "decided",
        by=by,
        at=at,
        circle_id=decision.circle_id,
        about=decision.subject_id,
        object_id=decision.pk,
    )
    return decision


def _as_promise(decision: Decision, who: UUID, by_when: date, by: Viewer, at: datetime) -> Promise:
    due_at = datetime.combine(by_when, EVENING, ZoneInfo(by.timezone))
    try:
        return promises.promise(
            decision.circle_id, what=decision.words, due_at=due_at, by=by, at=at, person_id=who,
            object_id=decision.pk, subject_id=decision.subject_id,
        )  # fmt: skip
    except promises.DayIsPast as problem:
        raise DayIsNotToCome from problem


def _as_step(meeting: Meeting, goal: Goal, decided: Decided, by: Viewer, at: datetime) -> Action:
    if not lies_beside(goal, meeting):
        raise NotAllowed(Permission.WRITE_PLAN.value)
    step = Step(decided.words, doer=decided.who, by_when=decided.by_when, language=decided.language)
    return add_action(goal, step, by=by, at=at)


def lies_beside(goal: Goal, meeting: Meeting) -> bool:
    """Whether a goal is known to the same people as the meeting: what a part decides stays in that part."""
    return goal.circle_id == meeting.circle_id and goal.about_id == meeting.about_id


@transaction.atomic
def take_back(decision: Decision, *, by: Viewer, at: datetime) -> None:
    """It was a slip: the decision goes, and what came of it is let go."""
    if not may_keep(decision.meeting, by):
        raise NotTheirsToTakeBack
    must_go_on(decision.meeting)
    if decision.promise is not None and decision.promise.is_open:
        promises.let_go(decision.promise, by=by, at=at)
    if decision.action is not None and decision.action.state == Action.State.OPEN:
        drop_action(decision.action, by=by, at=at)
    journal.write(
        "decision taken back",
        by=by,
        at=at,
        circle_id=decision.circle_id,
        about=decision.about_id,
        object_id=decision.pk,
    )
    decision.delete()
