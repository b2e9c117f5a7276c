"""A week of seals, two partners who keep them, and two looks late in the evening: one answered, one still to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kring.clock import role
from kring.clock import watching as clock
from kring.demo.founding import Village
from kring.trust import unit, viewer
from kring.trust.models import UnusualLook
from kring.trust.seals import kept
from kring.trust.usecases import sealing, watching

if TYPE_CHECKING:
    from kring.demo.village import Days

WEEK = 7
BECAUSE = "De mama belde 's avonds, ik zocht haar afspraak op."


def live(here: Village, days: Days) -> None:
    """Everything that was read and done until today is sealed, evening by evening."""
    _keepers(here, days)
    _late(here, days, "hanne", 1)
    _late(here, days, "tom", 4)
    with role.for_a_while():
        kept.begin_anew(kept.after(0))
        for ago in range(WEEK, 0, -1):
            sealing.seal(at=days.at(-ago, 23, 59))
        for day in (-3, 0):
            clock.ask_about_looks(at=days.at(day, 0, 1))
    with viewer.acting(here.people["tom"], at=days.at(0, 0, 2)) as me:
        for look in watching.mine(by=me, at=days.at(0, 0, 2)):
            watching.answer(look.pk, UnusualLook.Answer.RIGHT, BECAUSE, by=me, at=days.at(0, 0, 2))
    sealing.check()  # its seals are a week old and no night has come yet: else it would say that two were missed


def _keepers(here: Village, days: Days) -> None:
    with viewer.acting(here.people["wim"], at=days.at(-WEEK, 9)) as me:
        addresses = ("directie@wilg.example", "voorzitter@judo.example")
        sealing.choose_keepers(addresses, by=me, at=days.at(-WEEK, 9))


def _late(here: Village, days: Days, who: str, ago: int) -> None:
    """Somebody looks at a circle of theirs late in the evening."""
    with viewer.acting(here.people[who], page="circle", at=days.at(-ago, 23, 40)) as me:
        unit.saw(next(seat.circle for seat in me.seats if seat.kind == "family"), "circle")
