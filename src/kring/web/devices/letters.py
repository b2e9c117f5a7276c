"""The letter after somebody came in on a device that is new to them. It says nothing of what they did there."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.messaging import kinds
from kring.messaging import usecases as messaging
from kring.messaging.kinds import Asked, Words
from kring.trust.models import Account

NEW_DEVICE = "new device"


def tell(account: Account, *, at: datetime) -> None:
    """Tell somebody with an e-mail address that they came in on a new device: perhaps it was not they."""
    if account.email:
        messaging.queue(
            NEW_DEVICE, account.pk, at=at, person_id=account.person_id, language=account.language or "en"
        )


def _new_device(asked: Asked) -> Words | None:
    """The letter; None when nobody comes in with this account any more."""
    account = Account.objects.filter(pk=asked.object_id, is_active=True).first()
    if account is None or not account.email:
        return None
    return Words(
        address=account.email,
        subject=_("Did you just sign in?"),
        lines=(
            _("Somebody signed in as you, on a telephone or computer that was new to us."),
            _("Was it you? Then all is well, and you need do nothing."),
            _(
                "Was it not? Open “How you sign in”, end that sign-in and change your password. Call us if you like."
            ),
        ),
        link=f"{str(settings.PUBLIC_ADDRESS).rstrip('/')}{reverse('mfa_index')}",
        link_words=_("How you sign in"),
        signed="Kring",
    )


def announce() -> None:
    """Make the letter known to the outbox."""
    kinds.announce(NEW_DEVICE, _new_device)
