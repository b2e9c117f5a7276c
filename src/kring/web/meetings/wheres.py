"""Where a meeting can lie and about whom it is: each choice with the true sentence of who may know of it then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from kring.trust.models import Circle, Person
from kring.trust.permissions import Permission
from kring.trust.usecases.knowing import names, who_knows
from kring.trust.viewer import Viewer
from kring.web.design.lists import listed
from kring.wraparound.models import Meeting
from kring.wraparound.usecases.plans import about


@dataclass(frozen=True)
class Where:
    """One choice: a circle, a child if it is about one, and who may know of it then."""

    circle: UUID
    child: UUID | None
    words: str
    known: tuple[Person, ...]
    name: str = ""

    @property
    def key(self) -> str:
        """As the form sends it."""
        return f"{self.circle}.{self.child}" if self.child else str(self.circle)

    @property
    def knowing(self) -> list[str]:
        """First names of who may know of it then."""
        return names(self.known)

    @property
    def sentence(self) -> str:
        """Who may know of it, by first names; of one of several children only in general."""
        if self.child:
            return _("Known to whoever here may know about %(child)s.") % {"child": self.name}
        return _("Known to %(names)s.") % {"names": listed(self.knowing)} if self.known else ""


def circles_to_call(viewer: Viewer, family_id: UUID) -> list[UUID]:
    """The circle of the family and its parts, as far as the viewer may call somebody together there; the whole first."""
    seats = [
        seat
        for seat in viewer.seats
        if seat.family == family_id and seat.kind in ("family", "part") and seat.subject is None
    ]
    seats.sort(key=lambda seat: seat.kind != "family")
    return [seat.circle for seat in seats if viewer.can(Permission.CALL_MEETING, seat.circle)]


def choices(
    circles: Sequence[UUID], children: Sequence[Person], viewer: Viewer, known: Mapping[UUID, Person]
) -> list[Where]:
    """Every circle with all, or with one of several children; a single statement asks who may know of each circle.

    Of one of several children no name is said: whoever is left out of that child finds the choices, and what stands
    beside them, as they were before (K4).
    """
    rows = {row.pk: row for row in Circle.objects.filter(pk__in=circles)}
    only = about(children[0].pk) if len(children) == 1 else None
    each = children if len(children) > 1 else ()
    places = [rows[key] for key in circles if key in rows]
    meetings = [
        Meeting(circle=place, family_id=place.family_id, subject_id=only, about_id=only,
                author_id=viewer.person_id, at=timezone.now())
        for place in places
    ]  # fmt: skip
    found: list[Where] = []
    for place, persons in zip(places, who_knows(meetings, known), strict=True):
        found.append(Where(place.pk, None, _words(place, None), tuple(persons)))
        found.extend(Where(place.pk, child.pk, _words(place, child), (), child.given_name) for child in each)
    return found


def _words(circle: Circle, child: Person | None) -> str:
    whole = circle.kind == Circle.Kind.FAMILY
    place = _("everybody in this circle") if whole else circle.name or _("a part of the circle")
    if child is None:
        return place
    return _("%(place)s, about %(child)s") % {"place": place, "child": child.given_name}
