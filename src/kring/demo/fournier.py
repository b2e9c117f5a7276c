"""The Fournier family: four months from a mother's question to "we are done for now, the door stays open"."""

from typing import TYPE_CHECKING
from uuid import UUID

from kring.demo import planning
from kring.demo.founding import Village
from kring.demo.households import Began, Beginning, begin
from kring.demo.planning import Aim, Did
from kring.intake.usecases.handing_in import Told
from kring.intake.usecases.promises import keep, promise
from kring.trust import viewer
from kring.trust.usecases.families import FamilysYes
from kring.wraparound.models import Plan
from kring.wraparound.usecases.own_pages import say
from kring.wraparound.usecases.stories import tell_story

if TYPE_CHECKING:
    from kring.demo.village import Days

CARING = {"name": "Hanne", "phone": "0470 00 10 03", "languages": "nl, fr"}
STORY = (
    "Nous sommes arrivés de Lille il y a deux ans. Théo a changé d'école deux fois et il a perdu ses copains. "
    "À la maison, les devoirs finissaient en larmes. Papy Henri est loin, mais il appelle tous les dimanches. "
    "Nous voulions retrouver des soirées calmes."
)


def live(here: Village, days: "Days") -> None:
    """A plan that did its work: two looks together, good news, and a kind end."""
    began = begin(here, _beginning(days), days.on)
    with viewer.acting(began.people["elise"], page="story", at=days.at(-110, 20)) as me:
        tell_story(began.circle.pk, STORY, language="fr", by=me, at=days.at(-110, 20))
    with viewer.acting(began.people["theo"], page="own page", at=days.at(-100, 17)) as me:
        for kind, words in (
            ("talent", "Je sais réparer les vélos et expliquer comment on fait."),
            ("helps", "Qu'on me laisse essayer d'abord."),
        ):
            say(began.own["theo"], kind, words, language="fr", by=me, at=days.at(-100, 17))
    with viewer.acting(here.people["hanne"], page="today", at=days.at(-108, 9)) as me:
        made = promise(
            began.circle.pk, what="vragen of er een plaats is in de huiswerkgroep", due_at=days.at(-101, 17),
            by=me, at=days.at(-108, 9), to_whom="Élise",
        )  # fmt: skip
        keep(made, by=me, at=days.at(-103, 15))
    plan = _plan(here, began, days)
    if planning.is_agreed(plan, here.people["hanne"], days.at(-60, 9)):
        _look_together(plan, began, here.people["hanne"], days)


def _beginning(days: "Days") -> Beginning:
    return Beginning(
        "fournier",
        Told("mon fils Théo, 10 ans", "Les devoirs finissent chaque soir en larmes. Je ne sais plus comment l'aider.",
             "Élise, 0470 00 20 09", "Élise", "parent", "myself", "fr"),
        days.at(-120, 21), days.at(-119, 9), days.at(-116, 16),
        "Mama gebeld, in het Frans. Ze wil rust in huis, en een vriend voor Théo.",
        FamilysYes("Élise", "aan de telefoon", "fr"),
        "Théo wil vrienden. Mama wil rustige avonden.",
        (
            ("hanne", "coordinator", "coördinator", 2),
            ("fatou", "professional", "bibliothecaris", 3),
        ),
        {"henri": 1},
    )  # fmt: skip


def _plan(here: Village, began: Began, days: "Days") -> Plan:
    hanne, elise = here.people["hanne"], began.people["elise"]
    plan = planning.begin_plan(
        began, hanne, [("Je veux un copain qui habite près de chez nous.", "fr", "theo"),
                       ("Des soirées sans larmes.", "fr", "")], days.at(-106, 10),
    )  # fmt: skip
    planning.write_aims(here, began, plan, hanne, _aims(days), days.at(-106, 11))
    version = planning.offer_version(plan, hanne, CARING, days.at(-105, 9))
    planning.say_yes(version, elise, "fr", days.at(-104, 20))
    planning.done("twee middagen huiswerk maken in de bib", here.people["fatou"], days.at(-90, 17),
                  "Théo legde een ander kind de breuken uit.")  # fmt: skip
    planning.done(
        "Théo zaterdag meenemen naar de fietsles", elise, days.at(-70, 12), "Il a réparé trois vélos."
    )
    planning.done(
        "elke zondag bellen over zijn week", began.people["henri"], days.at(-69, 18), "On a bien ri."
    )
    planning.good_news(began, "Théo a invité Jules à la maison.", "fr", elise, days.at(-55, 19), "theo")
    return plan


def _aims(days: "Days") -> list[Aim]:
    return [
        Aim("school", "De avonden zijn weer rustig", "Huiswerk maken gaat niet goed aan de keukentafel.", "theo", (
            Did("twee middagen huiswerk maken in de bib", "fatou", days.day(-92), "child", True,
                offer="Huiswerk in de bib"),
            Did("elke zondag bellen over zijn week", "henri", None, "child", True),
        )),
        Aim("friends", "Théo heeft een vriend in de buurt", "Hij kent hier niemand van zijn leeftijd.", "theo", (
            Did("Théo zaterdag meenemen naar de fietsles", "elise", days.day(-71), "child",
                offer="Fiets lenen en leren"),
        )),
    ]  # fmt: skip


def _look_together(plan: Plan, began: Began, hanne: UUID, days: "Days") -> None:
    """After six weeks they go on; after three months they are done for now."""
    elise = began.people["elise"]
    first = planning.look_together(plan, hanne, days.at(-60, 9))
    planning.how_it_goes(
        first, {"De avonden zijn weer rustig": "so-so", "Théo heeft een vriend in de buurt": "well"},
        "La bibliothèque.", "Que ça continue après les vacances.", elise, days.at(-58, 20), "fr",
    )  # fmt: skip
    planning.go_on(first, days.day(-14), elise, hanne, days.at(-57, 16))
    again = planning.look_together(plan, hanne, days.at(-20, 9))
    planning.how_it_goes(
        again, {"De avonden zijn weer rustig": "well", "Théo heeft een vriend in de buurt": "well"},
        "Papy Henri, Fatou, et Jules.", "On peut rappeler si ça revient ?", elise, days.at(-18, 20), "fr",
    )  # fmt: skip
    planning.done_for_now(again, elise, hanne, days.at(-12, 16))
