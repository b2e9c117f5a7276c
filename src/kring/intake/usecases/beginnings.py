"""From a first talk to a family's circle, when the family says yes. Who told us stays behind."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kring.intake import rules
from kring.intake.models import Beginning, Concern, Promise, PromiseChange, Sealed
from kring.intake.usecases import sealing
from kring.intake.usecases.concerns import AlreadyClosed, for_change
from kring.trust import journal
from kring.trust.models import Seat
from kring.trust.permissions import Permission
from kring.trust.usecases.families import FamilysYes, NewChild, NewGuardian, Opened, open_family
from kring.trust.viewer import Viewer


class NothingWanted(Exception):
    """A circle begins with what is wanted, in words the family may read."""


@transaction.atomic
def begin_circle(
    concern: Concern,
    *,
    name: str,
    children: list[NewChild],
    guardians: list[NewGuardian],
    yes: FamilysYes,
    wanted: str,
    promises: list[UUID],
    by: Viewer,
    at: datetime,
) -> Opened:
    """Open the family's circle with its yes: what is wanted and what was promised to the family go along.

    The concern itself and whoever told it stay in the first talk, so that neither a page nor the journal
    of the family can betray them; nobody gets a seat by having told us.
    """
    by.must(Permission.OPEN_FAMILY)
    concern, wanted = for_change(concern), rules.clean(wanted, rules.LONGEST_SEEN)
    if not concern.may_become_a_circle:
        raise AlreadyClosed
    if not wanted:
        raise NothingWanted
    opened = open_family(name, children=children, guardians=guardians, yes=yes, by=by, at=at)
    with_whom = rules.one_line(yes.said_by, 120)
    Beginning.objects.create(
        circle=opened.circle, author_id=by.person_id, at=at, wanted=wanted, worded_with=with_whom
    )
    _take_along(concern, promises, opened.circle.pk)
    _seal_teller(concern, opened.family.pk, by, at)
    concern.family_yes_at = at
    concern.save(update_fields=["family_yes_at", "told_locked", "reachable"])
    journal.write("family said yes", by=by, at=at, circle_id=concern.circle_id, object_id=concern.pk)
    return opened


def _seal_teller(concern: Concern, family_id: UUID, by: Viewer, at: datetime) -> None:
    """Who told us is sealed for those of the first talk; one more reader needs two people (hard case 10).

    How to reach them stays in the first talk until it is over, because they were promised an answer.
    """
    told = concern.told
    who = " · ".join(filter(None, [told.get("asker_name", ""), told.get("reach", "")]))
    if not who:
        return
    seats = Seat.objects.filter(circle_id=concern.circle_id, until__isnull=True, job__isnull=False)
    readers = {seat.person_id: seat.job_id for seat in seats if seat.job_id}
    sealing.seal_for(family_id, Sealed.Kind.TELLER, who, readers, by=by, at=at)
    concern.tell({name: words for name, words in told.items() if name != "asker_name"})


def _take_along(concern: Concern, chosen: list[UUID], circle: UUID) -> None:
    """Promises made to the family go along; those made to whoever told us never do."""
    for promise in Promise.objects.open().filter(concern=concern, to_asker=False, pk__in=chosen):
        PromiseChange.objects.filter(promise=promise).delete()
        promise.circle_id, promise.concern = circle, None
        promise.save(update_fields=["circle", "concern"])
