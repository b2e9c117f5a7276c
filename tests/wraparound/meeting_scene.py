"""Meetings of the family El Amrani, called, held and written down."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from kring.trust import viewer
from kring.trust.models import Circle
from kring.wraparound.models import Meeting
from kring.wraparound.usecases import meetings
from kring.wraparound.usecases.deciding import Decided, decide
from wraparound.home import AT

THURSDAY = datetime(2026, 3, 5, 15, tzinfo=UTC)


def called(home, by=None, *, circle=None, at=AT, begins_at=THURSDAY, asked=None, **more):
    """A meeting, with everybody of the circle asked."""
    everybody = [home.naima, home.samir, home.samira, home.fatna, home.hanne, home.lotte]
    call = meetings.Call(
        begins_at, "in het buurthuis", language="nl", asked=frozenset(asked or everybody), **more
    )
    with viewer.acting(by or home.hanne, at=at) as me:
        return meetings.call_meeting(Circle.objects.get(pk=circle or home.circle), call, by=me, at=at).pk


def soon(home, by=None, **more):
    """A meeting in a few days from now, for pages, which read the clock."""
    now = timezone.now()
    return called(home, by, at=now, begins_at=now + timedelta(days=3), **more)


def begun(home, meeting, by=None, at=None):
    """Everybody sits down."""
    with viewer.acting(by or home.hanne) as me:
        meetings.begin_meeting(Meeting.objects.get(pk=meeting), by=me, at=at or timezone.now())
    return meeting


def decided(home, meeting, words, who=None, by_when=None, by=None, at=None, **more):
    """A decision of this meeting."""
    with viewer.acting(by or home.hanne) as me:
        found = Meeting.objects.select_related("circle").get(pk=meeting)
        said = Decided(words, who=who, by_when=by_when, language="nl", **more)
        return decide(found, said, by=me, at=at or timezone.now()).pk
