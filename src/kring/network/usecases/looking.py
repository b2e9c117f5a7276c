"""Looking for an offer: what somebody asks for, and what the village has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kring.network.models import Offer
from kring.network.models.offers import OfferQuerySet
from kring.network.search import Question
from kring.network.usecases import spellings

MOST_ORGANISATIONS = 4


@dataclass(frozen=True)
class Answer:
    """The offers that fit, the best first, and how the question was read."""

    rows: OfferQuerySet
    count: int
    question: Question

    def organisations(self) -> list[dict[str, Any]]:
        """Organisations that are called so, with their offers among those that fit."""
        if not self.question or not self.count:
            return []
        named = self.rows.filter(search__holds=self.question.loosely("B")).order_by("organisation__name")
        found = named.values("organisation_id", "organisation__name").distinct()[:MOST_ORGANISATIONS]
        return [{"id": one["organisation_id"], "name": one["organisation__name"]} for one in found]


def look(village: UUID | None, wishes: dict[str, Any], *, offers: int) -> Answer:
    """What a village has for these wishes; of `offers` in all, which somebody who wishes nothing sees.

    A question with few answers is read again with the words that were perhaps meant.
    """
    question = Question.typed(wishes.get("q", ""))
    rest = {name: wish for name, wish in wishes.items() if name != "q"}
    shown = Offer.objects.of_village(village).shown().looked_for(rest)
    if village is None or not (rest or question):
        return Answer(shown.in_order(), offers, question)
    answer = _answer(shown, question)
    if question and answer.count < spellings.FEW:
        wider = spellings.forgiving(question, village)
        if wider != question:
            answer = _answer(shown, wider)
    return answer


def _answer(shown: OfferQuerySet, question: Question) -> Answer:
    rows = shown.answering(question)
    return Answer(rows.in_order(question), rows.count(), question)
