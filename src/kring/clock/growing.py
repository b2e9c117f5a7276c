"""The letter thirty days before a birthday that changes who decides: without a name of a child, without what changes."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from kring.messaging import kinds
from kring.messaging.kinds import Asked, Words
from kring.trust.models import Account

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
    account = Account.objects.filter(person_id=asked.person_id, is_active=True).first() if name else None
    if account is None or not account.email:
        return None
    return Words(
        address=account.email,
        subject=_("Something to talk about together"),
        lines=(
            _("Hello %(name)s,") % {"name": name},
            _(
                "In a month a birthday changes something by itself. There is a sheet to read and to talk about."
            ),
        ),
        link=f"{str(settings.PUBLIC_ADDRESS).rstrip('/')}/families/",
        link_words=_("Open Kring"),
        signed="Kring",
    )


def announce() -> None:
    """Make the letters known to the outbox."""
    for turning in TURNINGS:
        kinds.announce(
            kind_of(turning), partial(_letter, turning), kinds.About("growing up", lambda child: child)
        )
