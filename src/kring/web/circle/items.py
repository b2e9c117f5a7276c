"""The things of a family of which one can choose who sees them, each with what hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.trust.guard import Guarded
from kring.wraparound.models import (
    Action,
    Celebration,
    EarlierHelp,
    Goal,
    LearningSheet,
    Remark,
    Story,
    VersionPart,
    Wish,
)

LONG = 120
#: So many good things one can show to fewer on one page; older ones by their own address.
CHEERS = 12


@dataclass(frozen=True)
class Item:
    """One thing, as the page of eyes names it."""

    kind: str
    row: Guarded
    words: str
    language: str
    picture: str = ""

    @property
    def word(self) -> Promise:
        """What kind of thing it is."""
        return WORDS[self.kind]


WORDS: dict[str, Promise] = {
    "wish": _("wish"),
    "goal": _("goal, with its steps"),
    "action": _("step"),
    "story": _("story"),
    "celebration": _("something good"),
    "help": _("earlier help, also how it was told before"),
    "sheet": _("how I learn best"),
}


def _short(text: str) -> str:
    return text if len(text) <= LONG else text[:LONG].rsplit(" ", 1)[0] + "…"


def of_wish(row: Wish) -> Item:
    """A wish."""
    return Item("wish", row, _short(row.text), row.language)


def of_goal(row: Goal) -> Item:
    """A goal."""
    return Item("goal", row, _short(row.aim), row.language, row.domain)


def of_action(row: Action) -> Item:
    """A step."""
    return Item("action", row, _short(row.what), row.language)


def of_story(row: Story) -> Item:
    """The story as it was told once."""
    return Item("story", row, _short(row.text), row.language)


def of_celebration(row: Celebration) -> Item:
    """Something good that was told."""
    return Item("celebration", row, _short(row.words), row.language)


def of_help(row: EarlierHelp) -> Item:
    """A help on the path."""
    return Item("help", row, _short(row.what), row.language)


def of_sheet(row: LearningSheet) -> Item:
    """A sheet of how a child learns best."""
    words = row.advice or row.compliment or row.best
    return Item("sheet", row, _short(f"{row.get_for_whom_display()}: {words}"), row.language)


def all_of(family_id: UUID) -> list[Item]:
    """Everything the viewer sees of which somebody can choose who sees it; six statements. The sheets of a child stand on their own page."""
    wishes = Wish.objects.filter(plan__family_id=family_id).exclude(plan__stage="closed").order_by("at", "id")
    goals = Goal.objects.standing().filter(plan__family_id=family_id).exclude(plan__stage="closed").in_order()
    actions = Action.objects.standing().filter(goal__plan__family_id=family_id).in_order()
    stories = Story.objects.in_family(family_id).order_by("-at", "id")[:3]
    steps: dict[UUID, list[Item]] = {}
    for row in actions:
        steps.setdefault(row.goal_id, []).append(of_action(row))
    listed = [of_story(row) for row in stories] + [of_wish(row) for row in wishes]
    for goal in goals:
        listed += [of_goal(goal), *steps.get(goal.pk, [])]
    good = Celebration.objects.in_family(family_id).order_by("-at", "id")[:CHEERS]
    listed += [of_celebration(row) for row in good]
    helps = EarlierHelp.objects.in_family(family_id).filter(taken_off_at=None).in_time()
    return [*listed, *(of_help(row) for row in helps)]


FINDERS: dict[str, tuple[Any, Any]] = {
    "wish": (Wish, of_wish),
    "goal": (Goal, of_goal),
    "action": (Action, of_action),
    "story": (Story, of_story),
    "celebration": (Celebration, of_celebration),
    "help": (EarlierHelp, of_help),
    "sheet": (LearningSheet, of_sheet),
}


def find(kind: str, row_id: UUID, family_id: UUID) -> Item:
    """The thing in the address; hidden and missing are the same."""
    if kind not in FINDERS:
        raise Http404
    model, shown = FINDERS[kind]
    row = model.objects.in_family(family_id).filter(pk=row_id).first()
    if row is None:
        raise Http404
    found: Item = shown(row)
    return found


def rows_of(item: Item) -> list[Guarded]:
    """The thing and what hangs on it in the same circle: a goal's steps, frozen parts, remarks."""
    rows: list[Guarded] = [item.row]
    if item.kind == "goal":
        rows += Action.objects.filter(goal_id=item.row.pk).order_by("at", "id")
    ids = [row.pk for row in rows]
    parts = list(VersionPart.objects.filter(source_id__in=ids).order_by("at", "id"))
    remarks = Remark.objects.filter(object_id__in=[*ids, *(part.pk for part in parts)]).order_by("at", "id")
    here = item.row.circle_id
    return [row for row in [*rows, *parts, *remarks] if row.circle_id == here]
