"""Words and their light stems in Dutch, French, English and Arabic: one text may hold all four.

Nobody says in which language an offer is written, and many are written in two. So each word gets the stem it would
have in each language, and one that fits is enough. The stems need not be words; they need to be the same for forms
of the same word: `klassen` and `klas`, `devoirs` and `devoir`, `dancing` and `dance`, `الواجبات` and `واجب`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kring.network import rules

SHORTEST_STEM = 3
SHORTEST_BEFORE_ONE_LETTER = 4
"""A single letter is taken away from longer words only: `klas` and `lees` are whole."""

LONGEST_WORD = 40

_ELIDED = re.compile(r"(?<![^\W\d_])(?:[cdjlmnst]|qu|jusqu|lorsqu)['’](?=[^\W\d_])", re.IGNORECASE)
_TWICE = re.compile(r"([^\W\d])\1+")
_ARABIC = re.compile("[\u0621-\u064a]")

_DUTCH = (
    ("ingen", ""), ("tjes", ""), ("tje", ""), ("jes", ""), ("ing", ""), ("je", ""), ("en", ""), ("es", ""),
    ("s", ""), ("e", ""),
)  # fmt: skip
_FRENCH = (
    ("ements", ""), ("ement", ""), ("eaux", "eau"), ("aux", "al"), ("ees", ""), ("ee", ""), ("es", ""), ("er", ""),
    ("ez", ""), ("s", ""), ("x", ""), ("e", ""),
)  # fmt: skip
_ENGLISH = (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", ""))
_ARABIC_BEFORE = ("وال", "بال", "كال", "فال", "ال", "لل")
_ARABIC_AFTER = ("ات", "ون", "ين", "ان", "ها", "هم", "يه", "ه", "ي")

_LITTLE = """
a aan au aux an and at avec bij dans de des die dit du een en et for het ik in is je la le les met mijn mon naar of om
on op ou pour que sur te the to un une van voor with zijn في من على الى عن مع او و
"""
LITTLE_WORDS = frozenset(_LITTLE.split())
"""Words that narrow no question: somebody who types `aide pour les devoirs` asks for `aide devoirs`."""


def words_of(text: str) -> list[str]:
    """The folded words of a text in their order; `l'école` is `ecole`."""
    return [word[:LONGEST_WORD] for word in rules.fold(_ELIDED.sub(" ", text)).split()]


@lru_cache(maxsize=20_000)
def stems(word: str) -> frozenset[str]:
    """The stems a folded word may have; never the empty one."""
    if word.isdigit():
        return frozenset()
    if _ARABIC.search(word):
        return frozenset({_arabic(word)})
    return frozenset(_squeezed(_cut(word, endings)) for endings in (_DUTCH, _FRENCH, _ENGLISH))


def _cut(word: str, endings: tuple[tuple[str, str], ...]) -> str:
    """The word with its longest known ending taken away or replaced."""
    for ending, instead in endings:
        shortest = SHORTEST_BEFORE_ONE_LETTER if len(ending) == 1 else SHORTEST_STEM
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            return word[: len(word) - len(ending)] + instead
    return word


def _squeezed(stem: str) -> str:
    """Open and closed syllables alike: `klass` is `klas`, `lez` and `lees` are `les`."""
    once = _TWICE.sub(r"\1", stem)
    return once[:-1] + {"z": "s", "v": "f"}.get(once[-1], once[-1])


def bare(word: str) -> str:
    """The word without the Arabic article and what is written together with it."""
    for before in _ARABIC_BEFORE:
        if word.startswith(before) and len(word) - len(before) >= SHORTEST_STEM:
            return word[len(before) :]
    return word


def _arabic(word: str) -> str:
    word = bare(word)
    for after in _ARABIC_AFTER:
        if word.endswith(after) and len(word) - len(after) >= SHORTEST_STEM:
            return word[: len(word) - len(after)]
    return word
