"""The family tells its story."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from kring.trust import journal
from kring.trust.models import Circle
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer
from kring.wraparound import rules
from kring.wraparound.models import Story
from kring.wraparound.usecases.plans import only_child

#: A village may be some hours ahead of the clock of the machine.
A_DAY = timedelta(days=1)


class DayOfAgreementIsMissing(Exception):
    """What was read out was agreed on a day."""


class DayIsToCome(Exception):
    """Something that was said already was not said on a day to come."""


@transaction.atomic
def tell_story(
    circle_id: UUID, text: str, *, language: str, by: Viewer, at: datetime, told_by: UUID | None = None,
    how: str = Story.How.TYPED, agreed_on: date | None = None, interpreter: str = "", about: UUID | None = None,
) -> Story:  # fmt: skip
    """The family tells its story itself, or somebody writes down what was told, or read out and agreed."""
    by.must(Permission.TELL_STORY, circle_id)
    if told_by is not None and told_by != by.person_id:
        by.must(Permission.RECORD_FAMILYS_WORD, circle_id)
    _check_day(how, agreed_on, at)

    story = Story.objects.create(
        circle_id=circle_id,
        subject_id=about or _only_child(circle_id),
        author_id=by.person_id,
        at=at,
        text=rules.tidy(text, rules.STORY),
        language=language,
        told_by_id=told_by or by.person_id,
        how=how,
        agreed_on=agreed_on,
        interpreter=rules.tidy(interpreter, rules.NAME, needed=False),
    )
    journal.write("story told", by=by, at=at, circle_id=circle_id, about=story.subject_id, object_id=story.pk)
    return story


def _only_child(circle_id: UUID) -> UUID | None:
    """The story of a family with one child is about that child too."""
    circle = Circle.objects.filter(pk=circle_id).first()
    return only_child(circle.family_id) if circle and circle.family_id else None


def _check_day(how: str, agreed_on: date | None, at: datetime) -> None:
    if how == Story.How.READ_OUT and agreed_on is None:
        raise DayOfAgreementIsMissing
    if agreed_on is not None and agreed_on > at.date() + A_DAY:
        raise DayIsToCome
