"""Whether one can come now, on which days it is different, what it costs and who says so, in words people use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta
from decimal import Decimal

from babel.dates import format_date, format_skeleton, format_time, get_day_names
from babel.numbers import format_currency
from django.utils.translation import get_language, gettext, ngettext, pgettext

from kring.network.freshness import Freshness
from kring.network.models import GoodToKnow, Offer
from kring.network.opening import WEEKDAYS, Different, Hours, Now, is_plain, of_a_week, said
from kring.web.design.lists import beside, listed
from kring.web.network import speaking

MONEY = {"UK": "GBP", "GB": "GBP"}


def _language() -> str:
    return (get_language() or "en").replace("-", "_")


def clock(at: time) -> str:
    """A time of day as the reader's language writes it; the end of the day is midnight."""
    if at == time.min:
        return gettext("midnight")
    return str(format_time(at, "HH:mm", locale=_language()))


def now(told: Now | None, today: date) -> str:
    """Open now until when, or closed and open again when; nothing when nobody told the hours."""
    if told is None:
        return ""
    if told.open and told.until is not None:
        words = (
            gettext("Open now until %(time)s.") if told.sure else gettext("Usually open now, until %(time)s.")
        )
        return _perhaps(words % {"time": clock(told.until)}, told)
    if told.day is None or told.at is None:
        return gettext("Closed now.")
    at = {"time": clock(told.at), "day": _day(told.day, today)}
    if told.day == today:
        return _perhaps(gettext("Closed now. Open today at %(time)s.") % at, told)
    if told.day == today + timedelta(days=1):
        return _perhaps(gettext("Closed now. Open tomorrow at %(time)s.") % at, told)
    return _perhaps(gettext("Closed now. Open again on %(day)s at %(time)s.") % at, told)


def _perhaps(words: str, told: Now) -> str:
    return words if told.sure else " ".join((words, gettext("It is a school holiday then: call first.")))


def _day(day: date, today: date) -> str:
    pattern = "EEEE" if (day - today).days < 7 else "EEEE d MMMM"
    return str(format_date(day, pattern, locale=_language()))


def when(offer: Offer, on: date) -> list[str]:
    """Every rhythm, what somebody wrote about it, school holidays, appointment, and the days to come that differ."""
    known = GoodToKnow.of(offer)
    plain = [told for told in known.opening.rhythms if is_plain(told)]
    others = [speaking.rhythm(told) for told in known.opening.rhythms if not is_plain(told)]
    lines = list(dict.fromkeys(filter(None, [offer.schedule, *week(of_a_week(plain)), *others])))
    if known.school_holidays:
        holidays = str(GoodToKnow.SchoolHolidays(known.school_holidays).label)
        lines = [beside([lines[0], holidays])] if len(lines) == 1 else [*lines, holidays]
    if known.by_appointment:
        lines.append(gettext("by appointment: call first"))
    coming = (one for one in known.opening.different if one.until >= on)
    return lines + [other_days(one) for one in sorted(coming, key=lambda one: one.since)]


def week(hours: dict[str, tuple[Hours, ...]]) -> list[str]:
    """The hours of a week: Monday to Friday, 09:00–17:00; days with the same hours stand together."""
    days_at: dict[str, list[int]] = {}
    for number, spans in enumerate(hours.values()):
        if spans:
            days_at.setdefault(hours_said(spans), []).append(number)
    return [beside([_days(numbers), spans]) for spans, numbers in days_at.items()]


def hours_said(spans: Iterable[Hours]) -> str:
    """Hours in the order in which they are read, also from right to left: 14:00–16:00, 18:00–20:00."""
    return beside(
        gettext("%(opens)s–%(closes)s") % {"opens": said(opens), "closes": said(closes, end=True)}
        for opens, closes in spans
    )


def _days(numbers: list[int]) -> str:
    names = get_day_names("wide", locale=_language())
    if len(numbers) == len(WEEKDAYS):
        return pgettext("how often", "every day")
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return gettext("%(first)s to %(last)s") % {"first": names[numbers[0]], "last": names[numbers[-1]]}
    return listed(names[number] for number in numbers)


def other_days(one: Different) -> str:
    """Days that are different: 24 December to 3 January: closed (Christmas)."""
    first, last = (str(format_date(day, "d MMMM", locale=_language())) for day in (one.since, one.until))
    days = (
        first if one.since == one.until else gettext("%(first)s to %(last)s") % {"first": first, "last": last}
    )
    hours = hours_said(one.hours) or pgettext("opening hours", "closed")
    told = gettext("%(days)s: %(hours)s") % {"days": days, "hours": hours}
    return f"{told} ({one.words})" if one.words else told


def cost(offer: Offer) -> list[str]:
    """What it costs: nothing, so much, in words, and with which pass it is cheaper."""
    if offer.free:
        return [gettext("Nothing, it is free of charge.")]
    known = GoodToKnow.of(offer)
    amount = [] if known.amount is None else [money(known.amount, offer.village.country)]
    cheaper = [gettext("Cheaper with %(pass)s.") % {"pass": known.with_pass}] if known.with_pass else []
    return [*amount, *filter(None, [offer.cost]), *cheaper]


def money(amount: Decimal, country: str) -> str:
    """An amount as the reader's language writes it."""
    return str(format_currency(amount, MONEY.get(country, "EUR"), locale=_language()))


def fresh(told: Freshness) -> str:
    """Since when an offer is known to be right, and who says so."""
    if told.call_first:
        return ngettext(
            "Not confirmed for %(months)s month: call first.",
            "Not confirmed for %(months)s months: call first.",
            told.months,
        ) % {"months": told.months}
    month = {"month": format_skeleton("yMMMM", told.on, locale=_language()), "organisation": told.by}
    if told.confirmed:
        return gettext("Confirmed in %(month)s by %(organisation)s.") % month
    return gettext("Last changed in %(month)s.") % month
