"""Telling in confidence: opened, told, answered, taken back while nobody read it, and ended by who confided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.db.models import Q

from kring.confidences.files import MOST_FILES, Sent
from kring.confidences.models import Attachment, Telling
from kring.confidences.usecases.once import place
from kring.trust import journal
from kring.trust.models import Circle
from kring.trust.permissions import NotAllowed
from kring.trust.viewer import LiveSeat, Viewer

LONGEST = 10_000


class NothingTold(Exception):
    """There are no words in it."""


class TooManyFiles(Exception):
    """More files than go with one telling."""


class NotReadBack(Exception):
    """What is written down together is read back, and the young person agrees."""


class OpenedAlready(Exception):
    """Somebody else has read it: it cannot be taken back."""


def tell(
    hearer: UUID, words: str, *, safety: bool, key: UUID, by: Viewer, at: datetime, files: Sequence[Sent] = ()
) -> UUID:  # fmt: skip
    """A young person tells somebody something alone. Sent twice with one key, it is told once.

    What came with the same key and other words is told there too, and a tick about safety counts whenever it comes.
    """
    _must_tell(words, files)
    opened = _open(by.person_id, hearer, safety=safety, secrecy=None, key=key, by=by, at=at)
    _write(opened, by.person_id, words, how=Telling.How.TYPED, key=key, by=by, at=at, files=files)
    return opened


def write_down_together(
    young: UUID,
    words: str,
    *,
    read_back: bool,
    safety: bool,
    secrecy: bool,
    key: UUID,
    by: Viewer,
    at: datetime,
) -> UUID:
    """A worker writes down what a young person tells at the table, reads it back, and the young person agrees."""
    if not by.works:
        raise NotAllowed("write down a confidence")
    if not read_back:
        raise NotReadBack
    _must_tell(words, ())
    opened = _open(young, by.person_id, safety=safety, secrecy=secrecy, key=key, by=by, at=at)
    _write(opened, young, words, how=Telling.How.TOGETHER, key=key, by=by, at=at)
    return opened


def _open(
    young: UUID, hearer: UUID, *, safety: bool, secrecy: bool | None, key: UUID, by: Viewer, at: datetime
) -> UUID:  # fmt: skip
    if by.seen_as is not None or by.scope is not None:
        raise NotAllowed("open a confidence")
    circle_id = uuid5(key, f"{young}|{hearer}|{by.person_id}")
    if _ask("SELECT trust.open_confidence(%s, %s, %s, %s, %s, %s)",
            circle_id, young, hearer, safety, secrecy, at):  # fmt: skip
        journal.write("opened a confidence", by=by, at=at, circle_id=circle_id, about=young)
    elif safety:
        _is_about_safety(circle_id, by=by, at=at)
    return circle_id


@transaction.atomic
def add(
    circle_id: UUID, words: str, *, key: UUID, by: Viewer, at: datetime, files: Sequence[Sent] = ()
) -> Telling:
    """More is told in a confidence, or answered; by whoever sits in it."""
    seat = must_sit(circle_id, by)
    _must_tell(words, files)
    return _write(circle_id, seat.subject, words, how=Telling.How.TYPED, key=key, by=by, at=at, files=files)


def _must_tell(words: str, files: Sequence[Sent]) -> None:
    """Something is told: words, or a drawing."""
    if not words.strip() and not files:
        raise NothingTold
    if len(files) > MOST_FILES:
        raise TooManyFiles


def _write(
    circle_id: UUID, young: UUID | None, words: str, *, how: str, key: UUID, by: Viewer, at: datetime,
    files: Sequence[Sent] = (),
) -> Telling:  # fmt: skip
    words = words.strip()[:LONGEST]
    told: Telling | None
    told_id, told = place(
        Telling, key, f"{circle_id}|{by.person_id}", lambda row: _is_same(row, words, files)
    )
    if told is None:
        told = Telling(
            pk=told_id, circle_id=circle_id, subject_id=young, author_id=by.person_id, at=at, how=how
        )
        told.words = words
        told.save(force_insert=True)
        for sent in files:
            _attach(told, sent)
        journal.write("told something", by=by, at=at, circle_id=circle_id, about=young)
    return told


def _is_same(told: Telling, words: str, files: Sequence[Sent]) -> bool:
    """Whether this is what was told, with these files."""
    if told.words != words:
        return False
    attached = Attachment.objects.filter(telling=told)
    return sorted((row.name, row.content) for row in attached) == sorted(
        (one.name, one.content) for one in files
    )


def _attach(told: Telling, sent: Sent) -> None:
    kept = Attachment(
        telling=told, circle_id=told.circle_id, subject_id=told.subject_id, author_id=told.author_id, at=told.at,
        kind=sent.kind, media_type=sent.media_type,
    )  # fmt: skip
    kept.name, kept.content = sent.name, sent.content
    kept.save(force_insert=True)


def must_sit(circle_id: UUID, by: Viewer) -> LiveSeat:
    """Go on only with a live seat in this confidence; danger opens no writing, and nobody writes through other eyes."""
    seat = by.seat_in(circle_id)
    if seat is None or seat.kind != Circle.Kind.CONFIDENCE or by.seen_as is not None:
        raise NotAllowed("confidence")
    return seat


@transaction.atomic
def open_up(circle_id: UUID, *, by: Viewer, at: datetime) -> list[Telling]:
    """What was told, for who sits here. From now on what others wrote counts as opened."""
    must_sit(circle_id, by)
    unheard = Telling.objects.filter(circle_id=circle_id, heard_at=None).exclude(author_id=by.person_id)
    unheard.update(heard_at=at)
    return list(Telling.objects.filter(circle_id=circle_id).order_by("at", "id"))


def attached_to(circle_id: UUID) -> list[Attachment]:
    """The files of a confidence, by name and kind; not what is in them."""
    return list(Attachment.objects.filter(circle_id=circle_id).defer("content_locked").order_by("at", "id"))


def search(words: str, *, by: Viewer) -> list[Telling]:
    """What was told in one's own confidences and holds these words, newest first; what others told only once opened."""
    wanted = words.casefold().split()
    if not wanted or by.seen_as is not None:
        return []
    mine = [seat.circle for seat in by.seats if seat.kind == Circle.Kind.CONFIDENCE]
    opened = Telling.objects.filter(Q(author_id=by.person_id) | Q(heard_at__isnull=False), circle_id__in=mine)
    rows = list(opened.order_by("-at", "id"))
    heard = zip(rows, texts(rows), strict=True)
    return [row for row, told in heard if all(word in told.casefold() for word in wanted)]


