"""The two letters about looking at a plan together: to the coordinator, without a word of whose plan it is."""

from __future__ import annotations

from django.db import connection
from django.utils.translation import gettext as _

from kring.messaging import kinds
from kring.messaging.addressed import to_person
from kring.messaging.kinds import Asked, Words

SOON, DUE = "review soon", "review due"


def _to_coordinator(asked: Asked, subject: str, line: str, *, due: bool) -> Words | None:
    """The letter; None when the day moved, the plan closed, or somebody else coordinates."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.review_still_comes(%s, %s, %s)", [asked.object_id, asked.person_id, due])
        (name,) = cursor.fetchone() or (None,)
    if not name:
        return None
    return to_person(asked.person_id, subject, line, page="/today/", link_words=_("Open your day"), name=name)


def _soon(asked: Asked) -> Words | None:
    return _to_coordinator(
        asked,
        _("In two weeks you look at a plan together"),
        _("Ask everybody now how it goes. Then they have time to get ready."),
        due=False,
    )


def _due(asked: Asked) -> Words | None:
    return _to_coordinator(
        asked,
        _("It is time to look at a plan together"),
        _("The day has come. This is the last reminder: the plan stays on top of your day."),
        due=True,
    )


def announce() -> None:
    """Make the letters known to the outbox."""
    kinds.announce(SOON, _soon)
    kinds.announce(DUE, _due)
