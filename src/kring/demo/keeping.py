"""What the demonstration village chose for itself: a part of life of its own, a word, and one change taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kring.demo.founding import Village
from kring.network.words import LifeDomain
from kring.trust import chosen, viewer
from kring.trust.usecases import choices

if TYPE_CHECKING:
    from kring.demo.village import Days

OWN = "geloof en zingeving"


def live(here: Village, days: Days) -> None:
    """Sofie keeps the words of Lindekwartier."""
    at = days.at(-40, 11)
    with viewer.acting(here.people["sofie"], page="administration", at=at) as sofie:
        domains = {"own": {"own 1": OWN}, "order": [*LifeDomain.values, "own 1"], "off": []}
        choices.choose({chosen.DOMAINS: domains}, by=sofie, at=at)
        neighbourhood = chosen.word_name("nl", "neighbourhood")
        choices.choose({neighbourhood: "buurt en wijk"}, by=sofie, at=at + timedelta(minutes=5))
        (shorter,) = choices.choose({"term_days": 60}, by=sofie, at=at + timedelta(minutes=9))
        choices.take_back(shorter.pk, by=sofie, at=at + timedelta(minutes=12))
