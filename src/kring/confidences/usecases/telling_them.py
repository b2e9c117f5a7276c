""" "Tell my parents? Tell my school?": answered by the young person, dated, and obeyed by every letter."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from kring.confidences.models import TellThem
from kring.trust import journal
from kring.trust.models import Circle
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer


class NoSuchQuestion(Exception):
    """Nobody asks this."""


@transaction.atomic
def say(own: Circle, whom: str, matter: str, yes: bool, *, by: Viewer, at: datetime) -> TellThem:
    """The young person answers, on their own page; the same answer again changes nothing."""
    by.must(Permission.WRITE_OWN_PAGE, own.pk)
    if whom not in TellThem.Whom.values or matter not in TellThem.Matter.values:
        raise NoSuchQuestion
    last = answers(own.pk).get((whom, matter))
    if last is not None and last.yes == yes:
        return last
    said: TellThem = TellThem.objects.create(
        circle=own,
        subject_id=own.subject_id,
        author_id=by.person_id,
        at=at,
        whom=whom,
        matter=matter,
        yes=yes,
    )
    journal.write("said whom to tell", by=by, at=at, circle_id=own.pk, about=own.subject_id)
    return said


def answers(own_id: UUID) -> dict[tuple[str, str], TellThem]:
    """The newest answer to each question, as far as the viewer may know."""
    return {
        (row.whom, row.matter): row for row in TellThem.objects.filter(circle_id=own_id).order_by("at", "id")
    }


def is_kept_from(young: UUID, whom: UUID, matter: str) -> bool:
    """Whether the young person does not want this parent, or somebody of school, to get a letter about it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.is_kept_from(%s, %s, %s)", [young, whom, matter])
        row = cursor.fetchone()
    return bool(row and row[0])
