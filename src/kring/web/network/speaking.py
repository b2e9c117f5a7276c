"""Ages, rhythms and languages of an offer as a person would say them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext, ngettext

from kring.network.words import DAYS, HOW_OFTEN, LifeDomain, Theme, domain_name, is_domain, language_name
from kring.web.design.lists import beside, listed

NOBODY_TOO_OLD = 99


def ages(youngest: int | None, oldest: int | None) -> str:
    """For which ages, in words; whoever writes 99 means that nobody is too old."""
    if oldest is not None and oldest >= NOBODY_TOO_OLD:
        oldest = None
    if youngest in (None, 0) and oldest is None:
        return gettext("all ages")
    if youngest in (None, 0):
        return gettext("up to %(oldest)s years") % {"oldest": oldest}
    if oldest is None:
        return gettext("from %(youngest)s years") % {"youngest": youngest}
    if youngest == oldest:
        return gettext("%(age)s years") % {"age": oldest}
    return gettext("%(youngest)s to %(oldest)s years") % {"youngest": youngest, "oldest": oldest}


def rhythm(told: dict[str, Any]) -> str:
    """When something happens, in words; what somebody wrote goes before what we compose."""
    parts = []
    often = _how_often(told.get("freq"), told.get("interval") or 1)
    if often:
        parts.append(often)
    days = [str(DAYS[day]) for day in told.get("days") or () if day in DAYS]
    if days:
        parts.append(listed(days))
    if told.get("opens") and told.get("closes"):
        parts.append(f"{told['opens']}–{told['closes']}")
    elif told.get("opens"):
        parts.append(gettext("from %(time)s") % {"time": told["opens"]})
    times = told.get("times")
    if times:
        parts.append(ngettext("%(times)s time", "%(times)s times", times) % {"times": times})
    return beside(parts) or told.get("words", "")


def _how_often(freq: Any, interval: int) -> str:
    """Every week, every 2 weeks; nothing when nobody said."""
    if freq not in HOW_OFTEN:
        return ""
    if interval < 2:
        return str(HOW_OFTEN[freq])
    words = {
        "DAILY": gettext("every %(number)s days"),
        "WEEKLY": gettext("every %(number)s weeks"),
        "MONTHLY": gettext("every %(number)s months"),
        "YEARLY": gettext("every %(number)s years"),
    }
    return words[freq] % {"number": interval}


def when(offer: Any) -> list[str]:
    """Every rhythm of an offer, and what somebody wrote about it."""
    said = [offer.schedule, *(rhythm(told) for told in offer.rhythms if isinstance(told, dict))]
    return [line for line in dict.fromkeys(said) if line]


def domain_words(codes: Iterable[str]) -> list[str]:
    """Life domains by name; all of them is one word."""
    codes = list(codes)
    if len(codes) == len(LifeDomain):
        return [gettext("all parts of life")]
    return [domain_name(code) for code in codes if is_domain(code)]


def theme_words(codes: Iterable[str]) -> list[str]:
    """Themes by name."""
    return [str(Theme(code).label) for code in codes if code in Theme]


def language_words(codes: Iterable[str]) -> str:
    """Languages by name, in one line."""
    return listed(language_name(code) for code in codes)


def spoken(codes: str) -> str:
    """Languages by their names, from codes with commas or spaces."""
    return beside(language_name(code) for code in codes.replace(",", " ").split())
