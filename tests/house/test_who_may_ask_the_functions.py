"""Every function of the database that does not ask who is here stands in one list, with who may ask it.

Whoever got hold of the connection of the pages asks as nobody. So what answers nobody is for the clock, for other
functions, or has its reason; a new one fails until somebody says which, and a name that is gone fails too.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from kring.trust.callers import ASKED_OF_OTHERS, BEFORE_ANYBODY, BY_FUNCTIONS_ALONE, BY_THE_CLOCK

SOURCE = Path(__file__).parents[2] / "src/kring"
FUNCTION = re.compile(
    r"CREATE (?:OR REPLACE )?FUNCTION trust\.(\w+)\((.*?)\)\s*RETURNS(.*?)AS \$\$(.*?)\$\$([^;]*);", re.DOTALL
)
ASKED = re.compile(r"\btrust\.(\w+)\(")
#: What says who is here; a function that goes by none of them, not even by way of another, answers everybody alike.
WHO_IS_HERE = {"viewer", "link_viewer", "scope", "seen_as", "signs_in", "coming_in"}
#: Answers nobody and asks who is here all the same, of some of what it is asked: its reason stands in the list.
ASKS_SOMETIMES = {"queue_letter"}
INNER = re.compile(r"(reckon|lock)_")


def functions() -> dict[str, tuple[str, str, str]]:
    """Name, arguments, what is said of it, and body."""
    texts = (file.read_text(encoding="utf-8") for file in sorted(SOURCE.glob("*/sql/*.sql")))
    return {
        name: (arguments, f"{returns} {after}", body)
        for text in texts
        for name, arguments, returns, body, after in FUNCTION.findall(text)
    }


def known_by(asked: set[str], of: dict[str, tuple[str, str, str]]) -> set[str]:
    """These and everything that asks one of them."""
    found = set(asked)
    while more := {
        name
        for name, (_, _, body) in of.items()
        if name not in found and found.intersection(ASKED.findall(body))
    }:
        found |= more
    return found


def open_to_all(of: dict[str, tuple[str, str, str]]) -> Iterator[str]:
    """What runs with the gatekeeper's sight, may be asked by anybody but for these lists, and does not ask who asks."""
    by_who = known_by(WHO_IS_HERE, of) | {"identity"}
    for name, (arguments, said, _body) in of.items():
        about_another = re.search(r"\bwho uuid", arguments) and name not in ASKED_OF_OTHERS
        inner = INNER.match(name) or about_another or said.split()[0] == "trigger"
        if "SECURITY DEFINER" in said and not inner and name not in by_who:
            yield name


def test_whatever_answers_nobody_in_particular_stands_in_one_list() -> None:
    listed = {*BY_THE_CLOCK, *BY_FUNCTIONS_ALONE, *BEFORE_ANYBODY}
    assert set(open_to_all(functions())) - listed == set()
    assert len(listed) == len(BY_THE_CLOCK) + len(BY_FUNCTIONS_ALONE) + len(BEFORE_ANYBODY), "one list each"


def test_no_list_names_what_is_not_there() -> None:
    there = set(functions())
    assert {*BY_THE_CLOCK, *BY_FUNCTIONS_ALONE, *BEFORE_ANYBODY, *ASKED_OF_OTHERS} - there == set()
    assert set(BEFORE_ANYBODY) - set(open_to_all(functions())) == ASKS_SOMETIMES, (
        "it asks who is here: no reason is needed"
    )


def test_no_page_and_no_policy_asks_what_is_for_the_clock_or_for_functions() -> None:
    closed, of = {*BY_THE_CLOCK, *BY_FUNCTIONS_ALONE}, functions()
    pages = [*SOURCE.glob("web/**/*.py"), SOURCE / "trust/policies.py"]
    asked = {name for page in pages for name in ASKED.findall(page.read_text(encoding="utf-8"))}
    by_whoever_asks = {
        name
        for _, said, body in of.values()
        if "SECURITY DEFINER" not in said
        for name in ASKED.findall(body)
    }
    assert closed & (asked | by_whoever_asks) == set()
