"""When one can come: hours of a week, school holidays, days that are different. No database, no Django.

A rhythm is a line as HSDS tells it (see `hsds.shapes.Rhythm`); only what comes every so many weeks, on
named days, from one hour to another, can be reckoned with. Everything else stays words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
CLOSED_IN_HOLIDAYS, ONLY_IN_HOLIDAYS, ALSO_IN_HOLIDAYS = "closed", "only", "also"
LOOKS_AHEAD = 14
MOST_A_DAY = 4
#: 9, 9:30, 9.30, 9u30, 9h30, 09:30; then a dash or a word; several with a comma.
_CLOCK = r"(\d{1,2})(?:\s*[:.uUhH]\s*(\d{2})?)?"
_SPAN = re.compile(rf"{_CLOCK}\s*(?:[-–—]|tot|to|à|a|au|until|حتى|إلى)\s*{_CLOCK}\s*(?:u|h|uur|heures?)?")
_DIGITS = {sign: str(number % 10) for number, sign in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_ARABIC = str.maketrans(_DIGITS | {"،": ",", ";": ",", "؛": ",", "+": ",", "&": ","})

Hours = tuple[time, time]
IsHoliday = Callable[[date], bool]


class HoursUnreadable(Exception):
    """These words are no hours; `said` is the piece that could not be read."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


@dataclass(frozen=True)
class Different:
    """Days on which it is different: other hours, or none."""

    since: date
    until: date
    hours: tuple[Hours, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Opening:
    """When one can come to an offer."""

    rhythms: Sequence[Mapping[str, Any]] = ()
    holidays: str = ""
    different: tuple[Different, ...] = field(default=())

    def hours_on(self, day: date, *, holiday: bool = False) -> tuple[Hours, ...]:
        """From when to when one can come on this day; a day that is different goes before the week."""
        for one in self.different:
            if one.since <= day <= one.until:
                return one.hours
        if (self.holidays == CLOSED_IN_HOLIDAYS and holiday) or (
            self.holidays == ONLY_IN_HOLIDAYS and not holiday
        ):
            return ()
        return tuple(sorted({span for told in self.rhythms if (span := _span_on(told, day))}))

    @property
    def is_known(self) -> bool:
        """Whether the hours of a week are known well enough to say "open now"."""
        return any(_span(told) for told in self.rhythms)


@dataclass(frozen=True)
class Now:
    """How it is at this moment: open until when, or closed and open again when; `sure` or only as usual."""

    open: bool
    until: time | None = None
    day: date | None = None
    at: time | None = None
    sure: bool = True


def now(opening: Opening, moment: datetime, is_holiday: IsHoliday) -> Now | None:
    """Open or closed at this moment of the village's clock; None when nobody told the hours.

    In a school holiday of which nobody said whether it counts, the answer is only as usual, not sure.
    """
    if not opening.is_known:
        return None
    today, clock = moment.date(), moment.time()
    sure = bool(opening.holidays) or not is_holiday(today)
    spans = opening.hours_on(today, holiday=is_holiday(today))
    for opens, closes in spans:
        if opens <= clock and (clock < closes or closes == time.min):
            return Now(True, until=_to_the_end(spans, closes), sure=sure)
    for ahead in range(LOOKS_AHEAD):
        day = today + timedelta(days=ahead)
        for opens, _closes in opening.hours_on(day, holiday=is_holiday(day)):
            if ahead or opens > clock:
                return Now(False, day=day, at=opens, sure=bool(opening.holidays) or not is_holiday(day))
    return Now(False, sure=sure)


def _to_the_end(spans: Iterable[Hours], closes: time) -> time:
    """The end of what is open without a pause."""
    for opens, later in spans:
        if opens <= closes and (later > closes or later == time.min):
            closes = later
    return closes


def _span(told: Mapping[str, Any]) -> Hours | None:
    """From when to when a weekly rhythm is, where that can be reckoned; midnight ends a day."""
    weekly = told.get("freq") == "WEEKLY" and not told.get("times") and told.get("days")
    several = (told.get("interval") or 1) > 1 and not told.get("since")
    if not weekly or several:
        return None
    try:
        opens, closes = (_clock(str(told.get(name) or "")) for name in ("opens", "closes"))
    except ValueError:
        return None
    return (opens, closes) if opens < closes or closes == time.min else None


def _clock(words: str) -> time:
    return time.min if words.startswith("24") else time.fromisoformat(words[:5])


def _span_on(told: Mapping[str, Any], day: date) -> Hours | None:
    span = _span(told)
    if span is None or WEEKDAYS[day.weekday()] not in told["days"]:
        return None
    since, until = (str(told.get(name) or "") for name in ("since", "until"))
    if (since and day.isoformat() < since) or (until and day.isoformat() > until):
        return None
    weeks = told.get("interval") or 1
    if weeks > 1:
        first = date.fromisoformat(since)
        monday = first - timedelta(days=first.weekday())
        return span if (day - monday).days // 7 % weeks == 0 else None
    return span


def read_hours(words: str) -> tuple[Hours, ...]:
    """The hours somebody typed: `9-12, 14-17`, `9u30 tot 12u`, `14h-16h30`; nothing when nothing was typed.

    Raises HoursUnreadable with the piece that is no hours.
    """
    found: list[Hours] = []
    for piece in filter(None, (part.strip() for part in words.translate(_ARABIC).split(","))):
        match = _SPAN.fullmatch(piece)
        if match is None:
            raise HoursUnreadable(piece[:40])
        first, first_minute, last, last_minute = match.groups()
        try:
            opens = time(int(first), int(first_minute or 0))
            closes = time(int(last) % 24 if int(last) == 24 else int(last), int(last_minute or 0))
        except ValueError:
            raise HoursUnreadable(piece[:40]) from None
        if not (opens < closes or closes == time.min):
            raise HoursUnreadable(piece[:40])
        found.append((opens, closes))
    return tuple(sorted(set(found)))[:MOST_A_DAY]


def write_hours(spans: Iterable[Hours]) -> str:
    """Hours as people write them: 14:00–16:00, 18:00–20:00."""
    return ", ".join(f"{said(opens)}–{said(closes, end=True)}" for opens, closes in spans)


def said(clock: time, *, end: bool = False) -> str:
    """A time of day; the end of the day is 24:00."""
    return "24:00" if end and clock == time.min else f"{clock:%H:%M}"


def of_a_week(rhythms: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Hours, ...]]:
    """The hours of each weekday, of those rhythms that a page with seven lines can show."""
    found: dict[str, list[Hours]] = {day: [] for day in WEEKDAYS}
    for told in rhythms:
        if is_plain(told) and (span := _span(told)):
            for day in told["days"]:
                found.setdefault(day, []).append(span)
    return {day: tuple(sorted(set(found[day]))) for day in WEEKDAYS}


