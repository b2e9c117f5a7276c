"""The letter that asks whether offers are still right: to whoever keeps them, with a page that needs no account."""

from __future__ import annotations

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.messaging import kinds
from kring.messaging.addressed import to_person
from kring.messaging.kinds import Asked, Words
from kring.network import questions

STILL_RIGHT = "offers still right"
SOMETHING_WAITS = "something waits"
IT_STAYS = "it stays"
MOST_NAMED = 5
MINE = "/mine/"


def _still_right(asked: Asked) -> Words | None:
    """The letter; None when everything was answered meanwhile, or somebody else keeps the offers now."""
    told = questions.waits(asked.object_id, asked.person_id, at=asked.at)
    if not told:
        return None
    names = told["offers"]
    more = len(names) - MOST_NAMED
    named = [f"– {name}" for name in names[:MOST_NAMED]]
    if more > 0:
        named.append(ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more})
    if told["again"]:
        named.append(_("This is the last time we ask. After this somebody may call you."))
    return to_person(
        asked.person_id,
        _("Is this still right?"),
        _("Families look for help in the directory. Is this still right? One tap is enough."),
        *named,
        page=f"/offers/still-right/{questions.token(asked.object_id)}/",
        link_words=_("Look and say yes"),
        name=told["name"],
    )


def _something_waits(asked: Asked) -> Words | None:
    """Three days before somebody is forgotten: only that something waits, for the mailbox may be read by others.

    None when somebody thought again, or it does not reach this person.
    """
    if not _still("SELECT trust.forgetting_still_comes(%s, %s)", asked):
        return None
    line = _("Something waits for you in Kring. Sign in to see it. There are a few days left.")
    return to_person(asked.person_id, _("Something waits for you"), line, page=MINE, link_words=_("Look"))


def _it_stays(asked: Asked) -> Words | None:
    """To whoever asked that their family is forgotten, when somebody else said no: only that there is an answer.

    None when it was asked anew meanwhile, or long ago.
    """
    if not _still("SELECT trust.stopped_still_told(%s, %s)", asked):
        return None
    line = _("There is an answer to what you asked in Kring. Sign in to see it.")
    return to_person(asked.person_id, _("There is an answer for you"), line, page=MINE, link_words=_("Look"))


def _still(question: str, asked: Asked) -> bool:
    """Whether the letter may go at this moment, to whom it was meant for."""
    with connection.cursor() as cursor:
        cursor.execute(question, [asked.object_id, asked.person_id])
        (still,) = cursor.fetchone() or (False,)
    return bool(still)


def announce() -> None:
    """Make the letter known to the outbox."""
    kinds.announce(STILL_RIGHT, _still_right)
    kinds.announce(SOMETHING_WAITS, _something_waits)
    kinds.announce(IT_STAYS, _it_stays)
