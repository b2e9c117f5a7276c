"""The reminder to whoever said on which day they would answer: it names nobody, and not what was asked."""

from __future__ import annotations

from django.db import connection
from django.utils.translation import gettext as _

from kring.messaging import kinds
from kring.messaging.addressed import to_person
from kring.messaging.kinds import Asked, Words

TODAY = "answer today"


def _today(asked: Asked) -> Words | None:
    """The letter; None when the answer was given, or somebody else is asked now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.for_an_answer_letter(%s, %s)", [asked.object_id, asked.person_id])
        (name,) = cursor.fetchone() or (None,)
    if not name:
        return None
    line = _("You said that you would do something until today. Sign in to see it.")
    subject = _("Today is the day you said")
    return to_person(asked.person_id, subject, line, page="/me/", link_words=_("Look"), name=name)


def announce() -> None:
    """Make the letter known to the outbox."""
    kinds.announce(TODAY, _today)
