"""Two people are really two (D6): a third person stands for the work of whoever was asked in by one of them."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from kring.trust.models import Job
from kring.trust.permissions import NotAllowed
from kring.trust.viewer import Viewer


@dataclass(frozen=True)
class Unconfirmed:
    """Work that rests on the word of one person alone."""

    id: UUID
    name: str
    role: str
    organisation: str
    gave: str
    mine: bool

    @property
    def at_the_desk(self) -> bool:
        """Whether it is work at the contact point, and all that lies there waits with it."""
        return self.role == Job.Role.CONTACT_POINT

    @property
    def role_name(self) -> str:
        """The role in words."""
        return str(Job.Role(self.role).label)


def unconfirmed() -> list[Unconfirmed]:
    """What waits for the asker's word, and the asker's own work that waits for somebody's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust.work_to_confirm()")
        return [Unconfirmed(*row) for row in cursor.fetchall()]


def somebody_can_second() -> bool:
    """Whether there is a trust officer who is really another person than whoever asks."""
    return _answer("SELECT trust.somebody_can_second()")


@transaction.atomic
def confirm(work: UUID, *, by: Viewer) -> None:
    """Somebody says: I know this person, and this is their work; at the desk it lets them in. Raises NotAllowed."""
    said = "SELECT trust.confirm_work(%s) OR trust.let_in_at_desk(%s)"
    if by.seen_as is not None or not _answer(said, work, work):
        raise NotAllowed("confirm work")


def _answer(question: str, *values: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        (found,) = cursor.fetchone()
    return bool(found)
