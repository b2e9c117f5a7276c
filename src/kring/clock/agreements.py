"""Letters about agreements: to the village before one ends; to families on the day seats fall asleep or wake (K2)."""

from __future__ import annotations

from django.db import connection
from django.utils.translation import gettext as _

from kring.messaging import kinds
from kring.messaging.addressed import to_person
from kring.messaging.kinds import Asked, Words

ENDING, ASLEEP, AWAKE = "agreement ending", "seats asleep", "seats awake"


def _letter(asked: Asked, kind: str, subject: str, line: str, *, page: str, link_words: str) -> Words | None:
    """The letter; None when the agreement turned again meanwhile, or it does not concern this person."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.agreement_still(%s, %s, %s)", [asked.object_id, asked.person_id, kind])
        (name,) = cursor.fetchone() or (None,)
    if not name:
        return None
    return to_person(asked.person_id, subject, line, page=page, link_words=link_words, name=name)


def _ending(asked: Asked) -> Words | None:
    return _letter(
        asked,
        ENDING,
        _("An agreement ends within two months"),
        _("Families notice it: on that day its people see nothing any more. It can be renewed in a minute."),
        page="/village/agreements/",
        link_words=_("See the agreements"),
    )


def _asleep(asked: Asked) -> Words | None:
    return _letter(
        asked,
        ASLEEP,
        _("Somebody around you sees less for now"),
        _(
            "An agreement ended. The people who came through it see nothing of your circle until it is renewed."
        ),
        page="/families/",
        link_words=_("See who"),
    )


def _awake(asked: Asked) -> Words | None:
    return _letter(
        asked,
        AWAKE,
        _("Somebody around you is back"),
        _("An agreement was renewed. The people who came through it sit in your circle again, as before."),
        page="/families/",
        link_words=_("See who"),
    )


def announce() -> None:
    """Make the letters known to the outbox."""
    for kind, wording in ((ENDING, _ending), (ASLEEP, _asleep), (AWAKE, _awake)):
        kinds.announce(kind, wording)
