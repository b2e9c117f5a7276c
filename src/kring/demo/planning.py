"""Writing a plan in the demonstration: goals and steps as lists, acted by whoever says them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from kring.demo.founding import Village
from kring.demo.households import Began
from kring.network.models import Offer
from kring.trust import viewer
from kring.trust.models import Circle
from kring.wraparound.models import Action, Goal, Plan, Review, Version
from kring.wraparound.usecases import actions, approvals, celebrations, goals, plans, reviews, versions

#: One thing is written after the other, so that their order is the same on every machine.
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Did:
    """A small step of the cast."""

    what: str
    doer: str
    by_when: date | None = None
    for_whom: str = "child"
    every_week: bool = False
    authority: bool = False
    offer: str = ""


@dataclass(frozen=True)
class Aim:
    """A goal of the cast with its steps."""

    domain: str
    aim: str
    need: str
    child: str
    steps: tuple[Did, ...]


def begin_plan(began: Began, by: UUID, wishes: Sequence[tuple[str, str, str]], at: datetime) -> Plan:
    """Begin a plan with wishes: words, language, whose (or nobody's)."""
    with viewer.acting(by, page="plan", at=at) as me:
        plan = plans.start_plan(Circle.objects.get(pk=began.circle.pk), by=me, at=at)
        for number, (text, language, whose) in enumerate(wishes):
            said_at = at + number * MINUTE
            plans.write_wish(plan, text, language=language, by=me, at=said_at, whose=began.people.get(whose))
    return plan


def write_aims(here: Village, began: Began, plan: Plan, by: UUID, aims: Sequence[Aim], at: datetime) -> None:
    """Write goals and their steps."""
    with viewer.acting(by, page="plan", at=at) as me:
        plan = Plan.objects.get(pk=plan.pk)
        for aim in aims:
            at += MINUTE
            words = goals.GoalWords(aim.domain, aim.aim, aim.need, "nl")
            goal = goals.add_goal(plan, words, by=me, at=at, child=began.people.get(aim.child))
            for did in aim.steps:
                at += MINUTE
                add_step(here, began, goal, did, me, at)


def add_step(here: Village, began: Began, goal: Goal, did: Did, me: viewer.Viewer, at: datetime) -> Action:
    """Write one step of a goal, with the offer that belongs to it."""
    doer = began.people.get(did.doer) or here.people.get(did.doer)
    made = actions.add_action(
        goal,
        actions.Step(
            did.what, doer, "" if doer else did.doer, did.for_whom, did.by_when, did.every_week, did.authority, "nl"
        ),
        by=me, at=at,
    )  # fmt: skip
    if did.offer:
        actions.attach_offer(made, Offer.objects.get(pk=here.offers[did.offer]), by=me, at=at)
    return made


def offer_version(plan: Plan, by: UUID, caring: dict[str, str], at: datetime) -> Version:
    """Freeze the plan and ask everybody's yes."""
    with viewer.acting(by, page="plan", at=at) as me:
        return versions.offer_for_approval(Plan.objects.get(pk=plan.pk), by=me, at=at, caring=caring)


def say_yes(version: Version, person: UUID, language: str, at: datetime) -> None:
    """Somebody says yes to a version."""
    with viewer.acting(person, page="approval", at=at) as me:
        approvals.approve(Version.objects.get(pk=version.pk), language=language, by=me, at=at)


def good_news(began: Began, words: str, language: str, by: UUID, at: datetime, child: str = "") -> None:
    """Somebody tells something good, about a child or about all."""
    with viewer.acting(by, page="celebration", at=at) as me:
        celebrations.celebrate(
            Circle.objects.get(pk=began.circle.pk), words, language=language, by=me, at=at,
            child=began.people.get(child),
        )  # fmt: skip


def is_agreed(plan: Plan, by: UUID, at: datetime) -> bool:
    """Whether everybody has said yes. Loaded for a day long past, a child came of age since and is still asked."""
    with viewer.acting(by, page="review", at=at):
        return Plan.objects.get(pk=plan.pk).in_force_since is not None


def look_together(plan: Plan, by: UUID, at: datetime) -> Review:
    """The coordinator asks everybody how it goes."""
    with viewer.acting(by, page="review", at=at) as me:
        return reviews.open_review(Plan.objects.get(pk=plan.pk), by=me, at=at)


def how_it_goes(
    review: Review,
    faces: dict[str, str],
    helped: str,
    wish: str,
    by: UUID,
    at: datetime,
    language: str = "nl",
) -> None:
    """Somebody gives goals a face, by their words, and says what helped and what they wish."""
    with viewer.acting(by, page="review", at=at) as me:
        given = {Goal.objects.get(plan_id=review.plan_id, aim=aim).pk: face for aim, face in faces.items()}
        view = reviews.OwnView(given, helped, wish, language)
        reviews.prepare(Review.objects.get(pk=review.pk), view, by=me, at=at)


def go_on(review: Review, until: date, whose: UUID, by: UUID, at: datetime) -> None:
    """The family goes on with its plan; the coordinator writes it down."""
    with viewer.acting(by, page="review", at=at) as me:
        decided = reviews.Decided(Review.Outcome.GO_ON, whose, until)
        reviews.settle(Review.objects.get(pk=review.pk), decided, by=me, at=at)


def done_for_now(review: Review, whose: UUID, by: UUID, at: datetime) -> None:
    """The family is done for now, and the door stays open; the coordinator writes it down."""
    with viewer.acting(by, page="review", at=at) as me:
        decided = reviews.Decided(Review.Outcome.FINISH, whose)
        reviews.settle(Review.objects.get(pk=review.pk), decided, by=me, at=at)


def done(what: str, by: UUID, at: datetime, how_it_went: str = "") -> None:
    """Somebody reports an own step done."""
    with viewer.acting(by, page="plan", at=at) as me:
        action = Action.objects.get(what=what)
        actions.report_action_done(action, by=me, at=at, how_it_went=how_it_went)
