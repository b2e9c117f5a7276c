"""What the fields of a package say, in the words of its reader: each its own name, each value as a person says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from babel.dates import format_time
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from kring.network.words import language_name
from kring.trust import matters
from kring.trust.models import FamilyMember, Matter
from kring.web.circle.faces import RINGS
from kring.web.design import days
from kring.web.design.lists import beside, comma
from kring.web.mine.chapters import NO_IS_SAID, NOT_IN_LINES, WORDS, WORDS_OF
from kring.web.path.words import stretch
from kring.web.people.cards import days_listed, month_said
from kring.wraparound import talents
from kring.wraparound.models import EarlierHelp, EarlierTelling
from kring.wraparound.usecases import paths


@dataclass(frozen=True)
class Fact:
    """What one field of a row says; `words` where the value alone does not tell a person what it is."""

    field: Any
    said: Any
    words: str = ""


def key_of(field: Any) -> str:
    """A field by its kind of row and its name."""
    return f"{field.model._meta.label}.{field.name}"


def name_of(field: Any) -> str:
    """A word for a field in the language of the reader; none for what only a program reads."""
    own = field.verbose_name if isinstance(field.verbose_name, Promise) else WORDS.get(field.name, "")
    return str(WORDS_OF.get(key_of(field), own)).rstrip(" :\u00a0\u202f")


def stands_in_a_line(field: Any) -> bool:
    """Whether a field is said on the card itself; of words the language shows in the words."""
    return field.name not in NOT_IN_LINES or key_of(field) in SAYS


def means_something(row: Any, field: Any) -> bool:
    """Who decides with authority is asked of those who raise a child, never of the child."""
    return not (isinstance(row, FamilyMember) and row.kind == row.Kind.CHILD and field.name == "authority")


def in_words(fact: Fact) -> str:
    """What a field says, as a person says it."""
    if fact.words:
        return fact.words
    says = SAYS.get(key_of(fact.field))
    return says(fact.said) if says else _plainly(fact.field.name, fact.said)


def _plainly(name: str, said: Any) -> str:
    language = get_language() or "en"
    if isinstance(said, bool):
        return _("yes") if said else _("no") if name in NO_IS_SAID else ""
    if isinstance(said, date | datetime):
        return days.full(_without_midnight(said), language=language)
    if isinstance(said, time):
        return str(format_time(said, "short", locale=language))
    return "" if said == 0 or isinstance(said, list | dict) else str(said)


def _without_midnight(moment: date | datetime) -> date | datetime:
    """What begins or ends with a day is said by its day."""
    local = days.local(moment)
    return local.date() if isinstance(local, datetime) and local.time() == time.min else moment


def side_by_side(words: Iterable[object], between: str = " · ") -> str:
    """Words of people and of the page in one line, each whole in its own direction, in the order of the page."""
    apart = between.join(f"\u2068{one}\u2069" for one in words if one)
    return f"\u200f{apart}" if get_language_bidi() else apart


def what_happens(matter: Matter, names: Mapping[UUID, str]) -> str:
    """The sentence to which two people said yes or no; who stands in no other place of the package has no name here."""
    told = {
        UUID(one): _("somebody whose name we do not give") for one in matter.facts.values() if is_an_id(one)
    }
    words = matters.sentence(matter.kind, matter.facts, told | dict(names))
    sentence = words[:1].upper() + words[1:]
    ends = matters.until(matter.facts)
    if ends is None:
        return sentence
    day = days.full(ends, language=get_language() or "en")
    return f"{sentence} " + _("It ends by itself on %(day)s.") % {"day": day}


def is_an_id(said: Any) -> bool:
    """Whether this is the random number of a row: it says nothing, but that a row is there."""
    try:
        return isinstance(said, str) and str(UUID(said)) == said
    except ValueError:
        return False


def _languages(said: str | Sequence[str]) -> str:
    codes = said.replace(",", " ").split() if isinstance(said, str) else said
    return beside(language_name(code) for code in codes)


def _ring(said: int) -> str:
    return str(RINGS.get(said, said))


def _trained(rows: Iterable[Mapping[str, str]]) -> str:
    return beside(
        f"{row['what']} ({month_said(row['month'])})" if row["month"] else row["what"] for row in rows
    )


def _talents(codes: list[str]) -> str:
    return beside(talents.words_of(codes))


def _whom_to_call(caring: Mapping[str, str]) -> str:
    told = (caring.get(key) for key in ("name", "role", "phone"))
    return side_by_side((*told, _languages(caring.get("languages", ""))), comma())


def _told_before(said: Mapping[str, Any]) -> str:
    """How a help was told before: what, roughly when, then each part by its name."""
    told = paths.told_before(EarlierTelling(told=said))
    parts = [
        side_by_side((EarlierHelp._meta.get_field(name).verbose_name, words), ": ")
        for name in ("who", "helped", "did_not")
        if (words := getattr(told, name))
    ]
    return "\n".join([told.what, stretch(told), *parts])


#: Values that are codes, lists or more than one thing, and how each is said.
SAYS: dict[str, Callable[[Any], str]] = {
    "intake.Concern.language": _languages,
    "network.ColleagueCard.days": days_listed,
    "network.ColleagueCard.languages": _languages,
    "network.ColleagueCard.trained": _trained,
    "trust.Account.language": _languages,
    "trust.ContactCard.language": _languages,
    "trust.Invitation.ring": _ring,
    "trust.Job.languages": _languages,
    "trust.Seat.ring": _ring,
    "wraparound.EarlierTelling.told": _told_before,
    "wraparound.Interpreter.language": _languages,
    "wraparound.Meeting.interpreter": _languages,
    "wraparound.TalentWord.talents": _talents,
    "wraparound.Version.caring": _whom_to_call,
}
