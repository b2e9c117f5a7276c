"""Letters about agreements: to the village before one ends; to families on the day seats fall asleep or wake (K2)."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from kring.messaging import kinds
from kring.messaging.kinds import Asked, Words
from kring.trust.models import Account

ENDING, ASLEEP, AWAKE = "agreement ending", "seats asleep", "seats awake"


def _letter(
    asked: Asked, subject: str, line: str, *, lives: bool, address: str, link_words: str
) -> Words | None:
    """The letter; None when the agreement turned again meanwhile, or there is no address."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.agreement_still(%s, %s, %s)", [asked.object_id, asked.person_id, lives])
        (name,) = cursor.fetchone() or (None,)
    account = Account.objects.filter(person_id=asked.person_id, is_active=True).first() if name else None
    if account is None or not account.email:
        return None
    return Words(
        address=account.email,
        subject=subject,
        lines=(_("Hello %(name)s,") % {"name": name}, line),
        link=str(settings.PUBLIC_ADDRESS).rstrip("/") + address,
        link_words=link_words,
        signed="Kring",
    )


def _ending(asked: Asked) -> Words | None:
    return _letter(
        asked,
        _("An agreement ends within two months"),
        _("Families notice it: on that day its people see nothing any more. It can be renewed in a minute."),
        lives=True,
        address="/village/agreements/",
        link_words=_("See the agreements"),
    )


def _asleep(asked: Asked) -> Words | None:
    return _letter(
        asked,
        _("Somebody around you sees less for now"),
        _(
            "An agreement ended. The people who came through it see nothing of your circle until it is renewed."
        ),
        lives=False,
        address="/families/",
        link_words=_("See who"),
    )


def _awake(asked: Asked) -> Words | None:
    return _letter(
        asked,
        _("Somebody around you is back"),
        _("An agreement was renewed. The people who came through it sit in your circle again, as before."),
        lives=True,
        address="/families/",
        link_words=_("See who"),
    )


def announce() -> None:
    """Make the letters known to the outbox."""
    for kind, wording in ((ENDING, _ending), (ASLEEP, _asleep), (AWAKE, _awake)):
        kinds.announce(kind, wording)
