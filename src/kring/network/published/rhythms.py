"""When something happens, as HSDS tells it: every week or every month, on which days, from when to when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kring.network.opening import (
    CLOSED_IN_HOLIDAYS,
    ONLY_IN_HOLIDAYS,
    Different,
    Hours,
    Opening,
    of_a_week,
    write_hours,
)
from kring.network.published import Record
from kring.network.words import DAYS

SAME = {"WEEKLY": ("WEEKLY", 1), "MONTHLY": ("MONTHLY", 1), "YEARLY": ("MONTHLY", 12)}
"""HSDS knows weeks and months only; every year is every twelve months."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def schedule(told: dict[str, Any]) -> Record:
    """One rhythm; what HSDS has no columns for is told in words, so that nothing is lost."""
    freq, interval = told.get("freq") or "", told.get("interval") or 1
    days = [day for day in told.get("days") or () if day in DAYS]
    if freq == "DAILY" and interval == 1:
        freq, days = "WEEKLY", days or list(DAYS)
    if freq and freq not in SAME:
        return {"description": told.get("words") or _in_words(told, interval)} | _lasting(told)
    often, times = SAME.get(freq, ("", 1))
    return {
        "freq": often,
        "interval": interval * times if often else None,
        "byday": ",".join(days),
        "opens_at": told.get("opens"),
        "closes_at": told.get("closes"),
        "count": told.get("times"),
        "description": told.get("words"),
    } | _lasting(told)


def _lasting(told: dict[str, Any]) -> Record:
    return {"valid_from": told.get("since"), "valid_to": told.get("until")}


def _in_words(told: dict[str, Any], interval: int) -> str:
    hours = "–".join(filter(None, (told.get("opens"), told.get("closes"))))
    return ", ".join(filter(None, (f"every {interval} days", hours)))


def other_day(one: Different) -> Record:
    """Days that are different: their hours, or that it is closed."""
    spans = write_hours(one.hours)
    words = ": ".join(filter(None, (one.words, spans or "closed")))
    return {"valid_from": one.since.isoformat(), "valid_to": one.until.isoformat(), "description": words}


def opening_hours(
    opening: Opening | Sequence[Mapping[str, Any]],
    *,
    by_appointment: bool = False,
    appointment: str = "by appointment",
) -> str:
    """When one can come each week, in the way OpenStreetMap writes opening hours.

    A later rule of that language takes the place of an earlier one on the same day, so that the hours of a
    day stand together; then come school holidays (SH) and the days that are different.
    """
    known = opening if isinstance(opening, Opening) else Opening(opening)
    remark = f' "{appointment}"' if by_appointment else ""
    only = "SH " if known.holidays == ONLY_IN_HOLIDAYS else ""
    rules = [f"{only}{days} {hours}{remark}" for hours, days in _days_by_hours(known.rhythms).items()]
    if not rules:
        return remark.strip()
    rules += ["SH off"] if known.holidays == CLOSED_IN_HOLIDAYS else []
    return "; ".join([*rules, *(_on_other_days(one) for one in reversed(known.different))])


def _days_by_hours(rhythms: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The days on which the hours are the same, by those hours."""
    found: dict[str, list[str]] = {}
    for day, spans in _whole_week(rhythms).items():
        if spans:
            found.setdefault(_spans(spans), []).append(day.title())
    return {hours: ",".join(days) for hours, days in found.items()}


def _whole_week(rhythms: Sequence[Mapping[str, Any]]) -> dict[str, tuple[Hours, ...]]:
    return of_a_week([dict(told, since="", until="", words="") for told in rhythms])


def _spans(spans: Iterable[Hours]) -> str:
    return write_hours(spans).replace("–", "-").replace(", ", ",")


def _on_other_days(one: Different) -> str:
    since, until = (f"{day.year} {MONTHS[day.month - 1]} {day.day:02}" for day in (one.since, one.until))
    days = since if one.since == one.until else f"{since}-{until}"
    return f"{days} {_spans(one.hours) or 'off'}"
