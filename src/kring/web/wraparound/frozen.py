"""A frozen version as pages, sheets and papers show it: by part of life, as far as the viewer may know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext

from kring.web.design import days
from kring.web.design.lists import beside
from kring.web.wraparound.reading import domain_name, picture_of
from kring.wraparound import rules
from kring.wraparound.models import Action, VersionPart
from kring.wraparound.rules import Difference


@dataclass
class Frozen:
    """One part with its words as they stood."""

    row: VersionPart
    remarks: list[Any] = field(default_factory=list)

    @property
    def content(self) -> dict[str, Any]:
        """The frozen words."""
        content: dict[str, Any] = self.row.content
        return content

    @property
    def when(self) -> date | None:
        """The day promised."""
        told = self.content.get("by_when")
        return date.fromisoformat(told) if told else None

    @property
    def face(self) -> dict[str, str]:
        """Who does it, by the name of then."""
        return {"name": self.content.get("doer", ""), "kind": self.content.get("side", "nobody")}

    @property
    def for_whom(self) -> str:
        """For whom the step is, when it is not for the child."""
        told = self.content.get("for_whom", "child")
        return "" if told == "child" else str(dict(Action.ForWhom.choices).get(told, ""))


@dataclass
class FrozenGoal(Frozen):
    """A goal with its steps."""

    steps: list[Frozen] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The word for its part of life."""
        return domain_name(self.content.get("domain", ""))

    @property
    def picture(self) -> str:
        """Its pictogram."""
        return picture_of(self.content.get("domain", ""))


@dataclass
class Pages:
    """A whole version."""

    wishes: list[Frozen]
    goals: list[FrozenGoal]
    loose: list[Frozen]

    @property
    def is_empty(self) -> bool:
        """Nothing of it may be known."""
        return not (self.wishes or self.goals or self.loose)


def laid_out(parts: Iterable[VersionPart]) -> Pages:
    """Wishes first, then goals with their steps; a step whose goal may not be known stands alone."""
    rows = sorted(parts, key=lambda part: part.position)
    goals = {str(row.source_id): FrozenGoal(row) for row in rows if row.kind == VersionPart.Kind.GOAL}
    loose: list[Frozen] = []
    for row in rows:
        if row.kind == VersionPart.Kind.ACTION:
            goal = goals.get(str(row.content.get("goal")))
            (goal.steps if goal else loose).append(Frozen(row))
    wishes = [Frozen(row) for row in rows if row.kind == VersionPart.Kind.WISH]
    return Pages(wishes, list(goals.values()), loose)


@dataclass(frozen=True)
class Told:
    """A difference between two versions as a sentence with its words."""

    how: str
    word: str
    what: str
    before: str
    language: str
    facts: str = ""
    facts_before: str = ""

    @property
    def direction(self) -> str:
        """From the language of the words."""
        return rules.direction(self.language)


def told(differences: Iterable[Difference]) -> list[Told]:
    """What came, changed and went, in words."""
    return [
        Told(
            one.how,
            _HOW[one.how](),
            _in_words(one.kind, one.shown),
            _in_words(one.kind, one.before) if one.how == "changed" else "",
            str(one.shown.get("language", "")),
            _facts(one.shown) if one.kind == "action" else "",
            _facts(one.before) if one.kind == "action" and one.how == "changed" else "",
        )
        for one in differences
    ]


_HOW = {
    "added": lambda: gettext("added"),
    "changed": lambda: gettext("changed"),
    "gone": lambda: gettext("gone"),
}


def _in_words(kind: str, content: Mapping[str, Any]) -> str:
    if kind == "wish":
        return str(content.get("text", ""))
    if kind == "goal":
        aim, need = content.get("aim", ""), content.get("need", "")
        return f"{domain_name(str(content.get('domain', '')))}: {aim}" + (f" ({need})" if need else "")
    words = f"{content.get('doer', '')} {content.get('what', '')}".strip()
    return f"{words} ({content['offer']})" if content.get("offer") else words


def _facts(content: Mapping[str, Any]) -> str:
    """What we say ourselves about a step, in the language of the page: apart from a person's words."""
    told = []
    if content.get("every_week"):
        told.append(gettext("every week"))
    if content.get("by_when"):
        told.append(days.full(date.fromisoformat(str(content["by_when"])), language=get_language() or "en"))
    return beside(told)
