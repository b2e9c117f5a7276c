"""When something happens, as HSDS tells it: every week or every month, on which days, from when to when."""

from __future__ import annotations

from typing import Any

from kring.network.published import Record
from kring.network.words import DAYS

SAME = {"WEEKLY": ("WEEKLY", 1), "MONTHLY": ("MONTHLY", 1), "YEARLY": ("MONTHLY", 12)}
"""HSDS knows weeks and months only; every year is every twelve months."""


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


def opening_hours(rhythms: list[dict[str, Any]]) -> str:
    """Every rhythm that comes each week, in the way OpenStreetMap writes opening hours."""
    return "; ".join(dict.fromkeys(line for told in rhythms if (line := _opening(told))))


def _opening(told: dict[str, Any]) -> str:
    every_week = told.get("freq") == "WEEKLY" and (told.get("interval") or 1) == 1 and not told.get("times")
    days = [day.title() for day in DAYS if day in (told.get("days") or ())]
    if not (every_week and days and told.get("opens") and told.get("closes")):
        return ""
    return f"{','.join(days)} {told['opens']}-{told['closes']}"
