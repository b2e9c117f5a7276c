"""The child's own page: written by the child, read by whom the child chooses."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kring.trust import journal
from kring.trust.models import Circle, FamilyMember, Seat
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.usecases.showing import seated_until
from kring.trust.viewer import Viewer
from kring.wraparound.models import OwnPage

LONGEST = 500
KINDS = tuple(OwnPage.Kind.values)


class NothingSaid(Exception):
    """There are no words in it."""


@transaction.atomic
def say(circle: Circle, kind: str, words: str, *, language: str, by: Viewer, at: datetime) -> OwnPage:
    """The child writes something on its own page; the same line again, in the same part, stands there once."""
    by.must(Permission.WRITE_OWN_PAGE, circle.pk)
    words = words.strip()[:LONGEST]
    if not words or kind not in KINDS:
        raise NothingSaid
    line: OwnPage
    for line in OwnPage.objects.filter(circle=circle, kind=kind, author_id=by.person_id):
        if line.words == words:
            return line
    said: OwnPage = OwnPage.objects.create(
        circle=circle, subject_id=circle.subject_id, author_id=by.person_id, at=at, kind=kind,
        words=words, language=language,
    )  # fmt: skip
    journal.write(
        "wrote on the own page", by=by, at=at, circle_id=circle.pk, about=circle.subject_id, object_id=said.pk
    )
    return said


@transaction.atomic
def unsay(line: OwnPage, *, by: Viewer, at: datetime) -> None:
    """The child takes something off its own page."""
    by.must(Permission.WRITE_OWN_PAGE, line.circle_id)
    journal.write(
        "took something off the own page", by=by, at=at, circle_id=line.circle_id, about=line.about_id
    )
    line.delete()


@transaction.atomic
def show_to(circle: Circle, person_id: UUID, *, by: Viewer, at: datetime) -> None:
    """The child lets somebody of its circle read the own page."""
    by.must(Permission.WRITE_OWN_PAGE, circle.pk)
    if circle.kind != Circle.Kind.OWN or by.seen_as is not None:
        raise NotAllowed("show the own page")
    who = _near(circle, person_id, at)
    if who is None:
        raise NotAllowed("not in the circle")
    if circle.seats.filter(person_id=person_id).exclude(until__lte=at).exists():
        return
    relation, job_id, until = who
    Seat.objects.create(
        circle=circle, person_id=person_id, job_id=job_id, relation=relation, ground=Seat.Ground.OWN_CHOICE, since=at,
        until=until, role=Seat.Role.PROFESSIONAL if job_id else Seat.Role.NATURAL, decided_by_id=by.person_id,
    )  # fmt: skip
    journal.write(
        "showed the own page", by=by, at=at, circle_id=circle.pk, about=circle.subject_id, object_id=person_id
    )


def _near(circle: Circle, person_id: UUID, at: datetime) -> tuple[str, UUID | None, datetime | None] | None:
    """Somebody of the family circle, until they go: who stands in reads no longer than they stand in.

    A child below own voice knows its guardians.
    """
    if circle.family_id is None:
        return None
    family = circle.family_id
    seats = Seat.objects.filter(
        circle__family_id=family, circle__kind=Circle.Kind.FAMILY, person_id=person_id
    )
    seat = seats.filter(since__lte=at).exclude(until__lte=at).first()
    if seat is not None:
        return seat.relation, seat.job_id, seated_until(seat)
    member = FamilyMember.objects.filter(family_id=family, person_id=person_id).first()
    return (member.relation, None, None) if member else None


@transaction.atomic
def hide_from(circle: Circle, person_id: UUID, *, by: Viewer, at: datetime) -> None:
    """From now on this person does not read the own page any more."""
    by.must(Permission.WRITE_OWN_PAGE, circle.pk)
    if person_id == by.person_id:
        raise NotAllowed("the own page stays one's own")
    for seat in circle.seats.filter(person_id=person_id).exclude(until__lte=at):
        seat.until = max(at, seat.since)
        seat.save(update_fields=["until"])
        journal.write(
            "hid the own page",
            by=by,
            at=at,
            circle_id=circle.pk,
            about=circle.subject_id,
            object_id=person_id,
        )
