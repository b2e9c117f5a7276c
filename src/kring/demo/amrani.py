"""The Amrani family: Naima reads Arabic, grandmother Fatna has no phone, Samira wants to dance."""

from calendar import FRIDAY, THURSDAY, WEDNESDAY
from typing import TYPE_CHECKING

from kring.demo import meeting, planning
from kring.demo.founding import Village
from kring.demo.households import Began, Beginning, begin
from kring.demo.meeting import Promised, Spoken
from kring.demo.planning import Aim, Did
from kring.intake.models import Promise
from kring.intake.usecases.handing_in import Told
from kring.intake.usecases.promises import keep, promise
from kring.trust import viewer
from kring.trust.usecases.families import FamilysYes
from kring.wraparound.models import Note
from kring.wraparound.usecases.meetings import Call
from kring.wraparound.usecases.own_pages import say
from kring.wraparound.usecases.stories import tell_story

if TYPE_CHECKING:
    from kring.demo.village import Days

STORY = (
    "جئنا إلى هذا الحي قبل ثلاث سنوات. سميرة تحب الرقص وكانت تضحك كثيراً في المدرسة. "
    "منذ الشتاء صارت صامتة. أنا أعمل في الصباح الباكر، والجدة فاطنة تأخذ البنتين إلى المدرسة. "
    "لا أفهم الرسائل التي تأتي من المدرسة. أريد أن أعرف ما يجري، وأن تعود سميرة إلى فرحها."
)
CARING = {"name": "Hanne", "phone": "0470 00 10 03", "languages": "nl, fr"}


def live(here: Village, days: "Days") -> None:
    """From juf Lotte's concern to a third version of the plan that waits for a yes."""
    began = begin(here, _beginning(here, days), days.on)
    _tell(here, began, days)
    _plan(here, began, days)
    _met(here, began, days)
    _meets(here, began, days)
    _today(here, began, days)


def _beginning(here: Village, days: "Days") -> Beginning:
    return Beginning(
        "amrani",
        Told(
            "Samira, vierde leerjaar", "Samira is al weken stil en komt vaak te laat. Ze zegt dat ze moe is.",
            "Juf Lotte, 0470 00 10 06", "Lotte", "teacher", "not yet", "nl",
        ),
        days.at(-37, 12, 20), days.at(-36, 9), days.at(-33, 15),
        "Gesproken aan de poort, met Hala die tolkte. Mama is opgelucht dat er iemand luistert.",
        FamilysYes("Naima", "aan de poort, met een tolk", "ar", "Hala"),
        "Samira wil weer graag naar school. Mama wil de brieven van school begrijpen.",
        (
            ("hanne", "coordinator", "coördinator", 2),
            ("lotte", "professional", "juf", 2),
            ("noor", "professional", "jeugdwerker", 3),
        ),
        {"fatna": 1, "bilal": 2},
    )  # fmt: skip


def _tell(here: Village, began: Began, days: "Days") -> None:
    with viewer.acting(here.people["hanne"], page="story", at=days.at(-29, 16)) as me:
        tell_story(
            began.circle.pk, STORY, language="ar", by=me, at=days.at(-29, 16), told_by=began.people["naima"],
            how="read out", agreed_on=days.day(-29), interpreter="Hala",
        )  # fmt: skip
    with viewer.acting(began.people["samira"], page="own page", at=days.at(-20, 17)) as me:
        for kind, words in (
            ("dream", "Ik wil dansen op een echt podium."),
            ("talent", "Ik kan dansjes verzinnen die iedereen meteen kan."),
            ("helps", "Eerst even rustig zitten, dan pas praten."),
            ("not", "Niet voor de klas vragen waarom ik te laat ben."),
        ):
            say(began.own["samira"], kind, words, language="nl", by=me, at=days.at(-20, 17))


def _plan(here: Village, began: Began, days: "Days") -> None:
    hanne, naima = here.people["hanne"], began.people["naima"]
    plan = planning.begin_plan(
        began, hanne,
        [
            ("Ik wil weer met plezier naar school en op vrijdag dansen.", "nl", "samira"),
            ("أريد أن أفهم ما تكتبه المدرسة.", "ar", ""),
        ],
        days.at(-28, 10),
    )  # fmt: skip
    planning.write_aims(here, began, plan, hanne, _first_aims(days), days.at(-28, 11))
    first = planning.offer_version(plan, hanne, CARING, days.at(-27, 9))
    planning.say_yes(first, naima, "ar", days.at(-26, 20, 15))
    planning.done(
        "de brief van de schoolreis samen lezen", began.people["naima"], days.at(-21, 9), "Het ging goed."
    )
    planning.done("elke maandag vragen hoe het weekend was", here.people["lotte"], days.at(-19, 9))
    planning.done("elke maandag vragen hoe het weekend was", here.people["lotte"], days.at(-12, 9))
    planning.write_aims(here, began, plan, hanne, _second_aims(days), days.at(-14, 10))
    second = planning.offer_version(plan, hanne, CARING, days.at(-14, 11))
    planning.say_yes(second, naima, "ar", days.at(-13, 21))
    planning.write_aims(here, began, plan, hanne, _third_aims(days), days.at(-2, 10))
    planning.offer_version(plan, hanne, CARING, days.at(-2, 11))


def _first_aims(days: "Days") -> list[Aim]:
    return [
        Aim("school", "Samira komt weer graag naar school", "Ze is bang dat de klas haar uitlacht.", "samira", (
            Did("elke maandag vragen hoe het weekend was", "lotte", None, "child", True),
            Did("de klas laten vertellen waar elk kind goed in is", "lotte", days.day(4), "class"),
        )),
        Aim("home", "Mama begrijpt de brieven van school", "De brieven zijn in moeilijk Nederlands.", "", (
            Did("de brief van de schoolreis samen lezen", "naima", days.day(-20), "parents",
                offer="Moedergroep"),
            Did("brieven in eenvoudige taal sturen", "lotte", days.day(2), "teacher"),
        )),
    ]  # fmt: skip


