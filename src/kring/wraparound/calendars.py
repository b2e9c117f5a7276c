"""A meeting as a file for a calendar: a plain title, the moment, the way back; no name of family or child."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from kring.wraparound import rules


@dataclass(frozen=True)
class Appointment:
    """What a calendar needs to know of a meeting."""

    meeting_id: UUID
    begins_at: datetime
    moves: int
    is_off: bool
    place: str = ""


def page_of(meeting_id: UUID) -> str:
    """The page of a meeting, as a path."""
    return f"/meetings/{meeting_id}/"


def address_of(meeting_id: UUID) -> str:
    """The page of a meeting, as it stands in calendars."""
    return f"{settings.PUBLIC_ADDRESS}{page_of(meeting_id)}"


def calendar(of: Appointment, *, back: str, at: datetime) -> bytes:
    """The file; others may see it on a screen or a shared telephone."""
    made, event = Calendar(), Event()
    made.add("prodid", "-//Kring//")
    made.add("version", "2.0")
    event.add("uid", f"{of.meeting_id}@kring")
    event.add("dtstamp", at)
    event.add("sequence", of.moves + of.is_off)
    event.add("summary", _("A talk"))
    event.add("dtstart", of.begins_at)
    event.add("dtend", of.begins_at + rules.MEETING_LASTS)
    if of.place:
        event.add("location", of.place)
    event.add("url", back)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if of.is_off else "CONFIRMED")
    made.add_component(event)
    return bytes(made.to_ical())
