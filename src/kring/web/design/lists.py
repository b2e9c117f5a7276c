"""Several words in one line, joined as the reader's language joins them."""

from collections.abc import Iterable

from babel.lists import format_list
from django.utils.translation import get_language

#: English as it is written in Europe: no comma before the “and”.
WRITTEN = {"en": "en_GB"}


def listed(words: Iterable[object]) -> str:
    """Words with commas and an “and”: Naima, Karim and Els."""
    language = _language()
    return format_list([str(word) for word in words], locale=WRITTEN.get(language, language))


def beside(words: Iterable[object]) -> str:
    """Words with commas only: facts side by side."""
    return comma().join(str(word) for word in words)


def comma() -> str:
    """What stands between the words of a list, in the script of the page."""
    return "، " if _language() == "ar" else ", "


def _language() -> str:
    return (get_language() or "en").split("-")[0]
