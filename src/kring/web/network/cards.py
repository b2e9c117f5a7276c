"""An offer as a card: what it is, for whom, where, and always somebody to call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext

from kring.network import opening
from kring.network.freshness import Freshness, freshness
from kring.network.models import GoodToKnow, Offer, Place, SchoolHoliday
from kring.network.opening import Now
from kring.network.search import Question
from kring.network.search.reasons import Reason, reasons
from kring.network.words import LifeDomain
from kring.web.context import ShownVillage
from kring.web.design.addresses import address
from kring.web.design.lists import listed
from kring.web.network import speaking, telling


@dataclass
class Card:
    """One offer as its page and its card show it."""

    offer: Offer
    village: ShownVillage
    public: bool
    moment: datetime | None = None
    holidays: Sequence[SchoolHoliday] | None = None
    question: Question | None = None

    @cached_property
    def _here(self) -> datetime:
        """The moment on the village's own clock."""
        return (self.moment or timezone.now()).astimezone(ZoneInfo(self.offer.village.timezone))

    @cached_property
    def now(self) -> Now | None:
        """Open or closed at this moment; on a card without the calendar only today's holiday is known."""
        known, today = GoodToKnow.of(self.offer), self._here.date()

        def is_holiday(day: date) -> bool:
            if self.holidays is None:
                return day == today and bool(getattr(self.offer, "holiday", False))
            return any(one.since <= day <= one.until for one in self.holidays)

        return opening.now(known.opening, self._here, is_holiday) if self.offer.status == "active" else None

    @property
    def now_words(self) -> str:
        """Open now until when, or closed and open again when."""
        return telling.now(self.now, self._here.date())

    @property
    def fresh(self) -> Freshness:
        """Since when the offer is known to be right."""
        kept = getattr(self.offer, "keeping", None)
        said = (kept.confirmed_at, kept.confirmed_for) if kept else (None, "")
        return freshness(self.offer.changed_at, *said, self._here.date())

    @property
    def fresh_words(self) -> str:
        """Since when the offer is known to be right, in words."""
        return telling.fresh(self.fresh)

    @property
    def cost(self) -> list[str]:
        """What it costs."""
        return telling.cost(self.offer)

    @cached_property
    def url(self) -> str:
        """Where the whole offer stands."""
        return address("network:public_offer" if self.public else "network:offer", self.offer.pk)

    @cached_property
    def call(self) -> dict[str, Any]:
        """A name and a number: of the offer, of its organisation, else of the contact point, who call for you."""
        told = self.offer.call
        if told["phone"]:
            role = self.offer.contact_role or (
                self.offer.organisation.name if told["name"] != self.offer.organisation.name else ""
            )
            return {"name": told["name"], "phone": told["phone"], "role": role}
        return {
            "name": gettext("Contact point of %(village)s") % {"village": self.village.name},
            "phone": self.village.phone,
            "role": gettext("We know the way to %(organisation)s.")
            % {"organisation": self.offer.organisation.name},
        }

    @cached_property
    def places(self) -> list[Place]:
        """Where it takes place."""
        return [spot.place for spot in self.offer.spots.all()]

    @cached_property
    def where(self) -> str:
        """The places in a few words."""
        return listed(self.offer.near[:3])

    @cached_property
    def reasons(self) -> list[Reason]:
        """The words of the offer that answer what was asked in other words."""
        offer = self.offer
        if not self.question:
            return []
        return reasons(
            self.question, offer.name, offer.organisation.name, offer.summary, offer.words, offer.conditions
        )

    @property
    def why(self) -> str:
        """Those words, for the card."""
        return listed(list(dict.fromkeys(reason.written for reason in self.reasons)))

    @property
    def ages(self) -> str:
        """For which ages."""
        return speaking.ages(self.offer.youngest, self.offer.oldest)

    @cached_property
    def languages(self) -> str:
        """What is spoken there."""
        return speaking.language_words(self.offer.languages)

    @cached_property
    def when(self) -> list[str]:
        """When it is."""
        return telling.when(self.offer, self._here.date())

    @property
    def domains(self) -> list[str]:
        """Parts of life, by name."""
        return speaking.domain_words(self.offer.domains)

    @property
    def themes(self) -> list[str]:
        """Themes, by name."""
        return speaking.theme_words(self.offer.themes)

    @property
    def about(self) -> Any:
        """The card of the organisation, when it says anything."""
        card = getattr(self.offer.organisation, "card", None)
        return card if card is not None and (card.words or card.website) else None

    @property
    def picture(self) -> str:
        """The pictogram of the first part of life; the signpost when it is about all of them."""
        codes = self.offer.domains
        first = codes[0] if codes and len(codes) < len(LifeDomain) else ""
        return {"neighbourhood": "way", "": "way"}.get(first, first)
