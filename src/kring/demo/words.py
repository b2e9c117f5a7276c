"""What the village of the demonstration stands for: its own principle, its own word, and whom a youth worker calls."""

from typing import TYPE_CHECKING
from uuid import UUID

from kring.demo.founding import Village
from kring.trust import viewer
from kring.vision.usecases import practice, principles, word_hints
from kring.vision.usecases.principles import Principle

if TYPE_CHECKING:
    from kring.demo.village import Days

#: The same on every machine.
FIRST_VERSION = UUID("5f6a2f0e-6c1d-4b7e-9a55-0f6f1c2d3e4a")
OWN_WORD = UUID("8c0e6a52-3d0b-4a3f-8f57-1b2c3d4e5f60").hex


def live(here: Village, days: "Days") -> None:
    """On the day of the village a fifth principle was chosen; a word of the street was added; Noor calls Fatou."""
    at = days.at(-40, 16)
    with viewer.acting(here.people["amina"], page="principles", at=at) as me:
        ours = principles.brought("nl")
        neighbours = Principle(
            "own-5", "We kennen elkaar bij naam", "Een kind in het Lindekwartier is van ons allemaal."
        )
        principles.write(
            "nl", [*ours, neighbours], because="Gekozen door ouders en jongeren op de dorpsdag.", after=0,
            by=me, at=at, key=FIRST_VERSION,
        )  # fmt: skip
        pest = word_hints.HintWords(
            "lastpost, lastposten", "jongere die aandacht vraagt", "Vraag eerst hoe het gaat."
        )
        word_hints.write("nl", OWN_WORD, pest, by=me, at=at)
    with viewer.acting(here.people["noor"], page="practice", at=at) as me:
        practice.choose_backup("Fatou", "0470 00 10 15", by=me, at=at)
