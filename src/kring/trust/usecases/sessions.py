"""Sessions: where somebody is in; they see it themselves, and end it."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from kring.trust import journal
from kring.trust.models import Session, SharedDevice
from kring.trust.permissions import NotAllowed
from kring.trust.viewer import Viewer, coming_in


def mine(*, by: Viewer, at: datetime) -> list[Session]:
    """Every device on which the viewer is in now, the one used last first."""
    _only_oneself(by)
    live = Session.objects.filter(person_id=by.person_id, expire_date__gt=at)
    return list(live.defer("session_data").order_by("-seen_at", "-since", "ref"))


@transaction.atomic
def end(ref: UUID, *, by: Viewer, at: datetime) -> bool:
    """One device is out, at its next touch. What is over already, or somebody else's, changes nothing."""
    _only_oneself(by)
    gone, _ = Session.objects.filter(person_id=by.person_id, ref=ref).delete()
    if gone:
        journal.write("session ended", by=by, at=at, object_id=ref)
    return bool(gone)


@transaction.atomic
def end_others(this: str, *, by: Viewer, at: datetime) -> int:
    """Every device is out but the one with this fingerprint; what one left to others ends too."""
    _only_oneself(by)
    left = SharedDevice.objects.filter(person_id=by.person_id, ended_at__isnull=True).update(ended_at=at)
    gone, _ = Session.objects.filter(person_id=by.person_id).exclude(session_key=this).delete()
    if gone or left:
        journal.write("other sessions ended", by=by, at=at)
    return gone


def greet(person_id: UUID, device: str, *, at: datetime) -> UUID | None:
    """Somebody came in on this device; its number when it is a new one for somebody who used others before."""
    hashed = hashlib.sha256(f"known|{device}|{person_id}".encode()).digest()
    with coming_in(person_id), connection.cursor() as cursor:
        cursor.execute("SELECT trust.greet_device(%s, %s, %s)", [person_id, hashed, at])
        row = cursor.fetchone()
    made: UUID | None = row[0] if row else None
    return made


def is_still_new(device: UUID, person_id: UUID | None) -> bool:
    """For the letter that tells of a new device: whether this person came in on it these days."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.device_still_new(%s, %s)", [device, person_id])
        (still,) = cursor.fetchone() or (False,)
    return bool(still)


def _only_oneself(by: Viewer) -> None:
    """Nobody looks at sessions through other eyes or by a link."""
    if by.seen_as is not None or by.scope is not None:
        raise NotAllowed("see where one is in")
