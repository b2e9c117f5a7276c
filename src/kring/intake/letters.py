"""The letters about concerns and promises: how they are worded, and whether they may still go."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from django.db import connection
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kring.intake import receipts
from kring.intake.models import Concern
from kring.messaging import kinds
from kring.messaging.addressed import to_person
from kring.messaging.kinds import Asked, Words

RECEIVED, MOVED, ENDED, WAS_IT_TRUE = "receipt", "promise moved", "concern ended", "was it true"
NEW, ENDING, LATE = "new concern", "concern ends soon", "promise late"


def day_and_hour(moment: datetime, zone: str) -> str:
    """Thursday 26 November, 16:00; in the language that is spoken now."""
    there, language = moment.astimezone(ZoneInfo(zone)), get_language() or "en"
    day = format_date(there.date(), "EEEE d MMMM", locale=language)
    return f"{day}, {format_time(there, 'short', locale=language)}"


def _ask(query: str, *values: Any) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, list(values))
        row = cursor.fetchone()
    told: dict[str, Any] = json.loads(row[0]) if row and row[0] else {}
    return told


def _opened(concern: UUID, told: dict[str, Any]) -> Concern:
    """The concern with what was told, to be opened here and nowhere in the database."""
    circle, subject = UUID(told["circle"]), told["subject"]
    return Concern(
        id=concern,
        circle_id=circle,
        subject_id=UUID(subject) if subject else None,
        told_locked=bytes.fromhex(told["told"]),
    )


def _to_asker(asked: Asked, subject: str, line: str, *, still: str = "") -> Words | None:
    """A letter to the one who asked: a name, a number, a day and the link; None when it is not true any more.

    It goes to the address they gave, to nobody of the house.
    """
    if asked.person_id:
        return None
    told = _ask("SELECT trust.for_a_letter(%s, %s)::text", asked.object_id, asked.at)
    receipt = told.get("receipt")
    if not receipt or (still and not (receipt | told)[still]):
        return None
    person, village = receipt["person"] or {}, receipt["village"]
    due = datetime.fromisoformat(receipt["due"]) if receipt["due"] else None
    words = {"name": person.get("name", ""), "day": day_and_hour(due, village["timezone"]) if due else ""}
    signed = " · ".join(
        filter(None, [person.get("name") or village["name"], person.get("phone") or village["phone"]])
    )
    return Words(
        address=_opened(asked.object_id, told).mail,
        subject=subject % words,
        lines=(line % words,) if due or "%(day)s" not in line else (_("We have your message."),),
        link=receipts.address(asked.object_id),
        link_words=_("See how it goes"),
        signed=signed,
        village=village["name"],
    )


def _received(asked: Asked) -> Words | None:
    return _to_asker(
        asked, _("%(name)s has your message"), _("Thank you. %(name)s contacts you before %(day)s.")
    )


def _moved(asked: Asked) -> Words | None:
    return _to_asker(
        asked,
        _("%(name)s needs more time"),
        _("%(name)s needs more time. The new day: before %(day)s."),
        still="moved",
    )


def _ended(asked: Asked) -> Words | None:
    return _to_asker(
        asked,
        _("There is an answer for you"),
        _("%(name)s wrote how it went. Open the page to read it."),
        still="outcome",
    )


def _was_it_true(asked: Asked) -> Words | None:
    return _to_asker(
        asked,
        _("Did we do what we promised?"),
        _("%(name)s promised you something. Did it happen? One tap is enough."),
        still="asks",
    )


def _to_worker(asked: Asked, kind: str, subject: str, line: str) -> Words | None:
    """A letter to somebody at work; None when it waits no longer, or no longer for them."""
    told = _ask("SELECT trust.still_waits(%s, %s, %s)::text", asked.object_id, asked.person_id, kind)
    if asked.person_id is None or not told.get("waits"):
        return None
    if told.get("help"):
        subject = _("Please look at once")
    return to_person(
        asked.person_id, subject, line, page="/concerns/", link_words=_("Open the desk"), name=told["name"]
    )


def _new(asked: Asked) -> Words | None:
    return _to_worker(
        asked, NEW, _("Somebody waits for an answer"), _("Something new came in while you are on duty.")
    )


def _ending(asked: Asked) -> Words | None:
    return _to_worker(
        asked,
        ENDING,
        _("Something will be deleted in a week"),
        _("Nobody has finished it yet. In a week it is deleted for good."),
    )


def _late(asked: Asked) -> Words | None:
    return _to_worker(
        asked,
        LATE,
        _("A promise of yours has passed its day"),
        _("Keep it, or agree on another day. We remind you once only."),
    )


def announce() -> None:
    """Make the letters known to the outbox."""
    wordings = {
        RECEIVED: _received, MOVED: _moved, ENDED: _ended, WAS_IT_TRUE: _was_it_true,
        NEW: _new, ENDING: _ending, LATE: _late,
    }  # fmt: skip
    for kind, wording in wordings.items():
        kinds.announce(kind, wording)
