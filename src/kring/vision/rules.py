"""Where a word of the guide stands in what somebody writes. No database, no Django.

The page in the browser decides in the very same way (`frontend/js/finding-words.js`); the cases in
`tests/vision/cases.json` hold both to it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

#: A word written as `probleemkind*` may go on for so many letters.
LONGEST_ENDING = 4
#: What may stand between the words of one expression: at-risk, at risk.
BETWEEN = frozenset(" \t\n\r\u00a0\u202f-\u2010\u2011'\u2019")
#: Letters that are written in several ways in Arabic, and the line that only stretches a word.
SAME_LETTERS = {"ى": "ي", "ة": "ه", "ـ": ""}
#: What is written onto the beginning of an Arabic word: and, then, with, like, for, the.
BEFORE_ARABIC = {"".join(parts) for parts in product(("", "و", "ف"), ("", "ب", "ك", "ل"), ("", "ال"))} | {
    f"{also}لل" for also in ("", "و", "ف")
}


@dataclass(frozen=True)
class Hint:
    """A word of the guide as it is looked for: its forms, and expressions in which it means something else."""

    key: str
    word: str
    kinder: str
    why: str = ""
    unless: str = ""


@dataclass(frozen=True)
class Found:
    """A word that stands somewhere in a text, with what could stand there instead."""

    start: int
    end: int
    hint: Hint
    instead: str


@dataclass(frozen=True)
class Token:
    """One written word, without accents and capitals, and where it stands."""

    word: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text."""
    found: list[Token] = []
    word, begun = "", 0
    for place, sign in [*enumerate(text), (len(text), " ")]:
        letters = _folded(sign)
        if letters is None:
            continue
        if letters:
            begun = begun if word else place
            word += letters
        elif word:
            found.append(Token(word, begun, place))
            word = ""
    return found


def _folded(sign: str) -> str | None:
    """A sign as plain small letters; nothing for what ends a word; None for what only belongs to the sign before."""
    plain = [one for one in unicodedata.normalize("NFKD", sign) if unicodedata.category(one) != "Mn"]
    small = "".join(SAME_LETTERS.get(one, one) for one in "".join(plain).lower())
    letters = "".join(one for one in small if one.isalnum())
    return letters if letters or (plain and small) else None


def forms(word: str) -> list[tuple[list[str], bool]]:
    """The forms of a word as they are written down, with commas: each its words, and whether it may go on."""
    told = ((part.strip(), part.strip().endswith("*")) for part in word.replace("،", ",").split(","))
    return [(words, goes_on) for part, goes_on in told if (words := [one.word for one in tokens(part)])]


def find(text: str, hints: Sequence[Hint], language: str) -> list[Found]:
    """Every word of the guide in a text, the longest expression first, none over another."""
    there = tokens(text)
    looked_for = [(hint, form) for hint in hints for form in forms(hint.word)]
    spared = {
        hint.key: _covered(text, there, [form for form in forms(hint.unless)], language)
        for hint in hints
        if hint.unless
    }
    found, at = [], 0
    while at < len(there):
        fits = [
            (len(form[0]), hint)
            for hint, form in looked_for
            if _stands(text, there, at, form, language)
            and not set(range(at, at + len(form[0]))) & spared.get(hint.key, set())
        ]
        if not fits:
            at += 1
            continue
        length, hint = max(fits, key=lambda one: one[0])
        start, end = there[at].start, there[at + length - 1].end
        found.append(Found(start, end, hint, _as_written(text[start:end], hint.kinder)))
        at += length
    return found


def _covered(
    text: str, there: list[Token], expressions: list[tuple[list[str], bool]], language: str
) -> set[int]:
    """The places of the words that belong to one of these expressions."""
    return {
        at + more
        for at in range(len(there))
        for form in expressions
        if _stands(text, there, at, form, language)
        for more in range(len(form[0]))
    }


def _stands(text: str, there: list[Token], at: int, form: tuple[list[str], bool], language: str) -> bool:
    """Whether this form begins at this word of the text."""
    words, goes_on = form
    if at + len(words) > len(there):
        return False
    last = len(words) - 1
    for step, word in enumerate(words):
        here = there[at + step]
        if step and not BETWEEN.issuperset(text[there[at + step - 1].end : here.start]):
            return False
        if not _same(here.word, word, goes_on and step == last, language):
            return False
    return True


def _same(written: str, word: str, goes_on: bool, language: str) -> bool:
    for before in sorted(BEFORE_ARABIC) if language == "ar" else ("",):
        rest = written[len(before) :] if written.startswith(before) else None
        if rest == word or (
            rest and goes_on and rest.startswith(word) and len(rest) - len(word) <= LONGEST_ENDING
        ):
            return True
    return False


def _as_written(written: str, kinder: str) -> str:
    """With a capital where there was one."""
    return kinder[:1].upper() + kinder[1:] if written[:1] != written[:1].lower() else kinder
