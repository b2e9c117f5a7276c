"""Everything about me (D7): what would go if I were forgotten is what I may take along, as far as I may know it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q

from kring.trust import forgetting, journal, keys, unit
from kring.trust.enforcement import policy_of
from kring.trust.forgetting import EMPTIES, REMOVED_IF_PRIVATE, REMOVES, WRITTEN, Fate
from kring.trust.models import TakenAlong
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import knowing
from kring.trust.viewer import LiveSeat, Viewer

#: So long the package waits for whoever asked for it.
KEPT = timedelta(days=7)
TABLE, COLUMN = "trust_takenalong", "package_locked"
#: About signing in and about this package itself: nothing anybody could read.
WITHOUT = {"trust.TakenAlong", "trust.Session", "wraparound.Draft", "wraparound.Paper"}
#: Whose own rows go along too.
TARGETS = ("trust.Person", "trust.Circle", "trust.Family")


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
    _must_be_calm(by)
    throw_away(Q(person_id=by.person_id))
    journal.write("took everything along", by=by, at=at)
    return TakenAlong.objects.create(person_id=by.person_id, language=language, at=at, until=at + KEPT)


def _must_be_calm(by: Viewer) -> None:
    """What danger opens is read on the screen: while it runs nothing is taken along (K8)."""
    if by.danger_circles:
        raise NotAllowed("take along in danger")


def everything(*, by: Viewer) -> Iterator[Part]:
    """Every row about the viewer, or in a circle where they sit for themself; asked as the viewer."""
    _must_be_calm(by)
    circles, never = _places(by)
    families = {seat.family for seat in by.seats if seat.circle in circles and seat.kind == "family"}
    targets: dict[str, list[Any]] = dict(zip(TARGETS, ([by.person_id], circles, list(families)), strict=True))
    for label, fates in kinds().items():
        model = apps.get_model(label)
        asked = Q(pk__in=targets.get(label, []))
        for field in forgetting.pointing(model):
            asked |= _asked(field, fates[field.name], targets)
        found = model._default_manager.filter(asked)
        if "circle" in fates:
            found = found.exclude(circle__in=never)
        if rows := list(found.order_by("pk")):
            yield Part(model, rows)


def kinds() -> dict[str, dict[str, Fate]]:
    """Every kind of row of which something may go along: it can be read, and points to a person or their places."""
    found = {}
    for label, fates in sorted(forgetting.lines().items()):
        model = apps.get_model(label)
        if label in WITHOUT or label in forgetting.LIBRARIES or not policy_of(model).read:
            continue
        if label in TARGETS or any(_counts(field, fates[field.name]) for field in forgetting.pointing(model)):
            found[label] = fates
    return found


def _counts(field: Any, fate: Fate) -> bool:
    """Whether what this field points to makes the row go along."""
    goes = fate.deed in (REMOVES, EMPTIES) and fate != WRITTEN and field.name != "met_by"
    return goes and field.related_model is not None


def _asked(field: Any, fate: Fate, targets: dict[str, list[Any]]) -> Q:
    """The rows of the viewer by one field. What they wrote for themself lies in their circles; the rest is work."""
    if not _counts(field, fate):
        return Q(pk__in=[])
    asked = Q(**{f"{field.name}__in": targets.get(field.related_model._meta.label, [])})
    return asked & Q(job=None) if fate == REMOVED_IF_PRIVATE else asked


def _places(by: Viewer) -> tuple[list[UUID], list[UUID]]:
    """The circles where the viewer sits for themself; and those of which nothing goes along, by job or another's."""
    never = [s.circle for s in by.seats if s.job is not None or _anothers(s, by.person_id)]
    return [s.circle for s in by.seats if s.circle not in never], never


def _anothers(seat: LiveSeat, me: UUID) -> bool:
    """What another told alone, and what is sealed, is in nobody's package but theirs; not even one's own answer to it."""
    return seat.kind == "sealed" or (seat.kind == "confidence" and seat.subject != me)


def rights(*, by: Viewer) -> str:
    """The fingerprint of what the viewer may know now; asked before the package is made."""
    return sha256("\n".join(sorted(knowing.may_now(by=by).lines)).encode()).hexdigest()


@transaction.atomic
def keep(along_id: UUID, package: bytes, known: str, *, by: Viewer) -> None:
    """The package is ready, locked under a key of its own and the person's, for as long as they may know the same."""
    lock = keys.lock_of(along_id, by.person_id)
    locked = lock.close(package, table=TABLE, column=COLUMN, row=along_id)
    TakenAlong.objects.filter(pk=along_id).update(
        state=TakenAlong.State.MADE, package_locked=locked, rights=known
    )


@transaction.atomic
def failed(along_id: UUID) -> None:
    """It could not be made; the page says so."""
    TakenAlong.objects.filter(pk=along_id).update(state=TakenAlong.State.FAILED)


def ready(*, by: Viewer, at: datetime) -> TakenAlong | None:
    """The viewer's package, when it is made; through their own eyes only."""
    found = mine(by=by, at=at)
    oneself = by.seen_as is None and by.scope is None
    return found if oneself and found is not None and found.state == TakenAlong.State.MADE else None


def opened(found: TakenAlong, *, by: Viewer) -> bytes | None:
    """What is in it; nothing when the viewer may know another thing now than when it was made."""
    if found.rights != rights(by=by):
        return None
    lock = keys.lock_of(found.pk, found.person_id, make=False)
    return lock.open(bytes(found.package_locked), table=TABLE, column=COLUMN, row=found.pk)


def leaves(*, by: Viewer) -> None:
    """A package that leaves is a reading of every circle in it."""
    for circle in _places(by)[0]:
        unit.saw(circle, "everything about me")


@transaction.atomic
def take_the_place_of(before: TakenAlong, package: bytes, known: str, *, by: Viewer) -> None:
    """A package made anew waits for the same days; the one before goes with its key. Done twice at once, it is one."""
    if not list(TakenAlong.objects.select_for_update().filter(pk=before.pk).values_list("pk")):
        return
    anew = TakenAlong.objects.create(
        person_id=by.person_id, language=before.language, at=before.at, until=before.until
    )
    keep(anew.pk, package, known, by=by)
    throw_away(Q(pk=before.pk))


def mine(*, by: Viewer, at: datetime) -> TakenAlong | None:
    """The viewer's package, while it is there."""
    return TakenAlong.objects.filter(person_id=by.person_id, until__gt=at).defer("package_locked").first()


def throw_away(which: Q) -> int:
    """These packages go, and the keys that opened them."""
    gone = list(TakenAlong.objects.filter(which).values_list("pk", flat=True))
    for along in gone:
        keys.destroy("circle", along)
    return int(TakenAlong.objects.filter(pk__in=gone).delete()[0])
