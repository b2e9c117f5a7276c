"""The Osman family: Milan, thirteen, leaves school out; his parents read English and French."""

from typing import TYPE_CHECKING

from kring.demo import planning
from kring.demo.founding import Village
from kring.demo.households import Began, Beginning, begin
from kring.demo.planning import Aim, Did
from kring.intake.usecases.handing_in import Told
from kring.intake.usecases.promises import keep, promise
from kring.trust import viewer
from kring.trust.models import Person
from kring.trust.usecases import exclusions
from kring.trust.usecases.families import FamilysYes
from kring.wraparound.usecases.stories import tell_story

if TYPE_CHECKING:
    from kring.demo.village import Days

CARING = {"name": "Tom", "phone": "0470 00 10 04", "languages": "nl, en"}


def live(here: Village, days: "Days") -> None:
    """A plan that waits for the father's yes, and a school that knows nothing of it."""
    began = begin(here, _beginning(days), days.on)
    with viewer.acting(began.people["milan"], page="who sees what", at=days.at(-22, 18)) as me:
        milan = Person.objects.get(pk=began.people["milan"])
        exclusions.leave_out(milan, by=me, at=days.at(-22, 18), sector="education")
    with viewer.acting(began.people["milan"], page="story", at=days.at(-21, 20)) as me:
        tell_story(
            began.circle.pk,
            "Ik maak graag dingen met mijn handen. In de klas zit ik lang stil en dan gaat het fout. "
            "Ik wil eerst zelf uitzoeken wat ik wil, zonder dat school meekijkt.",
            language="nl", by=me, at=days.at(-21, 20),
        )  # fmt: skip
    _plan(here, began, days)
    with viewer.acting(here.people["tom"], page="today", at=days.at(-15, 9)) as me:
        made = promise(
            began.circle.pk, what="uitzoeken wanneer de kijkdag op de werkvloer is", due_at=days.at(-9, 17),
            by=me, at=days.at(-15, 9), to_whom="Milan",
        )  # fmt: skip
        keep(made, by=me, at=days.at(-10, 11))


def _beginning(days: "Days") -> Beginning:
    return Beginning(
        "osman",
        Told("our son, 13", "He does not want to go to school any more. He says nobody asks what he wants.",
             "Yusuf, 0470 00 20 06", "Yusuf", "parent", "myself", "en"),
        days.at(-30, 21), days.at(-29, 9), days.at(-25, 18),
        "Milan was er zelf bij. Hij wil praten, maar niet met school erbij.",
        FamilysYes("Milan, Yusuf en Claire", "samen aan tafel", "en"),
        "Milan wil uitzoeken waar hij goed in is.",
        (
            ("tom", "coordinator", "coördinator", 2),
            ("mila", "professional", "jongerenadviseur", 2),
            ("youssef", "professional", "leerkracht", 3),
        ),
        {"omar": 1},
    )  # fmt: skip


def _plan(here: Village, began: Began, days: "Days") -> None:
    tom, milan = here.people["tom"], began.people["milan"]
    plan = planning.begin_plan(
        began, milan, [("Ik wil iets maken dat blijft.", "nl", "milan")], days.at(-18, 17)
    )
    planning.write_aims(here, began, plan, tom, _aims(days), days.at(-17, 10))
    version = planning.offer_version(plan, tom, CARING, days.at(-4, 9))
    planning.say_yes(version, milan, "nl", days.at(-3, 19))
    planning.say_yes(version, began.people["claire"], "fr", days.at(-2, 20))
    planning.done("Milan een middag in het atelier laten werken", began.people["omar"], days.at(-6, 18),
                  "Hij herstelde een wiel, helemaal alleen.")  # fmt: skip


def _aims(days: "Days") -> list[Aim]:
    return [
        Aim("work", "Milan ziet waar handen voor gebruikt worden", "Hij leert door te doen.", "milan", (
            Did("Milan een middag in het atelier laten werken", "omar", days.day(-6), "child", True),
            Did("samen een kijkdag kiezen", "milan", days.day(8), "child", False, True, "Kijken op de werkvloer"),
        )),
        Aim("feelings", "Milan heeft iemand om mee te praten", "Niet thuis en niet op school.", "milan", (
            Did("elke week een uur tijd maken", "mila", days.day(1), "child", True, offer="Een eigen mentor"),
        )),
    ]  # fmt: skip
