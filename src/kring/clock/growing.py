"""The letter thirty days before a birthday that changes who decides: without a name of a child, without what changes."""

from __future__ import annotations

from functools import partial

from django.db import connection
from django.utils.translation import gettext as _

from kring.messaging import kinds
from kring.messaging.addressed import to_person
from kring.messaging.kinds import Asked, Words

TURNINGS = ("voice", "reading", "both")


def kind_of(turning: str) -> str:
    """The kind of letter about such a turning: a child may have two in its life, and each is told once."""
    return f"growing up, {turning}"


def _letter(turning: str, asked: Asked) -> Words | None:
    """The letter; None when the day was moved, has come, or somebody does not sit with the family any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT trust.turning_still_comes(%s, %s, %s)", [asked.object_id, asked.person_id, turning]
        )
        (name,) = cursor.fetchone() or (None,)
    if not name:
        return None
    line = _("In a month a birthday changes something by itself. There is a sheet to read and to talk about.")
    subject = _("Something to talk about together")
    return to_person(asked.person_id, subject, line, page="/families/", link_words=_("Open Kring"), name=name)


def announce() -> None:
    """Make the letters known to the outbox."""
    for turning in TURNINGS:
        kinds.announce(
            kind_of(turning), partial(_letter, turning), kinds.About("growing up", lambda child: child)
        )
