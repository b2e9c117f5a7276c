"""Faces without photographs: a letter, a colour and a shape."""

from typing import Any

from django.utils.safestring import mark_safe

KINDS = ("family", "natural", "professional", "child", "nobody")
ARTICLE = "ال"

MARK = mark_safe(
    '<path class="mark-ring" d="M33.3 7.8A18 18 0 1 1 28.6 4.2" stroke-width="1.5"/>'
    '<path class="mark-ring" d="M7.5 24.4A13.3 13.3 0 1 1 10.5 29.3" stroke-width="1.8"/>'
    '<path class="mark-ring" d="M24.7 27.5A8.8 8.8 0 1 1 28.2 23.3" stroke-width="2"/>'
    '<circle class="mark-person" cx="31.1" cy="5.8" r="1.9"/>'
    '<circle class="mark-person" cx="8.7" cy="27" r="2"/>'
    '<circle class="mark-person" cx="26.7" cy="25.7" r="2"/>'
    '<circle class="mark-sun" cx="20" cy="20" r="4.9"/>'
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
