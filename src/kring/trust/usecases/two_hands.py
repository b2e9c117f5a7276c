"""A colleague lost what they sign in with: two people let them choose anew, and neither of the two comes in alone.

Who asked makes the card; its code is kept, locked, for the one who said yes, and gives it another way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from kring.trust import journal
from kring.trust.models import Job, Matter
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.usecases import two_people
from kring.trust.viewer import Viewer


class SomebodyElseMakesIt(NotAllowed):
    """Two people agreed on a new way in: the one of them who asked makes the card, five times at most."""


@dataclass(frozen=True)
class Hands:
    """The matter under which the code of this card is kept."""

    matter_id: UUID
    person_id: UUID

    def keep(self, code: str) -> None:
        """The code goes to the other person; whoever makes the card is not shown it."""
        matter = Matter.objects.get(pk=self.matter_id)
        matter.code = code
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT trust.keep_card_code(%s, %s, %s)",
                [self.matter_id, self.person_id, bytes(matter.code_locked)],
            )
            if cursor.fetchone() != (True,):
                raise NotAllowed("make a card")


def of(person_id: UUID, by: Viewer) -> Hands | None:
    """Whether a card for this colleague is in two hands now. Raises SomebodyElseMakesIt."""
    if not by.can(Permission.ADMINISTER):
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT matter, mine FROM trust.card_in_two_hands(%s)", [person_id])
        row = cursor.fetchone()
    if row is None:
        return None
    if not row[1]:
        raise SomebodyElseMakesIt("make a card")
    return Hands(row[0], person_id)


def ask(job: Job, why: str, *, by: Viewer, at: datetime) -> Matter:
    """The first of two people asks that this colleague may choose a new way in."""
    by.must(Permission.ADMINISTER)
    return two_people.ask(Matter.Kind.FACTOR, {"person": job.person_id}, why, by=by, at=at)


@transaction.atomic
def sign_out(job: Job, *, by: Viewer, at: datetime) -> None:
    """A laptop was stolen: every sign-in of this colleague is over now, and what they left to others."""
    by.must(Permission.ADMINISTER)
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.sign_out_colleague(%s)", [job.person_id])
        if cursor.fetchone() != (True,):
            raise NotAllowed("sign out a colleague")
    journal.write("signed a colleague out everywhere", by=by, at=at, about=job.person_id, object_id=job.pk)
