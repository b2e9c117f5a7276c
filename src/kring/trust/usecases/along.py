"""Everything about me (D7): what would go if I were forgotten is what I may take along, as far as I may know it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q

from kring.trust import forgetting, journal, keys
from kring.trust.enforcement import policy_of
from kring.trust.forgetting import EMPTIES, REMOVES
from kring.trust.models import TakenAlong
from kring.trust.permissions import NotAllowed
from kring.trust.viewer import LiveSeat, Viewer

#: So long the package waits for whoever asked for it.
KEPT = timedelta(days=7)
TABLE, COLUMN = "trust_takenalong", "package_locked"
#: About signing in and about this package itself: nothing anybody could read.
WITHOUT = {"trust.TakenAlong", "trust.Session", "wraparound.Draft", "wraparound.Paper"}


@dataclass(frozen=True)
class Part:
    """Everything of one kind."""

    model: type[models.Model]
    rows: list[models.Model]


@transaction.atomic
def ask(*, language: str, by: Viewer, at: datetime) -> TakenAlong:
    """Ask for one's own package; the one before goes."""
    if by.seen_as is not None or by.scope is not None:
        raise NotAllowed("take everything along")
    throw_away(Q(person_id=by.person_id))
    journal.write("took everything along", by=by, at=at)
    return TakenAlong.objects.create(person_id=by.person_id, language=language, at=at, until=at + KEPT)


def everything(*, by: Viewer) -> Iterator[Part]:
    """Every row about the viewer, by the viewer, or in a circle where they sit for themself; asked as the viewer."""
    never = [seat.circle for seat in by.seats if _anothers(seat, by.person_id)]
    circles = [seat.circle for seat in by.seats if seat.job is None and seat.circle not in never]
    families = {seat.family for seat in by.seats if seat.job is None and seat.kind == "family"}
    targets = {"trust.Person": [by.person_id], "trust.Circle": circles, "trust.Family": list(families)}
    for label, fates in sorted(forgetting.lines().items()):
        model = apps.get_model(label)
        if label in WITHOUT or label in forgetting.LIBRARIES or not policy_of(model).read:
            continue
        asked = Q(pk__in=[])
        for field in forgetting.pointing(model):
            fate = fates[field.name]
            if fate.deed in (REMOVES, EMPTIES) and field.related_model is not None and field.name != "met_by":
                asked |= Q(**{f"{field.name}__in": targets.get(field.related_model._meta.label, [])})
        if label in targets:
            asked |= Q(pk__in=targets[label])
        found = model._default_manager.filter(asked)
        if "circle" in fates:
            found = found.exclude(circle__in=never)
        if rows := list(found.order_by("pk")):
            yield Part(model, rows)


def _anothers(seat: LiveSeat, me: UUID) -> bool:
    """What another told alone, and what is sealed, is in nobody's package but theirs; not even one's own answer to it."""
    return seat.kind == "sealed" or (seat.kind == "confidence" and seat.subject != me)


@transaction.atomic
def keep(along_id: UUID, package: bytes, *, by: Viewer) -> None:
    """The package is ready, locked under a key of its own and the person's."""
    lock = keys.lock_of(along_id, by.person_id)
    locked = lock.close(package, table=TABLE, column=COLUMN, row=along_id)
    TakenAlong.objects.filter(pk=along_id).update(state=TakenAlong.State.MADE, package_locked=locked)


@transaction.atomic
def failed(along_id: UUID) -> None:
    """It could not be made; the page says so."""
    TakenAlong.objects.filter(pk=along_id).update(state=TakenAlong.State.FAILED)


def opened(along: TakenAlong) -> bytes:
    """The package itself. Raises keys.Gone."""
    lock = keys.lock_of(along.pk, along.person_id, make=False)
    return lock.open(bytes(along.package_locked), table=TABLE, column=COLUMN, row=along.pk)


def mine(*, by: Viewer, at: datetime) -> TakenAlong | None:
    """The viewer's package, while it is there."""
    return TakenAlong.objects.filter(person_id=by.person_id, until__gt=at).defer("package_locked").first()


def throw_away(which: Q) -> int:
    """These packages go, and the keys that opened them."""
    gone = list(TakenAlong.objects.filter(which).values_list("pk", flat=True))
    for along in gone:
        keys.destroy("circle", along)
    return int(TakenAlong.objects.filter(pk__in=gone).delete()[0])
