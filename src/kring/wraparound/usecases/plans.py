"""A family begins its plan, and says what it wishes."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from kring.trust import journal
from kring.trust.models import Circle, FamilyMember
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.viewer import Viewer
from kring.wraparound import rules
from kring.wraparound.models import Plan, Wish


class FamilyHasAPlan(Exception):
    """A family has one plan at a time."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan.pk)
        self.plan = plan


class PlanIsClosed(Exception):
    """Nothing more is written in a plan that is closed."""


@transaction.atomic
def start_plan(circle: Circle, *, by: Viewer, at: datetime) -> Plan:
    """The family, or its coordinator with it, begins a plan in the family circle."""
    by.must(Permission.WRITE_PLAN, circle.pk)
    if circle.kind != Circle.Kind.FAMILY or circle.family_id is None:
        raise NotAllowed(Permission.WRITE_PLAN.value)
    standing = Plan.objects.open().of_family(circle.family_id).first()
    if standing is not None:
        raise FamilyHasAPlan(standing)

    plan = Plan.objects.create(
        circle=circle,
        family_id=circle.family_id,
        subject_id=only_child(circle.family_id),
        author_id=by.person_id,
        at=at,
    )
    journal.write("plan begun", by=by, at=at, circle_id=circle.pk, about=plan.subject_id, object_id=plan.pk)
    return plan


def only_child(family_id: UUID) -> UUID | None:
    """The child of a family with one child; then everything in the plan is about that child."""
    children = list(
        FamilyMember.objects.filter(family_id=family_id, kind="child").values_list("person_id", flat=True)
    )
    if len(children) != 1:
        return None
    return about(children[0])


def about(child_id: UUID | None) -> UUID | None:
    """A child as the one something is about; only when its day of birth is written down."""
    if child_id is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.can_be_about(%s)", [child_id])
        (known,) = cursor.fetchone()
    return child_id if known else None


def must_write(plan: Plan, by: Viewer) -> None:
    """Go on only if this person writes in the plan, and the plan is open."""
    by.must(Permission.WRITE_PLAN, plan.circle_id)
    must_be_open(plan)


def must_be_open(plan: Plan) -> None:
    """Go on only if the plan is open."""
    if plan.stage == Plan.Stage.CLOSED:
        raise PlanIsClosed


@transaction.atomic
def write_wish(
    plan: Plan,
    text: str,
    *,
    language: str,
    by: Viewer,
    at: datetime,
    whose: UUID | None = None,
    wish: Wish | None = None,
) -> Wish:
    """What a child, or the family together (`whose` None), wishes; a wish said anew replaces the words."""
    must_write(plan, by)
    words = rules.tidy(text, rules.WISH)
    if wish is None:
        wish = Wish(plan=plan, circle_id=plan.circle_id, author_id=by.person_id, at=at)
        wish.subject_id = _subject(plan, whose)
    wish.text, wish.language, wish.whose_id, wish.changed_at = words, language, whose, at
    wish.save()
    journal.write(
        "wish written", by=by, at=at, circle_id=wish.circle_id, about=wish.subject_id, object_id=wish.pk
    )
    return wish


def _subject(plan: Plan, whose: UUID | None) -> UUID | None:
    if whose is None:
        return plan.subject_id
    child = FamilyMember.objects.filter(family_id=plan.family_id, kind="child", person_id=whose).exists()
    return about(whose) if child else plan.subject_id


@transaction.atomic
def drop_wish(wish: Wish, *, by: Viewer, at: datetime) -> None:
    """A wish is not a wish any more; versions in which it stood keep it."""
    must_write(wish.plan, by)
    journal.write(
        "wish dropped", by=by, at=at, circle_id=wish.circle_id, about=wish.about_id, object_id=wish.pk
    )
    wish.delete()
