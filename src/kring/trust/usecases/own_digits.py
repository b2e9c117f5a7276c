"""Six digits that only one person knows: what is told between two people opens with them, and with no card alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from kring.trust import journal
from kring.trust.permissions import NotAllowed
from kring.trust.usecases.shared_devices import DIGITS, TooEasy, is_easy
from kring.trust.viewer import Viewer

#: So long after saying that one does not know them any more, others can be chosen.
A_DAY = timedelta(days=1)


class NotNow(Exception):
    """Others can be chosen by who just showed the old ones, or a day after they were said to be forgotten."""


@dataclass(frozen=True)
class Standing:
    """Where somebody stands with their digits."""

    set_at: datetime | None = None
    rests_until: datetime | None = None
    forgotten_at: datetime | None = None

    def rests(self, at: datetime) -> bool:
        """Whether five wrong tries were made just now."""
        return self.rests_until is not None and at < self.rests_until

    @property
    def new_ones_from(self) -> datetime | None:
        """When others can be chosen, if they were said to be forgotten."""
        return self.forgotten_at + A_DAY if self.forgotten_at else None


def standing(*, by: Viewer) -> Standing:
    """Where the viewer stands with their own digits."""
    _must_be_oneself(by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust.my_digits()")
        found = cursor.fetchone()
    return Standing(*found) if found else Standing()


def show(digits: str, *, by: Viewer) -> bool:
    """Whether these are the viewer's digits; a wrong try is counted, after five nobody tries for a quarter of an hour."""
    _must_be_oneself(by)
    return _asked("SELECT trust.show_digits(%s)", _hash(digits, by))


@transaction.atomic
def choose(digits: str, *, by: Viewer, at: datetime) -> None:
    """The viewer chooses six digits that nobody else knows."""
    _must_be_oneself(by)
    if len(digits) != DIGITS or not digits.isdecimal() or is_easy(digits):
        raise TooEasy
    if not _asked("SELECT trust.choose_digits(%s)", _hash(digits, by)):
        raise NotNow
    journal.write("own digits chosen", by=by, at=at)


@transaction.atomic
def forget(*, by: Viewer, at: datetime) -> None:
    """The viewer does not know them any more: in a day they choose others, unless somebody shows these first."""
    _must_be_oneself(by)
    if _asked("SELECT trust.forget_digits()"):
        journal.write("own digits said to be forgotten", by=by, at=at)


@transaction.atomic
def still_known(*, by: Viewer, at: datetime) -> None:
    """The viewer showed that it is they, or says that it was not they: what was said of their digits is over."""
    if by.seen_as is None and by.scope is None and _asked("SELECT trust.still_known()"):
        journal.write("own digits not forgotten", by=by, at=at)


def _must_be_oneself(by: Viewer) -> None:
    if by.seen_as is not None or by.scope is not None:
        raise NotAllowed("show that it is oneself")


def _hash(digits: str, by: Viewer) -> bytes:
    """Of no use to who has the database alone: the key lies elsewhere."""
    made = salted_hmac(f"own digits|{by.person_id}", digits, secret=settings.SECRET_KEY, algorithm="sha256")
    return made.digest()


def _asked(query: str, *values: bytes) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        (answer,) = cursor.fetchone()
    return bool(answer)
