"""Words that mean the same in four languages: `huiswerk`, `devoirs`, `homework`, `واجبات`.

The list stands in `meanings.json`, beside this file: a name for the meaning, and under each language the words and
short expressions people use for it. The parts of life and the themes of the directory count as meanings too.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from kring.network import rules
from kring.network.search.nearness import slips, slips_forgiven, trigrams
from kring.network.search.stems import stems, words_of

MARK = "="
BROAD = (f"{MARK}domain.", f"{MARK}theme.")
"""A part of life or a theme: wider than what a single word says."""

LONGEST_EXPRESSION = 3
Expression = tuple[str, ...]


def domain_code(domain: str) -> str:
    """The key of a part of life."""
    return f"{MARK}domain.{domain}"


def theme_code(theme: str) -> str:
    """The key of a theme."""
    return f"{MARK}theme.{theme}"


@cache
def listed() -> dict[str, dict[str, list[str]]]:
    """The meanings and their words by language, as the list tells them."""
    found: dict[str, dict[str, list[str]]] = json.loads(
        files(__package__).joinpath("meanings.json").read_text()
    )
    return found


def codes_at(words: Sequence[str], start: int) -> tuple[frozenset[str], int]:
    """What the words from here on mean, and how many of them say so; the longest expression wins."""
    known = _expressions()
    for length in range(min(LONGEST_EXPRESSION, len(words) - start), 1, -1):
        found = known.get(tuple(words[start : start + length]))
        if found:
            return found, length
    return of_one_word(words[start]), 1


@lru_cache(maxsize=20_000)
def of_one_word(word: str) -> frozenset[str]:
    """What one word means, in whatever form it stands."""
    known = _words()
    return frozenset(code for form in {word, *stems(word)} for code in known.get(form, ()))


def near(word: str) -> list[tuple[int, str]]:
    """Listed words this one was perhaps meant to be, with the number of slips; the nearest first."""
    most = slips_forgiven(word)
    shelf = _by_trigram()
    candidates = {known for gram in trigrams(word) for known in shelf.get(gram, ())} if most else set()
    return sorted((away, known) for known in candidates if (away := slips(word, known, most)) <= most)


@cache
def _words() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for code, expression in _told():
        if len(expression) == 1:
            for form in {expression[0], *stems(expression[0])}:
                found[form].add(code)
    return {form: frozenset(codes) for form, codes in found.items()}


@cache
def _expressions() -> dict[Expression, frozenset[str]]:
    found: dict[Expression, set[str]] = defaultdict(set)
    for code, expression in _told():
        if len(expression) > 1:
            found[expression].add(code)
    return {expression: frozenset(codes) for expression, codes in found.items()}


@cache
def _by_trigram() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for word in {expression[0] for _code, expression in _told() if len(expression) == 1}:
        for gram in trigrams(word):
            found[gram].add(word)
    return {gram: frozenset(words) for gram, words in found.items()}


def _told() -> Iterator[tuple[str, Expression]]:
    for meaning, languages in listed().items():
        for expressions in languages.values():
            for told in expressions:
                yield f"{MARK}{meaning}", tuple(words_of(told))
    for domain, told in rules.LIFE_DOMAINS.items():
        yield from ((domain_code(domain), (word,)) for word in words_of(told))
    for theme, told in rules.THEMES.items():
        yield from ((theme_code(theme), (word,)) for word in words_of(told))
