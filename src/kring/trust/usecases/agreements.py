"""Agreements: an organisation reads the one page and says yes; from then on its people's jobs are live (K2)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from kring.trust import journal
from kring.trust.models import Agreement, Organisation
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer


class OwnAgreement(Exception):
    """Whoever keeps the agreements would end their own work with it; somebody else does that."""


@dataclass(frozen=True)
class Standing:
    """An organisation, and whether its agreement lives."""

    organisation: Organisation
    lives: bool


def of_village(*, by: Viewer, at: datetime) -> list[Standing]:
    """Every organisation of the village, by name."""
    by.must(Permission.KEEP_AGREEMENTS)
    rows = Organisation.objects.filter(village_id=by.village_id).annotate(
        lives=Exists(_live(at).filter(organisation=OuterRef("pk")))
    )
    return [Standing(row, row.lives) for row in rows.order_by("name", "id")]


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


def _live(at: datetime) -> QuerySet[Agreement]:
    return Agreement.objects.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at)


def _held(organisation_id: UUID, by: Viewer) -> Organisation:
    return Organisation.objects.select_for_update(no_key=True).get(
        pk=organisation_id, village_id=by.village_id
    )


def _begin(organisation: Organisation, *, by: Viewer, at: datetime) -> Organisation:
    if not _live(at).filter(organisation=organisation).exists():
        Agreement.objects.create(organisation=organisation, since=at)
        journal.write("agreement accepted", by=by, at=at, object_id=organisation.pk)
    return organisation
