"""The Haile family: Selam hears rather than reads, Ruta translated for everybody, and one idea did not work."""

from calendar import SATURDAY
from typing import TYPE_CHECKING

from kring.demo import planning
from kring.demo.founding import Village
from kring.demo.households import Began, Beginning, begin
from kring.demo.planning import Aim, Did
from kring.intake.usecases.handing_in import Told
from kring.intake.usecases.promises import promise
from kring.trust import viewer
from kring.trust.usecases.families import FamilysYes
from kring.wraparound.models import Action, Goal, Note
from kring.wraparound.usecases import actions, remarks
from kring.wraparound.usecases.own_pages import say
from kring.wraparound.usecases.stories import tell_story

if TYPE_CHECKING:
    from kring.demo.village import Days

CARING = {"name": "Tom", "phone": "0470 00 10 04", "languages": "nl, en"}


def live(here: Village, days: "Days") -> None:
    """A plan in force that changed its way once, said openly; and a girl who need not translate any more."""
    began = begin(here, _beginning(days), days.on)
    with viewer.acting(here.people["tom"], page="story", at=days.at(-72, 16)) as me:
        tell_story(
            began.circle.pk,
            "We came with two bags. My husband drives at night. Ruta is fifteen and read every letter to us. "
            "She knows too much. I want her to be a girl again, and Daniel to sing as he did at home.",
            language="en", by=me, at=days.at(-72, 16), told_by=began.people["selam"], how="read out",
            agreed_on=days.day(-72), interpreter="Merhawit",
        )  # fmt: skip
    with viewer.acting(began.people["ruta"], page="own page", at=days.at(-64, 18)) as me:
        for kind, words in (
            ("dream", "Ik wil verpleegkundige worden, of rechter."),
            ("not", "Niet aan mij vragen wat er in de brief van mijn ouders staat."),
        ):
            say(began.own["ruta"], kind, words, language="nl", by=me, at=days.at(-64, 18))
    _plan(here, began, days)
    _it_did_not_work(here, began, days)
    with viewer.acting(here.people["tom"], page="today", at=days.at(-6, 9)) as me:
        promise(
            began.circle.pk, what="Merhawit vragen voor het oudercontact", due_at=days.at(5, 17),
            by=me, at=days.at(-6, 9), to_whom="Selam",
        )  # fmt: skip


def _beginning(days: "Days") -> Beginning:
    return Beginning(
        "haile",
        Told("Ruta, mijn buurmeisje", "Ruta blijft thuis op dagen dat haar ouders een afspraak hebben. Ze tolkt overal.",
             "0470 00 20 13", "Lea", "neighbour", "not yet", "nl"),
        days.at(-84, 10), days.at(-83, 9), days.at(-78, 11),
        "Thuis geweest, met Merhawit die tolkte. Selam hoort liever dan dat ze leest.",
        FamilysYes("Selam en Tesfay", "thuis, met een tolk", "en", "Merhawit"),
        "Ruta moet niet meer tolken. Daniel wil zingen.",
        (
            ("tom", "coordinator", "coördinator", 2),
            ("ruth", "professional", "leerlingenbegeleider", 2),
            ("jef", "professional", "muzikant", 3),
        ),
        {"lea": 2},
    )  # fmt: skip


def _plan(here: Village, began: Began, days: "Days") -> None:
    tom = here.people["tom"]
    plan = planning.begin_plan(
        began, tom, [("Ik wil op school zijn als er school is.", "nl", "ruta"), ("Ik wil in een koor.", "nl", "daniel")],
        days.at(-70, 10),
    )  # fmt: skip
    planning.write_aims(here, began, plan, tom, _aims(days), days.at(-70, 11))
    version = planning.offer_version(plan, tom, CARING, days.at(-69, 9))
    planning.say_yes(version, began.people["ruta"], "nl", days.at(-68, 18))
    planning.say_yes(version, began.people["tesfay"], "en", days.at(-67, 8))
    planning.say_yes(version, began.people["selam"], "en", days.at(-66, 15))
    planning.done("een volwassen tolk vragen voor elke afspraak", tom, days.at(-50, 11),
                  "Merhawit komt, ook voor de dokter.")  # fmt: skip
    planning.done("Daniel woensdag mee laten zingen", here.people["jef"], days.at(-31, 17), "Hij zong voor.")
    planning.good_news(began, "Ruta was drie weken na elkaar elke dag op school.", "nl", here.people["ruth"],
                       days.at(-24, 16), "ruta")  # fmt: skip


def _aims(days: "Days") -> list[Aim]:
    return [
        Aim("school", "Ruta hoeft niet meer te tolken", "Ze mist les om te vertalen.", "ruta", (
            Did("een volwassen tolk vragen voor elke afspraak", "tom", days.day(-52), "parents"),
            Did("elke week een app met de andere ouders", "tesfay", days.day(-45), "parents", True),
        )),
        Aim("leisure", "Daniel zingt", "Zingen deed hij thuis de hele dag.", "daniel", (
            Did("Daniel woensdag mee laten zingen", "jef", days.day(-33), "child", True, offer="Muziek zonder noten"),
        )),
    ]  # fmt: skip


def _it_did_not_work(here: Village, began: Began, days: "Days") -> None:
    """The group of parents by telephone was too fast to follow; now there is coffee, and Ruta still sees it otherwise."""
    tom, ruta = here.people["tom"], began.people["ruta"]
    with viewer.acting(tom, page="plan", at=days.at(-28, 10)) as me:
        actions.drop_action(
            Action.objects.select_related("goal__plan").get(what="elke week een app met de andere ouders"),
            by=me, at=days.at(-28, 10),
        )  # fmt: skip
        Note.objects.create(
            circle=began.circle, author_id=me.person_id, at=days.at(-28, 10), signed="Tom",
            text="De groep per telefoon lukte niet: te veel, te snel, alleen tekst. We proberen koffie aan een tafel.",
        )  # fmt: skip
        goal = Goal.objects.select_related("plan").get(aim="Ruta hoeft niet meer te tolken")
        coffee = Did(
            "zaterdag mee koffie drinken in het buurthuis", "lea", days.weekday(SATURDAY), "parents", True
        )
        planning.add_step(here, began, goal, coffee, me, days.at(-28, 11))
    with viewer.acting(ruta, page="plan", at=days.at(-27, 19)) as me:
        remarks.remark("goal", goal.pk, "Ik wil soms wel tolken. Maar dan vraag je het aan mij.",
                       language="nl", by=me, at=days.at(-27, 19))  # fmt: skip
