"""Parts of Kring that a village switches on when it wants them. What is off is in no menu and has no address.

The circle of a family is none of them: it belongs to the family, and nobody's switch closes it. Nothing is deleted by
switching off; it is there again when the village switches it on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.trust import chosen
from kring.trust.chosen import Chosen

if TYPE_CHECKING:
    from kring.trust.models import Village


@dataclass(frozen=True)
class Module:
    """One part, with the sentence an administrator reads and the rooms of the house it opens."""

    code: str
    name: Promise
    sentence: Promise
    icon: str
    rooms: tuple[str, ...]


MODULES = (
    Module("door", _("The front door"), _("Anybody tells a concern on one page, without an account."), "door-open",
           ("kring.web.intake.front",)),
    Module("directory", _("The directory"), _("Everybody finds what the village offers."), "map",
           ("kring.web.network", "kring.web.keeping", "kring.web.town_map")),
    Module("meetings", _("Meetings"), _("Families and professionals call a meeting and write down what they decide."),
           "calendar", ("kring.web.meetings", "kring.web.interpreters")),
    Module("celebrations", _("Good news"), _("Everybody in a circle tells something good."), "sun",
           ("kring.web.wraparound.celebrations",)),
    Module("path", _("The help we had"), _("A family draws the line of the help it had before."), "route",
           ("kring.web.path",)),
    Module("learning", _("How a child learns best"), _("A screening becomes advice to keep; a teacher names a talent."),
           "graduation-cap", ("kring.web.learning",)),
    Module("people", _("People of the village"), _("Colleagues say what they can do for one another."), "users",
           ("kring.web.people",)),
    Module("practice", _("Practice cards"), _("What to do now when it is hot, in two taps."), "hand-heart",
           ("kring.web.vision.practice",)),
    Module("programs", _("The directory for programs"), _("Other programs read the public offers."), "share-2",
           ("kring.web.network.hsds",)),
)  # fmt: skip
#: Menu entries that go with a module, by where they lead.
MENU = {"/village/offers/": "directory"}


def of_room(room: str) -> frozenset[str]:
    """The modules without which nobody comes into this room."""
    return frozenset(
        module.code
        for module in MODULES
        for door in module.rooms
        if room == door or room.startswith((f"{door}.", f"{door}_"))
    )


def is_on(code: str) -> bool:
    """Whether this part is switched on in the village where we are now."""
    return code not in chosen.current().modules_off


def must_be_on(needed: frozenset[str], here: Chosen) -> None:
    """Go on only if everything that this page needs is switched on here."""
    if needed & here.modules_off:
        raise Http404


def must_be_on_in(village: Village, *codes: str) -> None:
    """The same where the address names a village, which may be another than the one this house serves first."""
    must_be_on(frozenset(codes), Chosen(village.chosen))
