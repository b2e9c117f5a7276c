"""`make oracle-ways QUESTIONS=1000`: the oracle's questions asked of search, counts, export, paper, letters and calendar."""

import os
import sys
import time
from collections import Counter

import pytest
from django.db import connection

import figures
from kring.commands.harness_steps import Refused
from oracle.dice import Dice
from oracle.sizes import SIZES
from oracle.world import World as Oracle
from proofs import laid
from proofs.ways import NOT_ASKED, WAYS, Question
from proofs.webworld import Pages, fullest

QUESTIONS = int(os.environ.get("QUESTIONS", "8"))
FIRST = int(os.environ.get("FIRST", "0"))


@pytest.fixture
def pages(scratch) -> Pages:
    """Real pages before a world of the harness."""
    return Pages(scratch)


@pytest.mark.usefixtures("no_tick")
def test_no_other_way_gives_more_or_less_than_the_oracle_allows(pages):
    told, asked, number, begun = {way.name: Counter[str]() for way in WAYS}, 0, FIRST, time.perf_counter()
    while asked < QUESTIONS:
        oracle, moved = Oracle(), True
        for op in Dice(oracle, f"ways:{number}", SIZES["small"]).play():
            expected = oracle.answer(op)
            if op["op"] != "ask":
                _do(pages, op)
                moved = True
            elif "error" not in expected and asked < QUESTIONS:
                if moved:
                    pages.tell_anew()
                    laid.lay(pages.world)
                    moved = False
                _ask(pages, oracle, op, told, number)
                asked += 1
        number += 1
    for name, tally in told.items():
        sys.stdout.write(
            f"\n{name}: {tally['asked']} questions, {tally['shown']} items came out, {tally['leaks']} leaks, "
            f"{tally['denials']} wrong denials"
        )
    for reason in NOT_ASKED:
        sys.stdout.write(f"\nnot asked: {reason}")
    sys.stdout.write(f"\nworlds: {number - FIRST}; seconds: {time.perf_counter() - begun:.0f}\n")
    wrong = sum(tally["leaks"] + tally["denials"] for tally in told.values())
    command = f"make oracle-ways QUESTIONS={QUESTIONS}"
    figures.keep("ways", command, asked=sum(t["asked"] for t in told.values()), wrong=wrong)
    assert wrong == 0
    assert QUESTIONS < 100 or all(tally["shown"] for tally in told.values()), "every way gives something"


def _ask(pages: Pages, oracle: Oracle, op: dict, told: dict, number: int) -> None:
    """One question by every way; what is wrong is said at once."""
    with pages.at(op["at"]):
        question = Question(pages, oracle, op, fullest(oracle), pages.browser_of(op["viewer"]))
        for way in WAYS:
            with (
                connection.cursor() as cursor
            ):  # a page ends its own transaction, and this must not outlive it
                cursor.execute("SELECT set_config('harness.at', %s, false)", [op["at"]])
            shown, leaks, denials = way.judged(question)
            told[way.name].update(asked=1, shown=shown, leaks=leaks, denials=denials)
            if leaks or denials:
                sys.stdout.write(
                    f"\nWRONG {way.name} in world {number}: {op}: {way.got(question)} may {way.may(question)} must {way.must(question)}"
                )


def _do(pages: Pages, op: dict) -> None:
    if op["op"] == "reset":
        pages.forget()
    try:
        pages.world.do(op)
    except Refused:
        return
