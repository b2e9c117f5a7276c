"""The demonstration village: four months of life, the same on every machine, counted back from one day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, gettext_lazy

from kring.demo import (
    amrani,
    confiding,
    correcting,
    danger,
    desk,
    dewit,
    directory,
    founding,
    fournier,
    haile,
    handing_over,
    interpreting,
    keeping,
    learning,
    one_person,
    osman,
    reached,
    town,
    two_people,
    verbeke,
    watching,
    words,
)
from kring.demo.cast import HOUSEHOLDS, PARTNERS, PROFESSIONALS, VILLAGE
from kring.trust import viewer
from kring.trust.models import Village
from kring.wraparound.models import Version
from kring.wraparound.usecases.versions import answers_to

FIRST_DAY = 125


@dataclass(frozen=True)
class Days:
    """Moments counted from the day of the play, in the village's own time."""

    on: date

    def at(self, days: int, hour: int = 10, minute: int = 0) -> datetime:
        """The moment so many days from the day of the play."""
        return datetime.combine(self.day(days), time(hour, minute), ZoneInfo(VILLAGE["timezone"]))

    def day(self, days: int) -> date:
        """The day so many days from the day of the play."""
        return self.on + timedelta(days=days)

    def weekday(self, weekday: int, *, after: int = 1) -> date:
        """The first such weekday (Monday is 0) from so many days on, for steps that name their day."""
        first = self.day(after)
        return first + timedelta(days=(weekday - first.weekday()) % 7)

    def until(self, weekday: int, *, after: int) -> int:
        """How many days it is until that weekday."""
        return (self.weekday(weekday, after=after) - self.on).days


def load(*, on: date, tell: Callable[[str], None] = print) -> None:
    """Build the village, once; a second time changes nothing."""
    if Village.objects.filter(slug=VILLAGE["slug"]).exists():
        return
    days = Days(on)
    here = founding.found(days.at(-FIRST_DAY, 9))
    for life in (amrani, dewit, osman, fournier, haile, verbeke):
        life.live(here, days)
    desk.live(here, days)
    words.live(here, days)
    interpreting.live(here, days)
    learning.live(here, days)
    confiding.live(here, days)
    handing_over.live(here, days)
    danger.live(here, days)
    correcting.live(here, days)
    two_people.live(here, days)
    one_person.live(here)
    directory.live(here, days)
    town.live(here, days.at(-60))
    reached.live(here, days)
    keeping.live(here, days)
    watching.live(here, days)
    tell(f"{len(PARTNERS)} partners, {len(PROFESSIONALS)} professionals, {len(HOUSEHOLDS)} families")


@dataclass(frozen=True)
class Shown:
    """A member of the cast on the page where one can be anybody."""

    id: UUID
    name: str
    group: str
    kind: str
    sentence: str
    language: str = ""


@dataclass(frozen=True)
class Waiting:
    """A version of the Amrani plan that waits for the mother's yes, and who may make her a link to it."""

    version_id: UUID
    person_id: UUID
    maker_id: UUID


def waiting_yes() -> Waiting | None:
    """What a visitor can say yes to as the mother on her telephone, while it waits."""
    if not Village.objects.filter(slug=VILLAGE["slug"]).exists():
        return None
    ids = _ids()
    maker, mother = ids.get(("Hanne", "Maes")), ids.get(("Naima", "Gezin Amrani"))
    if maker is None or mother is None:
        return None
    with viewer.acting(maker, page="approval"):
        waiting = Version.objects.filter(
            stage=Version.Stage.WAITING, plan__family__name="Gezin Amrani"
        ).first()
        asked = answers_to(waiting.pk) if waiting else []
    if waiting is None or all(one.person_id != mother or one.answer == "yes" for one in asked):
        return None
    return Waiting(waiting.pk, mother, maker)


STAFF = gettext_lazy("People who work in the village")


def people() -> list[Shown]:
    """Everybody one can be, families first. Asked by the demonstration only, past the policies' eyes."""
    ids = _ids()
    shown = []
    for family in HOUSEHOLDS:
        for key, name, language, told in [
            *((c.key, c.given_name, "nl", c.told) for c in family.children),
            *((e.key, e.given_name, e.language, e.told) for e in family.elders),
        ]:
            if found := ids.get((name, family.name)):
                kind = "natural" if any(e.key == key and not e.guardian for e in family.elders) else "family"
                shown.append(Shown(found, name, family.name, kind, gettext(told), language))
    for professional in PROFESSIONALS:
        if found := ids.get((professional.given_name, professional.surname)):
            name = f"{professional.given_name} {professional.surname}"
            shown.append(Shown(found, name, str(STAFF), "professional", gettext(professional.told)))
    return shown


def _ids() -> dict[tuple[str, str], UUID]:
    """Persons of the demonstration by first name and family, or first name and surname."""
    from django.db import connections, transaction

    with transaction.atomic(using="migrator"), connections["migrator"].cursor() as cursor:
        cursor.execute("SET LOCAL ROLE kring_gatekeeper")
        cursor.execute(
            "SELECT p.id, p.given_name, coalesce(f.name, p.surname) FROM trust_person p "
            "JOIN trust_village v ON v.id = p.village_id AND v.slug = %s "
            "LEFT JOIN LATERAL (SELECT fam.name FROM trust_seat s JOIN trust_circle c ON c.id = s.circle_id "
            "JOIN trust_family fam ON fam.id = c.family_id WHERE s.person_id = p.id AND s.job_id IS NULL LIMIT 1) f "
            "ON true",
            [VILLAGE["slug"]],
        )
        return {(given, group): person for person, given, group in cursor.fetchall()}
