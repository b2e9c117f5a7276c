"""`{% load tongues %}`: in which language people's words stand, said to a reader in their own."""

import unicodedata
from collections import Counter
from html.parser import HTMLParser
from typing import Any

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from kring.network.words import language_name
from kring.web.design.lists import listed
from kring.wraparound.rules import direction

register = template.Library()

#: Elements without an end, which hold no words.
EMPTY = frozenset(("br", "hr", "img", "input", "link", "meta", "source", "use", "path", "wbr"))
#: A name alone is in nobody's language.
WORDS = 3


class Tongues(HTMLParser):
    """Finds the languages of the words in a piece of a page; `lang=""` marks words of which nobody wrote it down."""

    def __init__(self, here: str) -> None:
        super().__init__()
        self.here, self.known, self.strange = here, set[str](), False
        self._open: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the language that begins with this element."""
        if tag not in EMPTY:
            before = self._open[-1] if self._open else None
            self._open.append(dict(attrs).get("lang", before) if tag != "option" else None)

    def handle_endtag(self, tag: str) -> None:
        """Its language ends."""
        if tag not in EMPTY and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        """Words: in a language that is known, or in letters that tell something."""
        language = self._open[-1] if self._open else None
        if language is None or not data.strip():
            return
        if language:
            self.known |= {language.split("-")[0]} - {self.here}
        elif len(data.split()) >= WORDS:
            self.strange = self.strange or in_other_letters(data, self.here)


def in_other_letters(text: str, here: str) -> bool:
    """Whether most letters are of another script than the language of the page."""
    kinds = Counter(unicodedata.name(sign, "").split(" ")[0] for sign in text if sign.isalpha())
    ours = kinds["ARABIC" if direction(here) == "rtl" else "LATIN"]
    return ours * 2 < kinds.total()


class OwnWords(Node):
    """The piece of the page as it is, and above it, for a family, in which other languages words in it stand."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """The note comes first: one knows before one tries to read."""
        inside = self.nodelist.render(context)
        viewer = context.get("viewer")
        if getattr(viewer, "works", False):
            return inside
        note = _note(inside, context.get("caring") or {}, alone=bool(context.get("alone")))
        return mark_safe(note + inside)  # noqa: S308 # two rendered templates


def _note(inside: str, caring: Any, *, alone: bool) -> str:
    found = Tongues((get_language() or "en").split("-")[0])
    found.feed(inside)
    if not (found.known or found.strange):
        return ""
    asked = caring if isinstance(caring, dict) else vars(caring)
    name = "" if asked.get("kind") == "contact point" else asked.get("name", "")
    languages = listed(sorted(language_name(code) for code in found.known))
    told = {"languages": languages, "name": name, "alone": alone}
    return render_to_string("parts/other_languages.html", told)


@register.tag
def own_words(parser: Parser, token: Token) -> OwnWords:
    """`{% own_words %}…{% endown_words %}` around what people wrote."""
    inside = parser.parse(("endown_words",))
    parser.delete_first_token()
    return OwnWords(inside)
