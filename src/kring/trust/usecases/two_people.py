"""Two people (D6): one asks with a reason, another says yes or no; on the yes it happens at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, connections, transaction

from kring.trust import matters
from kring.trust.keys.locking import DoesNotOpen
from kring.trust.keys.store import Gone
from kring.trust.models import Matter
from kring.trust.permissions import NotAllowed, Permission
from kring.trust.usecases.villages import ALIAS, as_gatekeeper
from kring.trust.viewer import Viewer

NEWEST = 60
CODE_SHOWN = timedelta(days=14)


class WithoutReason(Exception):
    """Whoever says yes or no must know why it is asked, and whoever asked why not."""


class NotAgreed(Exception):
    """Two people did not agree on exactly this, or not lately, or it was done already."""


@dataclass(frozen=True)
class Told:
    """One matter as its page shows it."""

    matter: Matter
    sentence: str
    why: str
    why_not: str
    asked_by: str
    answered_by: str
    mine: bool
    waits: bool
    ends: datetime | None = None
    code: str = ""

    @property
    def until(self) -> datetime:
        """Until when it waits."""
        return self.matter.until

    @property
    def state(self) -> str:
        """Waiting, taken back, yes, no, or too late."""
        if self.matter.taken_back_at:
            return "taken back"
        return str(self.matter.answer) or ("waits" if self.waits else "over")


@dataclass(frozen=True)
class Decided:
    """When two people decided something for the whole village, and who they were."""

    at: datetime
    asked_by: str
    agreed_by: str


def _ask(question: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, list(values))
        row = cursor.fetchone()
    return row


@transaction.atomic
def ask(kind: str, facts: Mapping[str, Any], why: str, *, by: Viewer, at: datetime) -> Matter:
    """Ask for a second yes. What is asked twice is one matter; who may not ask hears that somebody else decides."""
    by.must(Permission.ASK_TWO)
    why = why.strip()[: matters.LONGEST_WHY]
    if not why:
        raise WithoutReason
    told = json.dumps(facts, default=str)
    place = _ask("SELECT circle, subject FROM trust.place_of_matter(%s, %s::jsonb)", kind, told)
    if place is None:
        raise NotAllowed(f"ask for {kind}")
    draft = Matter(id=uuid4(), circle_id=place[0], subject_id=place[1], kind=kind)
    draft.words = why
    (made,) = _ask(
        "SELECT trust.ask_two(%s, %s, %s::jsonb, %s, %s)", draft.pk, kind, told, draft.words_locked, at
    )
    return Matter.objects.get(pk=made)


@transaction.atomic
def answer(matter: Matter, yes: bool, why: str = "", *, by: Viewer, at: datetime) -> str:
    """The second person says yes, and it happens; or no, with a reason. Answers what counts: yes, no or over."""
    sits = matter.kind == Matter.Kind.SEALED_SEAT and not by.can(Permission.SECOND)
    by.must(Permission.ASK_TWO if sits else Permission.SECOND)
    why = why.strip()[: matters.LONGEST_WHY]
    if not yes and not why:
        raise WithoutReason
    if not yes:
        matter.why_not = why
    (counts,) = _ask("SELECT trust.answer_two(%s, %s, %s, %s)", matter.pk, yes, matter.no_locked, at)
    if counts is None:
        raise NotAllowed("say the second yes")
    return str(counts)


def take_back(matter: Matter, *, by: Viewer, at: datetime) -> bool:
    """Who asked does not ask any more."""
    by.must(Permission.ASK_TWO)
    (done,) = _ask("SELECT trust.take_back_two(%s, %s)", matter.pk, at)
    return bool(done)


def told(by: Viewer, at: datetime, only: UUID | None = None) -> list[Told]:
    """What the viewer asked, and what waits or waited for the viewer's yes; the newest first."""
    rows = Matter.objects.order_by("-asked_at", "id")
    found = list(rows.filter(pk=only) if only else rows[:NEWEST])
    names = _names([matter.pk for matter in found]) if found else {}
    return [_told(matter, names, by, at) for matter in found]


def _told(matter: Matter, names: Mapping[UUID, str], by: Viewer, at: datetime) -> Told:
    return Told(
        matter=matter,
        sentence=matters.sentence(matter.kind, matter.facts, names),
        why=_opened(matter, "words"),
        why_not=_opened(matter, "why_not"),
        asked_by=names.get(matter.asked_by_id, ""),
        answered_by=names.get(matter.answered_by_id, "") if matter.answered_by_id else "",
        mine=matter.asked_by_id == by.person_id,
        waits=not matter.answer and matter.taken_back_at is None and at < matter.until,
        ends=matters.until(matter.facts),
        code=_code(matter, by, at),
    )


def _code(matter: Matter, by: Viewer, at: datetime) -> str:
    """The code of a card, for the one who said yes, as long as a card made then may live."""
    if matter.answered_by_id != by.person_id or matter.answered_at is None or not matter.code_locked:
        return ""
    return _opened(matter, "code") if at < matter.answered_at + CODE_SHOWN else ""


def _opened(matter: Matter, text: str) -> str:
    """Words whose key was destroyed are forgotten; the matter itself stays."""
    try:
        return str(getattr(matter, text))
    except (Gone, DoesNotOpen):
        return ""


def _names(found: list[UUID]) -> dict[UUID, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM trust.names_in_matters(%s)", [found])
        return dict(cursor.fetchall())


def use(number: str, kind: str, facts: Mapping[str, Any], *, at: datetime) -> UUID:
    """What two people agreed on under this number is done now by the one who asked, in the browser; once.

    Raises NotAgreed.
    """
    (found,) = _ask("SELECT trust.use_matter(%s, %s, %s::jsonb, %s)", number.replace(" ", ""), kind,
                    json.dumps(facts, default=str), at)  # fmt: skip
    if found is None:
        raise NotAgreed(number)
    return UUID(str(found))


def use_by_command(number: str, kind: str, facts: Mapping[str, Any], *, of: UUID, at: datetime) -> None:
    """The same for a command of the administrator's machine, for what two people of this village agreed on. Raises NotAgreed."""
    with transaction.atomic(using=ALIAS):
        as_gatekeeper()
        told: list[Any] = [number.replace(" ", ""), kind, json.dumps(facts, default=str), at]
        with connections[ALIAS].cursor() as cursor:
            cursor.execute("SELECT trust.lock_use_matter(%s, %s, %s::jsonb, %s)", told)
            (used,) = cursor.fetchone()
            cursor.execute("SELECT 1 FROM trust_matter WHERE id = %s AND village_id = %s", [used, of])
            if cursor.fetchone() is None:
                raise NotAgreed(number)


def decided(kind: str) -> Decided | None:
    """Who decided last what holds in the whole village; for everybody who works here."""
    row = _ask("SELECT at, asked_by, agreed_by FROM trust.decided_by_two(%s)", kind)
    return Decided(*row) if row else None


def left_out(family_id: UUID) -> list[dict[str, Any]]:
    """Who is left out of what is about this family's children by two people's word."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust.left_out_by_two(%s)", [family_id])
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
