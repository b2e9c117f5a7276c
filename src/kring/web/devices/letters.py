"""The letter after somebody came in on a device that is new to them. It says nothing of what they did there."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from kring.messaging import kinds
from kring.messaging import usecases as messaging
from kring.messaging.addressed import to_person
from kring.messaging.kinds import Asked, Words
from kring.trust.models import Account
from kring.trust.usecases import sessions

NEW_DEVICE = "new device"


def tell(account: Account, device: UUID, *, at: datetime) -> None:
    """Tell somebody with an e-mail address that they came in on this new device: perhaps it was not they."""
    if account.email:
        messaging.queue(
            NEW_DEVICE, device, at=at, person_id=account.person_id, language=account.language or "en"
        )


def _new_device(asked: Asked) -> Words | None:
    """The letter; None when nobody came in as this person on this device these days."""
    if not sessions.is_still_new(asked.object_id, asked.person_id):
        return None
    return to_person(
        asked.person_id,
        _("Did you just sign in?"),
        _("Somebody signed in as you, on a telephone or computer that was new to us."),
        _("Was it you? Then all is well, and you need do nothing."),
        _(
            "Was it not? Open “How you sign in”, end that sign-in and change your password. Call us if you like."
        ),
        page=reverse("mfa_index"),
        link_words=_("How you sign in"),
    )


def announce() -> None:
    """Make the letter known to the outbox."""
    kinds.announce(NEW_DEVICE, _new_device)
