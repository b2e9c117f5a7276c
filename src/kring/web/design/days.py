"""Days as people say them, in the language of the page."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from babel.dates import format_date, format_time, format_timedelta, get_day_names
from django.utils import timezone
from django.utils.translation import gettext as _

WEEK = 7
SAID_IN_WEEKS = 8 * WEEK
SOON = 1


def local(moment: date | datetime) -> date | datetime:
    """A moment in the time zone of the village; a date stays a date."""
    return (
        timezone.localtime(moment) if isinstance(moment, datetime) and timezone.is_aware(moment) else moment
    )


def as_date(moment: date | datetime) -> date:
    """The day of a moment."""
    moment = local(moment)
    return moment.date() if isinstance(moment, datetime) else moment


def say(moment: date | datetime, *, today: date, language: str) -> str:
    """today, tomorrow 16:00, Thursday, last Friday, in 3 weeks, 12 December."""
    day = as_date(moment)
    words = _said(day, today, language)
    if isinstance(moment, datetime) and abs((day - today).days) < WEEK:
        words = f"{words} {format_time(local(moment), 'short', locale=language)}"
    return words


@lru_cache(maxsize=512)  # the same few days stand on every page
def _said(day: date, today: date, language: str) -> str:
    away = (day - today).days
    return _near(day, away, language) or _far(day, away, today, language)


def _near(day: date, away: int, language: str) -> str:
    if away == 0:
        return _("today")
    if away == 1:
        return _("tomorrow")
    if away == -1:
        return _("yesterday")
    weekday = get_day_names("wide", "stand-alone", language)[day.weekday()]
    if 1 < away < WEEK:
        return weekday
    if -WEEK < away < -1:
        return _("last %(weekday)s") % {"weekday": weekday}
    return ""


def _far(day: date, away: int, today: date, language: str) -> str:
    if abs(away) < SAID_IN_WEEKS:
        weeks = timedelta(weeks=round(away / WEEK))
        return format_timedelta(weeks, granularity="week", threshold=99, add_direction=True, locale=language)
    return format_date(day, "d MMMM" if day.year == today.year else "d MMMM y", locale=language)


def full(moment: date | datetime, *, language: str) -> str:
    """Thursday 10 December 2026, with the hour if there is one."""
    words = format_date(as_date(moment), "EEEE d MMMM y", locale=language)
    if isinstance(moment, datetime):
        comma = "، " if language == "ar" else ", "
        words = f"{words}{comma}{format_time(local(moment), 'short', locale=language)}"
    return words


def promise_state(due: date | datetime | None, *, today: date) -> str:
    """late: its day is over; soon: today or tomorrow; open: later."""
    if due is None:
        return "open"
    away = (as_date(due) - today).days
    if away < 0:
        return "late"
    return "soon" if away <= SOON else "open"
