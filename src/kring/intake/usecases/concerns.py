"""What the contact point does with a concern: take it up, talk, close it with a reason, and think again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from kring.intake import letters, rules
from kring.intake.models import Concern, Promise, PromiseChange, TalkNote
from kring.intake.models.promises import PromiseQuerySet
from kring.messaging import usecases as messaging
from kring.trust import journal
from kring.trust.models import Circle, Job, Seat
from kring.trust.permissions import Permission
from kring.trust.viewer import Viewer

TIME_TO_THINK_AGAIN = timedelta(minutes=2)


class NotOnTheDesk(Exception):
    """The concern is not on the desk, or not any more."""


class NoSuchColleague(Exception):
    """The stand-in does not work at the contact point."""


class AlreadyClosed(Exception):
    """The concern has ended."""


class ReasonIsMissing(Exception):
    """Who asked hears why; a concern does not end without it."""


class TalkHasBegun(Exception):
    """Something was written in the first talk, so it does not go back to the desk."""


def for_change(concern: Concern) -> Concern:
    """The concern as it is now, held until what is being done is done."""
    found: Concern | None = Concern.objects.select_for_update().filter(pk=concern.pk).first()
    if found is None:
        raise NotOnTheDesk
    return found


@transaction.atomic
def take_up(concern: Concern, *, by: Viewer, at: datetime, stand_in: UUID | None = None) -> Concern:
    """Take a concern up: it leaves the desk for a first talk of the one who took it and a stand-in."""
    by.must(Permission.ANSWER_CONCERN)
    job, concern = by.job_as("contact point"), for_change(concern)
    if concern.state != Concern.State.RECEIVED or job is None:
        raise NotOnTheDesk
    stand_in = None if stand_in == by.person_id else stand_in
    other = _job_of(stand_in, by, at) if stand_in else None

    talk = Circle.objects.create(
        village_id=by.village_id, kind=Circle.Kind.FIRST_TALK, opened_by_id=by.person_id, opened_at=at
    )
    for person, through in [(by.person_id, job.id), *([(stand_in, other)] if stand_in and other else [])]:
        Seat.objects.create(
            circle=talk, person_id=person, job_id=through, role=Seat.Role.PROFESSIONAL, ring=3,
            ground=Seat.Ground.JOB, since=at, decided_by_id=by.person_id,
        )  # fmt: skip
    concern.state = Concern.State.TAKEN_UP
    concern.taken_by_id, concern.taken_at, concern.stand_in_id = by.person_id, at, stand_in
    Promise.objects.filter(concern=concern, kept_at=None, ended_at=None).update(by_id=by.person_id)
    _move(concern, talk.pk)
    journal.write("concern taken up", by=by, at=at, circle_id=talk.pk, object_id=concern.pk)
    return concern


def _job_of(person: UUID, by: Viewer, at: datetime) -> UUID:
    """The job through which a colleague stands in."""
    jobs = Job.objects.filter(
        person_id=person, person__village_id=by.village_id, role="contact point", since__lte=at
    ).order_by("since", "id")
    found = next((job.pk for job in jobs if job.until is None or job.until > at), None)
    if found is None:
        raise NoSuchColleague
    return found


def _move(concern: Concern, circle: UUID, *, on: date | None = None) -> None:
    """The concern and everything that hangs on it go to another circle; `on` a day back to the desk."""
    told = concern.told
    PromiseChange.objects.filter(promise__concern=concern).update(circle_id=circle)
    Promise.objects.filter(concern=concern).update(circle_id=circle)
    concern.circle_id = circle
    concern.tell(told, on=on)  # the key of the circle it left opens it no more
    concern.save()


@transaction.atomic
def put_back(concern: Concern, *, by: Viewer, at: datetime) -> Concern:
    """Think again: the concern lies on the desk as before, as long as nothing was said."""
    by.must(Permission.ANSWER_CONCERN)
    concern = for_change(concern)
    if concern.state == Concern.State.RECEIVED or not concern.is_open:
        raise AlreadyClosed
    if TalkNote.objects.filter(concern=concern).exists():
        raise TalkHasBegun
    desk = next((seat.circle for seat in by.seats if seat.kind == "desk"), None)
    if desk is None:
        raise NotOnTheDesk
    talk = concern.circle_id
    concern.state = Concern.State.RECEIVED
    concern.taken_by_id = concern.taken_at = None
    _move(concern, desk, on=at.astimezone(UTC).date())
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.end_first_talk(%s, %s)", [talk, at])
    journal.write("concern put back", by=by, at=at, circle_id=desk, object_id=concern.pk)
    return concern


@transaction.atomic
def write_note(concern: Concern, *, text: str, reached: bool, by: Viewer, at: datetime) -> TalkNote:
    """Write down a talk, or that nobody answered. A talk is the first answer that was promised."""
    by.must(Permission.ANSWER_CONCERN)
    concern = for_change(concern)
    if concern.state == Concern.State.RECEIVED or not concern.is_open:
        raise AlreadyClosed
    note = TalkNote(
        circle_id=concern.circle_id, concern=concern, author_id=by.person_id, at=at, reached=reached
    )
    note.text = rules.clean(text, rules.LONGEST_SEEN)
    note.save(force_insert=True)
    if reached:
        concern.state = Concern.State.TALKED
        concern.answered_at = concern.answered_at or at
        concern.save(update_fields=["state", "answered_at"])
        _first_answers(concern).update(kept_at=at)
    journal.write(
        "talked" if reached else "not reached",
        by=by,
        at=at,
        circle_id=concern.circle_id,
        object_id=concern.pk,
    )
    return note


def _first_answers(concern: Concern) -> PromiseQuerySet:
    """The promise of a first answer, while it is open."""
    return Promise.objects.open().filter(concern=concern, kind=Promise.Kind.FIRST_ANSWER)


@transaction.atomic
def close(concern: Concern, *, outcome: str, reason: str, by: Viewer, at: datetime) -> Concern:
    """End a concern with an outcome and a reason, which the one who asked reads."""
    by.must(Permission.ANSWER_CONCERN)
    concern = for_change(concern)
    reason = rules.clean(reason, rules.LONGEST_REASON)
    if not concern.is_open:
        raise AlreadyClosed
    if not reason or outcome not in Concern.Outcome.values or outcome == Concern.Outcome.NOBODY:
        raise ReasonIsMissing
    good = outcome in Concern.GOOD_ENDS
    concern.state = Concern.State.DONE if good else Concern.State.NOT_DONE
    concern.outcome, concern.reason, concern.closed_at = outcome, reason, at
    if outcome != Concern.Outcome.NOT_REACHED:
        concern.answered_at = concern.answered_at or at
        _first_answers(concern).update(kept_at=at)
    concern.save()
    Promise.objects.open().filter(concern=concern).update(ended_at=at)
    if concern.mail:
        messaging.queue(
            letters.ENDED, concern.pk, at=at, language=concern.language, not_before=at + TIME_TO_THINK_AGAIN
        )
    journal.write("concern closed", by=by, at=at, circle_id=concern.circle_id, object_id=concern.pk)
    return concern


@transaction.atomic
def reopen(concern: Concern, *, by: Viewer, at: datetime) -> Concern:
    """Think again: what ended goes on as before."""
    by.must(Permission.ANSWER_CONCERN)
    concern = for_change(concern)
    ended_at = concern.closed_at
    if ended_at is None or concern.forgotten_at is not None:
        return concern
    Promise.objects.filter(concern=concern, kept_at=ended_at).update(kept_at=None)
    Promise.objects.filter(concern=concern, ended_at=ended_at).update(ended_at=None)
    if concern.answered_at == ended_at:
        concern.answered_at = None
    states = Concern.State
    concern.state = (
        states.RECEIVED
        if concern.taken_by_id is None
        else states.TALKED
        if concern.answered_at
        else states.TAKEN_UP
    )
    concern.outcome, concern.reason, concern.closed_at = "", "", None
    concern.save()
    journal.write("concern opened again", by=by, at=at, circle_id=concern.circle_id, object_id=concern.pk)
    return concern


@dataclass(frozen=True)
class Figures:
    """How the village answered over thirteen weeks; nothing where there are too few to say."""

    hours: int | None = None
    due: int | None = None
    kept: int | None = None


def figures(*, at: datetime) -> Figures:
    """First-answer time and promises kept: of the village, never of a person, of weeks that are over."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.village_figures(%s)::text", [at])
        row = cursor.fetchone()
    return Figures(**json.loads(row[0])) if row and row[0] else Figures()
