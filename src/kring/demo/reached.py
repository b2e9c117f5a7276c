"""How people are reached in the demonstration: cards of colleagues, wishes of families, and what was tried."""

from datetime import time
from typing import TYPE_CHECKING
from uuid import UUID

from kring.clock import role
from kring.demo.founding import Village
from kring.messaging import attempts
from kring.messaging.attempts import Trial
from kring.messaging.usecases import told_instead
from kring.network import colleagues
from kring.network.colleagues import CardWords, Trained
from kring.trust import viewer
from kring.trust.models import ContactCard, Family, Seat
from kring.trust.usecases import reaching
from kring.trust.usecases.reaching import Wish

if TYPE_CHECKING:
    from kring.demo.village import Days

CARDS = {
    "hanne": CardWords(
        "coördinator van gezinnen", "Ik zit mee aan tafel als het moeilijk gaat, en ik ken de weg naar een tolk.",
        ("nl", "fr"), (Trained("Wraparound Care", "2023-11"),), "Linde-Noord", "0470 00 10 03",
        ("MO", "TU", "TH", "FR"), "Bel gerust; in een gesprek bel ik binnen het uur terug.",
    ),
    "noor": CardWords(
        "jeugdwerker", "Meisjes die stil worden komen bij ons vaak weer los. Kom eens mee kijken in de lounge.",
        ("nl", "ar", "zgh"), (Trained("Eerste hulp bij psychische problemen", "2025-03"),), "Linde-Noord",
        "0470 00 10 08", ("WE", "TH", "FR", "SA"), "Een berichtje werkt het best, na drie uur.",
    ),
    "ruth": CardWords(
        "leerlingenbegeleider", "Ik denk mee als een kind niet meer naar school durft. Kleine stapjes terug, samen met de ouders.",
        ("nl", "en"), (Trained("Schoolweigering en angst", "2024-10"), Trained("Verbindend gezag", "2022")), "Linde-Zuid",
        "0470 00 10 13", ("MO", "TU", "WE"), "Voor negen uur bellen.",
    ),
    "ines": CardWords(
        "huisarts", "Ik leg in gewone woorden uit wat in een medisch verslag staat.", ("nl", "fr", "ti"),
        (Trained("Werken met een tolk", "2021-05"),), "Linde-Zuid", "0470 00 10 12", ("MO", "TU", "TH"), "",
    ),
    "youssef": CardWords(
        "leerkracht wiskunde", "Ik vertaal graag bij een oudercontact, en ik help met een toets in klare taal.",
        ("nl", "ar", "fr"), (), "", "0470 00 10 07", ("MO", "TU", "WE", "TH", "FR"), "In de grote pauze.",
    ),
    "mila": CardWords(
        "jongerenadviseur", "Een jongere die met niemand wil praten? Wandelen lukt vaak wel.", ("nl", "fr"),
        (Trained("Motiverend gesprek", "2024-02"),), "Linde-Noord", "0470 00 10 11", ("TU", "WE", "FR"), "",
    ),
    "amina": CardWords(
        "netwerkcoördinator", "Ik weet wie wat doet in de wijk. Vraag het mij voor je lang zoekt.", ("nl", "fr", "ar"),
        (), "Linde-Noord", "0470 00 10 17", ("MO", "TU", "WE", "TH"), "Altijd, ook voor een kleine vraag.",
    ),
}  # fmt: skip


def live(here: Village, days: "Days") -> None:
    """Seven cards, two families who said how they like it, and a door at which nobody answered."""
    for key, words in CARDS.items():
        with viewer.acting(here.people[key], page="people", at=days.at(-30, 9)) as me:
            colleagues.write_card(words, by=me, at=days.at(-30, 9))
    _amrani(here, days)
    _osman(here, days)


def _amrani(here: Village, days: "Days") -> None:
    """Naima hears it rather than reads it, in Arabic, and not while she sleeps for the early shift."""
    said = Wish(
        channel=ContactCard.Channel.WHATSAPP, language="ar", listens=True, interpreter="Hala",
        words="Stuur mij een spraakbericht. Of kom langs na de middag, met Hala.", quiet_from=time(19),
        quiet_until=time(8), phone="0470 00 20 01", first=True,
    )  # fmt: skip
    with viewer.acting(here.people["hanne"], page="reaching", at=days.at(-26, 11)) as me:
        family = Family.objects.get(name="Gezin Amrani").pk
        naima = _seated(family, "Naima")
        reaching.wish(family, naima, said, by=me, at=days.at(-26, 11), word_of=naima)
        for trial in (
            Trial("letter", days.day(-31), words="Een brief gestuurd. Geen antwoord; mama leest Arabisch."),
            Trial("visit", days.day(-29), True, "Samen met Hala aan de poort. We dronken thee."),
        ):
            attempts.write_down(family, trial, by=me, at=days.at(-26, 12), today=days.day(-26))
    with role.for_a_while():
        told_instead(naima, None, days.at(-1, 9))


def _osman(here: Village, days: "Days") -> None:
    """Three times nobody opened; the uncle may come along."""
    with viewer.acting(here.people["tom"], page="reaching", at=days.at(-2, 17)) as me:
        family = Family.objects.get(name="Gezin Osman").pk
        for trial in (
            Trial("visit", days.day(-9), words="Niemand thuis, licht aan.", next_words="dinsdag na vijf uur"),
            Trial("visit", days.day(-6), words="De buurvrouw zegt: ze werken allebei laat."),
            Trial(
                "call",
                days.day(-2),
                words="Geen antwoord.",
                next_words="samen met oom Omar",
                next_on=days.day(2),
            ),
        ):
            attempts.write_down(family, trial, by=me, at=days.at(-2, 17), today=days.day(-2))


def _seated(family: UUID, name: str) -> UUID:
    seat = Seat.objects.get(circle__family_id=family, circle__kind="family", person__given_name=name)
    return seat.person_id
