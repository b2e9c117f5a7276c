"""When the clock strikes. On weekdays in the morning, so that no reminder comes on a Sunday night."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from procrastinate.contrib.django import app

from kring.clock import corrections, two_people, usecases, watching
from kring.messaging import dangers
from kring.trust.usecases import sealing

WEEKDAYS_AT_SEVEN = "0 7 * * 1-5"
EVERY_HOUR_BY_DAY = "5 7-20 * * *"
EVERY_NIGHT = "20 2 * * *"
LATER_AT_NIGHT = "50 3 * * *"
EVERY_MORNING = "30 5 * * *"
EVERY_EVENING = "0 17 * * *"
EVERY_TEN_MINUTES = "*/10 * * * *"
MONDAY_MORNING = "40 4 * * 1"
EVERY_QUARTER = "*/15 * * * *"


def _moment(timestamp: int) -> datetime:
    """The moment a job was for; never one that has not come, whoever put the job in the queue."""
    return min(datetime.fromtimestamp(timestamp, UTC), datetime.now(UTC))


def _each(*deeds: Callable[[], int]) -> None:
    """One after the other, also when one fails; then the task fails with what went wrong."""
    problems = []
    for deed in deeds:
        try:
            deed()
        except Exception as problem:
            problems.append(problem)
    if problems:
        raise ExceptionGroup("not everything of this hour was done", problems)


@app.periodic(cron=EVERY_NIGHT)
@app.task(name="clock.forget", queue="clock", queueing_lock="clock.forget")
def forget(timestamp: int) -> None:
    """Delete what the village's term has ended for."""
    at = _moment(timestamp)
    _each(
        partial(usecases.forget, at=at),
        partial(usecases.forget_letters, at=at),
        partial(usecases.forget_sessions, at=at),
        partial(usecases.end_what_was_kept, at=at),
        usecases.forget_people,
        partial(usecases.forget_packages, at=at),
        partial(usecases.turn_desk_keys, at=at),
    )


@app.periodic(cron=WEEKDAYS_AT_SEVEN)
@app.task(name="clock.warn", queue="clock", queueing_lock="clock.warn")
def warn(timestamp: int) -> None:
    """Warn a week before deletion."""
    usecases.warn(at=_moment(timestamp))


@app.periodic(cron=WEEKDAYS_AT_SEVEN)
@app.task(name="clock.remind", queue="clock", queueing_lock="clock.remind")
def remind(timestamp: int) -> None:
    """Ask whether promises were true; remind of what is late, to be looked at, forgotten or answered. None waits for another."""
    at = _moment(timestamp)
    _each(
        partial(usecases.ask_whether_true, at=at),
        partial(usecases.remind, at=at),
        partial(usecases.remind_of_reviews, at=at),
        partial(usecases.remind_of_forgetting, at=at),
        partial(usecases.tell_that_it_stays, at=at),
        partial(corrections.tell, at=at),
        partial(usecases.remind_of_answers, at=at),
    )


@app.periodic(cron=WEEKDAYS_AT_SEVEN)
@app.task(name="clock.ask_about_offers", queue="clock", queueing_lock="clock.ask_about_offers")
def ask_about_offers(timestamp: int) -> None:
    """Ask whether offers are still right."""
    usecases.ask_about_offers(at=_moment(timestamp))


@app.periodic(cron=WEEKDAYS_AT_SEVEN)
@app.task(name="clock.tell_of_birthdays", queue="clock", queueing_lock="clock.tell_of_birthdays")
def tell_of_birthdays(timestamp: int) -> None:
    """Tell, thirty days before, of a birthday that changes who decides."""
    usecases.tell_of_birthdays(at=_moment(timestamp))


@app.periodic(cron=WEEKDAYS_AT_SEVEN)
@app.task(name="clock.remind_of_two", queue="clock", queueing_lock="clock.remind_of_two")
def remind_of_two(timestamp: int) -> None:
    """Tell who may say a second yes, and when what is withheld is looked at anew."""
    two_people.remind(at=_moment(timestamp))


@app.periodic(cron=EVERY_HOUR_BY_DAY)
@app.task(name="clock.tell_of_agreements", queue="clock", queueing_lock="clock.tell_of_agreements")
def tell_of_agreements(timestamp: int) -> None:
    """Tell of agreements that end soon, that ended, that go on: a family hears it the same day."""
    usecases.tell_of_agreements(at=_moment(timestamp))


@app.periodic(cron=MONDAY_MORNING)
@app.task(name="clock.count_weeks", queue="clock", queueing_lock="clock.count_weeks")
def count_weeks(timestamp: int) -> None:
    """Count the weeks that are over."""
    usecases.count_weeks(at=_moment(timestamp))


@app.periodic(cron=EVERY_TEN_MINUTES)
@app.task(name="clock.seal_journal", queue="clock", queueing_lock="clock.seal_journal")
def seal_journal(timestamp: int) -> None:
    """Seal the lines of the journal, and keep the seals outside the database too."""
    sealing.seal(at=_moment(timestamp))


@app.periodic(cron=LATER_AT_NIGHT)
@app.task(name="clock.check_seals", queue="clock", queueing_lock="clock.check_seals")
def check_seals(timestamp: int) -> None:
    """Recompute every seal of the journal."""
    watching.check_seals(at=_moment(timestamp))


@app.periodic(cron=EVERY_QUARTER)
@app.task(name="clock.tell_of_danger", queue="clock", queueing_lock="clock.tell_of_danger")
def tell_of_danger(timestamp: int) -> None:
    """Tell families that danger was opened, when the moment has come."""
    dangers.tell_families(at=_moment(timestamp))


@app.periodic(cron=EVERY_MORNING)
@app.task(name="clock.send_seals", queue="clock", queueing_lock="clock.send_seals")
def send_seals(timestamp: int) -> None:
    """The newest seal to those who keep it."""
    watching.send_seals(at=_moment(timestamp))


@app.periodic(cron=EVERY_EVENING)
@app.task(name="clock.ask_about_looks", queue="clock", queueing_lock="clock.ask_about_looks")
def ask_about_looks(timestamp: int) -> None:
    """Ask about yesterday's unusual looks."""
    watching.ask_about_looks(at=_moment(timestamp))
