"""Tom hands the Osman family over to Hanne: the family knows, she is asked; and he stands in for her one evening."""

from typing import TYPE_CHECKING

from kring.demo.founding import Village
from kring.intake.usecases.promises import promise
from kring.trust import viewer
from kring.trust.models import Circle, Seat
from kring.trust.usecases import circles, handovers, standins
from kring.trust.usecases.handovers import Told
from kring.wraparound.usecases import passing_on
from kring.wraparound.usecases.plans import only_child

if TYPE_CHECKING:
    from kring.demo.village import Days

KNOW = (
    "Milan praat het best als zijn handen bezig zijn: ga naar het atelier van Omar, niet naar een bureau. "
    "Claire leest alles in het Frans, Yusuf in het Engels. Bel na vijf uur.\n\n"
    "Wat ik eerst zou doen: samen een kijkdag kiezen. Milan kiest."
)


def live(here: Village, days: "Days") -> None:
    """A hand-over that waits for a yes, a promise that looks for somebody, and one evening."""
    _hand_over(here, days)
    _one_evening(here, days)


def _circle_of(name: str) -> Circle:
    return Circle.objects.select_related("family").get(family__name=name, kind=Circle.Kind.FAMILY)


def _hand_over(here: Village, days: "Days") -> None:
    tom, said = here.people["tom"], days.at(-2, 10)
    with viewer.acting(tom, page="hand-over", at=said) as me:
        circle = _circle_of("Gezin Osman")
        guardian = circle.seats.get(role=Seat.Role.GUARDIAN, person__given_name="Yusuf").person_id
        milan = only_child(circle.family_id) if circle.family_id else None
        made = promise(circle.pk, what="de directeur van de kijkdag bedanken", due_at=days.at(9, 17), by=me, at=said,
                       to_whom="Milan", subject_id=milan)  # fmt: skip
        begun = handovers.begin(
            circle, begins_on=days.day(11), last_on=days.day(24), told=Told(guardian, "talk", days.day(-3)), by=me,
            at=said,
        )  # fmt: skip
        handovers.ask_next(circle, here.jobs["hanne"], by=me, at=said, word_of=guardian)
        passing_on.write_must_know(begun, KNOW, language="nl", about=milan, by=me, at=said)
        passing_on.offer(made, here.people["mila"], by=me, at=said)


def _one_evening(here: Village, days: "Days") -> None:
    hanne, tom, said = here.people["hanne"], here.people["tom"], days.at(-1, 11)
    hours = standins.Stretch(days.at(5, 15), days.at(5, 21))
    with viewer.acting(hanne, page="stand-in", at=said) as me:
        circle = _circle_of("Gezin Amrani")
        guardian = circle.seats.get(role=Seat.Role.GUARDIAN).person_id
        asked = standins.ask(
            circle, here.jobs["tom"], hours, for_whom=hanne, by=me, at=said, word_of=guardian
        )
    with viewer.acting(tom, page="invitation", at=days.at(-1, 12)) as me:
        circles.answer(asked.pk, True, by=me, at=days.at(-1, 12))
