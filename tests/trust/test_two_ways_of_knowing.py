"""The policies and the independent function answer alike, and both like the oracle, in random worlds."""

import pytest

from kring.commands.harness_steps import Refused
from oracle.dice import Dice
from oracle.sizes import SIZES
from oracle.world import World as Oracle

SECOND_WAY = """SELECT coalesce(array_agg(n.text ORDER BY n.text COLLATE "C"), '{}') FROM wraparound_note n
WHERE trust.knows(%s, n.circle_id, n.about_id, n.author_id, n.at, %s::timestamptz)"""


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_policy_function_and_oracle_agree(scratch, seed):
    oracle, compared = Oracle(), 0
    for op in Dice(oracle, seed, SIZES["small"]).play():
        expected = oracle.answer(op)
        if op["op"] != "ask":
            try:
                assert scratch.do(op) == expected
            except Refused:
                assert "error" in expected
            continue
        if "error" in expected:
            continue
        person = scratch.names[op["viewer"]][1]
        second = scratch.owner.execute(SECOND_WAY, [person, op["at"]]).fetchone()[0]
        assert scratch.ask(op) == second == expected["items"]
        compared += 1
    assert compared > 50
