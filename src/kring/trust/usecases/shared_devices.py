"""A device that others use too: a worker leaves it to them for an evening, and takes it back with six digits."""

from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import check_password, make_password
from django.db import connection, transaction

from kring.trust import journal
from kring.trust.models import Pin, SharedDevice
from kring.trust.permissions import NotAllowed
from kring.trust.viewer import Viewer

DIGITS = 6
#: No device is shared longer than a working day, nor into the next one.
LONGEST = timedelta(hours=10)


class TooEasy(Exception):
    """Digits that everybody tries first."""


class NoPinYet(Exception):
    """Without a PIN nobody could take the device back."""


def _must_work(by: Viewer) -> None:
    """Who works here puts up a device, as themselves."""
    if not by.works or by.seen_as is not None or by.scope is not None:
        raise NotAllowed("share a device")


def is_easy(digits: str) -> bool:
    """Whether digits are all the same, or follow one another up or down."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(digits)}
    return len(steps) == 1 and steps <= {0, 1, 9}


def has_pin(*, by: Viewer) -> bool:
    """Whether the viewer chose a PIN."""
    return Pin.objects.filter(person_id=by.person_id).exists()


@transaction.atomic
def choose_pin(digits: str, *, by: Viewer, at: datetime) -> None:
    """A worker chooses six digits; only a slow hash of them is kept."""
    _must_work(by)
    if len(digits) != DIGITS or not digits.isdecimal() or is_easy(digits):
        raise TooEasy
    chosen = {"pin_hash": make_password(digits), "wrong": 0, "set_at": at}
    Pin.objects.update_or_create(person_id=by.person_id, defaults=chosen)
    journal.write("PIN chosen", by=by, at=at)


@transaction.atomic
def put_up(purpose: str, hours: int, *, by: Viewer, at: datetime) -> SharedDevice:
    """This device is for others now, for so many hours and never beyond midnight in the village."""
    _must_work(by)
    if not has_pin(by=by):
        raise NoPinYet
    midnight = (at.astimezone(ZoneInfo(by.timezone)) + timedelta(days=1)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    until = min(at + min(timedelta(hours=hours), LONGEST), midnight)
    device = SharedDevice.objects.create(person_id=by.person_id, purpose=purpose, since=at, until=until)
    journal.write("device shared", by=by, at=at, object_id=device.pk)
    return device


def mine(*, by: Viewer, at: datetime) -> list[SharedDevice]:
    """The devices that the viewer left to others and that are still out there."""
    live = SharedDevice.objects.filter(person_id=by.person_id, ended_at__isnull=True, until__gt=at)
    return list(live.order_by("until", "id"))


@transaction.atomic
def take_back(device_id: UUID, *, by: Viewer, at: datetime) -> bool:
    """A device is shared no more, from wherever its worker is; whether they shared such a device at all."""
    _must_work(by)
    theirs = SharedDevice.objects.filter(pk=device_id, person_id=by.person_id)
    if theirs.filter(ended_at__isnull=True).update(ended_at=at):
        journal.write("shared device ended", by=by, at=at, object_id=device_id)
        return True
    return theirs.exists()


def worker_with(digits: str, *, fingerprint: str, ends: bool = False) -> UUID | None:
    """The worker who put up the device of this session, if these are their digits. The fifth wrong try ends it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust.try_pin(%s)", [fingerprint])
        found = cursor.fetchone()
        if found is None or not check_password(digits, found[1]):
            return None
        cursor.execute("SELECT trust.pin_was_right(%s, %s)", [fingerprint, ends])
    person: UUID = found[0]
    return person
