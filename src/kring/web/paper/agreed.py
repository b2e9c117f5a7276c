"""What everybody said yes to, and what came after it: two lists that a paper never mixes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from kring.web.wraparound.frozen import Frozen, FrozenGoal, Pages, laid_out
from kring.web.wraparound.reading import Domain, GoalCard, Item, PlanPage, Step
from kring.wraparound.models import Action, Goal, Version, VersionPart

#: What makes a wish, a goal or a step another one than the one agreed.
WORDS = {
    "wish": ("text",),
    "goal": ("domain", "need", "aim"),
    "action": ("what", "doer_words", "for_whom", "every_week", "needs_authority"),
}


@dataclass
class Agreed:
    """The version in force as its reader may know it, and what is newer."""

    pages: Pages
    live: dict[UUID, Action]
    steps: dict[UUID, Step]
    new_wishes: list[Item] = field(default_factory=list)
    new_domains: list[Domain] = field(default_factory=list)

    @property
    def domains(self) -> dict[str, list[FrozenGoal]]:
        """Goals by part of life, in the order in which they were agreed."""
        found: dict[str, list[FrozenGoal]] = {}
        for goal in self.pages.goals:
            found.setdefault(goal.content.get("domain", ""), []).append(goal)
        return found

    def rests(self, one: Frozen) -> bool:
        """Whether this step, or its goal, was laid aside since."""
        row = self.live.get(one.row.source_id)
        return row is not None and (row.state == Action.State.NOT_NOW or row.goal.state == Goal.State.DROPPED)


def agreed_of(page: PlanPage) -> Agreed | None:
    """What is in force; None while everybody's yes is still to come."""
    if page.in_force is None:
        return None
    parts = list(page.in_force.parts.all())
    live = Action.objects.filter(goal__plan=page.plan).select_related("goal", "offer")
    known = {part.source_id: part for part in parts}
    return Agreed(
        pages=laid_out(parts),
        live={row.pk: row for row in live},
        steps={step.row.pk: step for step in page.steps},
        new_wishes=[item for item in page.wishes if _is_new(item.row, "wish", known)],
        new_domains=_newer(page, page.in_force, known),
    )


def _newer(page: PlanPage, version: Version, known: dict[UUID, VersionPart]) -> list[Domain]:
    """Goals that came or changed, and goals with steps that did."""
    found = []
    for domain in page.domains:
        cards = [(card, _new_steps(card, version, known)) for card in domain.goals]
        kept = [
            replace(card, steps=steps) for card, steps in cards if steps or _is_new(card.row, "goal", known)
        ]
        if kept:
            found.append(Domain(domain.code, kept))
    return found


def _new_steps(card: GoalCard, version: Version, known: dict[UUID, VersionPart]) -> list[Step]:
    """Steps of now that were not agreed in these words; what was done before is no news."""
    return [
        step
        for step in card.steps
        if _is_new(step.row, "action", known)
        and not (
            step.row.pk not in known and step.row.state == Action.State.DONE and step.row.at <= version.at
        )
    ]


def _is_new(row: Any, kind: str, known: dict[UUID, VersionPart]) -> bool:
    part = known.get(row.pk)
    if part is None:
        return True
    content = part.content
    if any(getattr(row, name) != content.get(name) for name in WORDS[kind]):
        return True
    if kind != "action":
        return False
    dates = (row.by_when.isoformat() if row.by_when else None, _id(row.doer_id), _id(row.offer_id))
    return dates != (content.get("by_when"), content.get("doer_id"), content.get("offer_id"))


def _id(key: UUID | None) -> str | None:
    return str(key) if key else None
