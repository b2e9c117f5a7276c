"""The invitation for a calendar: a plain title, the moment, the place and the way back; no name of family or child."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from kring.web.doors import door
from kring.web.meetings.page import the_meeting
from kring.wraparound import rules
from kring.wraparound.models import Meeting


@door("second-factor", page="meeting")
def invitation(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The meeting as a file for a calendar, which others may see on a screen or a shared telephone."""
    found = the_meeting(meeting_id)
    back = request.build_absolute_uri(reverse("meetings:meeting", args=[meeting_id]))
    answer = HttpResponse(_calendar(found, back).to_ical(), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _calendar(meeting: Meeting, back: str) -> Calendar:
    calendar, event = Calendar(), Event()
    calendar.add("prodid", "-//Kring//")
    calendar.add("version", "2.0")
    event.add("uid", f"{meeting.pk}@kring")
    event.add("dtstamp", timezone.now())
    event.add("sequence", meeting.moves)
    event.add("summary", _("A talk"))
    event.add("dtstart", meeting.begins_at)
    event.add("dtend", meeting.begins_at + rules.MEETING_LASTS)
    event.add("location", meeting.place)
    event.add("url", back)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if meeting.cancelled_at else "CONFIRMED")
    calendar.add_component(event)
    return calendar
