"""Links for people without an account: one address and one code, each given by another way."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from kring.trust import journal
from kring.trust.models import Link, Person
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.usecases import two_hands
from kring.trust.viewer import Viewer

VALID = timedelta(days=7)
Purpose = Link.Purpose


@dataclass(frozen=True)
class Made:
    """A new link: the address holds the token, the code goes another way. Neither is kept here."""

    token: str
    code: str

    @property
    def in_groups(self) -> str:
        """The code as one says it aloud: three and three."""
        return f"{self.code[:3]} {self.code[3:]}"


@dataclass(frozen=True)
class Opening:
    """What a link would open, for the one who holds it."""

    purpose: str
    needs_code: bool
    tries_left: int


@dataclass(frozen=True)
class Opened:
    """The person, the purpose and the object behind a link whose code was right."""

    person_id: UUID
    purpose: str
    object_id: UUID | None


def make(
    person: Person,
    purpose: str,
    object_id: UUID | None,
    *,
    by: Viewer,
    at: datetime,
    until: datetime | None = None,
) -> Made:
    """Make a link for a person of one's circle, or for oneself; it lives seven days, or less when `until` is sooner.

    Without a code when another person gives it (`two_hands`): a card of two people names what they agreed on.
    Raises two_hands.SomebodyElseMakesIt.
    """
    _must_make(person, by)
    hands = two_hands.of(person.pk, by) if purpose == Purpose.SIGN_IN else None
    opens = hands.matter_id if hands is not None else object_id
    ends = min(at + VALID, until) if until else at + VALID
    made = new_secrets()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT trust.make_link(%s, %s, %s, %s, %s, %s, %s)",
            [token_hash(made.token), code_hash(made.token, made.code), str(purpose), person.pk, opens, at, ends],
        )  # fmt: skip
    journal.write(
        "link made", by=by, at=at, about=person.pk, object_id=object_id, circle_id=_shared(person, by)
    )
    if hands is not None:
        hands.keep(made.code)
        return Made(made.token, "")
    return made


def may_make(person: Person, purpose: str, by: Viewer) -> bool:
    """Whether who is here may make such a link for somebody: asked before the page shows a form that would be refused."""
    try:
        _must_make(person, by)
    except NotAllowed:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.may_link(%s, %s, NULL)", [person.pk, str(purpose)])
        (may,) = cursor.fetchone()
    return bool(may)


def _must_make(person: Person, by: Viewer) -> None:
    """One makes a link for oneself; for others who invites in a circle, opens families or keeps the sign-in."""
    if by.seen_as is not None or by.scope is not None:
        raise NotAllowed("make a link")
    invites = any(by.can(Permission.INVITE, seat.circle) for seat in by.seats)
    if not (
        person.pk == by.person_id
        or invites
        or by.can(Permission.OPEN_FAMILY)
        or by.can(Permission.ADMINISTER)
    ):
        raise NotAllowed("make a link")


def _shared(person: Person, by: Viewer) -> UUID | None:
    """The family circle the two share, whose members may read in the journal that a link was made."""
    for seat in person.seats.filter(circle__kind="family", circle__in=[s.circle for s in by.seats]).order_by(
        "since"
    ):
        return seat.circle_id
    return None


def new_secrets() -> Made:
    """A token nobody can guess and a code one can say on the telephone."""
    return Made(token=secrets.token_urlsafe(32), code=f"{secrets.randbelow(900_000) + 100_000}")


def token_hash(token: str) -> bytes:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).digest()


def code_hash(token: str, code: str) -> bytes:
    """What the database keeps of a code: worthless without the token."""
    return hashlib.sha256(f"{token}|{code}".encode()).digest()


def device_hash(device: str) -> bytes:
    """What the database keeps of a device."""
    return hashlib.sha256(f"device|{device}".encode()).digest()


def written_code(said: str) -> str:
    """A code as typed, in any digits and with any gaps, as six plain digits."""
    return "".join(str(int(sign)) for sign in said if sign.isdecimal())[:12]


def opening(token: str, device: str) -> Opening | None:
    """What this link would open on this device; None when it is unknown, over, used up or another device's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust.link_opens(%s, %s)", [token_hash(token), device_hash(device)])
        row = cursor.fetchone()
    return Opening(*row) if row else None


def exchange(token: str, code: str, device: str) -> Opened | None:
    """The person and the object, when the code is right; a wrong code is counted, the fifth ends the link."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM trust.exchange_link(%s, %s, %s)",
            [token_hash(token), code_hash(token, written_code(code)), device_hash(device)],
        )
        row = cursor.fetchone()
    return Opened(*row) if row else None


def show_card(token: str, code: str, device: str) -> UUID | None:
    """Whose card to sign in this is, shown on a device that others use too: it is not bound to that device."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT trust.show_card(%s, %s, %s)",
            [token_hash(token), code_hash(token, written_code(code)), device_hash(device)],
        )
        (person,) = cursor.fetchone()
    return UUID(str(person)) if person else None


def lives(hashed: bytes) -> bool:
    """Whether a link that was opened is still good."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM trust.look_at_link(%s))", [hashed])
        (alive,) = cursor.fetchone()
    return bool(alive)


def end(person_id: UUID | None, object_id: UUID | None, *, by: Viewer, at: datetime) -> None:
    """End the links of a person, or to an object, at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.end_links(%s, %s, %s)", [person_id, object_id, at])
    journal.write("links ended", by=by, at=at, about=person_id, object_id=object_id)
