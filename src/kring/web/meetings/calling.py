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

from kring.trust.models import Circle, FamilyMember, Person
from kring.trust.permissions import Permission
from kring.trust.usecases.knowing import names, who_knows
from kring.web.doors import door
from kring.web.meetings.forms import PAST, CallForm, CancelForm, MoveForm
from kring.web.meetings.page import the_meeting
from kring.web.meetings.wheres import Where, choices, circles_to_call
from kring.web.wraparound.around import around, family_circle, language, viewer_of
from kring.web.wraparound.drafting import Drafted
from kring.web.wraparound.people import People, people_of
from kring.wraparound import rules
from kring.wraparound.models import Meeting
from kring.wraparound.usecases import meetings as usecases
from kring.wraparound.usecases.drafts import clear_draft

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
        "may_call": bool(circles_to_call(viewer, family_id)),
    }
    return TemplateResponse(request, "meetings/meetings.html", context)


def _is_awaited(meeting: Meeting, at: datetime) -> bool:
    if meeting.state == Meeting.State.COMING:
        return meeting.begins_at > at - rules.MEETING_IS_AWAITED
    return meeting.state == Meeting.State.GOING_ON


@door("second-factor", page="meetings")
def call(request: HttpRequest, family_id: UUID) -> HttpResponse:
    """Day, hour, place, and everybody is asked already."""
    viewer, circle = viewer_of(request), family_circle(family_id)
    circles = circles_to_call(viewer, family_id)
    viewer.must(Permission.CALL_MEETING, circles[0] if circles else circle.pk)
    people = people_of(family_id, timezone.now())
    children = _children(family_id)
    wheres = choices(circles, children, viewer, people.persons)
    drafted = Drafted(request, f"meeting:{family_id}", circles[0])
    form = _call_form(request, _to_ask(wheres, people, children), drafted, wheres)
    if request.method == "POST" and form.is_valid():
        where = form.where
        try:
            made = usecases.call_meeting(
                Circle.objects.get(pk=where.circle), form.call(language()), by=viewer, at=timezone.now()
            )
        except usecases.DayIsNotToCome:
            form.add_error("day", PAST)
        else:
            clear_draft(drafted.key, by=viewer)
            messages.success(request, _("The meeting stands. Everybody who is asked finds it on their page."))
            return redirect("meetings:meeting", made.pk)
    context = around(request, people) | {"form": form, "drafted": drafted, "family": circle.family}
    context["knowing"] = wheres[0].knowing if len(wheres) == 1 else []
    return TemplateResponse(request, "meetings/call.html", context, status=422 if form.errors else 200)


def _children(family_id: UUID) -> list[Person]:
    rows = FamilyMember.objects.filter(family_id=family_id, kind=FamilyMember.Kind.CHILD)
    return sorted(
        (row.person for row in rows.select_related("person")), key=lambda one: (one.given_name, str(one.pk))
    )


def _to_ask(wheres: list[Where], people: People, children: list[Person]) -> list[tuple[str, str]]:
    """Faces of the circle who can be asked, and children who have no seat of their own yet."""
    able = {person.pk for where in wheres for person in where.known}
    asked = [
        (str(one.id), f"{one.name}, {one.role}" if one.role else one.name) for one in people if one.id in able
    ]
    seated = {one.id for one in people}
    unseated = [child for child in children if child.pk not in seated]
    return asked + [(str(child.pk), child.given_name) for child in unseated]


def _call_form(
    request: HttpRequest, asked: list[tuple[str, str]], drafted: Drafted, wheres: list[Where]
) -> CallForm:
    given = {"asked": [key for key, _words in asked], "circle": wheres[0].key}
    return CallForm(
        request.POST or None, initial=drafted.initial(CallForm, given), people=asked, wheres=wheres,
        today=timezone.localdate(), zone=viewer_of(request).timezone,
    )  # fmt: skip


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
