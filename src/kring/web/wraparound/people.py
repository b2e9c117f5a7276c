"""Who is around a family: faces, words for who they are, and the one person to call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext

from kring.trust.models import Person, Seat
from kring.trust.statements import Statement
from kring.web.network.speaking import spoken

KINDS = {"child": "family", "guardian": "family", "natural": "natural"}


@dataclass(frozen=True)
class Someone:
    """One person of the circle, as pages show them."""

    person: Person
    kind: str
    seat_role: str
    role: str
    phone: str = ""
    languages: str = ""

    @property
    def id(self) -> UUID:
        """The person's id."""
        return self.person.pk

    @property
    def name(self) -> str:
        """The first name."""
        return self.person.given_name


@dataclass
class People:
    """Everybody whose seat with a family the viewer may know."""

    by_id: dict[UUID, Someone] = field(default_factory=dict)

    def __iter__(self) -> Any:
        return iter(sorted(self.by_id.values(), key=lambda one: (one.name, str(one.id))))

    @property
    def persons(self) -> dict[UUID, Person]:
        """The persons themselves, for "who may know this"."""
        return {key: one.person for key, one in self.by_id.items()}

    @property
    def caring(self) -> dict[str, str]:
        """The coordinator, for the foot of every family page; empty while nobody is chosen."""
        for one in self:
            if one.seat_role == Seat.Role.COORDINATOR:
                return {"name": one.name, "role": one.role, "phone": one.phone, "languages": one.languages,
                        "kind": one.kind}  # fmt: skip
        return {}

    def face(self, person_id: UUID | None, words: str = "") -> dict[str, str]:
        """A name and the kind of face, also for somebody who has no seat (any more)."""
        one = self.by_id.get(person_id) if person_id else None
        if one is not None:
            return {"name": one.name, "kind": one.kind}
        return {
            "name": words or gettext("somebody who was here before"),
            "kind": "natural" if words else "nobody",
        }


OF_JOB = ("job__title", "job__phone", "job__languages")


SEATS = Statement(
    lambda family, at: (
        Seat.objects.filter(
            circle__family_id=family,
            circle__kind__in=("family", "part"),
            circle__subject=None,
            since__lte=at,
        )
        .filter(Q(until__isnull=True) | Q(until__gt=at))
        .exclude(job__until__lte=at)
        .select_related("person", "job", "circle")
        .only("role", "relation", "person__given_name", "person__surname", "circle__kind", *OF_JOB)
        .order_by("since", "id")
    )
)


def people_of(family_id: UUID, at: datetime) -> People:
    """The people around a family now, in one statement."""
    return People(dict(_each(SEATS(family=family_id, at=at))))


def _each(seats: Iterable[Seat]) -> Iterable[tuple[UUID, Someone]]:
    """Seats in parts first, so that the seat in the family circle has the last word."""
    for seat in sorted(seats, key=lambda one: one.circle.kind == "family"):
        yield seat.person_id, _someone(seat)


def _someone(seat: Seat) -> Someone:
    job = seat.job
    return Someone(
        person=seat.person,
        kind=KINDS.get(seat.role, "professional"),
        seat_role=seat.role,
        role=gettext("coordinator")
        if seat.role == Seat.Role.COORDINATOR
        else seat.relation or (job.title if job else "") or str(seat.get_role_display()),
        phone=job.phone if job else "",
        languages=spoken(job.languages) if job else "",
    )
