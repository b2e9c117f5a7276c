"""The De Wit family: two homes; Lise, fourteen, lets her father know nothing about her, and he cannot tell."""

from calendar import WEDNESDAY
from typing import TYPE_CHECKING
from uuid import UUID

from kring.demo import planning
from kring.demo.founding import Village
from kring.demo.households import Began, Beginning, begin
from kring.demo.planning import Aim, Did
from kring.intake.usecases.handing_in import Told
from kring.intake.usecases.promises import promise
from kring.trust import viewer
from kring.trust.models import Family, Person
from kring.trust.usecases import exclusions, homes
from kring.trust.usecases.families import FamilysYes
from kring.wraparound.models import Plan
from kring.wraparound.usecases.stories import tell_story

if TYPE_CHECKING:
    from kring.demo.village import Days

CARING = {"name": "Hanne", "phone": "0470 00 10 03", "languages": "nl, fr"}


def live(here: Village, days: "Days") -> None:
    """A plan in force, two homes, one silent exclusion, and a promise that broke yesterday."""
    began = begin(here, _beginning(days), days.on)
    _homes(began, days)
    with viewer.acting(began.people["lise"], page="who sees what", at=days.at(-40, 19)) as me:
        lise = Person.objects.get(pk=began.people["lise"])
        exclusions.leave_out(lise, by=me, at=days.at(-40, 19), person_id=began.people["dirk"])
    with viewer.acting(began.people["sarah"], page="story", at=days.at(-41, 20)) as me:
        tell_story(
            began.circle.pk,
            "We wonen sinds de zomer op twee plaatsen. Jonas mist zijn vrienden uit de oude straat. "
            "We zorgen goed voor elkaar. Dat hoeft niet altijd dezelfde te doen.",
            language="nl", by=me, at=days.at(-41, 20),
        )  # fmt: skip
    _plan(here, began, days)
    with viewer.acting(here.people["hanne"], page="today", at=days.at(-5, 9)) as me:
        promise(
            began.circle.pk, what="de judoclub bellen over de eerste avond van Jonas", due_at=days.at(-1, 17),
            by=me, at=days.at(-5, 9), to_whom="Sarah", subject_id=began.people["jonas"],
        )  # fmt: skip


def _beginning(days: "Days") -> Beginning:
    return Beginning(
        "dewit",
        Told("Jonas, 1B", "Jonas is moe. Hij zegt dat hij voor zijn broertje van de buren zorgt en slecht slaapt.",
             "Karin, 0470 00 10 05", "Karin", "teacher", "yes", "nl"),
        days.at(-48, 11), days.at(-47, 9), days.at(-44, 14),
        "Mama aan de telefoon. Ze wil graag meepraten, ook over Lise.",
        FamilysYes("Sarah", "aan de telefoon", "nl"),
        "Jonas wil slapen en spelen. Iedereen wil ook eens niets moeten.",
        (
            ("hanne", "coordinator", "coördinator", 2),
            ("bram", "professional", "judotrainer", 3),
            ("ruth", "professional", "leerlingenbegeleider", 3),
        ),
        {"rita": 2},
    )  # fmt: skip


def _homes(began: Began, days: "Days") -> None:
    for key, name, address in (
        ("sarah", "bij mama", "Lindestraat 12, bus 3"),
        ("dirk", "bij papa", "Havenkaai 40"),
    ):
        with viewer.acting(began.people[key], page="home", at=days.at(-42, 20)) as me:
            homes.add(Family.objects.get(pk=began.family), name, by=me, at=days.at(-42, 20), address=address)


def _plan(here: Village, began: Began, days: "Days") -> None:
    hanne, lise = here.people["hanne"], began.people["lise"]
    plan = planning.begin_plan(
        began, hanne, [("Ik wil op dinsdag naar de judo.", "nl", "jonas"), ("Ik wil tijd voor mezelf.", "nl", "lise")],
        days.at(-38, 10),
    )  # fmt: skip
    planning.write_aims(here, began, plan, hanne, _aims(days), days.at(-38, 11))
    version = planning.offer_version(plan, hanne, CARING, days.at(-37, 9))
    for person in (began.people["sarah"], began.people["dirk"], lise):
        planning.say_yes(version, person, "nl", days.at(-35, 20))
    planning.done(
        "een vast uur kiezen om te slapen", began.people["sarah"], days.at(-20, 21), "Lukt op schooldagen."
    )
    if planning.is_agreed(plan, hanne, days.at(-18, 9)):
        _look_together(plan, began, hanne, days)


def _look_together(plan: Plan, began: Began, hanne: UUID, days: "Days") -> None:
    """A first short look went well; now it is time again, and Sarah has said how it goes."""
    sarah = began.people["sarah"]
    first = planning.look_together(plan, hanne, days.at(-18, 9))
    planning.how_it_goes(
        first, {"Jonas slaapt genoeg": "so-so", "Jonas gaat naar de judo": "well"},
        "Hetzelfde uur in twee huizen.", "Even wachten met nieuwe stappen.", sarah, days.at(-17, 20),
    )  # fmt: skip
    planning.go_on(first, days.day(-1), sarah, hanne, days.at(-16, 16))
    again = planning.look_together(plan, hanne, days.at(-4, 9))
    planning.how_it_goes(
        again, {"Jonas slaapt genoeg": "well", "Jonas gaat naar de judo": "well"},
        "Rita gaat mee tot aan de deur.", "Dat het vaste uur ook in de vakantie blijft.", sarah, days.at(-2, 21),
    )  # fmt: skip


def _aims(days: "Days") -> list[Aim]:
    return [
        Aim("health", "Jonas slaapt genoeg", "Hij slaapt in twee huizen op een ander uur.", "jonas", (
            Did("een vast uur kiezen om te slapen", "sarah", days.day(-21), "parents"),
            Did("hetzelfde uur houden", "dirk", days.day(6), "parents", True),
        )),
        Aim("leisure", "Jonas gaat naar de judo", "Bewegen maakt hem rustig.", "jonas", (
            Did("de eerste drie avonden meegaan", "rita", days.day(2), "child", True,
                offer="Eerste keren judo met iemand mee"),
        )),
        Aim("friends", "Lise heeft een avond voor zichzelf", "Ze zorgt veel voor haar broer.", "lise", (
            Did("op woensdag bij haar vriendin eten", "lise", days.weekday(WEDNESDAY), "child", True),
            Did("op woensdag bij Jonas blijven", "rita", days.weekday(WEDNESDAY), "family", True),
        )),
    ]  # fmt: skip
