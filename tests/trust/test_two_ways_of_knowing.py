"""The policies and the independent function answer alike, and both like the oracle, in random worlds."""

from collections.abc import Iterator

import pytest

from kring.commands import harness
from kring.commands.harness_steps import Refused
from kring.ground.addresses import Addresses
from oracle.dice import Dice
from oracle.sizes import SIZES
from oracle.world import World as Oracle

SECOND_WAY = """SELECT coalesce(array_agg(n.text ORDER BY n.text COLLATE "C"), '{}') FROM wraparound_note n
WHERE trust.knows(%s, n.circle_id, n.about_id, n.author_id, n.at, %s::timestamptz)"""


@pytest.fixture
def world(bed, django_db_blocker) -> Iterator[object]:
    import testbed

    found: Addresses = bed._addresses(bed.name)
    with django_db_blocker.unblock():
        try:
            with harness.scratch(found) as world:
                yield world
        finally:
            testbed.point_django_at(found)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_policy_function_and_oracle_agree(world, seed):
    oracle, compared = Oracle(), 0
    for op in Dice(oracle, seed, SIZES["small"]).play():
        expected = oracle.answer(op)
        if op["op"] != "ask":
            try:
                assert world.do(op) == expected
            except Refused:
                assert "error" in expected
            continue
        if "error" in expected:
            continue
        person = world.names[op["viewer"]][1]
        second = world.owner.execute(SECOND_WAY, [person, op["at"]]).fetchone()[0]
        assert world.ask(op) == second == expected["items"]
        compared += 1
    assert compared > 50
