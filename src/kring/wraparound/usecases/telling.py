"""Who is asked to a meeting hears of it: by letter, or from who called it."""

from datetime import datetime

from kring.messaging import usecases as messaging
from kring.trust import looking
from kring.trust.models import Account, Village
from kring.trust.viewer import Viewer
from kring.wraparound import meeting_letters
from kring.wraparound.models import Meeting


def tell(meeting: Meeting, kind: str, *, by: Viewer, at: datetime) -> None:
    """A letter to everybody asked who has an e-mail address, in their own language; the others are still to tell."""
    asked = meeting.participants.exclude(person_id=by.person_id)
    asked.update(told_at=None)
    persons = {row.person_id for row in asked if row.person_id}
    with looking.by_persons(persons):
        accounts = list(
            Account.objects.filter(person_id__in=persons, is_active=True, email__gt="").order_by("person_id")
        )
    if not accounts:
        return
    otherwise = Village.objects.get(pk=by.village_id).language
    for account in accounts:
        messaging.queue(
            kind, meeting.pk, at=at, person_id=account.person_id, language=account.language or otherwise,
            once=kind != meeting_letters.MOVED,
        )  # fmt: skip
    asked.filter(person_id__in=[account.person_id for account in accounts]).update(told_at=at)
