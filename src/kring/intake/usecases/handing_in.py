"""Handing in a concern: by anybody at the front door, or written down by somebody at work."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from kring.intake import letters, receipts, rules
from kring.intake.models import Concern
from kring.messaging import usecases as messaging
from kring.trust.holidays import DaysOff
from kring.trust.models import Village
from kring.trust.permissions import Permission
from kring.trust.usecases import accounts
from kring.trust.viewer import Viewer


@dataclass(frozen=True)
class Told:
    """What somebody tells us, in their own words and language."""

    who_about: str = ""
    seen: str = ""
    reach: str = ""
    asker_name: str = ""
    asker_kind: str = ""
    family_knows: str = ""
    language: str = "en"
    wants_help_now: bool = False
    channel: str = Concern.Channel.PAGE

    def cleaned(self) -> Told:
        """The same without signs that are no letters, and cut where the database would refuse."""
        return Told(
            who_about=rules.one_line(self.who_about, rules.LONGEST_WHO),
            seen=rules.clean(self.seen, rules.LONGEST_SEEN),
            reach=rules.one_line(self.reach, rules.LONGEST_REACH),
            asker_name=rules.one_line(self.asker_name, rules.LONGEST_NAME),
            asker_kind=self.asker_kind,
            family_knows=self.family_knows,
            language=self.language[:12],
            wants_help_now=self.wants_help_now,
            channel=str(self.channel),
        )


@dataclass(frozen=True)
class HandedIn:
    """What the one who asked takes along."""

    concern_id: UUID
    token: str
    is_new: bool


class NothingTold(Exception):
    """There is not a single word in it."""


def hand_in(told: Told, *, village: Village, form_key: str, at: datetime) -> HandedIn:
    """Take in what somebody tells; the same form sent twice makes one concern and one receipt."""
    return _take_in(told.cleaned(), village, form_key, at)


def write_down(told: Told, *, village: Village, form_key: str, by: Viewer, at: datetime) -> HandedIn:
    """Write down what somebody said on the telephone or at the gate."""
    by.must(Permission.WRITE_DOWN_CONCERN)
    return _take_in(told.cleaned(), village, form_key, at)


@transaction.atomic
def _take_in(told: Told, village: Village, form_key: str, at: datetime) -> HandedIn:
    if not (told.seen or told.who_about or told.wants_help_now):
        raise NothingTold
    content = asdict(told)
    concern = receipts.concern_id(form_key, json.dumps(content, sort_keys=True))
    token = receipts.token(concern)
    zone, off = village.timezone, DaysOff(village.country)
    answered_before = (
        rules.help_by(at, zone=zone, off=off)
        if told.wants_help_now
        else rules.answer_by(at, answer_days=village.answer_days, zone=zone, off=off)
    )
    to_tell: list[UUID] | None = _asked(
        "SELECT trust.hand_in_concern(%s, %s, %s::jsonb, %s, %s, %s, %s)",
        concern, village.pk, json.dumps(_plain(told)), _locked(concern, content, village, at), answered_before, receipts.hashed(token), at,
    )  # fmt: skip
    if to_tell is not None:
        _tell(concern, told, to_tell, at)
    return HandedIn(concern, token, to_tell is not None)


def _plain(told: Told) -> dict[str, Any]:
    """What is not a word of theirs."""
    facts = {name: value for name, value in asdict(told).items() if name not in Concern.TOLD}
    return facts | {"reachable": bool(told.reach)}


def _locked(concern: UUID, content: dict[str, Any], village: Village, at: datetime) -> bytes:
    """Their words as they are written down: locked under the desk's key of the day."""
    desk = _asked("SELECT trust.desk_of(%s)", village.pk)
    if desk is None:
        return b""  # the database refuses: there is no contact point
    draft = Concern(id=concern, circle_id=desk)
    draft.tell(content, on=at.astimezone(UTC).date())
    return bytes(draft.told_locked)


def _tell(concern: UUID, told: Told, persons: list[UUID], at: datetime) -> None:
    """Letters to who is on duty, and to the one who asked if they gave an address."""
    languages = accounts.languages(persons)
    for person in persons:
        messaging.queue(letters.NEW, concern, at=at, person_id=person, language=languages[person])
    if rules.mail_in(told.reach):
        messaging.queue(letters.RECEIVED, concern, at=at, language=told.language)


def _asked(query: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, list(values))
        row = cursor.fetchone()
    return row[0] if row else None


def front_door(village: Village, *, at: datetime) -> dict[str, Any]:
    """Who is on duty and who stands in, and the names of all who read what is told: the truth, from the seats."""
    told: dict[str, Any] = json.loads(_asked("SELECT trust.front_door(%s, %s)::text", village.pk, at) or "{}")
    return told
