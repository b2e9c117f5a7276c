"""Letters to who is asked to a meeting: called, on another day, called off.

Neither what it is for nor a name of a child stands in them; nor the place, in whose words a name may stand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from kring.messaging import kinds
from kring.messaging.addressed import to_person
from kring.messaging.kinds import Asked, Words
from kring.wraparound.calendars import Appointment, address_of, calendar, page_of

CALLED, MOVED, CALLED_OFF = "meeting called", "meeting moved", "meeting called off"


def _worded(asked: Asked, kind: str, subject: Callable[[], str], line: Callable[[], str]) -> Words | None:
    """The letter; None when it is not true any more, or whoever it goes to may not know of the meeting any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM trust.meeting_letter(%s, %s, %s)", [asked.object_id, asked.person_id, kind]
        )
        row = cursor.fetchone()
    if row is None:
        return None
    name, begins_at, moves, is_off = row
    words = to_person(
        asked.person_id,
        subject(),
        line(),
        page=page_of(asked.object_id),
        link_words=_("Open the page"),
        name=name,
    )
    appointment = Appointment(asked.object_id, begins_at, moves, is_off)
    return words and replace(
        words, calendar=calendar(appointment, back=address_of(asked.object_id), at=asked.at)
    )


def _called(asked: Asked) -> Words | None:
    return _worded(
        asked,
        CALLED,
        lambda: _("You are asked to come to a talk"),
        lambda: _(
            "Somebody you know asks you to come. When and where: see the page. There you also say whether you come."
        ),
    )


def _moved(asked: Asked) -> Words | None:
    return _worded(
        asked,
        MOVED,
        lambda: _("A talk has another day"),
        lambda: _(
            "The day has changed. On the page you see when it is now. Please say again whether you come."
        ),
    )


def _called_off(asked: Asked) -> Words | None:
    return _worded(
        asked,
        CALLED_OFF,
        lambda: _("A talk does not take place"),
        lambda: _("You need not come. On the page you can read why."),
    )


def _child_of(meeting_id: UUID) -> UUID | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.child_of_meeting(%s)", [meeting_id])
        row = cursor.fetchone()
    return row[0] if row else None


def announce() -> None:
    """Make the letters known to the outbox."""
    about = kinds.About("meetings", _child_of)
    for kind, wording in ((CALLED, _called), (MOVED, _moved), (CALLED_OFF, _called_off)):
        kinds.announce(kind, wording, about)
