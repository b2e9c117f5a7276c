"""The words of the directory as people read them: life domains, themes, days, languages."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kring.trust import chosen
from kring.trust.chosen import own_word


class LifeDomain(models.TextChoices):
    """The parts of a life in which help may be welcome; child and family choose the order."""

    HOME = "home", own_word("home")
    FRIENDS = "friends", own_word("friends")
    FEELINGS = "feelings", own_word("feelings")
    HEALTH = "health", own_word("health")
    LEISURE = "leisure", own_word("leisure time")
    LEARNING = "learning", own_word("learning and talents")
    SCHOOL = "school", own_word("school")
    MONEY = "money", own_word("money and papers")
    SAFETY = "safety", own_word("safety")
    WORK = "work", own_word("work and study choice")
    NEIGHBOURHOOD = "neighbourhood", own_word("neighbourhood")


#: Parts of life that share a picture with another word; a village's own ones have this one.
PICTURES, OWN_PICTURE = {LifeDomain.NEIGHBOURHOOD: "way"}, "help"


def is_domain(code: str) -> bool:
    """Whether a plan may speak of this part of life; one that was switched off lives on where it stands."""
    return code in LifeDomain or code in chosen.current().domains.get("own", {})


def domain_name(code: str) -> str:
    """The word for a part of life, also for one that the village added or switched off."""
    if code in LifeDomain:
        return str(LifeDomain(code).label)
    return str(chosen.current().domains.get("own", {}).get(code, code))


def picture_of(code: str) -> str:
    """The pictogram of a part of life."""
    return PICTURES.get(code, code) if code in LifeDomain else OWN_PICTURE  # type: ignore[call-overload]


def domains(kept: str = "") -> list[tuple[str, str]]:
    """The parts of life from which one chooses in this village, in its order, without those switched off.

    `kept`: one that is chosen already, and may stay so.
    """
    told = chosen.current().domains
    known = [*LifeDomain.values, *told.get("own", {})]
    order = [code for code in told.get("order", ()) if code in known]
    codes = [*order, *(code for code in known if code not in order)]
    return [(code, domain_name(code)) for code in codes if code == kept or code not in told.get("off", ())]


class Theme(models.TextChoices):
    """What an activity is about."""

    MUSIC = "music", _("music")
    NATURE = "nature", _("nature")
    SPORTS = "sports", _("sports")
    MEDIA = "media", _("media and technology")
    ART = "art", _("art and culture")
    WORLD = "world", _("the world")
    NEIGHBOURHOOD = "neighbourhood", _("the neighbourhood")


DAYS = {
    "MO": _("Monday"),
    "TU": _("Tuesday"),
    "WE": _("Wednesday"),
    "TH": _("Thursday"),
    "FR": _("Friday"),
    "SA": _("Saturday"),
    "SU": _("Sunday"),
}
HOW_OFTEN = {
    "DAILY": pgettext_lazy("how often", "every day"),
    "WEEKLY": pgettext_lazy("how often", "every week"),
    "MONTHLY": pgettext_lazy("how often", "every month"),
    "YEARLY": pgettext_lazy("how often", "every year"),
}


#: Languages whose name in the tables is long, by how people call them; "" for every reader not named.
SHORT_NAMES = {"zgh": {"": "Tamazight", "ar": "الأمازيغية"}}


def language_name(code: str) -> str:
    """A language by its name in the reader's language, or its code when nobody knows a name."""
    return _language_name(code, translation.get_language() or "en")


def english_name(code: str) -> str:
    """A language by its English name, for programs."""
    return _language_name(code, "en")


@lru_cache(maxsize=4_000)
def _language_name(code: str, reader_speaks: str) -> str:
    try:
        reader = Locale.parse(reader_speaks, sep="-")
    except (UnknownLocaleError, ValueError):
        reader = Locale("en")
    if short := SHORT_NAMES.get(code):
        return short.get(reader.language, short[""])
    return str(reader.languages.get(code) or Locale("en").languages.get(code) or code)
