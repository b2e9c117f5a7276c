"""What may be told, worded together; and what a young person wants to reach for themselves."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from kring.confidences.models import OwnGoal, WordsToTell
from kring.confidences.usecases.once import place
from kring.confidences.usecases.tellings import NothingTold, must_sit, tell
from kring.trust import journal
from kring.trust.models import Circle
from kring.trust.permissions import NotAllowed
from kring.trust.viewer import Viewer

LONGEST, LONGEST_WHOM = 600, 60
Answer = WordsToTell.Answer


class NotAgreed(Exception):
    """Only words with the young person's yes are told."""


@transaction.atomic
def propose(circle_id: UUID, whom: str, words: str, *, key: UUID, by: Viewer, at: datetime) -> WordsToTell:
    """ "What may I tell your mother?" One sentence; proposed by the young person, it is agreed already."""
    must_sit(circle_id, by)
    if not words.strip() or not whom.strip():
        raise NothingTold
    circle = Circle.objects.get(pk=circle_id)
    whom, words = whom.strip()[:LONGEST_WHOM], words.strip()[:LONGEST]
    row: WordsToTell | None
    row_id, row = place(
        WordsToTell, key, f"words {circle_id}", lambda said: (said.whom, said.words) == (whom, words)
    )
    if row is None:
        own = circle.subject_id == by.person_id
        row = WordsToTell(pk=row_id, circle=circle, subject_id=circle.subject_id, author_id=by.person_id, at=at,
                          answer=Answer.YES if own else "", answered_at=at if own else None)  # fmt: skip
        row.whom, row.words = whom, words
        row.save(force_insert=True)
        journal.write("proposed words to tell", by=by, at=at, circle_id=circle_id, about=circle.subject_id)
    return row


@transaction.atomic
def answer(row: WordsToTell, said: str, *, by: Viewer, at: datetime, words: str = "") -> WordsToTell:
    """The young person says yes or no, at any time again; or says it in other words, which are agreed then."""
    _must_be_theirs(row.circle_id, row.subject_id, by)
    if said not in Answer.values:
        raise NotAllowed("answer")
    if said == Answer.OTHERWISE and not words.strip():
        raise NothingTold
    row.answer, row.answered_at = said, at
    row.save(update_fields=["answer", "answered_at"])
    journal.write(
        f"said {said} to words to tell", by=by, at=at, circle_id=row.circle_id, about=row.subject_id
    )
    if said == Answer.OTHERWISE:
        return propose(row.circle_id, row.whom, words, key=uuid5(row.pk, "in other words"), by=by, at=at)
    return row


@transaction.atomic
def pass_on(row: WordsToTell, hearer: UUID, *, by: Viewer, at: datetime) -> UUID:
    """The agreed words, and nothing else, go to somebody by the young person's own hand."""
    _must_be_theirs(row.circle_id, row.subject_id, by)
    if row.answer != Answer.YES:
        raise NotAgreed
    return tell(hearer, row.words, safety=False, key=uuid5(row.pk, str(hearer)), by=by, at=at)


@transaction.atomic
def want(circle_id: UUID, words: str, *, key: UUID, by: Viewer, at: datetime) -> OwnGoal:
    """The young person says what they want to reach, for themselves."""
    _must_be_theirs(circle_id, by.person_id, by)
    circle = Circle.objects.get(pk=circle_id)
    if circle.subject_id != by.person_id:
        raise NotAllowed("own goal")
    if not words.strip():
        raise NothingTold
    words = words.strip()[:LONGEST]
    goal: OwnGoal | None
    goal_id, goal = place(OwnGoal, key, f"goal {circle_id}", lambda wanted: wanted.words == words)
    if goal is None:
        goal = OwnGoal(pk=goal_id, circle=circle, subject_id=circle.subject_id, author_id=by.person_id, at=at)
        goal.words = words
        goal.save(force_insert=True)
        journal.write("wrote an own goal", by=by, at=at, circle_id=circle_id, about=circle.subject_id)
    return goal


@transaction.atomic
def reach(goal: OwnGoal, *, by: Viewer, at: datetime) -> None:
    """It is reached; a second touch takes that back."""
    _must_be_theirs(goal.circle_id, goal.subject_id, by)
    goal.reached_at = None if goal.reached_at else at
    goal.save(update_fields=["reached_at"])


def _must_be_theirs(circle_id: UUID, subject_id: UUID | None, by: Viewer) -> None:
    must_sit(circle_id, by)
    if subject_id != by.person_id:
        raise NotAllowed("the young person decides")
