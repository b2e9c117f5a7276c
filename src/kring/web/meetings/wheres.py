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
        """Who may know of it, by first names."""
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


def _imagined(circle: Circle, author: UUID | None, child: UUID | None) -> Meeting:
    """A meeting as it would be, to ask the policy who may know of it."""
    return Meeting(circle=circle, family_id=circle.family_id, subject_id=child, about_id=child,
                   author_id=author, at=timezone.now())  # fmt: skip


def choices(
    circles: Sequence[UUID], children: Sequence[Person], viewer: Viewer, known: Mapping[UUID, Person]
) -> list[Where]:
    """Every circle with all, or with one of several children; a single statement asks who may know of each.

    Whoever calls somebody together knows of it as its author, also when left out of the child, and sees the choices
    of before. By a court they would not: then nobody is asked about which child, as a choice that is missing would tell.
    """
    rows = {row.pk: row for row in Circle.objects.filter(pk__in=circles)}
    only = about(children[0].pk) if len(children) == 1 else None
    whom = [None, *children] if len(children) > 1 else [None]
    wanted = [(rows[key], child) for key in circles if key in rows for child in whom]
    meetings = [_imagined(circle, viewer.person_id, child.pk if child else only) for circle, child in wanted]
    found = [
        Where(circle.pk, child.pk if child else None, _words(circle, child), tuple(persons))
        for (circle, child), persons in zip(wanted, who_knows(meetings, known), strict=True)
    ]
    blind = any(one.child and not one.known for one in found)
    return [one for one in found if not (blind and one.child)]


def _words(circle: Circle, child: Person | None) -> str:
    whole = circle.kind == Circle.Kind.FAMILY
    place = _("everybody in this circle") if whole else circle.name or _("a part of the circle")
    if child is None:
        return place
    return _("%(place)s, about %(child)s") % {"place": place, "child": child.given_name}