def texts(told: Sequence[Telling]) -> list[str]:
    """The words of many tellings; each lock is taken once."""
    return Telling.words.of_many(told) if told else []


@transaction.atomic
def take_back(told: Telling, *, by: Viewer, at: datetime) -> None:
    """Whoever told it takes it back while nobody else has opened it."""
    must_sit(told.circle_id, by)
    if told.author_id != by.person_id:
        raise NotAllowed("take back")
    gone, _rows = Telling.objects.filter(pk=told.pk, heard_at=None).delete()
    if not gone:
        raise OpenedAlready
    journal.write("took something back", by=by, at=at, circle_id=told.circle_id, about=told.about_id)


@transaction.atomic
def let_hear(circle_id: UUID, hearer: UUID, *, from_the_beginning: bool, by: Viewer, at: datetime) -> None:
    """The one who confided lets somebody else hear it too; nobody else can."""
    must_sit(circle_id, by)
    _ask("SELECT trust.let_hear(%s, %s, %s, %s)", circle_id, hearer, from_the_beginning, at)
    journal.write(
        "let somebody hear it", by=by, at=at, circle_id=circle_id, about=by.person_id, object_id=hearer
    )


@transaction.atomic
def end(circle_id: UUID, *, by: Viewer, at: datetime, hearer: UUID | None = None) -> None:
    """From now on nobody else reads it, or one person does not; what was told stays with who confided."""
    must_sit(circle_id, by)
    if _ask("SELECT trust.let_nobody_hear(%s, %s, %s)", circle_id, hearer, at):
        journal.write(
            "ended a confidence", by=by, at=at, circle_id=circle_id, about=by.person_id, object_id=hearer
        )


@transaction.atomic
def about_safety(circle_id: UUID, *, by: Viewer, at: datetime) -> None:
    """It turns out to be about safety, health or whereabouts; both see that it was said."""
    must_sit(circle_id, by)
    _is_about_safety(circle_id, by=by, at=at)


def _is_about_safety(circle_id: UUID, *, by: Viewer, at: datetime) -> None:
    if _ask("SELECT trust.mark_safety(%s)", circle_id):
        journal.write("said that it is about safety", by=by, at=at, circle_id=circle_id)


def _ask(question: str, *values: Any) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question, list(values))
        (answer,) = cursor.fetchone()
    return answer
