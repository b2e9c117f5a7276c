"""I see this differently: said beside a part, never instead of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kring.trust import journal
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer
from kring.wraparound import rules
from kring.wraparound.models import Action, Decision, Goal, Meeting, Remark, Story, VersionPart, Wish
from kring.wraparound.usecases.asking import must_speak

ITEMS: dict[str, Any] = {
    Remark.On.WISH: Wish,
    Remark.On.GOAL: Goal,
    Remark.On.ACTION: Action,
    Remark.On.PART: VersionPart,
    Remark.On.STORY: Story,
    Remark.On.MEETING: Meeting,
    Remark.On.DECISION: Decision,
}


class NothingThere(Exception):
    """There is nothing here to say something about."""


def item(on: str, object_id: UUID) -> Wish | Goal | Action | VersionPart | Story | Meeting | Decision:
    """What a remark is about, when the viewer may know it. Raises NothingThere."""
    model = ITEMS.get(on)
    found = model.objects.filter(pk=object_id).first() if model is not None else None
    if found is None:
        raise NothingThere
    known: Wish | Goal | Action | VersionPart | Story | Meeting | Decision = found
    return known


def plan_of(on: str, thing: Any) -> UUID | None:
    """The plan that something belongs to."""
    if on == Remark.On.ACTION:
        plan: UUID | None = thing.goal.plan_id
    elif on == Remark.On.PART:
        plan = thing.version.plan_id
    else:
        plan = getattr(thing, "plan_id", None)
    return plan


@transaction.atomic
def remark(on: str, object_id: UUID, words: str, *, language: str, by: Viewer, at: datetime) -> Remark:
    """Anyone in the circle says how they see a part; it stands beside it, for those who know that part."""
    thing = item(on, object_id)
    by.must(Permission.REMARK, thing.circle_id)
    if isinstance(talk := getattr(thing, "meeting", thing), Meeting):
        must_speak(talk, by)
    said = Remark.objects.create(
        circle_id=thing.circle_id,
        subject_id=thing.subject_id,
        author_id=by.person_id,
        at=at,
        plan_id=plan_of(on, thing),
        on=on,
        object_id=object_id,
        words=rules.tidy(words, rules.ANSWER),
        language=language,
    )
    said.refresh_from_db()  # what a child says is about that child: the database knows who is one
    journal.write("said: I see this differently", by=by, at=at, circle_id=said.circle_id, about=said.about_id,
                  object_id=object_id)  # fmt: skip
    return said
