"""Homes: one household each, and what is known of it. Two homes per child is the normal case."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kring.trust import journal
from kring.trust.models import Circle, Family, Home, Seat
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.usecases.showing import seated_until
from kring.trust.viewer import Viewer


class HomeWithoutName(Exception):
    """A home has a name, such as "with mama"."""


@transaction.atomic
def add(
    family: Family, name: str, *, by: Viewer, at: datetime, address: str = "", phone: str = "", note: str = "",
    people: tuple[UUID, ...] = (),
) -> Home:  # fmt: skip
    """Write down a home. Only those who are named here ever know of it."""
    seat = by.family_seat(family.pk)
    if seat is None or not by.can(Permission.KEEP_HOME, seat.circle):
        raise NotAllowed("keep a home")
    if not name.strip():
        raise HomeWithoutName
    circle = Circle.objects.create(
        village_id=by.village_id,
        family=family,
        kind=Circle.Kind.HOME,
        opened_by_id=by.person_id,
        opened_at=at,
    )
    _seat(circle, seat.circle, by.person_id, by, at)
    for person_id in dict.fromkeys(people):
        if person_id != by.person_id:
            _seat(circle, seat.circle, person_id, by, at)
    home = Home.objects.create(
        family=family,
        circle=circle,
        name=name.strip(),
        address=address.strip(),
        phone=phone.strip(),
        note=note.strip(),
    )
    journal.write("wrote a home down", by=by, at=at, circle_id=circle.pk, object_id=home.pk)
    return home


def _seat(circle: Circle, family_circle: UUID, person_id: UUID, by: Viewer, at: datetime) -> Seat:
    """A seat in a home, as the person sits with the family."""
    with_family = (
        Seat.objects.filter(circle_id=family_circle, person_id=person_id, since__lte=at)
        .exclude(until__lte=at)
        .first()
    )
    if with_family is None:
        raise NotAllowed("not in the circle")
    return Seat.objects.create(
        circle=circle, person_id=person_id, job_id=with_family.job_id, role=with_family.role,
        relation=with_family.relation, ring=with_family.ring, ground=with_family.ground, since=at,
        until=seated_until(with_family), decided_by_id=by.person_id,
    )  # fmt: skip


@transaction.atomic
def change(home: Home, *, by: Viewer, at: datetime, name: str, address: str, phone: str, note: str) -> Home:
    """Write down what changed in one's own home."""
    by.must(Permission.KEEP_HOME, home.circle_id)
    if not name.strip():
        raise HomeWithoutName
    home.name, home.address, home.phone, home.note = (
        name.strip(),
        address.strip(),
        phone.strip(),
        note.strip(),
    )
    home.save(update_fields=["name", "address", "phone", "note"])
    journal.write("changed a home", by=by, at=at, circle_id=home.circle_id, object_id=home.pk)
    return home


@transaction.atomic
def show_to(home: Home, person_id: UUID, *, by: Viewer, at: datetime) -> None:
    """Let one more person of the circle know this home."""
    by.must(Permission.KEEP_HOME, home.circle_id)
    family_seat = by.family_seat(home.family_id)
    live = Seat.objects.filter(circle_id=home.circle_id, person_id=person_id).exclude(until__lte=at)
    if family_seat is not None and not live.exists():
        _seat(home.circle, family_seat.circle, person_id, by, at)
        journal.write("showed a home", by=by, at=at, circle_id=home.circle_id, about=person_id)


@transaction.atomic
def hide_from(home: Home, person_id: UUID, *, by: Viewer, at: datetime) -> None:
    """From now on this person does not know the home any more."""
    by.must(Permission.KEEP_HOME, home.circle_id)
    for seat in Seat.objects.filter(circle_id=home.circle_id, person_id=person_id).exclude(until__lte=at):
        seat.until = max(at, seat.since)
        seat.save(update_fields=["until"])
        journal.write("hid a home", by=by, at=at, circle_id=home.circle_id, about=person_id)
