"""Looking at the plan together: opening a review, preparing for it, and what the family decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from kring.trust import journal
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.viewer import Viewer
from kring.wraparound import rules
from kring.wraparound.models import Goal, GoalFace, Plan, Preparation, Review, Version
from kring.wraparound.usecases.plans import must_write


class NothingWasAgreed(Exception):
    """One looks together at a plan to which everybody has said yes."""


class ReviewIsOver(Exception):
    """What was said when all looked together stays as it was said."""


class LooksAgainWithinSixMonths(Exception):
    """The next time is a day to come, six months away at the latest."""


class NobodysWord(Exception):
    """A review ends by the word of somebody of the family."""


@dataclass(frozen=True)
class OwnView:
    """How one person sees it: a face for goals they may know, what helped, what they wish."""

    faces: Mapping[UUID, str] = field(default_factory=dict)
    helped: str = ""
    wish: str = ""
    language: str = "en"


def was_agreed(plan: Plan) -> bool:
    """Whether everybody said yes to it once, as far as the viewer may know."""
    told = Version.objects.filter(plan=plan, in_force_at__isnull=False)
    return plan.in_force_since is not None and told.exists()


@transaction.atomic
def open_review(plan: Plan, *, by: Viewer, at: datetime) -> Review:
    """Family or coordinator asks all to look at the plan together; asked twice, it is the same one."""
    must_write(plan, by)
    if not was_agreed(plan):
        raise NothingWasAgreed
    running: Review | None = Review.objects.running().filter(plan=plan).first()
    if running is not None:
        return running
    review: Review = Review.objects.create(
        plan=plan, circle_id=plan.circle_id, subject_id=plan.subject_id, author_id=by.person_id, at=at
    )
    journal.write(
        "review opened", by=by, at=at, circle_id=plan.circle_id, about=plan.about_id, object_id=review.pk
    )
    return review


@transaction.atomic
def prepare(review: Review, view: OwnView, *, by: Viewer, at: datetime) -> Preparation:
    """Somebody of the circle says how it goes; said anew, it takes the place of what was said before."""
    by.must(Permission.PREPARE_REVIEW, review.circle_id)
    if not review.runs:
        raise ReviewIsOver
    said = {name: rules.tidy(words, rules.ANSWER, needed=False) for name, words in _words(view)}
    _give(review, view.faces, by, at)
    mine: Preparation | None = Preparation.objects.filter(review=review, author_id=by.person_id).first()
    if mine is None:
        mine = Preparation(
            review=review,
            circle_id=review.circle_id,
            subject_id=review.subject_id,
            author_id=by.person_id,
            at=at,
        )
    mine.helped, mine.wish, mine.language = said["helped"], said["wish"], view.language
    mine.how, mine.written_by_id, mine.said_on, mine.interpreter = Preparation.How.TYPED, None, None, ""
    mine.save()
    mine.refresh_from_db()  # what a child says is about that child: the database knows who is one
    journal.write(
        "said how it goes", by=by, at=at, circle_id=review.circle_id, about=mine.about_id, object_id=review.pk
    )
    return mine


def _words(view: OwnView) -> tuple[tuple[str, str], ...]:
    return ("helped", view.helped), ("wish", view.wish)


def _give(review: Review, faces: Mapping[UUID, str], by: Viewer, at: datetime) -> None:
    """One face of three for each goal; whoever knows the goal may see it. However many goals, three statements."""
    chosen = {goal: face for goal, face in faces.items() if face in GoalFace.Face.values}
    goals = Goal.objects.filter(plan_id=review.plan_id, state=Goal.State.IN_PLAN, pk__in=chosen)
    before = {row.goal_id: row for row in GoalFace.objects.filter(review=review, author_id=by.person_id)}
    new, other = [], []
    for goal in goals:
        if given := before.get(goal.pk):
            given.face = chosen[goal.pk]
            other.append(given)
        else:
            new.append(
                GoalFace(
                    review=review, goal=goal, circle_id=goal.circle_id, subject_id=goal.subject_id,
                    author_id=by.person_id, at=at, face=chosen[goal.pk],
                )
            )  # fmt: skip
    GoalFace.objects.bulk_create(new)
    GoalFace.objects.bulk_update(other, ["face"])


@dataclass(frozen=True)
class Decided:
    """What the family decided, on whose word, and the day to look again."""

    outcome: str
    word_of: UUID | None = None
    next_on: date | None = None


@transaction.atomic
def settle(review: Review, decided: Decided, *, by: Viewer, at: datetime) -> Review:
    """The family decides: go on, change the plan, or done for now; the coordinator writes down on whose word."""
    word_of = _whose_word(review, decided, by)
    if not review.runs:
        raise ReviewIsOver
    today = at.astimezone(ZoneInfo(by.timezone)).date()
    next_on = _next(decided, today)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT trust.settle_review(%s, %s, %s, %s, %s)",
            [review.pk, decided.outcome, next_on, word_of, at],
        )
    deeds = {"go on": "review: we go on", "adjust": "review: we change the plan", "finish": "plan closed"}
    journal.write(
        deeds[decided.outcome],
        by=by,
        at=at,
        circle_id=review.circle_id,
        about=review.about_id or word_of,
        object_id=review.plan_id,
    )
    review.refresh_from_db()
    return review


def _whose_word(review: Review, decided: Decided, by: Viewer) -> UUID:
    """One's own word in the family; the coordinator names who said it."""
    if by.can(Permission.APPROVE_PLAN, review.circle_id):
        return by.person_id
    by.must(Permission.RECORD_FAMILYS_WORD, review.circle_id)
    if decided.word_of is None:
        raise NobodysWord
    return decided.word_of


def _next(decided: Decided, today: date) -> date | None:
    """The day to look again: as chosen; who changes the plan looks again within six months anyhow."""
    if decided.outcome not in Review.Outcome.values:
        raise NotAllowed(Permission.APPROVE_PLAN.value)
    if decided.outcome == Review.Outcome.FINISH:
        return None
    chosen = decided.next_on
    if chosen is None and decided.outcome == Review.Outcome.ADJUST:
        return rules.next_review(today)
    if chosen is None or not rules.may_look_again_on(chosen, today):
        raise LooksAgainWithinSixMonths
    return chosen
