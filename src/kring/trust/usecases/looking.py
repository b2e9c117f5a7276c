"""Who looked: what the family may see of the journal, every reading of what is its own."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import QuerySet

from kring.trust import journal
from kring.trust.models import Circle, Entry
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.viewer import Viewer

AT_MOST = 400


@dataclass(frozen=True)
class Look:
    """One line: who read or did what, when, as what; `times` when the same came again that day."""

    at: datetime
    person_id: UUID | None
    name: str
    role: str
    organisation: str
    kind: str
    part: str
    deed: str
    rule: str
    times: int = 1


def who_looked(
    family_id: UUID, *, by: Viewer, since: datetime, until: datetime, person_id: UUID | None = None
) -> list[Look]:
    """Everything that was read or done in the viewer's circles of this family, newest first.

    A reading of a part is told to those in it only: the policy sees to that.
    """
    seat = by.family_seat(family_id)
    if seat is None or not by.can(Permission.SEE_WHO_LOOKED, seat.circle):
        raise NotAllowed(Permission.SEE_WHO_LOOKED.value)
    circles = _of_the_family(by, family_id)
    entries = Entry.objects.filter(circle_id__in=_known(circles), at__gte=since, at__lt=until)
    if person_id is not None:
        entries = entries.filter(person_id=person_id)
    found = list(entries.select_related("organisation").order_by("-at", "id")[:AT_MOST])
    names = names_of(circles, {entry.person_id for entry in found if entry.person_id})
    kinds = {seat.circle: seat.kind for seat in by.seats}
    return _once_a_day([_look(entry, names, kinds) for entry in found], by)


def _of_the_family(by: Viewer, family_id: UUID) -> list[UUID]:
    """The viewer's circles of a family. Readings of a confidence stand in the confidence itself: people look along."""
    return [s.circle for s in by.seats if s.family == family_id and s.kind != Circle.Kind.CONFIDENCE]


def _known(circles: list[UUID]) -> QuerySet[Circle, UUID]:
    """Of these circles those the viewer may know: not one about a child from whom the viewer is left out."""
    return Circle.objects.filter(pk__in=circles).values_list("pk", flat=True)


def looked_before(family_id: UUID, moment: datetime, *, by: Viewer, person_id: UUID | None = None) -> bool:
    """Whether anybody but oneself (or this person) looked before that moment."""
    circles = _of_the_family(by, family_id)
    entries = Entry.objects.filter(circle_id__in=_known(circles), kind="read", at__lt=moment)
    if person_id is None:
        return entries.exclude(person_id=by.person_id).exists()
    return entries.filter(person_id=person_id).exists()


def _look(entry: Entry, names: dict[UUID, str], kinds: dict[UUID, str]) -> Look:
    """One line, as it may be told in its circle: also one written down before pages had narrower names."""
    kind = kinds.get(entry.circle_id) if entry.circle_id else None
    return Look(
        entry.at, entry.person_id, names.get(entry.person_id, "") if entry.person_id else "", entry.role,
        entry.organisation.name if entry.organisation else "", entry.kind, journal.as_told(entry.part, kind), entry.deed, entry.rule,
    )  # fmt: skip


def _once_a_day(looks: Iterable[Look], by: Viewer) -> list[Look]:
    """The same person reading the same page again on one day is one line with a number.

    A page that shows something of several circles was written down once for each, at one moment: it counts once. So
    does what was opened again within the same half hour.
    """
    zone = ZoneInfo(by.timezone)
    lines: dict[tuple[object, ...], Look] = {}
    opened: dict[tuple[object, ...], set[datetime]] = {}
    for number, look in enumerate(looks):
        day = look.at.astimezone(zone).date()
        same = (
            (day, look.person_id, look.kind, look.part, look.deed, look.rule)
            if look.kind == "read"
            else (number,)
        )
        opened.setdefault(same, set()).add(_half_hour(look.at))
        lines[same] = replace(lines.get(same, look), times=len(opened[same]))
    return list(lines.values())


def _half_hour(moment: datetime) -> datetime:
    """The half hour a moment lies in: who turns a page back and forth looked once."""
    return moment.replace(minute=moment.minute // 30 * 30, second=0, microsecond=0)


def names_of(circles: Iterable[UUID], persons: Iterable[UUID]) -> dict[UUID, str]:
    """First names of people in the journal of these circles, also of those who have left since."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM trust.names_of_those_who_looked(%s::uuid[], %s::uuid[])",
            [list(circles), list(persons)],
        )
        return dict(cursor.fetchall())
