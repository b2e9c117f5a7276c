"""An offer as a card: what it is, for whom, where, and always somebody to call."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext

from kring.network.models import Offer, Place
from kring.network.search import Question
from kring.network.search.reasons import Reason, reasons
from kring.network.words import LifeDomain
from kring.web.context import ShownVillage
from kring.web.design.addresses import address
from kring.web.design.lists import listed
from kring.web.network import speaking


@dataclass
class Card:
    """One offer as its page and its card show it."""

    offer: Offer
    village: ShownVillage
    public: bool
    question: Question | None = None

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
        return speaking.when(self.offer)

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
