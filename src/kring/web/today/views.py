"""The page of the day: promises about to break first, then what is due, who waits for whom, good news."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kring.intake.models import Promise
from kring.trust.viewer import Viewer
from kring.web.circle.faces import viewer_of
from kring.web.design.addresses import address
from kring.web.design.days import promise_state
from kring.web.doors import door
from kring.web.today.day import Day, Line, gather, name_families
from kring.wraparound.models import Action, Meeting, Plan

NOON, EVENING = 12, 18
FIRST_PROMISED = 12


@door("second-factor", page="today")
def today(request: HttpRequest) -> TemplateResponse:
    """What this day asks of me, and what went well."""
    viewer = viewer_of(request)
    at = timezone.now()
    here = at.astimezone(ZoneInfo(viewer.timezone))
    everything = "all" in request.GET
    day = gather(viewer, at, here.date(), everything=everything)
    promised: list[Promise | Action] = [*day.promises, *day.steps]
    promised.sort(key=lambda row: _moment(_due(row), here))
    shown = promised if everything else promised[:FIRST_PROMISED]
    of_families = [row for row in shown if isinstance(row, Action)]
    name_families(day, [*of_families, *day.beside])
    told = {
        "day": day,
        "hello": _hello(here, viewer),
        "sentence": _sentence(day, promised, here),
        "promised": [
            _step(day, row) if isinstance(row, Action) else _promised(row, day.family_of(row))
            for row in shown
        ],
        "more_promised": len(promised) > len(shown),
        "overdue": [_looked_at(day, row) for row in day.reviews if row.next_review_on <= here.date()],
        "together": _together(day, here.date()),
        "quiet": _("A good moment to call a family, just to ask how it goes.") if day.coordinates else "",
        "waiting": [_waits(day, row) for row in day.waiting_on],
        "good": _good(day),
        "today": here.date(),
        "waits_for_yes": {job.role for job in viewer.jobs if job.waits},
    }
    return TemplateResponse(request, "today/today.html", told)


def _due(row: Promise | Action) -> date | datetime | None:
    return row.due_at if isinstance(row, Promise) else row.by_when


def _moment(due: date | datetime | None, here: datetime) -> tuple[bool, datetime]:
    """Oldest day first; a day without an hour ends at midnight."""
    if due is None:
        return True, here
    if not isinstance(due, datetime):
        due = datetime(due.year, due.month, due.day, 23, 59, tzinfo=here.tzinfo)
    return False, due


def _promised(promise: Promise, family: UUID | None) -> Line:
    concern = promise.concern
    about = (
        (concern.who_about or (_("a child asks for help") if concern.wants_help_now else ""))
        if concern
        else ""
    )
    words = promise.what or (
        _("Give the first answer") if promise.kind == Promise.Kind.FIRST_ANSWER else _("A promise")
    )
    url = address("intake:concern", promise.concern_id) if promise.concern_id else ""
    if family and not url:
        url = address("intake:family_promises", family)
    to_whom = _("promised to %(name)s") % {"name": promise.to_whom} if promise.to_whom else ""
    small = " · ".join(filter(None, [about, to_whom]))
    return Line(about or promise.to_whom or words, words, url, promise.due_at, small, "natural")


def _step(day: Day, row: Action) -> Line:
    family = day.family_name(row)
    child = day.names.get(row.about_id, "") if row.about_id else ""
    url = address("wraparound:plan", row.plan_id)
    small = " · ".join(filter(None, [child, family]))
    return Line(child or family, row.what, url, row.by_when, small, "family", row.language)


def _waits(day: Day, row: Action) -> Line:
    who = row.doer_name or row.doer_words
    url = address("wraparound:plan", row.plan_id)
    return Line(who, row.what, url, row.by_when, day.family_name(row), "natural", row.language)


def _looked_at(day: Day, row: Plan) -> Line:
    """A plan to look at together."""
    url = address("wraparound:plan_review", row.pk)
    return Line(day.family_name(row), _("We look at the plan together"), url, row.next_review_on)


def _together(day: Day, today: date) -> list[Line]:
    """Families to look at together: a meeting comes, somebody wants a change, a yes is missing, six months are nearly over."""
    lines = [
        Line(day.families[family], _("Somebody waits for your call, not for an e-mail"), f"{address('reaching:reach', family)}#calls",
             small=_("tell the news"))
        for family in sorted(day.to_call, key=lambda family: day.families[family])
    ]  # fmt: skip
    lines += [
        Line(day.family_name(row), _meets(row), address("meetings:meeting", row.pk), row.begins_at)
        for row in day.meetings
    ]
    lines += [
        Line(day.family_name(row), _("%(name)s wants to change something") % {"name": day.names.get(row.person_id, _("Somebody"))},
             address("wraparound:version", row.version_id), small=_("read what was said"))
        for row in day.changes
    ]  # fmt: skip
    lines += [
        Line(day.family_name(row), _("The plan waits for everybody's yes"),
             address("wraparound:approval", row.pk), timezone.localdate(row.offered_at))
        for row in day.offered
    ]  # fmt: skip
    return lines + [_looked_at(day, row) for row in day.reviews if row.next_review_on > today]


def _meets(row: Meeting) -> str:
    """Where one comes together, and what waits for one."""
    waits = _("Do you come?") if row.asks_me else "" if row.has_points else _("The agenda is still empty.")
    return " ".join(filter(None, [_("We come together: %(place)s.") % {"place": row.place}, waits]))


def _good(day: Day) -> list[Line]:
    """Small successes, newest first."""
    joys = [
        Line(row.doer_name or row.doer_words, row.how_it_went or row.what,
             address("wraparound:plan", row.plan_id), timezone.localdate(row.done_at), day.family_name(row),
             language=row.language)
        for row in day.joys
    ]  # fmt: skip
    cheers = [
        Line(row.author.given_name if row.author else "", row.words, address("circle:family", family), timezone.localdate(row.at),
             day.family_name(row), language=row.language)
        for row in day.cheers if (family := day.family_of(row))
    ]  # fmt: skip
    yeses = [
        Line(day.names.get(row.person_id, ""), _("said yes to the plan"),
             address("wraparound:version", row.version_id), timezone.localdate(row.at), day.family_name(row))
        for row in day.yeses
    ]  # fmt: skip
    kept = [
        Line(promise.to_whom, promise.what or _("Gave the first answer"), "", timezone.localdate(promise.kept_at),
             _("promise kept"))
        for promise in day.kept
    ]  # fmt: skip
    return sorted([*cheers, *joys, *yeses, *kept[:3]], key=lambda line: str(line.due), reverse=True)


def _hello(here: datetime, viewer: Viewer) -> str:
    if here.hour < NOON:
        said = _("Good morning, %(name)s")
    elif here.hour < EVENING:
        said = _("Good afternoon, %(name)s")
    else:
        said = _("Good evening, %(name)s")
    return said % {"name": viewer.given_name}


def _sentence(day: Day, promised: list[Promise | Action], here: datetime) -> str:
    """One line with true numbers."""
    states: dict[str, int] = {}
    for due in map(_due, promised):
        state = "today" if _is_today(due, here) else promise_state(due, today=here.date())
        states[state] = states.get(state, 0) + 1
    said = []
    if late := states.get("late", 0):
        said.append(
            ngettext("%(n)d promise is past its day.", "%(n)d promises are past their day.", late)
            % {"n": late}
        )
    if ends := states.get("today", 0):
        said.append(ngettext("%(n)d promise ends today.", "%(n)d promises end today.", ends) % {"n": ends})
    if not said:
        said.append(_("Nothing you promised is late, and nothing ends today."))
    if joy := day.joyful:
        said.append(
            ngettext("%(n)d good thing happened this week.", "%(n)d good things happened this week.", joy)
            % {"n": joy}
        )
    return " ".join(said)


def _is_today(due: date | datetime | None, here: datetime) -> bool:
    if isinstance(due, datetime):
        return due.astimezone(here.tzinfo).date() == here.date() and due >= here
    return bool(due == here.date())
