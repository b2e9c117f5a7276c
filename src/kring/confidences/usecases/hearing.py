"""Who can hear a young person, and what lies in somebody's own confidences; each asked of the database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection


@dataclass(frozen=True)
class CanHear:
    """Somebody whom a young person can choose, and whether the law binds them to keep silent."""

    id: UUID
    name: str
    kind: str
    role: str
    organisation: str
    bound: bool
    on_menu: bool


@dataclass(frozen=True)
class CanTell:
    """A young person with whom a worker can write something down."""

    id: UUID
    name: str
    bound: bool


@dataclass(frozen=True)
class Hearer:
    """Somebody who hears a confidence, or did; `hears` says whether now."""

    id: UUID
    name: str
    kind: str
    role: str
    organisation: str
    bound: bool
    hears: bool
    from_the_beginning: bool
    ended: bool
    work_ended: bool
    answers_on: date | None = None

    @property
    def face(self) -> str:
        """The kind of face."""
        return "professional" if self.kind == "professional" else "natural"

    @property
    def left(self) -> bool:
        """They do not hear it any more, whatever the reason, and nobody came in their place."""
        return not self.hears and not self.ended


@dataclass(frozen=True)
class Confidence:
    """One confidence as the list of its own people shows it; nothing of what was told."""

    circle_id: UUID
    young_id: UUID
    young_name: str
    secrecy: bool
    safety: bool
    opened_at: datetime
    last_at: datetime | None
    new_ones: int
    begun: bool
    hearers: tuple[Hearer, ...]

    @property
    def heard_by(self) -> list[Hearer]:
        """Who hears it now."""
        return [one for one in self.hearers if one.hears]

    def hearer(self, person_id: UUID) -> Hearer | None:
        """Somebody who hears it now."""
        return next((one for one in self.heard_by if one.id == person_id), None)

    @property
    def names(self) -> str:
        """The first names of who hears it now."""
        return ", ".join(one.name for one in self.heard_by)

    @property
    def left(self) -> list[Hearer]:
        """Who does not hear it any more without having been sent away."""
        hear = {one.id for one in self.heard_by}
        return [one for one in self.hearers if one.left and one.id not in hear]


def who_can_hear() -> list[CanHear]:
    """Whom the young person who asks can choose; nobody for anybody else."""
    return [
        CanHear(person, name, kind, relation or "", *rest)
        for person, name, kind, relation, *rest in _rows("SELECT * FROM trust.who_can_hear()")
    ]


def who_can_tell_me() -> list[CanTell]:
    """The young people with whom the worker who asks can write something down."""
    return [CanTell(*row) for row in _rows("SELECT * FROM trust.who_can_tell_me()")]


def my_confidences(circle_id: UUID | None = None) -> list[Confidence]:
    """The confidences in which the viewer sits, the newest word first; or the one asked for."""
    return [_confidence(row) for row in _rows("SELECT * FROM trust.my_confidences(%s)", circle_id)]


def _confidence(row: tuple[Any, ...]) -> Confidence:
    hearers = json.loads(row[-1]) if isinstance(row[-1], str) else row[-1]
    return Confidence(*(*row[:-1], tuple(_hearer(one) for one in hearers)))


def _hearer(told: dict[str, Any]) -> Hearer:
    return Hearer(
        UUID(told["id"]), told["name"], told["kind"], told["role"], told["organisation"], told["bound"], told["hears"],
        told["history"], told["until"] is not None, told["work_ended"],
        date.fromisoformat(told["answers_on"]) if told["answers_on"] else None,
    )  # fmt: skip


def _rows(question: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, list(values))
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
