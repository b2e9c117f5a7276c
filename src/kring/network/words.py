"""The words of the directory as people read them: life domains, themes, days, languages."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LifeDomain(models.TextChoices):
    """The parts of a life in which help may be welcome; child and family choose the order."""

    HOME = "home", _("home")
    FRIENDS = "friends", _("friends")
    FEELINGS = "feelings", _("feelings")
    HEALTH = "health", _("health")
    LEISURE = "leisure", _("leisure time")
    LEARNING = "learning", _("learning and talents")
    SCHOOL = "school", _("school")
    MONEY = "money", _("money and papers")
    SAFETY = "safety", _("safety")
    WORK = "work", _("work and study choice")
    NEIGHBOURHOOD = "neighbourhood", _("neighbourhood")


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
    return str(reader.languages.get(code) or Locale("en").languages.get(code) or code)
