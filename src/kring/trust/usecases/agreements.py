"""Agreements: an organisation reads the one page and says yes; from then on its people's jobs are live (K2)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from kring.trust import journal, rules
from kring.trust.models import Agreement, Organisation
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer


class OwnAgreement(Exception):
    """Whoever keeps the agreements would end their own work with it; somebody else does that."""


class EndsInThePast(Exception):
    """An agreement ends on a day that is still to come, within a year."""


@dataclass(frozen=True)
class Standing:
    """An organisation, and whether its agreement lives."""

    organisation: Organisation
    lives: bool
    until: datetime | None = None


def of_village(*, by: Viewer, at: datetime) -> list[Standing]:
    """Every organisation of the village, by name."""
    by.must(Permission.KEEP_AGREEMENTS)
    standing = _live(at).filter(organisation=OuterRef("pk"))
    rows = Organisation.objects.filter(village_id=by.village_id).annotate(
        lives=Exists(standing), ends_at=Subquery(standing.order_by("-until", "id").values("until")[:1])
    )
    return [Standing(row, row.lives, row.ends_at) for row in rows.order_by("name", "id")]


@transaction.atomic
def agree(name: str, sector: str, *, by: Viewer, at: datetime) -> Organisation:
    """An organisation has read the page and agrees; the same name twice is one organisation with one agreement."""
    by.must(Permission.KEEP_AGREEMENTS)
    here = Organisation.objects.select_for_update(no_key=True).filter(village_id=by.village_id).order_by("id")
    known = {one.name.casefold(): one for one in here}  # held, so that two clicks take turns
    organisation = known.get(name.strip().casefold()) or Organisation.objects.create(
        village_id=by.village_id, name=name.strip(), sector=sector
    )
    return _begin(organisation, by=by, at=at)


@transaction.atomic
def renew(organisation_id: UUID, *, by: Viewer, at: datetime) -> Organisation:
    """An agreement that ended begins again; every seat that slept with it wakes."""
    by.must(Permission.KEEP_AGREEMENTS)
    return _begin(_held(organisation_id, by), by=by, at=at)


@transaction.atomic
def end(organisation_id: UUID, *, by: Viewer, at: datetime) -> Organisation:
    """The agreement ends now, and with it every seat that came through it; a second tap changes nothing."""
    by.must(Permission.KEEP_AGREEMENTS)
    organisation = _held(organisation_id, by)
    if any(job.organisation == organisation.pk for job in by.jobs):
        raise OwnAgreement
    if _live(at).filter(organisation=organisation).update(until=at):
        journal.write("agreement ended", by=by, at=at, object_id=organisation.pk)
    return organisation


@transaction.atomic
def end_on(organisation_id: UUID, last: date, *, by: Viewer, at: datetime) -> Organisation:
    """The agreement holds until this day is over; sixty days before, the village is told. Renewing takes the end away."""
    by.must(Permission.KEEP_AGREEMENTS)
    if not rules.lies_ahead(last, at, by.timezone):
        raise EndsInThePast
    organisation = _held(organisation_id, by)
    if any(job.organisation == organisation.pk for job in by.jobs):
        raise OwnAgreement
    if _live(at).filter(organisation=organisation).update(until=rules.day_is_over(last, by.timezone)):
        journal.write("agreement ends on a day", by=by, at=at, object_id=organisation.pk)
    return organisation


def _live(at: datetime) -> QuerySet[Agreement]:
    return Agreement.objects.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at)


def _held(organisation_id: UUID, by: Viewer) -> Organisation:
    return Organisation.objects.select_for_update(no_key=True).get(
        pk=organisation_id, village_id=by.village_id
    )


def _begin(organisation: Organisation, *, by: Viewer, at: datetime) -> Organisation:
    live = _live(at).filter(organisation=organisation)
    if live.filter(until__isnull=False).update(until=None):
        journal.write("agreement goes on", by=by, at=at, object_id=organisation.pk)
    if not live.exists():
        Agreement.objects.create(organisation=organisation, since=at)
        journal.write("agreement accepted", by=by, at=at, object_id=organisation.pk)
    return organisation
