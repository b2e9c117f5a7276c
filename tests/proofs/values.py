"""Which value each clause takes while a test runs: who never met the value that a mutant changes cannot notice it.

Before the tests are watched, every clause of the texts is wrapped in a function of its own that gives its value on
unchanged and calls a sign: `_t` for true, `_f` for false, `_n` for unknown. Where a comparison is shifted or an
alternative left out, both clauses are asked, and the sign is called when they differ. The database counts calls, also
those of what was rolled back. A mutant is then asked of tests alone that gave one of its signs.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import psycopg

from proofs.cutting import Cut, cuts

if TYPE_CHECKING:
    from proofs.texts import Whole

LITERAL = re.compile(r"'[^']*'")
#: What is no condition, though it stands like one: half of a BETWEEN, and the words by which an index is named.
HALF = re.compile(r"BETWEEN\b(?:(?!\bAND\b).)*", re.DOTALL)
AFTER = re.compile(
    r"(BETWEEN\b(?:(?!\bAND\b|;).)*\bAND\s+|ON CONFLICT\s*\([^)]*\)\s*WHERE\b(?:(?!\bDO\b).)*)\Z", re.DOTALL
)
CLAUSE = {"dropped", "arm dropped", "turned"}
SIGN = "CREATE FUNCTION watched.{}() RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RETURN true; END'"
#: A clause's own sign, and one for each value.
ONE = """CREATE FUNCTION watched.{0}(v boolean) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN
  IF v THEN PERFORM watched.{0}_t(); ELSIF NOT v THEN PERFORM watched.{0}_f(); ELSE PERFORM watched.{0}_n(); END IF;
  RETURN v; END'"""
#: A clause, and what it would be.
TWO = """CREATE FUNCTION watched.{0}(v boolean, w boolean) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN
  IF v IS DISTINCT FROM w THEN PERFORM watched.{0}_x(); END IF; RETURN v; END'"""


class Watch(NamedTuple):
    """What is put round some words of a text, and the functions it takes."""

    start: int
    end: int
    before: str
    after: str
    made: tuple[str, ...]


class Asked(NamedTuple):
    """How it is seen whether a mutant changes a value, and the signs of which one is given then."""

    watch: Watch | None
    signs: tuple[str, ...]


def asked(stem: str, text: str) -> list[Asked]:
    """Of each mutant of a text; without a sign where that is not known."""
    ways = cuts(text)
    clauses: dict[tuple[int, int], str] = {}
    for number, cut in enumerate(ways):
        if cut.way in CLAUSE and _is_condition(text, cut):
            clauses.setdefault((cut.start, cut.end), f"c{stem}_{number}")
    return [_asked(cut, f"{stem}_{number}", text, clauses) for number, cut in enumerate(ways)]


def _is_condition(text: str, cut: Cut) -> bool:
    said = text[cut.start : cut.end]
    half = HALF.search(said)
    return not (
        LITERAL.fullmatch(said) or (half and half.end() == len(said)) or AFTER.search(text[: cut.start])
    )


def _asked(cut: Cut, name: str, text: str, clauses: dict[tuple[int, int], str]) -> Asked:
    if cut.way == "not done":
        sign = f"s{name}"
        return Asked(
            Watch(cut.start, cut.end, f"PERFORM watched.{sign}(); ", "", (SIGN.format(sign),)), (sign,)
        )
    if cut.way in CLAUSE:
        clause = clauses.get((cut.start, cut.end))
        return _value(cut, clause) if clause else Asked(None, ())
    around = [(end - start, start, end) for start, end in clauses if start <= cut.start and cut.end <= end]
    if not around or LITERAL.fullmatch(cut.instead):  # a lone word in quotes is of no kind yet
        return Asked(None, ())
    _, start, end = min(around)
    other = text[start : cut.start] + cut.instead + text[cut.end : end]
    sign = f"d{name}"
    made = (SIGN.format(f"{sign}_x"), TWO.format(sign))
    return Asked(Watch(start, end, f"watched.{sign}(", f", ({other}))", made), (f"{sign}_x",))


def _value(cut: Cut, clause: str) -> Asked:
    made = (*(SIGN.format(f"{clause}_{value}") for value in "tfn"), ONE.format(clause))
    watch = Watch(cut.start, cut.end, f"watched.{clause}(", ")", made)
    if cut.way == "turned":
        return Asked(watch, (clause,))
    return Asked(watch, (f"{clause}_{'f' if cut.instead == 'true' else 't'}", f"{clause}_n"))


def wrapped(text: str, watches: Iterable[Watch]) -> str:
    """The text with everything put round its words; what crosses another is left out."""
    found: list[str] = []
    open_: list[Watch] = []
    at = 0
    for one in [*sorted(watches, key=lambda watch: (watch.start, -watch.end)), None]:
        while open_ and (one is None or open_[-1].end <= one.start):
            found += [text[at : open_[-1].end], open_[-1].after]
            at = open_.pop().end
        if one and (not open_ or one.end <= open_[-1].end):
            found += [text[at : one.start], one.before]
            at = one.start
            open_.append(one)
    return "".join([*found, text[at:]])


def lay(owner: psycopg.Connection, texts: Iterable[list["Whole"]]) -> None:
    """Wrap every clause of every text, as far as the grammar of the database allows."""
    owner.execute("CREATE SCHEMA watched; GRANT USAGE ON SCHEMA watched TO PUBLIC")
    every = [
        (one, {found.watch: None for found in asked(first.stem, one.text) if found.watch})
        for first, one in ((wholes[0], one) for wholes in texts for one in wholes)
    ]
    owner.execute("; ".join({made: None for _, watches in every for one in watches for made in one.made}))
    owner.execute("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA watched TO PUBLIC")
    for whole, watches in every:
        stood = _that_stand(owner, whole, list(watches))
        owner.execute(whole.lay(wrapped(whole.text, stood)))


def _that_stand(owner: psycopg.Connection, whole: "Whole", watches: list[Watch]) -> list[Watch]:
    """As many as the database takes: all, or those of each half."""
    try:
        owner.execute(whole.lay(wrapped(whole.text, watches)))
    except psycopg.Error:
        half = len(watches) // 2
        return (
            [*_that_stand(owner, whole, watches[:half]), *_that_stand(owner, whole, watches[half:])]
            if half
            else []
        )
    return watches
