"""What happens by the clock. The database itself checks that the time has come; letters follow from its answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from kring.clock import agreements, growing
from kring.clock.letters import IT_STAYS, SOMETHING_WAITS, STILL_RIGHT
from kring.confidences import letters as told_alone
from kring.confidences.usecases import answering
from kring.intake import letters
from kring.intake.usecases import desk_keys
from kring.messaging import usecases as messaging
from kring.network import questions
from kring.trust import kept, keys
from kring.trust.usecases import forgettings
from kring.trust.usecases.accounts import language_of
from kring.wraparound import letters as plan_letters


def _asked(query: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, list(values))
        return cursor.fetchall()


def forget(*, at: datetime) -> int:
    """Delete what the village's term has ended for; answers how many concerns lost their words."""
    forgotten = int(_asked("SELECT trust.forget_concerns(%s)", at)[0][0])
    for (talk,) in _asked("SELECT trust.talks_that_are_over(%s)", at):
        if not keys.destroyed("circle", talk):
            keys.destroy("circle", talk)
    return forgotten


def turn_desk_keys(*, at: datetime) -> int:
    """What waits at a desk goes under the key of this day; answers how many texts did."""
    return desk_keys.turn(at=at)


def forget_people() -> int:
    """Forget whoever asked for it fourteen days ago; answers how many persons and families."""
    return forgettings.forget_those_due()


@transaction.atomic
def remind_of_forgetting(*, at: datetime) -> int:
    """Three days before, once: whoever may still think again learns that something waits."""
    told = _asked("SELECT id, person_id FROM trust.remind_of_forgetting()")
    for which, person in told:
        messaging.queue(SOMETHING_WAITS, which, at=at, person_id=person, language=language_of(person))
    return len(told)


@transaction.atomic
def tell_that_it_stays(*, at: datetime) -> int:
    """Once: whoever asked that their family is forgotten learns that somebody else said no."""
    told = [
        messaging.queue(IT_STAYS, which, at=at, person_id=person, language=language_of(person), once=True)
        for which, person in _asked("SELECT id, person_id FROM trust.stopped_to_tell()")
    ]
    return sum(letter is not None for letter in told)


def end_what_was_kept(*, at: datetime) -> int:
    """What the law made us keep goes on its day."""
    return kept.destroy_those_over(at)


def forget_packages(*, at: datetime) -> int:
    """Packages nobody takes along after seven days go, with their keys."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM trust.end_packages(%s)", [at])
        gone = [row[0] for row in cursor.fetchall()]
    for package in gone:
        keys.destroy("circle", package)
    return len(gone)


def forget_letters(*, at: datetime) -> int:
    """Delete the traces of letters that went out a quarter of a year ago."""
    return int(_asked("SELECT trust.forget_letters(%s)", at)[0][0])


def forget_sessions(*, at: datetime) -> int:
    """Delete what is left of sessions that ended."""
    return int(_asked("SELECT trust.forget_sessions(%s)", at)[0][0])


@transaction.atomic
def warn(*, at: datetime) -> int:
    """A week before deletion, tell whoever took it up or is on duty; once for each concern and person."""
    told = [
        messaging.queue(
            letters.ENDING, concern, at=at, person_id=person, language=language_of(person), once=True
        )
        for concern, person in _asked("SELECT concern_id, person_id FROM trust.concerns_ending(%s)", at)
    ]
    return sum(letter is not None for letter in told)


@transaction.atomic
def ask_whether_true(*, at: datetime) -> int:
    """Two weeks after a promise was kept, ask the one it was made to."""
    concerns = _asked("SELECT concern_id, language FROM trust.ask_whether_true(%s)", at)
    for concern, language in concerns:
        messaging.queue(letters.WAS_IT_TRUE, concern, at=at, language=language)
    return len(concerns)


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Remind, once, of promises whose day has passed; then the reminder stops."""
    promises = _asked("SELECT promise_id, person_id FROM trust.remind_of_promises(%s)", at)
    for promise, person in promises:
        messaging.queue(letters.LATE, promise, at=at, person_id=person, language=language_of(person))
    return len(promises)


@transaction.atomic
def remind_of_reviews(*, at: datetime) -> int:
    """Tell coordinators two weeks before all look at a plan together, and on the day; never more."""
    reviews = _asked("SELECT plan_id, person_id, is_due FROM trust.remind_of_reviews(%s)", at)
    for plan, person, is_due in reviews:
        kind = plan_letters.DUE if is_due else plan_letters.SOON
        messaging.queue(kind, plan, at=at, person_id=person, language=language_of(person))
    return len(reviews)


@transaction.atomic
def ask_about_offers(*, at: datetime) -> int:
    """Ask whoever keeps offers whether they are still right: every half year, twice at most."""
    asked = questions.put(at=at)
    for question, person in asked:
        messaging.queue(STILL_RIGHT, question, at=at, person_id=person, language=language_of(person))
    return len(asked)


@transaction.atomic
def tell_of_birthdays(*, at: datetime) -> int:
    """Thirty days before a birthday changes who decides, tell the family and its coordinator; each person once."""
    told = [
        messaging.queue(
            growing.kind_of(turning), child, at=at, person_id=person, language=language_of(person), once=True
        )
        for child, person, turning in _asked("SELECT * FROM trust.turnings_to_tell(%s)", at)
    ]
    return sum(letter is not None for letter in told)


@transaction.atomic
def tell_of_agreements(*, at: datetime) -> int:
    """Sixty days before an agreement ends tell the village; on the day it ends or goes on, the families. Each once."""
    ending = [
        (one, who, agreements.ENDING) for one, who in _asked("SELECT * FROM trust.agreements_ending(%s)", at)
    ]
    turned = [
        (one, who, agreements.AWAKE if lives else agreements.ASLEEP)
        for one, who, lives in _asked("SELECT * FROM trust.agreements_turned(%s)", at)
    ]
    told = [
        messaging.queue(kind, one, at=at, person_id=who, language=language_of(who), once=True)
        for one, who, kind in ending + turned
    ]
    return sum(letter is not None for letter in told)


@transaction.atomic
def remind_of_answers(*, at: datetime) -> int:
    """On the day on which somebody said they would answer: a letter that names nobody, once."""
    told = [
        messaging.queue(told_alone.TODAY, answer, at=at, person_id=person, language=language, once=True)
        for answer, person, language in answering.due(at=at)
    ]
    return sum(letter is not None for letter in told)


def count_weeks(*, at: datetime) -> int:
    """Count how the villages answered in the weeks that are over."""
    return int(_asked("SELECT trust.count_weeks(%s)", at)[0][0])