def _second_aims(days: "Days") -> list[Aim]:
    return [
        Aim("leisure", "Op vrijdag dansen", "Dansen is haar talent.", "samira", (
            Did("de dansschool bellen over een gratis proefles", "hanne", days.day(-1), "child",
                offer="Gratis proefles dans"),
            Did("Samira vrijdag naar de Meidenlounge brengen", "bilal", days.weekday(FRIDAY), "child", True,
                offer="Meidenlounge"),
        )),
    ]  # fmt: skip


def _third_aims(days: "Days") -> list[Aim]:
    return [
        Aim("friends", "Samen koken op woensdag", "Oma leert Samira en Yara haar recepten.", "", (
            Did("op woensdag mee koken", "fatna", days.weekday(WEDNESDAY), "family", True),
            Did("Yara mee inschrijven voor het voorlezen aan huis", "naima", days.day(9), "child", False, True,
                "Voorlezen aan huis"),
        )),
    ]  # fmt: skip


def _met(here: Village, began: Began, days: "Days") -> None:
    """Five weeks of trying come together at grandmother's table."""
    hanne, lotte = here.people["hanne"], here.people["lotte"]
    naima, samira, fatna = (began.people[name] for name in ("naima", "samira", "fatna"))
    then = days.until(THURSDAY, after=-18)
    here_all = frozenset({hanne, lotte, naima, samira, fatna})
    said = Call(days.at(then, 16), "bij oma Fatna aan tafel", "Hoe gaat het met Samira op school?", "nl", "ar", here_all,
                ("Hala",))  # fmt: skip
    held = meeting.call(began, hanne, said, days.at(-22, 10))
    meeting.comes(held, [naima, lotte, fatna], days.at(-21, 12))
    meeting.bring(held, [
        Spoken(lotte, "strength", "Samira hielp een nieuw kind de weg vinden."),
        Spoken(naima, "question", "متى ترسل المدرسة رسائل أفهمها؟", "ar"),
        Spoken(fatna, "point", "Samira wil vooraan dansen op het schoolfeest."),
    ], days.at(-19, 17))  # fmt: skip
    meeting.begin(held, hanne, [hanne, lotte, naima, samira, fatna], days.at(then, 16))
    meeting.feels(held, naima, "in", "tense", "", "ar", days.at(then, 16, 5))
    meeting.feels(
        held, hanne, "in", "curious", "Mag ik iets laten zien?", "nl", days.at(then, 16, 6), whose=samira
    )
    meeting.feels(held, naima, "out", "glad", "سمعتموني.", "ar", days.at(then, 16, 58))
    meeting.end(held, hanne, [
        Promised("schrijft de brieven van school in eenvoudige taal", lotte, days.day(-6)),
        Promised("vraagt of Samira mag dansen op het schoolfeest", lotte, days.day(6)),
        Promised("we eten daarna altijd samen"),
    ], "Iedereen zag dat Samira weer lacht. Mama vertelde hoe zij vroeger naar school ging.", days.at(then, 17))  # fmt: skip
    with viewer.acting(lotte, page="promises", at=days.at(-7, 15)) as me:
        letters = Promise.objects.get(what="schrijft de brieven van school in eenvoudige taal")
        keep(letters, by=me, at=days.at(-7, 15))


def _meets(here: Village, began: Began, days: "Days") -> None:
    """And they come together again next week."""
    hanne, lotte = here.people["hanne"], here.people["lotte"]
    naima, fatna = began.people["naima"], began.people["fatna"]
    everybody = frozenset({hanne, lotte, here.people["noor"], *began.people.values()})
    said = Call(
        days.at(days.until(THURSDAY, after=4), 16),
        "in het buurthuis",
        "Samen kijken wat al lukt",
        "nl",
        "ar",
        everybody,
    )
    coming = meeting.call(began, hanne, said, days.at(-4, 11))
    meeting.comes(coming, [naima, lotte], days.at(-3, 18))
    meeting.bring(coming, [
        Spoken(lotte, "strength", "Ze steekt elke dag haar vinger op."),
        Spoken(fatna, "question", "Mag ik couscous meebrengen?"),
    ], days.at(-2, 17))  # fmt: skip


def _today(here: Village, began: Began, days: "Days") -> None:
    with viewer.acting(here.people["noor"], page="notes", at=days.at(-9, 18)) as me:
        Note.objects.create(
            circle=began.circle, author_id=me.person_id, at=days.at(-9, 18), signed="Noor",
            text="Samira bleef vandaag tot het einde en leerde twee meisjes haar dansje.",
        )  # fmt: skip
    planning.done("Samira vrijdag naar de Meidenlounge brengen", began.people["bilal"], days.at(-2, 20),
                  "Ze danste vooraan.")  # fmt: skip
    planning.good_news(began, "قرأت سميرة رسالة المدرسة معي وضحكنا معاً.", "ar", began.people["naima"],
                       days.at(-4, 19), "samira")  # fmt: skip
    planning.good_news(began, "Woensdag stonden ze alle drie in de keuken te zingen.", "nl", began.people["fatna"],
                       days.at(-1, 18))  # fmt: skip
    with viewer.acting(here.people["hanne"], page="today", at=days.at(-3, 9)) as me:
        promise(
            began.circle.pk, what="een tolk vragen voor het gesprek met juf Lotte", due_at=days.at(3, 12),
            by=me, at=days.at(-3, 9), to_whom="Naima",
        )  # fmt: skip
