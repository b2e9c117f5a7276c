"""The desk as it is shown: each concern with its next day, its hints, and whether it is mine."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from kring.intake import rules
from kring.intake.models import Concern, Promise
from kring.intake.models.concerns import open_together
from kring.trust.models import Person
from kring.trust.viewer import Viewer

SHORT, FEW = 140, 3


@dataclass
class Row:
    """One concern on the desk's list."""

    concern: Concern
    due: datetime
    late: bool
    mine: bool
    ends: date
    warned: bool
    alike: list[str] = field(default_factory=list)
    taken_by: Person | None = None

    @property
    def name(self) -> str:
        """Whom it is about, in the asker's words."""
        return self.concern.who_about

    @property
    def words(self) -> str:
        """The first words of what was seen."""
        seen = rules.one_line(self.concern.seen)
        return seen if len(seen) <= SHORT else seen[:SHORT].rsplit(" ", 1)[0] + "…"


def rows(found: list[Concern], *, term_days: int, by: Viewer, at: datetime) -> list[Row]:
    """The concerns with the oldest promise first; hints only from what the viewer sees."""
    due: dict[UUID, datetime] = {}
    open_together(found)
    for promise in Promise.objects.open().filter(concern__in=found):
        if promise.concern_id:
            due.setdefault(promise.concern_id, promise.due_at)
    alike = rules.likeness([concern.who_about for concern in found])
    shown = []
    for place, concern in enumerate(found):
        ends = concern.term_ends(term_days)
        day = due.get(concern.pk, concern.answer_by)
        shown.append(
            Row(
                concern, day, late=rules.is_late(day, at=at), mine=concern.taken_by_id == by.person_id, ends=localdate(ends),
                warned=rules.is_warned(ends, at), alike=[found[other].who_about for other in alike[place][:FEW]],
            )
        )  # fmt: skip
    return sorted(
        shown, key=lambda row: (not row.concern.wants_help_now, row.due, row.concern.at, str(row.concern.pk))
    )
