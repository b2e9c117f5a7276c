"""Once in these months nobody could be reached and somebody looked: told to the family afterwards, and looked at."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid5

from django.utils import timezone

from kring.demo.confiding import KEY
from kring.demo.founding import Village
from kring.messaging import dangers as telling
from kring.trust import viewer
from kring.trust.models import Danger, Entry, Job, Matter
from kring.trust.usecases import danger_reviews, danger_rights, dangers, two_people
from kring.trust.usecases.dangers import Why

if TYPE_CHECKING:
    from kring.demo.village import Days

WHY = Why(
    Danger.Ground.MISSING,
    "Hij kwam na de muziekles niet thuis en nam de bus niet. Wie kan hem opgehaald hebben?",
    "Drie keer de coördinator gebeld, en het aanspreekpunt: gesloten na zes uur.",
)
WORDS = (
    "Het was juist. Niemand nam op, en het adres van de buurvrouw was nodig. Na een kwartier was alles goed."
)


def live(here: Village, days: "Days") -> None:
    """Noor has the right; she looked once, eight days ago; Wim said that it was right. For Ruth it is asked."""
    _given(here, "noor", "Zij is 's avonds op de been, en de jongeren kennen haar.")
    at = days.at(-9, 19)
    with viewer.acting(here.people["noor"], page="danger", at=at) as me:
        (found,) = dangers.find("Daniel", "Selam", by=me, at=at)
        opened = telling.open_and_tell(uuid5(KEY, at.isoformat()), found, WHY, by=me, at=at)
        Entry.objects.create(  # the four hours lie too far back to look now
            at=at + timedelta(minutes=2), kind="read", person_id=me.person_id, organisation_id=me.jobs[0].organisation,
            role=me.jobs[0].role, circle_id=found.circle_id, part="in danger", rule="danger",
        )  # fmt: skip
    at = days.at(-8, 11)
    with viewer.acting(here.people["wim"], page="danger told", at=at) as me:
        danger_reviews.review(Danger.objects.get(pk=opened.pk), True, WORDS, by=me, at=at)
    _asked(here, "ruth", "Zij is bereikbaar als niemand anders dat is.")


def _asked(here: Village, key: str, why: str) -> Matter:
    """Asked at this moment, since a second yes waits three days only."""
    at = timezone.now()
    with viewer.acting(here.people["sofie"], page="right in danger", at=at) as me:
        return danger_rights.ask(Job.objects.get(pk=here.jobs[key].pk), why, by=me, at=at)


def _given(here: Village, key: str, why: str) -> None:
    matter, at = _asked(here, key, why), timezone.now()
    with viewer.acting(here.people["wim"], page="two people", at=at) as me:
        two_people.answer(matter, True, by=me, at=at)
