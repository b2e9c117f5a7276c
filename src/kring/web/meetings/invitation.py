"""The invitation for a calendar: a plain title, the moment, the place and the way back; no name of family or child."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from kring.web.doors import door
from kring.web.meetings.page import the_meeting
from kring.wraparound.calendars import Appointment, calendar


@door("second-factor", page="meeting")
def invitation(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The meeting as a file for a calendar, which others may see on a screen or a shared telephone."""
    found = the_meeting(meeting_id)
    back = request.build_absolute_uri(reverse("meetings:meeting", args=[meeting_id]))
    of = Appointment(
        found.pk, found.begins_at, found.moves, is_off=found.cancelled_at is not None, place=found.place
    )
    answer = HttpResponse(
        calendar(of, back=back, at=timezone.now()), content_type="text/calendar; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
