"""Letters to people of the house: to the address they gave, a few lines, and the page to open."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from kring.messaging.kinds import Words
from kring.trust import looking
from kring.trust.models import Account


def to_person(
    person_id: UUID | None, subject: str, *lines: str, page: str, link_words: str, name: str = ""
) -> Words | None:
    """A letter to somebody of the house; without an address for who comes in with none: it is told, or it does not go.

    `page` is the path of the page to open; with a `name` the letter greets. A child is greeted without it (K11).
    """
    if person_id is None:
        return None
    with looking.by_persons([person_id]):
        account = Account.objects.filter(person_id=person_id, is_active=True).first()
    hello = _("Hello %(name)s,") % {"name": name} if _is_greeted(person_id) else _("Hello,")
    greeting = (hello,) if name else ()
    return Words(
        address=(account.email or "") if account else "",
        subject=subject,
        lines=(*greeting, *lines),
        link=f"{settings.PUBLIC_ADDRESS}{page}",
        link_words=link_words,
        signed="Kring",
    )


def _is_greeted(person_id: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.is_greeted(%s)", [person_id])
        (by_name,) = cursor.fetchone() or (False,)
    return bool(by_name)
