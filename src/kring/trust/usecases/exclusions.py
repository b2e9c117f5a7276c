"""Leaving somebody out, in silence: the young person's own choice, or a guardian's below that age."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from kring.trust import journal
from kring.trust.models import Birth, Circle, Exclusion, Person, Seat
from kring.trust.permissions import NotAllowed
from kring.trust.profiles import own_voice_on
from kring.trust.usecases.families import own_voice_at
from kring.trust.viewer import Viewer

Ground = Exclusion.Ground
ENDED_BY_THE_FAMILY = (Ground.OWN_CHOICE, Ground.GUARDIAN)


class LeavesOutOneself(Exception):
    """Nobody is left out of what is about themselves."""


class NotForOneParent(NotAllowed):
    """The other parent who decides is not left out by one alone: a judge does it, or two people (D6)."""


class WithoutBirthDate(Exception):
    """Who decides depends on the age, so the birth date is written down first."""


def has_own_voice(born: "Birth | None", *, country: str, timezone: str, at: datetime) -> bool:
    """Whether this child decides alone about who may know."""
    return born is not None and own_voice_at(born.born, country, timezone) <= at


def decides_alone(child_id: UUID, *, by: Viewer, at: datetime) -> bool | None:
    """Whether this child decides alone; None where no day of birth is written.

    Who may not know that day reads the same from the child's seat, which begins on it: else a child that is missing
    from a page, or one that is there too many, would tell that somebody is left out.
    """
    born = Birth.objects.filter(person_id=child_id).first()
    if born is not None:
        return has_own_voice(born, country=by.country, timezone=by.timezone, at=at)
    seats = Seat.objects.filter(person_id=child_id, role=Seat.Role.CHILD, circle__kind=Circle.Kind.FAMILY)
    seat = seats.order_by("since", "id").first()
    return None if seat is None else bool(seat.since <= at)


@transaction.atomic
def leave_out(
    subject: Person, *, by: Viewer, at: datetime, person_id: UUID | None = None, organisation_id: UUID | None = None,
    sector: str | None = None,
) -> Exclusion:  # fmt: skip
    """From now on this person, organisation or sector knows nothing about the child. Nobody is told.

    Raises NotForOneParent where a guardian's choice meets the other parent who decides.
    """
    if by.seen_as is not None:
        raise NotAllowed("leave out")
    if person_id is not None and person_id == subject.pk:
        raise LeavesOutOneself
    ground = _ground(subject, by, at)
    target = (person_id, organisation_id, sector)
    for same in Exclusion.objects.filter(subject=subject, ground=ground, until=None):
        if (same.person_id, same.organisation_id, same.sector) == target:
            return same
    if not _may(subject, ground, target):
        raise NotForOneParent("leave out a parent")
    exclusion = Exclusion.objects.create(
        subject=subject, person_id=person_id, organisation_id=organisation_id, sector=sector, ground=ground,
        decided_by_id=by.person_id, since=at,
    )  # fmt: skip
    journal.write("left somebody out", by=by, at=at, about=subject.pk, object_id=exclusion.pk)
    return exclusion


def _may(subject: Person, ground: str, target: tuple[UUID | None, UUID | None, str | None]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.may_exclude(%s, %s, %s, %s, %s)", [subject.pk, ground, *target])
        return bool(cursor.fetchone()[0])


def _ground(subject: Person, by: Viewer, at: datetime) -> str:
    """Own choice from own voice on; before it a guardian's."""
    if by.person_id == subject.pk:
        return Ground.OWN_CHOICE
    alone = decides_alone(subject.pk, by=by, at=at)
    if alone is None:
        raise WithoutBirthDate
    if alone:
        raise NotAllowed("decides alone")
    return Ground.GUARDIAN


def end(exclusion: Exclusion, *, by: Viewer, at: datetime) -> None:
    """What was left out is let in again, by the one who decided or the one it is about."""
    if by.seen_as is not None or exclusion.ground not in ENDED_BY_THE_FAMILY:
        raise NotAllowed("end an exclusion")
    if exclusion.until is None or exclusion.until > at:
        exclusion.until = max(at, exclusion.since)
        exclusion.save(update_fields=["until"])
        journal.write(
            "let somebody in again", by=by, at=at, about=exclusion.subject_id, object_id=exclusion.pk
        )


def left_out_by(viewer: Viewer, subject_ids: list[UUID], at: datetime) -> list[Exclusion]:
    """Who is left out of what is about these children, as far as the viewer may know it."""
    live = Exclusion.objects.filter(subject_id__in=subject_ids, since__lte=at).exclude(until__lte=at)
    return list(live.select_related("organisation").order_by("since", "id"))


__all__ = [
    "ENDED_BY_THE_FAMILY",
    "decides_alone",
    "end",
    "has_own_voice",
    "leave_out",
    "left_out_by",
    "own_voice_on",
]
