"""The path of the Amrani family, how Lise learns best, and what people see in Samira and Lise."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import translation

from kring.demo.founding import Village
from kring.demo.planning import MINUTE
from kring.trust import viewer
from kring.trust.models import Circle, FamilyMember
from kring.trust.usecases.showing import show_to, who_sits
from kring.wraparound.models import EarlierHelp, LearningSheet, TalentWord
from kring.wraparound.rough_time import RoughTime
from kring.wraparound.usecases import learning, paths, talents
from kring.wraparound.usecases.learning import Held, SheetWords
from kring.wraparound.usecases.paths import Told
from kring.wraparound.usecases.talents import Seen

if TYPE_CHECKING:
    from kring.demo.village import Days


def live(here: Village, days: "Days") -> None:
    """Mother and coordinator rebuild the path; Ruth writes how Lise learns best; the teacher is asked and answers."""
    _path(here, days)
    _learning(here, days)
    _talents(here, days)


def _family(who: UUID, name: str) -> tuple[UUID, dict[str, UUID]]:
    """The circle of a family and its people by first name, as somebody of the circle knows them."""
    with viewer.acting(who, page="family"):
        members = FamilyMember.objects.filter(family__name=name).select_related("person")
        people = {member.person.given_name: member.person_id for member in members}
        return Circle.objects.get(kind=Circle.Kind.FAMILY, family__name=name).pk, people


def _path(here: Village, days: "Days") -> None:
    hanne, year = here.people["hanne"], days.on.year
    circle, people = _family(hanne, "Gezin Amrani")
    samira, naima = people["Samira"], people["Naima"]
    at = days.at(-12, 19)
    _tell(circle, naima, at, [
        (Told("دروس اللغة للأم", RoughTime(year - 3, "autumn"), RoughTime(year - 2, "summer"),
              who="Buurthuis Onder de Linde", helped="كنا نضحك معاً، وكانت يارا تأتي معي.",
              did_not="كان الدرس في الصباح وأنا أعمل.", language="ar"), None, False),
        (Told("أحاديث مع الطبيبة بعد السفر", RoughTime(year - 3, "winter"), RoughTime(year - 3, "spring"),
              who="Huisartsen De Brug", helped="كانت تستمع من دون أن تنظر إلى الساعة.", language="ar"), None, True),
    ])  # fmt: skip
    _tell(circle, hanne, days.at(-12, 20), [
        (Told("logopedie", RoughTime(year - 2, "spring"), RoughTime(year - 1), who="een logopediste op school",
              helped="Spelletjes met woorden. Samira mocht zelf kiezen.",
              did_not="Na een jaar stopte het. Niemand zei waarom.", language="nl"), samira, False),
        (Told("huiswerkklas", RoughTime(year - 1, "autumn"), None, True, "Basisschool De Wilg",
              "Bilal komt soms mee.", "", "nl"), samira, False),
    ])  # fmt: skip
    with viewer.acting(naima, page="path", at=days.at(-11, 20)) as me, translation.override("nl"):
        row = EarlierHelp.objects.get(what="logopedie")
        paths.ask_for_papers(
            row, "report", due_at=days.at(5, 16), person_id=hanne, to_whom="Naima", by=me, at=days.at(-11, 20)
        )


def _tell(circle: UUID, who: UUID, at: datetime, helps: Sequence[tuple[Told, UUID | None, bool]]) -> None:
    """Somebody of the cast tells of earlier help."""
    for number, (told, child, near) in enumerate(helps):
        moment = at + number * MINUTE
        with viewer.acting(who, page="path", at=moment) as me:
            paths.add_help(Circle.objects.get(pk=circle), told, child=child, near=near, by=me, at=moment)


def _learning(here: Village, days: "Days") -> None:
    ruth = here.people["ruth"]
    circle, people = _family(ruth, "Gezin De Wit")
    best = "Ik leer het best als ik eerst mag kijken hoe het moet, en het dan zelf probeer. Met muziek aan."
    at = days.at(-9, 15)
    with viewer.acting(ruth, page="learning", at=at) as me:
        held = Held("interview", days.day(-9), "Drie gesprekken en een namiddag samen werken. Lise onthoudt wat ze "
                    "ziet en doet. Lange teksten houdt ze vol als ze er een tekening bij maakt.", "nl")  # fmt: skip
        learning.write_learning(
            Circle.objects.get(pk=circle), people["Lise"], held,
            [
                SheetWords("child", best, "Maak een tekening bij een lange tekst.", "", "nl"),
                SheetWords("parents", best, "Laat haar uitleggen wat ze leerde, bij het koken.",
                           "Jullie kinderen weten dat ze altijd mogen bellen. Dat geeft rust.", "nl"),
                SheetWords("teacher", best, "Geef één opdracht tegelijk, en laat haar tekenen bij het luisteren.",
                           "", "nl"),
            ],
            by=me, at=at,
        )  # fmt: skip
    with viewer.acting(people["Lise"], page="who sees", at=days.at(-8, 18)) as me:
        sheet = LearningSheet.objects.get(for_whom="parents")
        family: UUID = Circle.objects.get(pk=circle).family_id  # type: ignore[assignment]
        chosen = who_sits(sheet.circle_id, days.at(-8, 18)) | {people["Sarah"]}
        show_to([sheet], chosen, family_id=family, by=me, at=days.at(-8, 18))


def _talents(here: Village, days: "Days") -> None:
    lotte = here.people["lotte"]
    circle, people = _family(lotte, "Gezin Amrani")
    samira = people["Samira"]
    with viewer.acting(people["Naima"], page="learning", at=days.at(-8, 19)) as me:
        talents.ask(
            Circle.objects.get(pk=circle), samira, lotte, due_at=days.at(-1, 16), by=me, at=days.at(-8, 19)
        )
    words = (
        (lotte, Seen("Bij het groepswerk vraagt ze wie nog niets gezegd heeft.", "Ze maakt plaats voor anderen.",
                     ("watches",), "nl"), days.at(-6, 12)),
        (here.people["noor"], Seen("Ze deed haar dansje drie keer voor, tot iedereen mee kon.", "",
                                   ("leads", "stays"), "nl"), days.at(-1, 17)),
    )  # fmt: skip
    for who, seen, at in words:
        with viewer.acting(who, page="learning", at=at) as me:
            talents.name_talent(Circle.objects.get(pk=circle), samira, seen, by=me, at=at)
    with viewer.acting(samira, page="own page", at=days.at(-5, 17)) as me:
        own = Circle.objects.get(kind=Circle.Kind.OWN, subject_id=samira)
        word = TalentWord.objects.select_related("author").get(author_id=lotte)
        with translation.override("nl"):
            talents.answer(own, word, "kept", language="nl", by=me, at=days.at(-5, 17))