def is_plain(told: Mapping[str, Any]) -> bool:
    """Every week, on named days, at one hour, without an end: what seven lines can say."""
    more = told.get("since") or told.get("until") or told.get("words") or (told.get("interval") or 1) > 1
    return _span(told) is not None and not more


def as_rhythms(week: Mapping[str, Iterable[Hours]]) -> list[dict[str, Any]]:
    """The lines of a week as rhythms: days with the same hours stand together."""
    days_at: dict[Hours, list[str]] = {}
    for day in WEEKDAYS:
        for span in week.get(day, ()):
            days_at.setdefault(span, []).append(day)
    return [
        {
            "freq": "WEEKLY", "interval": 1, "days": days, "opens": said(opens), "closes": said(closes, end=True),
            "times": None, "since": "", "until": "", "words": "",
        }
        for (opens, closes), days in days_at.items()
    ]  # fmt: skip


def different_from(kept: Iterable[Mapping[str, Any]]) -> tuple[Different, ...]:
    """Days that are different, as they are kept; the latest day written goes first where two meet."""
    found = []
    for one in kept:
        hours = tuple((_clock(opens), _clock(closes)) for opens, closes in one.get("hours", ()))
        since, until = date.fromisoformat(one["since"]), date.fromisoformat(one["until"])
        found.append(Different(since, until, hours, str(one.get("words", ""))))
    return tuple(sorted(found, key=lambda one: (one.until - one.since, one.since)))


def kept_from(different: Iterable[Different]) -> list[dict[str, Any]]:
    """Days that are different, as they are kept."""
    return [
        {
            "since": one.since.isoformat(), "until": one.until.isoformat(), "words": one.words,
            "hours": [[said(opens), said(closes, end=True)] for opens, closes in one.hours],
        }
        for one in sorted(different, key=lambda one: (one.since, one.until))
    ]  # fmt: skip
