"""The Verbeke family: a grandfather brings up Nora; they stopped in the summer, and began again last week."""

from typing import TYPE_CHECKING

from kring.demo import planning
from kring.demo.founding import Village
from kring.demo.households import Began, Beginning, begin
from kring.demo.planning import Aim, Did
from kring.intake.usecases.handing_in import Told
from kring.trust import viewer
from kring.trust.usecases import withdrawals
from kring.trust.usecases.families import FamilysYes
from kring.wraparound.usecases.stories import tell_story

if TYPE_CHECKING:
    from kring.demo.village import Days

CARING = {"name": "Tom", "phone": "0470 00 10 04", "languages": "nl, en"}


def live(here: Village, days: "Days") -> None:
    """Help that ended the day they said so; now they wait at the contact point for somebody who fits."""
    began = begin(here, _beginning(days), days.on)
    roger = began.people["roger"]
    with viewer.acting(roger, page="story", at=days.at(-95, 19)) as me:
        tell_story(
            began.circle.pk,
            "Nora woont bij mij sinds ze vier is. We redden ons, met soep en met humor. "
            "Zij is goed met dieren en met oude mensen, vooral met mij.",
            language="nl", by=me, at=days.at(-95, 19),
        )  # fmt: skip
    _plan(here, began, days)
    with viewer.acting(began.people["nora"], page="stop", at=days.at(-61, 20)) as me:
        withdrawals.withdraw(began.family, by=me, at=days.at(-61, 20))
    with viewer.acting(roger, page="stop", at=days.at(-6, 11)) as me:
        withdrawals.begin_again(began.family, by=me, at=days.at(-6, 11))


def _beginning(days: "Days") -> Beginning:
    return Beginning(
        "verbeke",
        Told("mijn kleindochter, 16", "Nora wil van school. Ik wil met iemand praten die haar kent.",
             "Roger, 0470 00 20 12", "Roger", "parent", "myself", "nl"),
        days.at(-104, 15), days.at(-103, 9), days.at(-99, 14),
        "Samen aan tafel. Nora zei zelf wat ze wil en wat niet.",
        FamilysYes("Nora en Roger", "samen aan tafel", "nl"),
        "Nora wil werken met dieren. Opa wil dat ze een diploma haalt.",
        (("tom", "coordinator", "coördinator", 2),),
        {"greta": 2},
    )  # fmt: skip


def _plan(here: Village, began: Began, days: "Days") -> None:
    tom, nora = here.people["tom"], began.people["nora"]
    plan = planning.begin_plan(
        began, nora, [("Ik wil iets leren waar dieren bij zijn.", "nl", "nora")], days.at(-92, 17)
    )
    planning.write_aims(here, began, plan, tom, _aims(days), days.at(-91, 10))
    version = planning.offer_version(plan, tom, CARING, days.at(-90, 9))
    planning.say_yes(version, nora, "nl", days.at(-89, 17))
    planning.say_yes(version, began.people["roger"], "nl", days.at(-89, 18))
    planning.done(
        "een dag meelopen bij de dierenarts", nora, days.at(-75, 18), "Ik mocht een kat vasthouden."
    )


def _aims(days: "Days") -> list[Aim]:
    return [
        Aim("work", "Nora ziet hoe werken met dieren is", "Ze leert van wie het doet.", "nora", (
            Did("een dag meelopen bij de dierenarts", "nora", days.day(-76), "child", offer="Kijken op de werkvloer"),
            Did("op zondag samen de hond van Greta uitlaten", "greta", days.day(-70), "family", True),
        )),
    ]  # fmt: skip
