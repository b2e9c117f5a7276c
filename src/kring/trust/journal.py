"""The journal: who read or did what, where. Readings are written in the same transaction, before the first byte."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from kring.trust import unit
from kring.trust.models import Entry

if TYPE_CHECKING:
    from kring.trust.viewer import LiveSeat, Viewer

#: Circles whose every reading is told to those who sit in them.
TOLD = frozenset({"family", "part", "home", "own", "confidence", "sealed"})


#: Pages about something narrower than a family's circle, and the kind of circle in which they may be named. In every
#: other journal whoever opened them read the page of the circle: their name would tell that there is a second home,
#: somebody left out, something sealed or confided.
NARROWER = {"home": "home", "own page": "own", "confidence": "confidence", "sealed": "sealed", "two people": "",
            "left out": "", "being forgotten": ""}  # fmt: skip
OF_THE_CIRCLE = "family"


#: All readings of a page in one statement that is the same for one circle or twenty, on every page.
READS = """INSERT INTO trust_entry (id, at, kind, person_id, deed, purpose, organisation_id, role, circle_id, about_id, part, rule)
SELECT gen_random_uuid(), coalesce(%s::timestamptz, statement_timestamp()), 'read', %s, '', %s, one.*
FROM unnest(%s::uuid[], %s::text[], %s::uuid[], %s::uuid[], %s::text[], %s::text[]) AS one"""


def _as_what(viewer: Viewer, circle_id: UUID | None, seat: LiveSeat | None) -> tuple[UUID | None, str, str]:
    """For which organisation, in which role and by which rule somebody is in a circle."""
    job = next((j for j in viewer.jobs if seat is None or j.id == seat.job), None)
    rule = (
        "danger"
        if circle_id in viewer.danger_circles
        else "seat"
        if seat
        else "link"
        if viewer.scope
        else "job"
    )
    organisation = job.organisation if job and (seat is None or seat.job) else None
    return organisation, seat.role if seat else job.role if job else "", rule


def write_reads(work: unit.Unit, *, by: Viewer) -> None:
    """Write down every circle that was read in this unit of work, once for each child it was about.

    Whoever is left out of a child reads in the journal nothing about that child either: not that others read of it.
    """
    seats = {seat.circle: seat for seat in by.seats}
    kinds = {circle: seat.kind for circle, seat in seats.items()} | by.danger_circles
    parts: dict[tuple[UUID, UUID | None], set[str]] = {}
    for circle_id, about_id, part in work.seen:
        if kinds.get(circle_id, "family") in TOLD:
            parts.setdefault((circle_id, about_id), set()).add(part)
    if not parts:
        return
    read = []
    for (circle_id, about_id), names in sorted(parts.items(), key=str):
        organisation, role, rule = _as_what(by, circle_id, seats.get(circle_id))
        part = _part(work.page, kinds.get(circle_id), names)
        read.append((organisation, role, circle_id, about_id, part, rule))
    columns = [list(column) for column in zip(*read, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(READS, [work.at, by.person_id, work.purpose[:80], *columns])


def _part(page: str, kind: str | None, names: set[str]) -> str:
    """What was read, as it is written down for that circle."""
    return as_told(page or "+".join(sorted(names)), kind)[:60]


def as_told(part: str, kind: str | None) -> str:
    """What was read, as the people of a circle of that kind may hear it."""
    return OF_THE_CIRCLE if NARROWER.get(part, kind) != kind else part


def write(deed: str, *, by: Viewer, at: datetime, circle_id: UUID | None = None, about: UUID | None = None,
          object_id: UUID | None = None) -> None:  # fmt: skip
    """Write down what somebody did; with the child it is `about`, so that who is left out of it does not read it."""
    organisation, role, rule = _as_what(by, circle_id, by.seat_in(circle_id) if circle_id else None)
    Entry(
        person_id=by.person_id, organisation_id=organisation, role=role, rule=rule, circle_id=circle_id, at=at,
        kind="done", deed=deed, about_id=about, object_id=object_id,
    ).save(force_insert=True)  # fmt: skip
