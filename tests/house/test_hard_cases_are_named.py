"""The page of the hard cases is true: fifteen of them, each with a journey and a test of the database that exist."""

import ast
import re
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parents[1]
PAGE = TESTS.parent / "docs" / "hard-cases.md"
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")


@cache
def named_in(file: str) -> set[str]:
    """The tests in a file."""
    tree = ast.parse((TESTS / file).read_text())
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_hard_case_has_a_journey_and_a_test_of_the_database() -> None:
    rows = [line.split("|")[1:-1] for line in PAGE.read_text().splitlines() if re.match(r"\| \d", line)]
    assert [int(row[0]) for row in rows] == list(range(1, 16))
    for number, _case, _screen, journey, database in rows:
        for cell, in_the_browser in ((journey, True), (database, False)):
            found = NAMED.findall(cell)
            assert found, f"case {number} names no test"
            for file, name in found:
                assert file.startswith("journeys/") is in_the_browser, f"case {number}: {file}"
                assert name in named_in(file), f"case {number}: {file} has no {name}"
