"""Whether there is a backup that counts: the last one, its last trial, where the ledger lies. For who keeps the village or watches."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kring.ground.backups import shelf
from kring.trust import kept, ledger
from kring.trust.permissions import Permission
from kring.web.circle.faces import viewer_of
from kring.web.doors import door

KEEPERS = (Permission.ADMINISTER, Permission.READ_JOURNAL_FACTS)


@require_safe
@door("second-factor", page="backups")
def backups(request: HttpRequest) -> HttpResponse:
    """Days and numbers; nobody reads a backup here."""
    viewer = viewer_of(request)
    if not any(viewer.can(one) for one in KEEPERS):
        raise Http404
    told = state(timezone.now(), viewer.village_id) | {"administers": viewer.can(Permission.ADMINISTER)}
    return TemplateResponse(request, "administration/backups.html", told)


def state(now: datetime, house: UUID) -> dict[str, Any]:
    """What is known of the backups on this machine, now; of other villages on it not a number."""
    place = settings.PLACE
    copies = [one for one in kept.every() if not one.destroyed_on and one.house == str(house)]
    return {
        "made": shelf.last(place, "backup"),
        "tried": shelf.last(place, "drill"),
        "counts": shelf.counts(place, now),
        "ledger": _ledger(),
        "ledger_place": ledger.path(),
        "copies": len(copies),
        "next_end": min((one.ends for one in copies), default=None),
    }


def _ledger() -> dict[str, Any]:
    """Whether the ledger is there; damaged is worse than empty. How many lines it has would tell of other villages."""
    try:
        list(ledger.standing())
        return {"there": ledger.path().exists()}
    except ledger.LedgerIsDamaged:
        return {"damaged": True}
