"""What Kring brings along in four languages: words, practice cards, principles. A village may change all of it."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

LANGUAGES = ("nl", "fr", "en", "ar")

Row = dict[str, str]


@cache
def _listed(name: str, language: str) -> dict[str, Row]:
    text = files("kring.vision").joinpath("lists", f"{name}-{language}.json").read_text(encoding="utf-8")
    rows: list[Row] = json.loads(text)
    return {row["key"]: row for row in rows}


def words(language: str) -> dict[str, Row]:
    """Our words that help, by their key."""
    return _listed("words", language)


def practice(language: str) -> dict[str, Row]:
    """Our practice cards, by their key."""
    return _listed("practice", language)


def principles(language: str) -> dict[str, Row]:
    """Our principles, by their key."""
    return _listed("principles", language)
