"""Holding a meeting: who is there, a word when coming in and going out, what is decided, what to remember."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.web.doors import door
from kring.web.meetings.calling import asked_once, over
from kring.web.meetings.forms import PAST, MinutesForm
from kring.web.meetings.page import meeting_page, the_meeting
from kring.web.meetings.preparing import decide_form, decision_key, round_form, shown, the_point, there_form
from kring.web.wraparound.around import language, viewer_of
from kring.wraparound.models import Decision, RoundWord
from kring.wraparound.usecases import deciding, meetings, talking
from kring.wraparound.usecases.drafts import clear_draft


def _not_begun(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    messages.info(request, _("First begin the meeting."))
    return redirect("meetings:meeting", meeting_id)


def _back(meeting_id: UUID, place: str = "") -> HttpResponse:
    return redirect(reverse("meetings:meeting", args=[meeting_id]) + place)


@require_POST
@door("second-factor", page="meeting")
def begin(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Everybody sits down."""
    try:
        meetings.begin_meeting(the_meeting(meeting_id), by=viewer_of(request), at=timezone.now())
    except meetings.MeetingIsOver:
        return over(request, meeting_id)
    return _back(meeting_id)


@require_POST
@door("second-factor", page="meeting")
def there(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Who is at the table."""
    found, viewer = the_meeting(meeting_id), viewer_of(request)
    form = there_form(meeting_page(found, by=viewer, at=timezone.now()), request.POST)
    if not form.is_valid():
        return shown(request, found, there_form=form)
    present = {UUID(one) for one in form.cleaned_data["there"]}
    try:
        meetings.record_presence(found, present, by=viewer, at=timezone.now())
    except (meetings.MeetingHasNotBegun, meetings.MeetingIsOver):
        return _not_begun(request, meeting_id)
    messages.success(request, _("Written down: who is here."))
    return _back(meeting_id)


@require_POST
@door("second-factor", page="meeting")
def talked(request: HttpRequest, point_id: UUID) -> HttpResponse:
    """A tick on the agenda."""
    point = the_point(point_id)
    try:
        talking.talk_about(point, by=viewer_of(request), at=timezone.now())
    except (meetings.MeetingHasNotBegun, meetings.MeetingIsOver):
        return _not_begun(request, point.meeting_id)
    return _back(point.meeting_id, "#agenda")


@require_POST
@door("second-factor", page="meeting")
def say(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """How I come in, or how I go out."""
    found, viewer = the_meeting(meeting_id), viewer_of(request)
    moment = RoundWord.Moment.OUT if request.POST.get("moment") == "out" else RoundWord.Moment.IN
    form = round_form(meeting_page(found, by=viewer, at=timezone.now()), moment, request.POST)
    if not form.is_valid():
        return shown(
            request, found, **{"going_form" if moment == RoundWord.Moment.OUT else "round_form": form}
        )
    told = form.cleaned_data
    whose = UUID(told["whose"]) if told.get("whose") else None
    try:
        talking.say_in_round(
            found, moment, feeling=told["feeling"], words=told["words"], language=language(), by=viewer,
            at=timezone.now(), person_id=whose,
        )  # fmt: skip
    except (meetings.MeetingHasNotBegun, meetings.MeetingIsOver):
        return _not_begun(request, meeting_id)
    except talking.NothingSaid:
        messages.info(request, _("Nothing said is fine too."))
    return _back(meeting_id, f"#round-{moment}")


@require_POST
@door("second-factor", page="meeting")
def decide(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """What we decide, who does it, before when."""
    found, viewer = the_meeting(meeting_id), viewer_of(request)
    form = decide_form(meeting_page(found, by=viewer, at=timezone.now()), request.POST)
    if not form.is_valid():
        return shown(request, found, decide_form=form)
    try:
        made = deciding.decide(found, form.decided(language()), by=viewer, at=timezone.now())
    except (meetings.MeetingHasNotBegun, meetings.MeetingIsOver):
        return _not_begun(request, meeting_id)
    except meetings.DayIsNotToCome:
        form.add_error("day", PAST)
        return shown(request, found, decide_form=form)
    clear_draft(decision_key(found), by=viewer)
    if made.action_id:
        messages.success(request, _("Decided. It is a step of the plan now."))
    else:
        messages.success(request, _("Decided, and written down."))
    return _back(meeting_id, "#decisions")


@require_POST
@door("second-factor", page="meeting")
def take_back(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """It was a slip."""
    rows = Decision.objects.select_related("meeting__circle", "promise", "action__goal__plan")
    found = rows.filter(pk=decision_id).first()
    if found is None:
        raise Http404
    try:
        deciding.take_back(found, by=viewer_of(request), at=timezone.now())
    except deciding.NotTheirsToTakeBack as problem:
        raise Http404 from problem
    except (meetings.MeetingHasNotBegun, meetings.MeetingIsOver):
        return over(request, found.meeting_id)
    messages.success(request, _("Taken back. What came of it is let go too."))
    return _back(found.meeting_id, "#decisions")


@door("second-factor", page="meeting")
def minutes(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """A few words for who was not there."""
    found, viewer = the_meeting(meeting_id), viewer_of(request)
    meetings.must_keep(found, viewer)
    form = MinutesForm(request.POST or None, initial={"words": found.minutes})
    if request.method == "POST" and form.is_valid():
        try:
            talking.write_minutes(
                found, form.cleaned_data["words"], language=language(), by=viewer, at=timezone.now()
            )
        except (meetings.MeetingHasNotBegun, meetings.MeetingIsOver):
            return _not_begun(request, meeting_id)
        messages.success(request, _("Kept. Whoever may know it can read it now."))
        return _back(meeting_id)
    return asked_once(request, found, form, {"title": _("What we want to remember"), "send": _("Keep it")})


@require_POST
@door("second-factor", page="meeting")
def end(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Everybody goes home."""
    try:
        meetings.end_meeting(the_meeting(meeting_id), by=viewer_of(request), at=timezone.now())
    except (meetings.MeetingHasNotBegun, meetings.MeetingIsOver):
        return _not_begun(request, meeting_id)
    messages.success(request, _("Thank you for coming together. What was decided stands here."))
    return _back(meeting_id)
