"""The last deed of this session, which one may take back for a while."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KEPT_IN = "undo"
FOR_SO_LONG = timedelta(minutes=10)

WORDS: dict[str, Promise] = {
    "take up": _("You took it up. It has left the desk."),
    "promise": _("Promised."),
    "kept": _("Marked as kept."),
    "let go": _("Marked as not needed any more."),
    "other day": _("There is another day now."),
    "close": _("Closed. Whoever asked can read why."),
}


def remember(request: HttpRequest, deed: str, object_id: UUID, at: datetime) -> None:
    """Keep the last deed, so that it can be taken back."""
    request.session[KEPT_IN] = {"deed": deed, "object": str(object_id), "at": at.isoformat()}


def waiting(request: HttpRequest, now: datetime) -> dict[str, Any] | None:
    """What can be taken back now, with its words."""
    kept = request.session.get(KEPT_IN)
    if not kept or now - datetime.fromisoformat(kept["at"]) > FOR_SO_LONG:
        return None
    return {"deed": kept["deed"], "object_id": UUID(kept["object"]), "words": WORDS[kept["deed"]]}


def forget(request: HttpRequest) -> None:
    """Nothing to take back any more."""
    request.session.pop(KEPT_IN, None)
