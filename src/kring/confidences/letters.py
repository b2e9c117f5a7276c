"""The reminder to whoever said on which day they would answer: it names nobody, and not what was asked."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from kring.messaging import kinds
from kring.messaging.kinds import Asked, Words
from kring.trust.models import Account

TODAY = "answer today"


def _today(asked: Asked) -> Words | None:
    """The letter; None when the answer was given, or somebody else is asked now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.for_an_answer_letter(%s, %s)", [asked.object_id, asked.person_id])
        (name,) = cursor.fetchone() or (None,)
    reader = asked.person_id if name else None
    account = Account.objects.filter(person_id=reader, is_active=True).first() if reader else None
    if account is None or not account.email:
        return None
    return Words(
        address=account.email,
        subject=_("Today is the day you said"),
        lines=(
            _("Hello %(name)s,") % {"name": name},
            _("You said that you would do something until today. Sign in to see it."),
        ),
        link=f"{str(settings.PUBLIC_ADDRESS).rstrip('/')}/me/",
        link_words=_("Look"),
        signed="Kring",
    )


def announce() -> None:
    """Make the letter known to the outbox."""
    kinds.announce(TODAY, _today)
