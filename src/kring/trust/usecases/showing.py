"""Item by item, the family decides which member sees it: narrowing at once, widening by whom it concerns."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from kring.trust import journal
from kring.trust.guard import Guarded
from kring.trust.models import Circle, ContactCard, Seat
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.statements import Statement
from kring.trust.usecases.exclusions import decides_alone
from kring.trust.viewer import LiveSeat, Viewer

#: What a face brings along of how its person wishes to be reached.
ON_THE_CARD = (
    "phone", "language", "channel", "listens", "words", "interpreter", "quiet_from", "quiet_until", "first",
    "name_is_safe",
)  # fmt: skip


class SubjectStays(Exception):
    """Nobody is left out of what is about themselves."""


class NotYoursToWiden(Exception):
    """Showing it to more people is for the one it is about, or for the guardians."""


class NobodyLeft(Exception):
    """Somebody must know it: at least the one who chooses."""


KEPT = ContactCard.objects.filter(circle_id=OuterRef("circle_id"), person_id=OuterRef("person_id"))
SEATS = Statement(
    lambda family, at: (
        Seat.objects.filter(circle__family_id=family, circle__kind=Circle.Kind.FAMILY, since__lte=at)
        .exclude(until__lte=at)
        .exclude(job__until__lte=at)
        .annotate(card=Subquery(KEPT.values(card=JSONObject(**{name: name for name in ON_THE_CARD}))))
        .select_related("person", "job")
        .order_by("ring", "since", "id")
    )
)


def family_seats(family_id: UUID, at: datetime) -> list[Seat]:
    """The faces one can choose from: live seats in the family circle, innermost first.

    Each carries `card`: how to reach this person, as far as the viewer may know it; else None.
    """
    return SEATS(family=family_id, at=at)


@transaction.atomic
def show_to(
    rows: Sequence[Guarded], chosen: Iterable[UUID], *, family_id: UUID, by: Viewer, at: datetime
) -> Circle:
    """From now on exactly these members of the family circle may know these rows, which lay together.

    `rows` are one item with what hangs on it: a goal with its actions and remarks.
    """
    seats = {seat.person_id: seat for seat in family_seats(family_id, at)}
    wanted = {person for person in chosen if person in seats}
    first = rows[0]
    now = who_sits(first.circle_id, at)
    _must_show(first.about_id, now, wanted, family_id, by, at)
    whole = next(iter(seats.values())).circle_id
    circle = (
        Circle.objects.get(pk=whole) if wanted == set(seats) else part_for(family_id, wanted, by=by, at=at)
    )
    for row in rows:
        if row.circle_id != circle.pk:
            row.circle = circle
            row.save(update_fields=["circle"])
    deed = "showed it to fewer" if wanted < now else "changed who sees it"
    journal.write(deed, by=by, at=at, circle_id=circle.pk, about=first.about_id, object_id=first.pk)
    return circle


def _must_show(
    about: UUID | None, now: set[UUID], wanted: set[UUID], family_id: UUID, by: Viewer, at: datetime
) -> None:
    seat = by.family_seat(family_id)
    if by.seen_as is not None or seat is None:
        raise NotAllowed("narrow")
    if by.person_id not in wanted:
        raise NobodyLeft
    if about in now and about not in wanted:
        raise SubjectStays
    if wanted <= now:
        if about != by.person_id and not by.can(Permission.NARROW, seat.circle):
            raise NotAllowed("narrow")
    elif not may_widen(about, seat, by, at):
        raise NotYoursToWiden


def may_widen(about: UUID | None, seat: LiveSeat, by: Viewer, at: datetime) -> bool:
    """The one it is about, from own voice on; before it and for what is the family's, the guardians."""
    if by.seen_as is not None:
        return False
    if about is None:
        return by.can(Permission.WIDEN, seat.circle)
    if speaks(about, by, at):
        return about == by.person_id
    return seat.role == Seat.Role.GUARDIAN


def speaks(about: UUID, by: Viewer, at: datetime) -> bool:
    """Whether the one it is about decides alone who sees it: from own voice on."""
    return decides_alone(about, by=by, at=at) or False


def who_sits(circle_id: UUID, at: datetime) -> set[UUID]:
    """The people with a seat where a thing lies, as far as the viewer may know."""
    live = Seat.objects.filter(circle_id=circle_id, since__lte=at).exclude(until__lte=at)
    return set(live.values_list("person_id", flat=True))


def part_for(family_id: UUID, persons: set[UUID], *, by: Viewer, at: datetime) -> Circle:
    """The part of the family circle with exactly these people: the one there is, or a new one.

    A part that is about one child only is kept for what it was opened for.
    """
    parts: dict[UUID, set[UUID]] = {}
    live = Seat.objects.filter(
        circle__family_id=family_id, circle__kind=Circle.Kind.PART, circle__subject=None, since__lte=at
    )
    for circle_id, person_id in live.exclude(until__lte=at).values_list("circle_id", "person_id"):
        parts.setdefault(circle_id, set()).add(person_id)
    for circle_id in sorted(parts):
        if parts[circle_id] == persons:
            return Circle.objects.get(pk=circle_id)
    circle = Circle.objects.create(
        village_id=by.village_id,
        family_id=family_id,
        kind=Circle.Kind.PART,
        opened_by_id=by.person_id,
        opened_at=at,
    )
    for seat in family_seats(family_id, at):
        if seat.person_id in persons:
            _as_in_the_family(circle, seat, by)
    return circle


def seated_until(seat: Seat) -> datetime | None:
    """The moment at which somebody sits in this circle no more; a seat that begins where one ends leaves no gap."""
    until: datetime | None = seat.until
    if until is None:
        return None
    here = Seat.objects.filter(circle_id=seat.circle_id, person_id=seat.person_id, since__gte=until)
    for later in here.order_by("since", "id"):
        if later.since == until and later.until != later.since:
            until = later.until
            if until is None:
                break
    return until


def _as_in_the_family(circle: Circle, seat: Seat, by: Viewer) -> None:
    """The same seat in a part: since when, through which job and with which history as in the whole circle."""
    Seat.objects.create(
        circle=circle, person_id=seat.person_id, job_id=seat.job_id, role=seat.role, relation=seat.relation,
        ring=seat.ring, ground=seat.ground, history=seat.history, since=seat.since, until=seated_until(seat),
        decided_by_id=by.person_id,
    )  # fmt: skip
