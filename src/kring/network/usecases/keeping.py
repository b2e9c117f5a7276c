"""Keeping an offer right: saying that it is, taking that back, giving it to somebody, and the coordinator's list."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import DateTimeField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from kring.network.models import Correction, Keeping, Offer
from kring.network.usecases.offers import may_keep, must_keep
from kring.trust import journal
from kring.trust.models import Job
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.viewer import Viewer

TAKES_BACK_WITHIN = timedelta(hours=1)
SEVEN_MONTHS = timedelta(days=214)


class TooLateToTakeBack(Exception):
    """A yes can be taken back within the hour, by whoever said it."""


class NobodyThere(Exception):
    """Who keeps an offer right works in its organisation."""


def _of(offer: Offer) -> Keeping:
    """Who keeps it, one at a time: two who say yes at once write one line."""
    Offer.objects.select_for_update().filter(pk=offer.pk).first()
    found = Keeping.objects.filter(offer=offer).first()
    return found or Keeping(offer=offer, village_id=offer.village_id)


@transaction.atomic
def confirm(offer: Offer, *, by: Viewer, at: datetime) -> Keeping:
    """Yes, this offer is still right; a second touch within the hour is the same yes."""
    must_keep(by, offer)
    kept = _of(offer)
    if kept.confirmed_by_id == by.person_id and _just_now(kept, at):
        return kept
    kept.before = {
        "at": kept.confirmed_at.isoformat() if kept.confirmed_at else None,
        "for": kept.confirmed_for,
    }
    kept.confirmed_at, kept.confirmed_by_id, kept.confirmed_for = at, by.person_id, _speaks_for(offer, by)
    kept.save()
    settle(offer, by=by, at=at)
    journal.write("offer confirmed", by=by, at=at, object_id=offer.pk)
    return kept


def _speaks_for(offer: Offer, by: Viewer) -> str:
    """The organisation in whose name somebody says yes: the offer's own where they work, else their own."""
    own = {job.organisation: job.organisation_name for job in by.jobs}
    return own.get(offer.organisation_id) or by.jobs[0].organisation_name


def _just_now(kept: Keeping, at: datetime) -> bool:
    return kept.confirmed_at is not None and kept.confirmed_at > at - TAKES_BACK_WITHIN


def may_take_back(kept: Keeping | None, *, by: Viewer, at: datetime) -> bool:
    """Whether this person said yes within the hour."""
    return kept is not None and kept.confirmed_by_id == by.person_id and _just_now(kept, at)


@transaction.atomic
def take_back(offer: Offer, *, by: Viewer, at: datetime) -> None:
    """The yes was a slip: what stood there before stands there again."""
    must_keep(by, offer)
    kept = _of(offer)
    if not may_take_back(kept, by=by, at=at):
        raise TooLateToTakeBack
    before: dict[str, Any] = kept.before
    kept.confirmed_at = datetime.fromisoformat(before["at"]) if before.get("at") else None
    kept.confirmed_for, kept.confirmed_by_id, kept.before = before.get("for", ""), None, {}
    kept.save()
    journal.write("offer confirmation taken back", by=by, at=at, object_id=offer.pk)


def colleagues(offer: Offer, at: datetime) -> QuerySet[Job]:
    """Who works in the organisation of an offer now, and so may keep it right."""
    now = Job.objects.filter(organisation=offer.organisation_id, since__lte=at)
    return (
        now.filter(Q(until__isnull=True) | Q(until__gt=at))
        .select_related("person")
        .order_by("person__given_name", "id")
    )


@transaction.atomic
def hand_to(offer: Offer, person_id: UUID | None, *, by: Viewer, at: datetime) -> None:
    """Somebody of the organisation keeps this offer right from now on; nobody means: its lead."""
    if by.village_id != offer.village_id or not may_keep(by, offer.organisation_id):
        raise NotAllowed(Permission.KEEP_OWN_OFFERS.value)
    if person_id is not None and not colleagues(offer, at).filter(person=person_id).exists():
        raise NobodyThere
    kept = _of(offer)
    if kept.owner_id != person_id:
        kept.owner_id = person_id
        kept.save()
        journal.write("offer given to keep", by=by, at=at, about=person_id, object_id=offer.pk)


def settle(offer: Offer, *, by: Viewer, at: datetime) -> None:
    """What somebody said is different was put right."""
    must_keep(by, offer)
    Correction.objects.filter(offer=offer, settled_at__isnull=True).update(settled_at=at)


def corrections(offer: Offer) -> list[Correction]:
    """What somebody said is different and nobody put right yet."""
    return list(Correction.objects.filter(offer=offer, settled_at__isnull=True).order_by("at", "id"))


def to_call_about(by: Viewer, at: datetime) -> QuerySet[Offer]:
    """The coordinator's list: what somebody said is different, then what nobody confirmed for seven months."""
    by.must(Permission.KEEP_DIRECTORY)
    said = Correction.objects.filter(offer=OuterRef("pk"), settled_at__isnull=True)
    known = Greatest(
        F("changed_at"), Coalesce(F("keeping__confirmed_at"), F("changed_at")), output_field=DateTimeField()
    )
    rows = Offer.objects.of_village(by.village_id).shown().annotate(known_at=known, differs=Exists(said))
    waiting = rows.filter(Q(differs=True) | Q(known_at__lt=at - SEVEN_MONTHS))
    return waiting.select_related("organisation__card", "keeping").order_by("-differs", "known_at", "id")


def of_person(by: Viewer) -> QuerySet[Offer]:
    """The offers somebody keeps right: as owner, and as lead of the organisation."""
    leads = [job.organisation for job in by.jobs if job.role == "lead"]
    rows = Offer.objects.of_village(by.village_id).shown()
    rows = rows.filter(Q(keeping__owner=by.person_id) | Q(organisation__in=leads))
    return rows.select_related("organisation", "keeping").order_by("sort_key", "id")
