"""The register of what needs two people (D6): in plain words what will happen, who may ask and who may say yes.

The database holds who may (`78_two_people.sql`) and what is carried out (`79_carrying_out.sql`); here is how it is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kring.trust.models import Matter, Organisation, Village

WAITS = timedelta(hours=72)
LONGEST_WHY = 600
Kind = Matter.Kind

KEEPS = _("the coordinator of the family, or a contact point worker who sits with it")
OFFICER = _("a trust officer")
#: Whom it concerns gives no second yes and is not to learn that it waits: nobody is rung up about it.
FROM_AFAR = _("a trust officer who has nothing to do with the family")
ADMINISTRATOR = _("an administrator")


@dataclass(frozen=True)
class Rule:
    """One kind of matter: the sentence of what will happen, who asks, who says the second yes."""

    sentence: Promise
    asks: Promise
    seconds: Promise = OFFICER
    by_command: bool = False

    @property
    def is_quiet(self) -> bool:
        """Whether it is told to nobody but those who find it on their own page."""
        return self.seconds is FROM_AFAR


RULES: dict[str, Rule] = {
    Kind.SEALED_SEAT: Rule(
        _("%(person)s may read what is sealed here, from now on."),
        _("somebody who sits in the sealed circle"),
        _("a trust officer, or somebody else who sits in it"),
    ),
    Kind.EXPORT: Rule(_("The data of %(families)s families leave Kring in one file."), ADMINISTRATOR, by_command=True),
    Kind.AUTHORITY: Rule(
        _("%(person)s decides with authority: a plan waits for their yes, and they may stop for the family."), KEEPS, FROM_AFAR
    ),
    Kind.HOUSEHOLD: Rule(_("%(person)s becomes a guardian of this family."), KEEPS, FROM_AFAR),
    Kind.BIRTH: Rule(
        _("%(subject)s was born on %(born)s. Who decides, and who reads along, follows from it."), KEEPS, FROM_AFAR
    ),
    Kind.MERGE: Rule(
        _("%(person)s and %(other)s are one person, who stands here twice. What was written down of both comes together."),
        _("who keeps every family in which the one stands who never signed in"),
        FROM_AFAR,
    ),
    Kind.COURT_ORDER: Rule(
        _("%(target)s knows nothing of %(subject)s from now on, by a court order: not even what %(target)s wrote."), KEEPS, FROM_AFAR
    ),
    Kind.CONFLICT: Rule(
        _("%(target)s knows nothing of %(subject)s from now on, for a conflict of interest."), KEEPS, FROM_AFAR
    ),
    Kind.WITHHELD: Rule(
        _("%(target)s knows nothing of %(subject)s from now on, in the interest of the child; within six months two people look at it anew."),
        KEEPS,
        FROM_AFAR,
    ),
    Kind.EXCLUSION_ENDS: Rule(
        _("%(target)s is not left out of what is about %(subject)s any more."), KEEPS, FROM_AFAR
    ),
    Kind.FACTOR: Rule(
        _("%(person)s lost what they sign in with. The old password, app, keys and spare codes end at once, on every device; with a card they choose new ones."),
        ADMINISTRATOR,
    ),
    Kind.DANGER: Rule(
        _("%(person)s may read a family's circle for four hours when a child is in danger."),
        _("an administrator, or the lead of an organisation"),
    ),
    Kind.RESTORE: Rule(_("The backup %(backup)s takes the place of what is there now."), ADMINISTRATOR, by_command=True),
    Kind.KEPT_COPY: Rule(
        _("What the law made us keep of a family that was forgotten is opened: number %(copy)s."), ADMINISTRATOR, by_command=True
    ),
    Kind.COUNTRY: Rule(_("The rules of this country count in the village: %(country)s."), ADMINISTRATOR),
    Kind.READING: Rule(_("In this village a parent reads by themselves until the child is %(age)s."), ADMINISTRATOR),
}  # fmt: skip
#: The same kind the other way round.
WITHOUT_AUTHORITY = _("%(person)s decides without authority: no plan waits for their yes any more.")
AS_THE_COUNTRY = _("A parent reads by themselves for as long as the country says.")
GUARDIAN_NO_LONGER = _("%(person)s is no guardian of this family any more, and every place with it ends.")


def sentence(kind: str, facts: Mapping[str, Any], names: Mapping[UUID, str]) -> str:
    """What exactly happens on the second yes, in plain words; `names` by the ids that stand in `facts`."""

    def name(of: str) -> str:
        return names.get(UUID(str(facts[of])), "–") if facts.get(of) else ""

    words: Promise | str = RULES[kind].sentence
    if kind == Kind.AUTHORITY and not facts.get("authority"):
        words = WITHOUT_AUTHORITY
    elif kind == Kind.HOUSEHOLD and facts.get("change") == "goes":
        words = GUARDIAN_NO_LONGER
    elif kind == Kind.READING and facts.get("age") is None:
        words = AS_THE_COUNTRY
    sector = facts.get("sector")
    return str(words) % {
        "person": name("person"),
        "other": name("other"),
        "subject": name("subject"),
        "target": name("person")
        or name("organisation")
        or (Organisation.Sector(sector).label if sector else "–"),
        "born": date_format(date.fromisoformat(facts["born"])) if facts.get("born") else "",
        "families": facts.get("families", ""),
        "age": facts.get("age", ""),
        "backup": facts.get("backup", ""),
        "copy": facts.get("copy", ""),
        "country": Village.Country(facts["country"]).label if facts.get("country") else "",
    }


def until(facts: Mapping[str, Any]) -> datetime | None:
    """The moment at which it ends by itself, where one was said."""
    return datetime.fromisoformat(facts["until"]) if facts.get("until") else None
