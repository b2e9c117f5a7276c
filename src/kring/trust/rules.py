"""Decisions about seats that need no database: how long a hand-over lasts, when a day begins."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

#: So long at most the one who goes stays beside the one who comes (D2).
HAND_OVER = timedelta(days=14)

#: Who stands in longer than this is not a stand-in: then the family chooses somebody anew.
LONGEST_STAND_IN = timedelta(days=42)

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
