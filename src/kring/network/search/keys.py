"""From words to keys, and from an offer to the line of keys by which the database finds it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from kring.network.search import meanings
from kring.network.search.stems import stems, words_of

WEIGHTS = {"A": 1, "B": 2, "C": 3, "D": 4}
"""Where a key stands: in the name, in the organisation's name, in what is told, in parts of life and themes."""

MARKS = {"A": "^", "B": "@"}
"""The same keys once more with a mark before them, so that the index alone knows who is *called* so."""

MOST_KEYS = 1_200
_WORD = re.compile(rf"'([^'{meanings.MARK}^@]+)':")


def keys_of(text: str) -> list[str]:
    """Everything by which this text may be found, each once: its words, their stems, what they mean."""
    words = words_of(text)
    found: dict[str, None] = {}
    at = 0
    for start, word in enumerate(words):
        found[word] = None
        found |= dict.fromkeys(sorted(stems(word)))
        if start >= at:
            codes, length = meanings.codes_at(words, start)
            found |= dict.fromkeys(sorted(codes))
            at = start + (length if codes else 1)
    return list(found)


def words_in(keys: str) -> list[str]:
    """The words in a line of keys that `vector` made."""
    return _WORD.findall(keys)


def vector(told: Mapping[str, Iterable[str]]) -> str:
    """The keys with their weights, as the database reads a text search vector; the name comes first when it is long."""
    places: dict[str, list[str]] = defaultdict(list)
    for weight in WEIGHTS:
        for key in told.get(weight, ()):
            if len(places) < MOST_KEYS or key in places:
                places[key].append(f"{WEIGHTS[weight]}{weight}")
                if weight in MARKS:
                    places[f"{MARKS[weight]}{key}"] = [f"{WEIGHTS[weight]}{weight}"]
    return " ".join(f"'{key}':{','.join(dict.fromkeys(where))}" for key, where in places.items())
