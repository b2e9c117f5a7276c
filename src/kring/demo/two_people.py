"""What nobody decides alone, and what only named people read."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from kring.demo.founding import Village
from kring.intake.models import Sealed
from kring.intake.usecases import sealing
from kring.trust import viewer
from kring.trust.models import FamilyMember, Matter
from kring.trust.usecases import two_people

if TYPE_CHECKING:
    from kring.demo.village import Days

COURT = "De rechter schreef op: de kinderen slapen de ene week bij mama, de andere bij papa. Het blad ligt bij Sarah."
WHY = "Zij was lang de partner van papa Yusuf. Milan wil niet dat zij over hem leest."


def live(here: Village, days: "Days") -> None:
    """Hanne sealed what a judge wrote; Tom asks a second yes."""
    _sealed(here, days)
    _conflict(here)


def _of(who: UUID, name: str) -> FamilyMember:
    """Somebody of a family, as a worker of it knows them."""
    with viewer.acting(who, page="family"):
        return FamilyMember.objects.get(person__given_name=name)


def _sealed(here: Village, days: "Days") -> None:
    family, at = _of(here.people["hanne"], "Jonas").family_id, days.at(-30, 16)
    with viewer.acting(here.people["hanne"], page="sealed", at=at) as me:
        sealing.seal(family, Sealed.Kind.PAPERS, COURT, people=[here.people["ruth"]], by=me, at=at)


def _conflict(here: Village) -> None:
    """Asked at this moment, since a second yes waits three days only."""
    milan, at = _of(here.people["tom"], "Milan"), timezone.now()
    facts = {"family": milan.family_id, "subject": milan.person_id, "person": here.people["karin"]}
    with viewer.acting(here.people["tom"], page="two people", at=at) as me:
        two_people.ask(Matter.Kind.CONFLICT, facts, WHY, by=me, at=at)
