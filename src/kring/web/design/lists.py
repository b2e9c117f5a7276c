"""Several words in one line, joined as the reader's language joins them."""

from collections.abc import Iterable

from babel import UnknownLocaleError
from babel.lists import format_list
from django.utils.translation import get_language

COMMAS = {"ar": "، "}


def listed(words: Iterable[object]) -> str:
    """Words with commas and an “and”."""
    told = [str(word) for word in words]
    if len(told) < 2:
        return "".join(told)
    try:
        return format_list(told, locale=(get_language() or "en").replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return beside(told)


def beside(words: Iterable[object]) -> str:
    """Words with commas only: facts side by side."""
    return COMMAS.get((get_language() or "en")[:2], ", ").join(str(word) for word in words)
