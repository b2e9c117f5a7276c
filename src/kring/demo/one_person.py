"""Rita is the neighbour of two families, and was written down by each of them."""

from django.utils import timezone

from kring.demo.founding import Village
from kring.trust import viewer
from kring.trust.models import FamilyMember, Matter, Seat
from kring.trust.usecases import two_people

WHY = "Rita woont tussen de twee gezinnen in. Ik vroeg het haar zelf: zij is het allebei."


def live(here: Village) -> None:
    """Hanne keeps both families and asks, at this moment, since a second yes waits three days only."""
    at, hanne = timezone.now(), here.people["hanne"]
    with viewer.acting(hanne, page="family", at=at):
        lise = FamilyMember.objects.get(person__given_name="Lise")
        first, second = Seat.objects.filter(person__given_name="Rita", role="natural").order_by("since", "id")
        twice = sorted((first, second), key=lambda seat: seat.circle.family_id != lise.family_id)
    facts = {"family": lise.family_id, "person": twice[0].person_id, "other": twice[1].person_id}
    with viewer.acting(hanne, page="two people", at=at) as me:
        two_people.ask(Matter.Kind.MERGE, facts, WHY, by=me, at=at)
