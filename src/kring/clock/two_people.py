"""A morning letter that something waits for two people: no name and no word of what it is about."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kring.messaging import kinds
from kring.messaging import usecases as messaging
from kring.messaging.addressed import to_person
from kring.messaging.kinds import Asked, Words
from kring.trust.usecases.accounts import language_of

SECOND, ANEW = "second yes", "looked at anew"
KINDS = {"matter": SECOND, "withheld": ANEW}


def _waiting(at: datetime) -> list[tuple[str, UUID, UUID]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, object_id, person_id FROM trust.waits_for_two(%s)", [at])
        return cursor.fetchall()


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Tell, once, who may say a second yes, and who keeps a family when what is withheld ends soon."""
    told = 0
    for kind, thing, person in _waiting(at):
        language = language_of(person)
        letter = messaging.queue(KINDS[kind], thing, at=at, person_id=person, language=language, once=True)
        told += letter is not None
    return told


def _letter(asked: Asked, kind: str, subject: str, line: str, page: str) -> Words | None:
    """The letter; None when nothing waits for this person any more."""
    if (kind, asked.object_id, asked.person_id) not in _waiting(asked.at):
        return None
    return to_person(asked.person_id, subject, line, page=page, link_words=_("Open the page"))


def _second(asked: Asked) -> Words | None:
    line = _("A colleague asks for a second yes. It waits for three days at most.")
    return _letter(
        asked, "matter", _("Something waits for your yes or no"), line, f"/two-people/{asked.object_id}/"
    )


def _anew(asked: Asked) -> Words | None:
    line = _(
        "Something that two people decided ends within two weeks. Does it end, or do you ask for it anew?"
    )
    return _letter(asked, "withheld", _("Look at it anew, with two people"), line, "/families/")


def announce() -> None:
    """Make the letters known to the outbox."""
    kinds.announce(SECOND, _second)
    kinds.announce(ANEW, _anew)
