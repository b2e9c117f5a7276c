"""Decisions about seats that need no database: how long a hand-over lasts, when a day begins."""

from collections.abc import Container, Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

#: So long at most the one who goes stays beside the one who comes (D2).
HAND_OVER = timedelta(days=14)

#: Who stands in longer than this is not a stand-in: then the family chooses somebody anew.
LONGEST_STAND_IN = timedelta(days=42)

#: So long what safety needs lies open to whoever opened it in danger (K8).
DANGER_LASTS = timedelta(hours=4)

#: The family is told by then; two nights before the limit of 72 hours, so that no broken clock passes it.
FAMILY_IS_TOLD_AFTER = timedelta(hours=48)
FAMILY_IS_TOLD_WITHIN = timedelta(hours=72)

#: A postponement has an end; whoever needs longer writes down a new reason.
LONGEST_POSTPONED = timedelta(days=28)

#: The right in danger is given anew every year.
LONGEST_RIGHT = timedelta(days=366)

#: So many working days somebody of another organisation has to look at it; then the right sleeps.
DAYS_TO_REVIEW = 2
SATURDAY = 5

#: A hand-over, a last day and a stand-in lie at most so far ahead.
FARTHEST = timedelta(days=366)


class LeavesBeforeTheNextBegins(Exception):
    """Who hands over is still there when the next one begins."""


def day_begins(day: date, zone: str) -> datetime:
    """Midnight in the village, with which a day begins."""
    return datetime.combine(day, time(), ZoneInfo(zone))


def day_is_over(day: date, zone: str) -> datetime:
    """Midnight in the village, with which a day ends."""
    return day_begins(day + timedelta(days=1), zone)


def lies_ahead(day: date, at: datetime, zone: str) -> bool:
    """Whether this day is not over yet, and not more than a year away."""
    return at < day_is_over(day, zone) and day_begins(day, zone) <= at + FARTHEST


def hand_over_ends(begins_at: datetime, last_on: date, zone: str) -> datetime:
    """The moment at which the one who goes sees nothing any more: after the last day, two weeks on at the latest.

    Raises LeavesBeforeTheNextBegins.
    """
    ends_at = min(day_is_over(last_on, zone), begins_at.astimezone(UTC) + HAND_OVER)
    if ends_at < begins_at:
        raise LeavesBeforeTheNextBegins
    return ends_at


def danger_ends(at: datetime, ended_at: datetime | None) -> datetime:
    """When a danger is over: after four hours, or when it was ended early."""
    return at + DANGER_LASTS if ended_at is None else min(at + DANGER_LASTS, ended_at)


def young_is_told_at(at: datetime, ended_at: datetime | None, postponed: Iterable[datetime] = ()) -> datetime:
    """The young person is told first: as soon as it is over, or when it was put off to."""
    return max(danger_ends(at, ended_at), *postponed, at)


def family_is_told_at(at: datetime, postponed: Iterable[datetime] = ()) -> datetime:
    """The family is told well within 72 hours, or when it was put off to."""
    return max(at + FAMILY_IS_TOLD_AFTER, *postponed, at)


def works_on(day: date, off: Container[date]) -> bool:
    """Whether this is a working day: Monday to Friday, and none of the days `off`."""
    return day.weekday() < SATURDAY and day not in off


def review_is_due(at: datetime, zone: str, off: Container[date]) -> datetime:
    """The midnight with which the second working day after this one ends; a day `off` is none."""
    day, left = at.astimezone(ZoneInfo(zone)).date(), DAYS_TO_REVIEW
    while left:
        day += timedelta(days=1)
        left -= works_on(day, off)
    return day_is_over(day, zone)
