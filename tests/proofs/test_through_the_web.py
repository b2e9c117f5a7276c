"""`make oracle-web QUESTIONS=20000`: the oracle's questions asked of real pages, by people who are signed in."""

import os
import sys
import time

import pytest

import figures
from kring.commands.harness_steps import Refused
from oracle.dice import Dice
from oracle.sizes import SIZES
from oracle.world import World as Oracle
from proofs.webworld import Pages, allowed, fullest

QUESTIONS = int(os.environ.get("QUESTIONS", "60"))
A_PAGE = 30  # so many tellings stand on the page, the newest first


@pytest.fixture
def pages(scratch) -> Pages:
    """Real pages before a world of the harness."""
    return Pages(scratch)


@pytest.mark.usefixtures("no_tick")
def test_a_page_shows_what_the_oracle_allows_and_nothing_else(pages):
    asked = shown = closed = leaks = denials = number = 0
    begun = time.perf_counter()
    while asked < QUESTIONS:
        oracle, moved = Oracle(), True
        for op in Dice(oracle, f"web:{number}", SIZES["small"]).play():
            expected = oracle.answer(op)
            if op["op"] != "ask":
                if op["op"] == "reset":
                    pages.forget()
                _do(pages, op)
                moved = True
                continue
            if "error" in expected or asked >= QUESTIONS:
                continue
            if moved:
                pages.tell_anew()
                moved = False
            family = fullest(oracle)
            right, got = allowed(oracle, op, family), pages.shown(op, family)
            if right and got and len(got) == A_PAGE:
                right &= got | set(sorted(right - got)[: A_PAGE - len(right & got)])
            asked, closed, shown = asked + 1, closed + (got is None), shown + len(got or ())
            leaks += len((got or set()) - (right or set())) + (got is not None and right is None)
            denials += len((right or set()) - (got or set())) + (got is None and right is not None)
            assert (leaks, denials) == (0, 0), (number, op, right, got)
        number += 1
    seconds = time.perf_counter() - begun
    sys.stdout.write(
        f"\npages asked: {asked} in {number} worlds; closed: {closed}; items shown: {shown}; leaks: {leaks}; "
        f"wrong denials: {denials}; seconds: {seconds:.0f}\n"
    )
    figures.keep("web", f"make oracle-web QUESTIONS={QUESTIONS}", asked=asked, wrong=leaks + denials)
    assert shown > asked / 10


def _do(pages: Pages, op: dict) -> None:
    try:
        pages.world.do(op)
    except Refused:
        return
