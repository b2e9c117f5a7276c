"""Letters to people of the house: to the address they gave, a few lines, and the page to open."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from kring.messaging.kinds import Words
from kring.trust import looking
from kring.trust.models import Account


def to_person(
    person_id: UUID | None, subject: str, *lines: str, page: str, link_words: str, name: str = ""
) -> Words | None:
    """A letter to somebody of the house; without an address for who comes in with none: it is told, or it does not go.

    `page` is the path of the page to open; with a `name` the letter greets.
    """
    if person_id is None:
        return None
    with looking.by_persons([person_id]):
        account = Account.objects.filter(person_id=person_id, is_active=True).first()
    greeting = (_("Hello %(name)s,") % {"name": name},) if name else ()
    return Words(
        address=(account.email or "") if account else "",
        subject=subject,
        lines=(*greeting, *lines),
        link=f"{settings.PUBLIC_ADDRESS}{page}",
        link_words=link_words,
        signed="Kring",
    )
