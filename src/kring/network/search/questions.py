"""What somebody asks of the directory, and how forgivingly it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from kring.network import rules
from kring.network.search import meanings
from kring.network.search.keys import MARKS
from kring.network.search.stems import LITTLE_WORDS, stems, words_of

BEGINS_FROM = 3
"""From so many letters on, the beginning of a word is enough."""

NAMED, CALLED, TOLD = "A", "AB", "ABC"
"""Where a key must stand: in the name of an offer, or of its organisation, or in what is told about it."""


@dataclass(frozen=True)
class Wish:
    """One word somebody typed (or an expression), what it means, and the words it was perhaps meant to be."""

    typed: str
    means: frozenset[str] = frozenset()
    near: tuple[str, ...] = ()

    @property
    def is_expression(self) -> bool:
        """Several words that mean something together."""
        return " " in self.typed

    @cached_property
    def keys(self) -> frozenset[str]:
        """What answers it beside the very word: its forms, what means the same, what is near."""
        words = () if self.is_expression else (self.typed, *self.near)
        return self.means.union(self.near, *(stems(word) | meanings.of_one_word(word) for word in words))

    def literally(self, weights: str = "", mark: str = "") -> str:
        """As a condition for the database: the very word, or how it begins."""
        begins = "*" if len(self.typed) >= BEGINS_FROM and not self.is_expression else ""
        return " & ".join(_key(mark + word, begins + weights) for word in self.typed.split())

    def loosely(self, weights: str = "", mark: str = "") -> str:
        """As a condition for the database: the very word, or one of its other keys."""
        others = [_key(mark + key, weights) for key in sorted(self.keys)]
        return " | ".join([f"({self.literally(weights, mark)})", *others])


@dataclass(frozen=True)
class Question:
    """The words somebody typed, each with what answers it."""

    wishes: tuple[Wish, ...] = ()
    left_out: tuple[str, ...] = ()

    @classmethod
    def typed(cls, text: str) -> Question:
        """Read what was typed: at most eight words, each once."""
        words = list(dict.fromkeys(words_of(text[: rules.LONGEST_QUESTION])))
        wishes, start = [], 0
        while start < len(words):
            means, length = meanings.codes_at(words, start)
            wishes.append(Wish(" ".join(words[start : start + length]), means))
            start += length
        telling = [wish for wish in wishes if wish.typed not in LITTLE_WORDS]
        return cls(tuple((telling or wishes)[: rules.MOST_WORDS]))

    def __bool__(self) -> bool:
        return bool(self.wishes)

    def literally(self, weights: str = "") -> str:
        """Every word as typed."""
        return " & ".join(f"({wish.literally(weights)})" for wish in self.wishes)

    def named(self) -> str:
        """Every word as typed, in the name of an offer."""
        return " & ".join(f"({wish.literally(mark=MARKS['A'])})" for wish in self.wishes)

    def called(self) -> str:
        """Every word in one of its ways, in the name of an organisation."""
        return " & ".join(f"({wish.loosely(mark=MARKS['B'])})" for wish in self.wishes)

    def loosely(self, weights: str = "") -> str:
        """Every word in one of its ways."""
        return " & ".join(f"({wish.loosely(weights)})" for wish in self.wishes)

    def by_rank(self) -> list[str]:
        """The question where it weighs most, and then where it weighs less and less."""
        return [self.loosely(weights) for weights in (NAMED, CALLED, TOLD, "")]

    def exactly(self) -> Question:
        """The same question without what is only near."""
        return replace(self, wishes=tuple(replace(wish, near=()) for wish in self.wishes))

    def single_words(self) -> list[str]:
        """The words of which a typing error may be forgiven."""
        return [wish.typed for wish in self.wishes if not wish.is_expression]

    def near(self) -> list[str]:
        """The words that were perhaps meant."""
        return [word for wish in self.wishes for word in wish.near]

    def forgiving(self, known: Iterable[str], near: Mapping[str, Iterable[str]]) -> Question:
        """The same question with near words beside the typed ones, and without words nobody here knows.

        `known` are typed words that stand in the directory; `near` gives for a typed word those it may have meant.
        When nobody knows any of the words, nothing is left out: then the honest answer is nothing.
        """
        known = set(known)
        wishes = [replace(wish, near=tuple(near.get(wish.typed, ()))) for wish in self.wishes]
        kept = tuple(wish for wish in wishes if wish.near or wish.means or wish.typed in known)
        if not kept:
            return self
        return Question(kept, tuple(wish.typed for wish in wishes if wish not in kept))


def _key(key: str, marks: str) -> str:
    return f"'{key}':{marks}" if marks else f"'{key}'"
