"""Sealing: words that only named people read. They are named when it is sealed; one more needs two people (D6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kring.intake.models import Sealed
from kring.trust import journal
from kring.trust.models import Circle, Seat
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.viewer import Viewer

LONGEST = 2000


class NothingToSeal(Exception):
    """There is not a word in it."""


@transaction.atomic
def seal(
    family_id: UUID, kind: str, words: str, *, people: Iterable[UUID] = (), by: Viewer, at: datetime
) -> Sealed:
    """Somebody who works with the family seals words for themselves and for colleagues of its circle."""
    by.must(Permission.ASK_TWO)
    seat = by.family_seat(family_id)
    if seat is None or seat.job is None:
        raise NotAllowed("seal")
    there = Seat.objects.filter(
        circle_id=seat.circle, person_id__in=set(people), job__isnull=False, since__lte=at
    )
    readers = {one.person_id: one.job_id for one in there.exclude(until__lte=at) if one.job_id}
    return seal_for(family_id, kind, words, {by.person_id: seat.job} | readers, by=by, at=at)


def seal_for(
    family_id: UUID, kind: str, words: str, readers: dict[UUID, UUID], *, by: Viewer, at: datetime
) -> Sealed:
    """A sealed circle of its own, with exactly these readers through these jobs."""
    words = words.strip()[:LONGEST]
    if not words:
        raise NothingToSeal
    circle = Circle.objects.create(
        village_id=by.village_id,
        family_id=family_id,
        kind=Circle.Kind.SEALED,
        opened_by_id=by.person_id,
        opened_at=at,
    )
    for person, job in readers.items():
        Seat.objects.create(
            circle=circle, person_id=person, job_id=job, role=Seat.Role.PROFESSIONAL, ring=3, ground=Seat.Ground.JOB,
            since=at, decided_by_id=by.person_id,
        )  # fmt: skip
    row = Sealed(circle=circle, author_id=by.person_id, at=at, kind=kind)
    row.words = words
    row.save(force_insert=True)
    journal.write("sealed", by=by, at=at, circle_id=circle.pk, object_id=row.pk)
    return row
