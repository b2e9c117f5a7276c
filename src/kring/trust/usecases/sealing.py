"""Sealing the journal by the clock, and the seals that others keep."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from kring.trust import journal, ledger
from kring.trust.models import SealKeeper
from kring.trust.permissions import Permission
from kring.trust.seals import checking, kept
from kring.trust.seals.verifying import Verified
from kring.trust.usecases import gatekeeping
from kring.trust.viewer import Viewer

PLACES = (1, 2)


@dataclass(frozen=True)
class KeptByMail:
    """What a keeper of seals is told."""

    email: str
    village: str
    number: int
    at: datetime
    fingerprint: str


def seal(*, at: datetime) -> int:
    """Seal what was written until now and keep the seals outside too; answers how many lines were sealed."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT trust.seal_journal(%s)", [at])
        sealed: int = cursor.fetchone()[0]
    kept.keep()
    return sealed


def check() -> Verified | None:
    """Recompute every seal as whoever keeps the gate; None where this machine knows the serving role only."""
    if settings.ADDRESSES.owner is None:
        return None
    besides: list[str] = []
    outside, forgotten = [], None
    try:
        outside = kept.every_seal()
    except kept.NotSeals as problem:
        besides.append(f"the seals kept outside cannot be read: {problem}")
    try:
        ledger.moments()
    except ledger.LedgerIsDamaged as problem:  # then it explains no emptied line
        besides.append(f"the ledger is damaged at {problem}")
        forgotten = Path(os.devnull)
    with gatekeeping.of_its_own() as keeper:
        return checking.verified(keeper, outside, forgotten, besides="; ".join(besides))


def for_keeper(keeper: UUID) -> KeptByMail | None:
    """The newest seal for this keeper; None when they keep none any more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust.seal_for_keeper(%s)", [keeper])
        row = cursor.fetchone()
    return KeptByMail(*row) if row else None


def keepers(*, by: Viewer) -> dict[int, SealKeeper]:
    """Who keeps seals now, by their place."""
    by.must(Permission.READ_JOURNAL_FACTS)
    return {
        keeper.place: keeper for keeper in SealKeeper.objects.filter(until__isnull=True).order_by("place")
    }


@transaction.atomic
def choose_keepers(addresses: tuple[str, str], *, by: Viewer, at: datetime) -> bool:
    """Two addresses, one for each place; an empty one leaves it free. Answers whether anything changed.

    Who changes it stands in the journal: whoever wants to change the record in silence begins with who keeps its seals.
    """
    by.must(Permission.READ_JOURNAL_FACTS)
    standing, changed = keepers(by=by), False
    for place, email in zip(PLACES, addresses, strict=True):
        before = standing.get(place)
        if (before.email if before else "") == email:
            continue
        changed = True
        if before:
            SealKeeper.objects.filter(pk=before.pk).update(until=at)
        if email:
            SealKeeper.objects.create(
                village_id=by.village_id, place=place, email=email, chosen_by_id=by.person_id, since=at
            )
    if changed:
        journal.write("keepers of the seals chosen", by=by, at=at)
    return changed
