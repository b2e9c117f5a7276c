"""Putting a letter in the outbox, and sending what lies in it."""

from __future__ import annotations

from datetime import datetime
from smtplib import SMTPException
from uuid import UUID

from django.db import connection, transaction
from django.utils import translation

from kring.messaging import email, kinds
from kring.messaging.models import Letter


def queue(
    kind: str,
    object_id: UUID,
    *,
    at: datetime,
    person_id: UUID | None = None,
    language: str = "en",
    channel: str = Letter.Channel.EMAIL,
    once: bool = False,
    not_before: datetime | None = None,
) -> UUID | None:
    """Put a letter in the outbox; it leaves when what is being written now is truly written.

    A letter that goes once only answers None the second time. `not_before` leaves time to think again.
    """
    kinds.wording(kind)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT trust.queue_letter(%s, %s, %s, %s, %s, %s, %s)",
            [kind, object_id, person_id, str(channel), language, once, at],
        )
        row = cursor.fetchone()
        letter_id: UUID | None = row[0] if row else None
        if letter_id is not None:
            from kring.messaging.tasks import send_letter

            send_letter.configure(schedule_at=not_before).defer(letter_id=str(letter_id))
    return letter_id


def send(letter_id: UUID, *, at: datetime) -> str:
    """Send one letter, after asking once more whether it may still go. Answers the state it is in then.

    Raises when the post did not take it, so that it is tried again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM trust.take_letter(%s)", [letter_id])
        row = cursor.fetchone()
    if row is None:
        return ""
    kind, object_id, person_id, channel, language = row
    if kinds.is_kept_back(kind, object_id, person_id):
        return settle(letter_id, Letter.State.NOT_WANTED, at=at)
    with translation.override(language):
        words = kinds.wording(kind)(kinds.Asked(object_id, person_id, channel, at))
        if words is None or channel != Letter.Channel.EMAIL:
            return settle(letter_id, Letter.State.NOT_WANTED, at=at)
        if instead := told_instead(person_id, object_id, at):
            return settle(letter_id, instead, at=at)
        if not words.address:
            return settle(letter_id, Letter.State.NOT_WANTED, at=at)
        email.send(words, language=language)
    return settle(letter_id, Letter.State.SENT, at=at)


def told_instead(person_id: UUID | None, object_id: UUID | None, at: datetime) -> str:
    """The state of a letter to somebody who wishes to be told: the coordinator has a call to make, or nobody hears it.

    Empty when it is written: then it is a letter like any other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.tell_instead(%s, %s, %s)", [person_id, object_id, at])
        row = cursor.fetchone()
    return row[0] if row else ""


def settle(letter_id: UUID, state: str, *, at: datetime) -> str:
    """Write down how it went with a letter."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.settle_letter(%s, %s, %s)", [letter_id, str(state), at])
    return str(state)


POST_TROUBLE = (SMTPException, OSError)
