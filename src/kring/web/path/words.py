"""Rough times in words, as people say them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kring.wraparound.models.paths import Season
from kring.wraparound.rough_time import RoughTime
from kring.wraparound.usecases.paths import Told

SEASONS = dict(Season.choices)


def say(time: RoughTime) -> str:
    """Spring 2023, or only the year."""
    return f"{SEASONS[time.season]} {time.year}" if time.season else str(time.year)


def stretch(told: Told) -> str:
    """From when until when, as far as somebody remembers."""
    since = say(told.since)
    if told.goes_on:
        return _("since %(since)s, and it still goes on") % {"since": since}
    if told.until is None:
        return _("from %(since)s on") % {"since": since}
    until = say(told.until)
    if until == since:
        return _("in %(since)s") % {"since": since}
    return _("%(since)s until %(until)s") % {"since": since, "until": until}
