"""Why an offer answers a question, when that is not plain to see."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kring.network.search import meanings
from kring.network.search.questions import Question, Wish
from kring.network.search.stems import stems, words_of

_WRITTEN = re.compile(r"[^\s.,;:!?؟،()/…\"“”«»]+")


@dataclass(frozen=True)
class Reason:
    """The word of an offer that answers one somebody typed."""

    typed: str
    written: str
    near: bool


def reasons(question: Question, *texts: str) -> list[Reason]:
    """For each typed word that does not stand in these texts: the first word in them that answers it."""
    told = [_written(text) for text in texts]
    found = [_reason(wish, told) for wish in question.wishes]
    return [reason for reason in found if reason is not None]


def _reason(wish: Wish, told: list[list[tuple[str, str]]]) -> Reason | None:
    folded = [[word for _shown, word in words] for words in told]
    if any(_stands_in(wish, words) for words in folded):
        return None
    for shown, words in zip(told, folded, strict=True):
        for start, word in enumerate(words):
            if length := _answers(words, start, wish.keys):
                written = " ".join(one for one, _word in shown[start : start + length])
                return Reason(wish.typed, written, word in wish.near or not stems(word).isdisjoint(wish.near))
    return None


def _stands_in(wish: Wish, words: list[str]) -> bool:
    """Whether these words hold the very one that was typed, or one that begins so."""
    if wish.is_expression:
        return f" {wish.typed} " in f" {' '.join(words)} "
    return any(word.startswith(wish.typed) for word in words)


def _answers(words: list[str], start: int, keys: frozenset[str]) -> int:
    """How many words from here on answer together; none is 0."""
    word = words[start]
    if word in keys or not keys.isdisjoint(stems(word)):
        return 1
    means, length = meanings.codes_at(words, start)
    return length if any(code in keys for code in means if not code.startswith(meanings.BROAD)) else 0


def _written(text: str) -> list[tuple[str, str]]:
    """The words as they stand, each beside its folded form."""
    return [(shown, word) for shown in _WRITTEN.findall(text) if (word := _folded(shown))]


@lru_cache(maxsize=20_000)
def _folded(shown: str) -> str:
    return " ".join(words_of(shown)[-1:])
