"""Calling a meeting, moving it to another day, calling it off; and the list of a family's meetings."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kring.trust.models import Circle, Person
from kring.trust.permissions import Permission
from kring.trust.usecases.knowing import names, who_knows
from kring.trust.viewer import Viewer
from kring.web.doors import door
from kring.web.meetings.forms import PAST, CallForm, CancelForm, MoveForm
from kring.web.meetings.page import the_meeting
from kring.web.wraparound.around import around, family_circle, language, viewer_of
from kring.web.wraparound.drafting import Drafted
from kring.web.wraparound.people import People, people_of
from kring.wraparound import rules
from kring.wraparound.models import Meeting
from kring.wraparound.usecases import meetings as usecases
from kring.wraparound.usecases.drafts import clear_draft
from kring.wraparound.usecases.plans import only_child

MOST = 60


@door("second-factor", page="meetings")
def meetings(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """What is to come first, the nearest day on top; then what was, the newest on top."""
    circle, viewer, at = family_circle(family_id), viewer_of(request), timezone.now()
    people = people_of(family_id, at)
    rows = list(Meeting.objects.of_family(family_id).order_by("-begins_at", "id")[:MOST])
    known = who_knows(rows, people.persons)
    lines = [{"row": row, "known": names(persons)} for row, persons in zip(rows, known, strict=True)]
    context = around(request, people) | {
        "family": circle.family,
        "coming": [line for line in reversed(lines) if _is_awaited(line["row"], at)],
        "past": [line for line in lines if not _is_awaited(line["row"], at)],
        "may_call": bool(_where(viewer, family_id)),
    }
    return TemplateResponse(request, "meetings/meetings.html", context)


def _is_awaited(meeting: Meeting, at: datetime) -> bool:
    if meeting.state == Meeting.State.COMING:
        return meeting.begins_at > at - rules.MEETING_IS_AWAITED
    return meeting.state == Meeting.State.GOING_ON


def _where(viewer: Viewer, family_id: UUID) -> list[UUID]:
    """The circle of the family and its parts, as far as the viewer may call somebody together there; the whole first."""
    seats = [
        seat
        for seat in viewer.seats
        if seat.family == family_id and seat.kind in ("family", "part") and seat.subject is None
    ]
    seats.sort(key=lambda seat: seat.kind != "family")
    return [seat.circle for seat in seats if viewer.can(Permission.CALL_MEETING, seat.circle)]


@door("second-factor", page="meetings")
def call(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """Day, hour, place, and everybody is asked already."""
    viewer, circle = viewer_of(request), family_circle(family_id)
    where = _where(viewer, family_id)
    viewer.must(Permission.CALL_MEETING, where[0] if where else circle.pk)
    people = people_of(family_id, timezone.now())
    drafted = Drafted(request, f"meeting:{family_id}", where[0])
    form = _call_form(request, circle, people, drafted, where)
    if request.method == "POST" and form.is_valid():
        chosen = Circle.objects.get(pk=form.cleaned_data.get("circle") or where[0])
        try:
            made = usecases.call_meeting(chosen, form.call(language()), by=viewer, at=timezone.now())
        except usecases.DayIsNotToCome:
            form.add_error("day", PAST)
        else:
            clear_draft(drafted.key, by=viewer)
            messages.success(request, _("The meeting stands. Everybody who is asked finds it on their page."))
            return redirect("meetings:meeting", made.pk)
    context = around(request, people) | {"form": form, "drafted": drafted, "family": circle.family}
    context["knowing"] = (
        [] if len(where) > 1 else names(who_knows([_imagined(circle, viewer)], people.persons)[0])
    )
    return TemplateResponse(request, "meetings/call.html", context, status=422 if form.errors else 200)


def _imagined(circle: Circle, viewer: Viewer) -> Meeting:
    """A meeting as it would be, to ask the policy who may know of it."""
    child = only_child(circle.family_id) if circle.family_id else None
    return Meeting(circle=circle, family_id=circle.family_id, subject_id=child, about_id=child,
                   author_id=viewer.person_id, at=timezone.now())  # fmt: skip


def _call_form(
    request: HttpRequest, circle: Circle, people: People, drafted: Drafted, where: list[UUID]
) -> CallForm:
    viewer = viewer_of(request)
    able = usecases.may_be_asked(_imagined(circle, viewer))
    choices = [
        (str(one.id), f"{one.name}, {one.role}" if one.role else one.name) for one in people if one.id in able
    ]
    seated = {one.id for one in people}
    choices += [(str(child.pk), child.given_name) for child in _unseated(able - seated)]
    given = {"asked": [key for key, _words in choices], "circle": str(where[0])}
    return CallForm(
        request.POST or None, initial=drafted.initial(CallForm, given), people=choices, circles=_circles(where),
        today=timezone.localdate(), zone=viewer.timezone,
    )  # fmt: skip


def _unseated(children: set[UUID]) -> list[Person]:
    """Children who have no seat of their own yet can sit at the table all the same."""
    return list(Person.objects.filter(pk__in=children).order_by("given_name", "id")) if children else []


def _circles(where: list[UUID]) -> list[tuple[str, str]]:
    if len(where) < 2:
        return [(str(circle), "") for circle in where]
    rows = {row.pk: row for row in Circle.objects.filter(pk__in=where)}
    whole = _("everybody in this circle")
    return [(str(key), whole if rows[key].kind == "family" else rows[key].name or _("a part of the circle"))
            for key in where if key in rows]  # fmt: skip


@door("second-factor", page="meeting")
def move(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Another day."""
    meeting, viewer = the_meeting(meeting_id), viewer_of(request)
    usecases.must_keep(meeting, viewer)
    here = timezone.localtime(meeting.begins_at)
    form = MoveForm(
        request.POST or None, initial={"day": here.date(), "hour": here.time()}, today=timezone.localdate(),
        zone=viewer.timezone,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            usecases.move_meeting(
                meeting, form.moment, form.cleaned_data["because"], by=viewer, at=timezone.now()
            )
        except usecases.DayIsNotToCome:
            form.add_error("day", PAST)
        except usecases.MeetingIsOver:
            return over(request, meeting_id)
        else:
            messages.success(
                request, _("The meeting has another day. Everybody says anew whether they come.")
            )
            return redirect("meetings:meeting", meeting_id)
    words = {"title": _("Another day"), "send": _("Take this day")}
    return asked_once(request, meeting, form, words)


@door("second-factor", page="meeting")
def cancel(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """It does not take place."""
    meeting, viewer = the_meeting(meeting_id), viewer_of(request)
    usecases.must_keep(meeting, viewer)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            usecases.cancel_meeting(meeting, form.cleaned_data["because"], by=viewer, at=timezone.now())
        except usecases.MeetingIsOver:
            return over(request, meeting_id)
        messages.success(request, _("The meeting is called off. Everybody reads why."))
        return redirect("meetings:meeting", meeting_id)
    words = {"title": _("Call this meeting off"), "send": _("Yes, call it off")}
    return asked_once(request, meeting, form, words)


def asked_once(request: HttpRequest, meeting: Meeting, form: Any, words: dict[str, str]) -> HttpResponse:
    """One question about a meeting, on a page of its own."""
    people = people_of(meeting.family_id, timezone.now())
    context = around(request, people) | words | {
        "form": form, "back_url": reverse("meetings:meeting", args=[meeting.pk]),
        "knowing": names(who_knows([meeting], people.persons)[0]),
    }  # fmt: skip
    return TemplateResponse(request, "wraparound/form.html", context, status=422 if form.errors else 200)


def over(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Somebody was quicker: the meeting was held or called off."""
    messages.info(request, _("This meeting is over already."))
    return redirect("meetings:meeting", meeting_id)
