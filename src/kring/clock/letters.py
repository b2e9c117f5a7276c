"""The letter that asks whether offers are still right: to whoever keeps them, with a page that needs no account."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.messaging import kinds
from kring.messaging.kinds import Asked, Words
from kring.network import questions
from kring.trust.models import Account

STILL_RIGHT = "offers still right"
SOMETHING_WAITS = "something waits"
MOST_NAMED = 5
MINE = "/mine/"


def _still_right(asked: Asked) -> Words | None:
    """The letter; None when everything was answered meanwhile, or somebody else keeps the offers now."""
    told = questions.waits(asked.object_id, at=asked.at)
    account = Account.objects.filter(person_id=asked.person_id, is_active=True).first() if told else None
    if account is None or not account.email:
        return None
    names = told["offers"]
    more = len(names) - MOST_NAMED
    named = [f"– {name}" for name in names[:MOST_NAMED]]
    if more > 0:
        named.append(ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more})
    return Words(
        address=account.email,
        subject=_("Is this still right?"),
        lines=(
            _("Hello %(name)s,") % {"name": told["name"]},
            _("Families look for help in the directory. Is this still right? One tap is enough."),
            *named,
            *(
                [_("This is the last time we ask. After this somebody may call you.")]
                if told["again"]
                else []
            ),
        ),
        link=f"{str(settings.PUBLIC_ADDRESS).rstrip('/')}/offers/still-right/{questions.token(asked.object_id)}/",
        link_words=_("Look and say yes"),
        signed="Kring",
    )


def _something_waits(asked: Asked) -> Words | None:
    """Three days before somebody is forgotten: only that something waits, for the mailbox may be read by others."""
    account = Account.objects.filter(person_id=asked.person_id, is_active=True).first()
    if account is None or not account.email:
        return None
    return Words(
        address=account.email,
        subject=_("Something waits for you"),
        lines=(_("Something waits for you in Kring. Sign in to see it. There are a few days left."),),
        link=f"{str(settings.PUBLIC_ADDRESS).rstrip('/')}{MINE}",
        link_words=_("Look"),
        signed="Kring",
    )


def announce() -> None:
    """Make the letter known to the outbox."""
    kinds.announce(STILL_RIGHT, _still_right)
    kinds.announce(SOMETHING_WAITS, _something_waits)
