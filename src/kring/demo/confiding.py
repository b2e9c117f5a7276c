"""What three young people of the village told one person alone, each in a different way."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from kring.confidences.usecases import answering, menu, telling_them, tellings, wording
from kring.demo.founding import Village
from kring.trust import viewer
from kring.trust.models import Circle, FamilyMember

if TYPE_CHECKING:
    from kring.demo.village import Days

KEY = UUID("6f0d5a0e-0f7a-4a53-9c55-3b1f2f4a7c10")


def live(here: Village, days: "Days") -> None:
    """Milan tells Mila and she answers; Lise tells Hanne something new; Samira tells Noor at the table."""
    _menu(here, days)
    milan = _child(here.people["tom"], "Milan")
    told = _tell(milan, here.people["mila"], days.at(-5, 20),
                 "Ik slaap slecht. Ik denk de hele nacht aan school. Thuis zeg ik dat het goed gaat.")  # fmt: skip
    _add(here.people["mila"], told, days.at(-4, 9),
         "Dank je dat je het vertelt. Kom je donderdag na vier uur langs? Dan zoeken we samen één ding dat helpt.")  # fmt: skip
    _add(milan, told, days.at(-4, 17), "Ja. Ik kom met de fiets. Zoek jij uit of school het begrijpt?")
    _answers_soon(here.people["mila"], told, days)
    _worded(here, milan, told, days)
    lise = _child(here.people["hanne"], "Lise")
    _tell(
        lise,
        here.people["hanne"],
        days.at(-1, 21),
        "Ik wil iets vragen over papa, maar niet met iedereen erbij.",
    )
    samira = _child(here.people["noor"], "Samira")
    at = days.at(-3, 16)
    with viewer.acting(here.people["noor"], page="confidence", at=at) as me:
        tellings.write_down_together(
            samira, "Op de speelplaats zeggen ze dat ik raar praat. Ik wil dat het stopt, en dat mama niet schrikt.",
            read_back=True, safety=False, secrecy=False, key=_key(at), by=me, at=at,
        )  # fmt: skip


def _answers_soon(mila: UUID, told: UUID, days: "Days") -> None:
    """Mila says until when she knows it: the second of the days she could choose."""
    at = days.at(0, 8)
    with viewer.acting(mila, page="confidence", at=at) as me:
        tellings.open_up(told, by=me, at=at)
        answering.say(told, answering.to_choose(days.on, me.country)[1], today=days.on, by=me, at=at)


def _menu(here: Village, days: "Days") -> None:
    """Amina puts on the menu whom every young person can ask."""
    at = days.at(-40, 11)
    with viewer.acting(here.people["amina"], page="menu of the village", at=at) as me:
        for key, kind in (("mila", "advice"), ("noor", "youth work"), ("ruth", "counselling"), ("tom", "mediation"),
                          ("jef", "mentoring")):  # fmt: skip
            menu.put(here.jobs[key], kind, by=me, at=at)


def _worded(here: Village, milan: UUID, told: UUID, days: "Days") -> None:
    """What Mila may tell his father, in Milan's words; what he wants to reach; and who gets letters about him."""
    at = days.at(-4, 18)
    with viewer.acting(here.people["mila"], page="confidence", at=at) as me:
        row = wording.propose(told, "papa", "Milan slaapt slecht door school.", key=_key(at), by=me, at=at)
    with viewer.acting(milan, page="confidence", at=days.at(-3, 17)) as me:
        wording.answer(
            row, "otherwise", words="Milan is moe. Hij zoekt met Mila wat helpt.", by=me, at=days.at(-3, 17)
        )
        wording.want(told, "Drie nachten na elkaar slapen.", key=_key(at), by=me, at=days.at(-3, 17))
    with viewer.acting(milan, page="own page", at=days.at(-3, 18)) as me:
        own = Circle.objects.get(kind=Circle.Kind.OWN, subject_id=milan)
        telling_them.say(own, "school", "meetings", False, by=me, at=days.at(-3, 18))


def _child(who: UUID, name: str) -> UUID:
    with viewer.acting(who, page="family"):
        return FamilyMember.objects.get(kind="child", person__given_name=name).person_id


def _key(at: datetime) -> UUID:
    return uuid5(KEY, at.isoformat())


def _tell(who: UUID, hearer: UUID, at: datetime, words: str) -> UUID:
    with viewer.acting(who, page="confidence", at=at) as me:
        return tellings.tell(hearer, words, safety=False, key=_key(at), by=me, at=at)


def _add(who: UUID, confidence: UUID, at: datetime, words: str) -> None:
    with viewer.acting(who, page="confidence", at=at) as me:
        tellings.open_up(confidence, by=me, at=at)
        tellings.add(confidence, words, key=_key(at), by=me, at=at)
