"""Faces without photographs: a letter, a colour and a shape."""

from typing import Any

from django.utils.safestring import mark_safe

KINDS = ("family", "natural", "professional", "child", "nobody")
ARTICLE = "ال"

MARK = mark_safe(  # noqa: S308 - a constant of ours
    '<path class="mark-ring" d="M30.7 5.9A17.7 17.7 0 1 1 25.2 3.1" stroke-width="1.9" stroke-linecap="round"/>'
    '<path class="mark-ring" d="M9.5 26.2A12.2 12.2 0 1 1 13.8 30.5" stroke-width="2.3" stroke-linecap="round"/>'
    '<circle class="mark-person" cx="28.2" cy="4.3" r="2.1"/><circle class="mark-person" cx="11.4" cy="28.7" r="2.3"/>'
    '<circle class="mark-sun" cx="20" cy="20" r="6.7"/>'
)


def name_of(person: Any) -> str:
    """The name of a person, of a dictionary, or the text itself."""
    if isinstance(person, str):
        return person
    if isinstance(person, dict):
        return str(person.get("name", ""))
    return str(getattr(person, "name", person))


def kind_of(person: Any, kind: str) -> str:
    """How the face is drawn: the person's own kind, else the one asked for."""
    own = person.get("kind", "") if isinstance(person, dict) else getattr(person, "kind", "")
    return next((word for word in (own, kind) if word in KINDS), "")


def letter(name: str) -> str:
    """The first letter; an Arabic article is passed over."""
    name = name.strip()
    if name.startswith(ARTICLE) and len(name) > len(ARTICLE):
        name = name[len(ARTICLE) :]
    first = next((sign for sign in name if sign.isalnum()), "·")
    return first.upper()
