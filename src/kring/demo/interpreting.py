"""An interpreter of the demonstration: Hala is asked for the next meeting of the Amrani family."""

from typing import TYPE_CHECKING

from kring.demo.founding import Village
from kring.trust import viewer
from kring.wraparound.models import Meeting
from kring.wraparound.usecases.interpreting import Wanted, ask_interpreter

if TYPE_CHECKING:
    from kring.demo.village import Days


def live(here: Village, days: "Days") -> None:
    """Hanne asks Hala, who interprets for Naima."""
    at = days.at(-1, 11)
    with viewer.acting(here.people["hanne"], page="meeting", at=at) as me:
        meeting = Meeting.objects.select_related("circle").get(interpreter="ar", begun_at__isnull=True)
        asked = meeting.participants.filter(person__given_name="Naima")
        naima = frozenset(row.person_id for row in asked)
        wanted = Wanted("Hala", "ar", "0470 00 20 01", naima)
        ask_interpreter(meeting, wanted, by=me, at=at)
