"""Whoever is said to have lost what they sign in with hears of it by letter: perhaps it is not so."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kring.messaging import kinds, usecases
from kring.messaging.addressed import to_person
from kring.messaging.kinds import Asked, Words
from kring.trust.models import Job, Matter
from kring.trust.usecases import two_hands
from kring.trust.usecases.accounts import language_of
from kring.trust.viewer import Viewer

DID_YOU_LOSE_IT = "did you lose it"


@transaction.atomic
def ask_and_tell(job: Job, why: str, *, by: Viewer, at: datetime) -> Matter:
    """It waits for a second yes; the colleague is written to at once, and only once."""
    made = two_hands.ask(job, why, by=by, at=at)
    language = language_of(job.person_id)
    usecases.queue(DID_YOU_LOSE_IT, made.pk, at=at, person_id=job.person_id, language=language, once=True)
    return made


def _did_you_lose_it(asked: Asked) -> Words | None:
    """The letter; None when it was taken back, or is about somebody else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.lost_factor_still(%s, %s)", [asked.object_id, asked.person_id])
        if cursor.fetchone() != (True,):
            return None
    return to_person(
        asked.person_id,
        _("Did you lose what you sign in with?"),
        _("Somebody asked that you choose a new way to sign in. A second person says yes or no."),
        _("Is it so? Then you need do nothing: you get a card from one of them, and a code from the other."),
        _("Is it not? Call us today. Somebody may be trying to come in as you."),
        page="/trust/",
        link_words=_("What we promise"),
    )


def announce() -> None:
    """Make the letter known to the outbox."""
    kinds.announce(DID_YOU_LOSE_IT, _did_you_lose_it)
