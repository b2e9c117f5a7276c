"""Several words in one line, joined as the reader's language joins them."""

from collections.abc import Iterable
from functools import lru_cache

from babel import Locale
from django.utils.translation import get_language

#: English as it is written in Europe: no comma before the “and”.
WRITTEN = {"en": "en_GB"}


def listed(words: Iterable[object]) -> str:
    """Words with commas and an “and”: Naima, Karim and Els."""
    *said, last = [str(word) for word in words] or [""]
    if not said:
        return last
    start, middle, end, pair = _joints(_language())
    if len(said) == 1:
        return pair.format(said[0], last)
    line = start.format(said[0], said[1])
    for word in said[2:]:
        line = middle.format(line, word)
    return end.format(line, last)


def beside(words: Iterable[object]) -> str:
    """Words with commas only: facts side by side."""
    return comma().join(str(word) for word in words)


def comma() -> str:
    """What stands between the words of a list, in the script of the page."""
    return "، " if _language() == "ar" else ", "


@lru_cache
def _joints(language: str) -> tuple[str, str, str, str]:
    """How a language joins words at the start, in the middle, at the end, and two alone, as CLDR has it."""
    joints = Locale.parse(WRITTEN.get(language, language)).list_patterns["standard"]
    return joints["start"], joints["middle"], joints["end"], joints["2"]


def _language() -> str:
    return (get_language() or "en").split("-")[0]
