"""Small steps: who does what, for whom, by when, and how it went."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from kring.network.models import Offer
from kring.trust import journal
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.viewer import Viewer
from kring.wraparound import rules
from kring.wraparound.models import Action, Goal
from kring.wraparound.usecases.plans import must_be_open


class NobodyDoesIt(Exception):
    """A small step has somebody who does it."""


class WaitsForEverybodysYes(Exception):
    """This step begins when everyone with authority has said yes to the plan."""


@dataclass(frozen=True)
class Step:
    """What somebody writes down about a small step."""

    what: str
    doer: UUID | None = None
    doer_words: str = ""
    for_whom: str = Action.ForWhom.CHILD
    by_when: date | None = None
    every_week: bool = False
    needs_authority: bool = False
    language: str = "en"

    def tidied(self) -> dict[str, object]:
        """As it is kept."""
        somebody = "" if self.doer else rules.tidy(self.doer_words, rules.NAME, needed=False)
        if not self.doer and not somebody:
            raise NobodyDoesIt
        return {
            "what": " ".join(rules.tidy(self.what, rules.STEP).split()),
            "doer_id": self.doer,
            "doer_words": somebody,
            "for_whom": self.for_whom if self.for_whom in Action.ForWhom.values else Action.ForWhom.CHILD,
            "by_when": self.by_when,
            "every_week": self.every_week,
            "needs_authority": self.needs_authority,
            "language": self.language,
        }


def must_write_step(goal: Goal, doer: UUID | None, by: Viewer) -> None:
    """Family and coordinator write every step; others what they will do themselves."""
    if not by.can(Permission.WRITE_PLAN, goal.plan.circle_id):
        by.must(Permission.PROPOSE_GOAL, goal.plan.circle_id)
        if doer != by.person_id:
            raise NotAllowed(Permission.WRITE_PLAN.value)
    must_be_open(goal.plan)


@transaction.atomic
def add_action(goal: Goal, step: Step, *, by: Viewer, at: datetime) -> Action:
    """Somebody will do a small step towards a goal; it is known to those who know the goal."""
    must_write_step(goal, step.doer, by)
    action = Action.objects.create(
        goal=goal,
        circle_id=goal.circle_id,
        subject_id=goal.subject_id,
        author_id=by.person_id,
        at=at,
        **step.tidied(),
    )
    journal.write(
        "step added", by=by, at=at, circle_id=action.circle_id, about=action.subject_id, object_id=action.pk
    )
    return action


@transaction.atomic
def change_action(action: Action, step: Step, *, by: Viewer, at: datetime) -> Action:
    """A step is said in other words; what needed everybody's yes needs it anew."""
    must_write_step(action.goal, action.doer_id, by)
    if step.doer != action.doer_id:
        must_write_step(action.goal, step.doer, by)
    for name, value in step.tidied().items():
        setattr(action, name, value)
    action.agreed_at = None
    action.save()
    journal.write(
        "step changed", by=by, at=at, circle_id=action.circle_id, about=action.about_id, object_id=action.pk
    )
    return action


@transaction.atomic
def drop_action(action: Action, *, by: Viewer, at: datetime) -> Action:
    """Not now: the step rests."""
    must_write_step(action.goal, action.doer_id, by)
    if action.state != Action.State.NOT_NOW:
        action.state = Action.State.NOT_NOW
        action.save(update_fields=["state"])
        journal.write(
            "step laid aside",
            by=by,
            at=at,
            circle_id=action.circle_id,
            about=action.about_id,
            object_id=action.pk,
        )
    return action


@transaction.atomic
def attach_offer(action: Action, offer: Offer | None, *, by: Viewer, at: datetime) -> Action:
    """An offer of the village goes with a step; None takes it away."""
    must_write_step(action.goal, action.doer_id, by)
    if offer is not None and offer.village_id != by.village_id:
        raise NotAllowed(Permission.WRITE_PLAN.value)
    if action.offer_id != (offer.pk if offer else None):
        action.offer = offer
        action.save(update_fields=["offer"])
        deed = "offer added to a step" if offer else "offer taken from a step"
        journal.write(
            deed, by=by, at=at, circle_id=action.circle_id, about=action.about_id, object_id=action.pk
        )
    return action


def may_report(action: Action, by: Viewer) -> bool:
    """One's own step; for somebody without a phone the coordinator on their word; what has no face here, the family."""
    circle = action.goal.plan.circle_id
    if action.doer_id == by.person_id:
        return by.can(Permission.DO_ACTION, circle)
    if by.can(Permission.RECORD_FAMILYS_WORD, circle):
        return True
    return action.doer_id is None and by.can(Permission.WRITE_PLAN, circle)


@transaction.atomic
def report_action_done(action: Action, *, by: Viewer, at: datetime, how_it_went: str = "") -> Action:
    """Somebody tells that a step is done; what comes back every week is counted. A second tap changes nothing."""
    if not may_report(action, by):
        raise NotAllowed(Permission.DO_ACTION.value)
    must_be_open(action.goal.plan)
    if not action.may_start:
        raise WaitsForEverybodysYes
    words = rules.tidy(how_it_went, rules.ANSWER, needed=False)
    action = Action.objects.select_for_update(of=("self",)).select_related("goal__plan").get(pk=action.pk)
    if not action.is_ticked(at):
        action.done_at, action.times_done = at, action.times_done + 1
        if not action.every_week:
            action.state = Action.State.DONE
        journal.write(
            "step done",
            by=by,
            at=at,
            circle_id=action.circle_id,
            about=action.subject_id,
            object_id=action.pk,
        )
    action.how_it_went = words or action.how_it_went
    action.save(update_fields=["done_at", "times_done", "state", "how_it_went"])
    return action


@transaction.atomic
def undo_action_done(action: Action, *, by: Viewer, at: datetime) -> Action:
    """It was a slip: the step is to do again."""
    if not may_report(action, by):
        raise NotAllowed(Permission.DO_ACTION.value)
    action = Action.objects.select_for_update(of=("self",)).select_related("goal__plan").get(pk=action.pk)
    must_be_open(action.goal.plan)
    if action.is_ticked(at):
        action.state, action.done_at = Action.State.OPEN, None
        action.times_done = max(action.times_done - 1, 0)
        action.save(update_fields=["state", "done_at", "times_done"])
        journal.write(
            "step not done after all",
            by=by,
            at=at,
            circle_id=action.circle_id,
            about=action.about_id,
            object_id=action.pk,
        )
    return action
