"""Somebody tells something good; it can be taken back within the day."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kring.trust import journal
from kring.trust.models import Circle, FamilyMember
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.viewer import Viewer
from kring.wraparound import rules
from kring.wraparound.models import Action, Celebration, Plan
from kring.wraparound.usecases.plans import about, only_child


@transaction.atomic
def celebrate(
    circle: Circle, words: str, *, language: str, by: Viewer, at: datetime, child: UUID | None = None
) -> Celebration:
    """Anybody of the circle tells what went well: with one child, or with all (`child` None)."""
    family = circle.family_id
    if family is None or circle.kind != Circle.Kind.FAMILY:
        raise NotAllowed(Permission.CELEBRATE.value)
    by.must(Permission.CELEBRATE, circle.pk)
    plan = next(iter(Plan.objects.open().of_family(family).ids()), None)
    children = FamilyMember.objects.filter(family_id=family, kind="child")
    is_child = child is not None and children.filter(person_id=child).exists()
    subject = about(child) if is_child else only_child(family)
    return _tell(Celebration(circle=circle, plan_id=plan, subject_id=subject), words, language, by, at)


@transaction.atomic
def celebrate_step(action: Action, words: str, *, language: str, by: Viewer, at: datetime) -> Celebration:
    """Anybody of the circle tells what went well with a step; whoever knows the step may know it."""
    by.must(Permission.CELEBRATE, action.goal.plan.circle_id)
    told = Celebration(
        circle_id=action.circle_id, subject_id=action.subject_id, plan_id=action.goal.plan_id, action=action
    )
    return _tell(told, words, language, by, at)


def _tell(told: Celebration, words: str, language: str, by: Viewer, at: datetime) -> Celebration:
    """Keep it once, however often the button is touched."""
    told.words, told.language = " ".join(rules.tidy(words, rules.JOY).split()), language
    told.author_id, told.at = by.person_id, at
    same = Celebration.objects.filter(
        author_id=by.person_id, words=told.words, circle_id=told.circle_id, subject_id=told.subject_id,
        action=told.action, at__gt=at - rules.TAKEN_BACK_WITHIN,
    ).first()  # fmt: skip
    if same is not None:
        again: Celebration = same
        return again
    told.save(force_insert=True)
    journal.write(
        "told something good",
        by=by,
        at=at,
        circle_id=told.circle_id,
        about=told.subject_id,
        object_id=told.pk,
    )
    return told


def may_take_back(told: Celebration, by: Viewer, at: datetime) -> bool:
    """Who told it, within the day."""
    return by.seen_as is None and told.author_id == by.person_id and rules.may_be_taken_back(told.at, at)


@transaction.atomic
def take_back(told: Celebration, *, by: Viewer, at: datetime) -> None:
    """It was a slip, or rather not."""
    if not may_take_back(told, by, at):
        raise NotAllowed(Permission.CELEBRATE.value)
    journal.write(
        "took back something good",
        by=by,
        at=at,
        circle_id=told.circle_id,
        about=told.about_id,
        object_id=told.pk,
    )
    told.delete()
