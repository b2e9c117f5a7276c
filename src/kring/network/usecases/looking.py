"""Looking for an offer: what somebody asks for, and what the village has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from kring.network.models import Offer
from kring.network.models.good_to_know import in_school_holidays
from kring.network.models.offers import OfferQuerySet
from kring.network.search import Question
from kring.network.usecases import spellings
from kring.trust.statements import Statement

MOST_ORGANISATIONS = 4
MOST_COUNTED = 500
"""More answers than this are not counted and not weighed: then another word helps more than a number."""


CARDS = Statement(lambda ids: Offer.objects.filter(pk__any_of=ids).for_cards())
CARDS_OF_A_DAY = Statement(lambda ids, on: _on(Offer.objects.filter(pk__any_of=ids), on).for_cards())


@dataclass(frozen=True)
class InTurn:
    """What one question finds, then what another finds beside it: first which offers stand on a page, then their cards."""

    first: OfferQuerySet
    rest: OfferQuerySet
    on: date | None = None

    @cached_property
    def many(self) -> int:
        """How many the first question finds; counted only for a page that needs it."""
        return self.first.count()

    def __getitem__(self, part: slice) -> list[Offer]:
        """A page of them."""
        start, stop = part.start or 0, part.stop
        here = _ids(self.first, start, stop)
        if len(here) < stop - start:
            before = max(start - self.many, 0) if start and not here else 0
            here += _ids(self.rest, before, before + stop - start - len(here))
        found = CARDS_OF_A_DAY(ids=here, on=self.on) if self.on else CARDS(ids=here)
        cards = {card.pk: card for card in found}
        return [cards[one] for one in here if one in cards]


def _ids(found: OfferQuerySet, start: int, stop: int) -> list[UUID]:
    return list(found.values_list("pk", flat=True)[start:stop])


def _on(found: OfferQuerySet, day: date | None) -> OfferQuerySet:
    """With whether that day is a school holiday, when somebody wants to know."""
    return found.annotate(holiday=in_school_holidays(day)) if day else found


@dataclass(frozen=True)
class Answer:
    """The offers that fit, the best first, and how the question was read."""

    found: OfferQuerySet
    count: int
    question: Question
    shown: OfferQuerySet
    """All among which one looked. What is called as the question says answers it too, and need not be asked twice."""
    is_broad: bool = False

    def rows(self, on: date | None = None) -> OfferQuerySet | InTurn:
        """With all that a card shows on a day. Of a broad question those that are called so come first, then all by name."""
        if self.question and not self.is_broad:
            return _on(self.found, on).in_order(self.question).for_cards()
        ordered = self.found.in_order()
        if not self.question:
            return InTurn(ordered, ordered.none(), on)
        named = self.question.named()
        called_so = self.shown.filter(search__holds_weighed=named).in_order()
        return InTurn(called_so, ordered.exclude(search__holds=named), on)

    def organisations(self) -> list[dict[str, Any]]:
        """Organisations that are called so, with their offers among those that fit."""
        if not self.question or not self.count:
            return []
        named = self.shown.filter(search__holds=self.question.called()).order_by("organisation__name")
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
        return Answer(shown, offers, question, shown)
    answer = _answer(shown, question)
    if question and answer.count < spellings.FEW:
        wider = spellings.forgiving(question, village)
        if wider != question:
            answer = _answer(shown, wider)
    return answer


def _answer(shown: OfferQuerySet, question: Question) -> Answer:
    found = shown.answering(question)
    if not question:
        return Answer(found, found.count(), question, shown)
    count = shown.filter(search__holds_weighed=question.loosely())[: MOST_COUNTED + 1].count()
    return Answer(found, min(count, MOST_COUNTED), question, shown, count > MOST_COUNTED)
