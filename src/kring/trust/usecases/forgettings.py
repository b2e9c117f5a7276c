"""To be forgotten (D7): asked by whom it is about, fourteen days to think, then gone, from old backups too."""

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, connections, transaction

from kring.trust import journal, keys, ledger
from kring.trust.models import Forgetting
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import moving_apart
from kring.trust.usecases.villages import ALIAS, as_gatekeeper
from kring.trust.viewer import Viewer

Kind = Forgetting.Kind
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Waiting:
    """Somebody asked to be forgotten and can still think again."""

    id: UUID
    kind: str
    whose: UUID
    word: str
    mine: bool
    asked_at: datetime
    due_at: datetime


@dataclass(frozen=True)
class Stopped:
    """What the viewer asked for their family, and somebody else of it said no."""

    asked_at: datetime
    stopped_at: datetime


def may_ask(kind: Kind, whose: UUID, *, by: Viewer) -> bool:
    """Whether the viewer may ask it: for themself with own voice, or for the family with authority."""
    return by.seen_as is None and bool(_one("SELECT trust.word_to_forget(%s, %s)", kind.value, whose))


@transaction.atomic
def ask(kind: Kind, whose: UUID, *, by: Viewer, at: datetime) -> UUID:
    """From today there are fourteen days to think. Asked twice, it is asked once."""
    if not may_ask(kind, whose, by=by):
        raise NotAllowed("be forgotten")
    which: UUID = _one("SELECT trust.ask_to_be_forgotten(%s, %s)", kind.value, whose)
    _copy(which)
    journal.write("asked to be forgotten", by=by, at=at)
    return which


@transaction.atomic
def think_again(which: UUID, *, by: Viewer, at: datetime) -> bool:
    """It does not happen. What is due, over, or not one's own, stays. Answers whether anything changed."""
    if by.seen_as is not None:
        raise NotAllowed("think again")
    if not _one("SELECT trust.think_again(%s)", which):
        return False
    journal.write("thought again", by=by, at=at)
    ledger.append(_line(which))  # before it holds here: no old backup may forget who thought again
    return True


def waiting(*, by: Viewer) -> list[Waiting]:
    """What the viewer may still take back, the nearest first."""
    if by.seen_as is not None:
        return []
    return [Waiting(*row) for row in _rows("SELECT * FROM trust.forgettings()")]


def stopped(*, by: Viewer) -> list[Stopped]:
    """What the viewer asked for their family and another who decides there stopped, within thirty days."""
    if by.seen_as is not None:
        return []
    return [Stopped(*row) for row in _rows("SELECT * FROM trust.forgettings_stopped()")]


def forget_those_due() -> int:
    """Whose fourteen days are over, or whose work ended since, is forgotten now. One that fails holds up nobody else."""
    _forget_at_last()
    return sum(_tried(which) for (which,) in _rows("SELECT id FROM trust.forgettings_due()"))


def _forget_at_last() -> None:
    """Whose work ended since is asked again; when that fails, those who are due go all the same."""
    try:
        with transaction.atomic():
            _one("SELECT trust.forget_at_last()")
    except Exception as problem:
        log.error("Those whose work ended were not forgotten: %s", type(problem).__name__)


def _tried(which: UUID) -> bool:
    """Whether it happened; what did not is told without a name or a word of anybody, and tried again tomorrow."""
    try:
        return forget(which)
    except Exception as problem:
        log.error("The forgetting %s failed: %s", which, type(problem).__name__)
        return False


@transaction.atomic
def forget(which: UUID) -> bool:
    """Held, then what the law makes us keep, then ledger, keys and rows: stopped between, it is done again tomorrow."""
    ((told, at),) = _rows("SELECT reach::text, at FROM trust.begin_to_forget(%s)", which)
    if told is None:
        return False
    reach = json.loads(told)
    line = json.loads(_one("SELECT trust.line_of_one_due(%s)::text", which)) | {
        "reach": reach,
        "done_at": at.isoformat(),
        "kept": moving_apart.kept_of(which, at),
    }
    ledger.append(line)
    _destroy_keys(reach)
    return bool(_one("SELECT trust.forget(%s)", which))


def replay() -> int:
    """After a restore, as the owner of the tables: every line of the ledger holds again; answers how many."""
    lines = list(ledger.standing())
    with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        as_gatekeeper()
        for line in lines:
            if line["done_at"]:
                _destroy_keys(line["reach"])
            cursor.execute("SELECT trust.reckon_replay(%s)", [json.dumps(line)])
    return len(lines)


def destroy_again() -> None:
    """Keys of whoever was forgotten are destroyed, also where they just came back."""
    for line in ledger.standing():
        if line["done_at"]:
            _destroy_keys(line["reach"])


def _destroy_keys(reach: dict[str, list[str]]) -> None:
    for circle in (
        reach.get("packages", []) + reach["circles"]
    ):  # a package has a key of its own, as a circle has
        keys.destroy("circle", UUID(circle))
    for person in reach["nameless"]:  # who still works here goes on under the same number
        keys.destroy("person", UUID(person))


def _copy(which: UUID) -> None:
    """The line goes into the ledger once it holds."""
    transaction.on_commit(partial(ledger.append, _line(which)))


def _line(which: UUID) -> dict[str, Any]:
    line: dict[str, Any] = json.loads(_one("SELECT trust.forgetting_line(%s)::text", which))
    return line


def _one(question: str, *values: Any) -> Any:
    return _rows(question, *values)[0][0]


def _rows(question: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, list(values))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
