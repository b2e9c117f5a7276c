"""What the next coordinator finds ready, from what is written already: nobody types it again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from kring.trust.models import ContactCard
from kring.web.handover.page import HandOverPage, family_of
from kring.web.network.speaking import spoken
from kring.wraparound.models import Meeting, Wish
from kring.wraparound.usecases.versions import AGREED


@dataclass
class Reach:
    """How one reaches somebody of the family."""

    name: str
    language: str
    channel: str
    phone: str
    listens: bool


@dataclass
class Ready:
    """The wishes in own words, how to reach whom, and the days that come."""

    wishes: list[Wish] = field(default_factory=list)
    reach: list[Reach] = field(default_factory=list)
    review_on: date | None = None
    meeting: Meeting | None = None

    @property
    def only_child(self) -> UUID | None:
        """The one child of the family, when everything in the plan is about that child."""
        return self.wishes[0].plan.subject_id if self.wishes else None


def ready_for_the_next(page: HandOverPage) -> Ready:
    """Three statements, however long the plan is."""
    family_id = family_of(page.circle)
    wishes = Wish.objects.filter(plan__family_id=family_id).exclude(plan__stage="closed").order_by("at", "id")
    cards = ContactCard.objects.filter(circle_id=page.circle.pk).select_related("person")
    agreed = Exists(AGREED.filter(plan=OuterRef("plan")))
    found = list(wishes.select_related("plan").annotate(agreed=agreed))
    return Ready(
        wishes=found,
        reach=sorted((_reach(card) for card in cards), key=lambda one: one.name),
        review_on=found[0].plan.next_review_on if found and found[0].agreed else None,
        meeting=Meeting.objects.of_family(family_id).coming(page.at).first(),
    )


def _reach(card: Any) -> Reach:
    channel = str(ContactCard.Channel(card.channel).label)
    return Reach(card.person.given_name, spoken(card.language), channel, card.phone, card.listens)
