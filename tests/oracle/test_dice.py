"""The dice reach what they must reach, and the driver finds what they find."""

import os
import subprocess
import sys
import time

import pytest

from oracle.dice import ALL_MISTAKES, Dice, worlds
from oracle.fake import PlainWorld
from oracle.match import Match
from oracle.mutants import MUTANTS, broken_world
from oracle.sizes import SIZES
from oracle.talk import Direct, Piped, Stopped, command
from oracle.world import World

FAKE = f"{sys.executable} -m oracle.fake"


@pytest.fixture
def from_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The paper harness is found from any folder."""
    monkeypatch.setenv("PYTHONPATH", ":".join(sys.path))


def test_the_plain_and_the_fast_rule_agree_and_the_shares_are_reached():
    match = Match(Direct(PlainWorld()), 2500, seed="shares", sample=4)
    tally = match.play()
    assert tally.clean, match.found
    assert tally.questions == 2500
    assert tally.share("allowed") >= 0.20
    assert tally.share("near-miss") >= 0.30
    assert tally.share("boundary") >= 0.20


def test_the_edges_are_answered_without_a_traceback():
    assert Match(Direct(PlainWorld()), 1500, seed="edges", edges=True, size="small").play().clean


@pytest.mark.parametrize("name", sorted(MUTANTS))
def test_a_broken_sentence_is_caught(name):
    harness = Direct(broken_world(name))
    match = Match(
        harness, 30000, seed="mutants", size="small", limit=1, window=0, sample=10**9, shrinking=False
    )
    assert not match.play().clean, f"{name} was not caught by 30000 questions"


def test_every_mistake_is_made_and_refused():
    made = set()
    for number in range(12):
        world = World()
        dice = Dice(world, f"mistakes {number}", SIZES["middle"])
        for op in dice.play():
            assert "items" in world.answer(op) or op["op"] != "ask"
        for mistake in ALL_MISTAKES:
            op = mistake(dice.changes)
            if op is not None:
                made.add(mistake)
                assert not world.legal(op), (mistake.__name__, op)
    assert made == set(ALL_MISTAKES)


def test_between_one_in_twenty_and_one_in_seven_operations_is_refused():
    tally = Match(Direct(World()), 4000, seed="refused", size="middle", sample=10**9).play()
    assert 0.05 <= tally.refused / tally.operations <= 0.15


def test_the_same_seed_plays_the_same_worlds():
    stories = []
    for _ in range(2):
        world, ops = next(worlds("same", size="small"))
        stories.append([(op, world.answer(op)) for op in ops])
    assert stories[0] == stories[1]


@pytest.mark.usefixtures("from_here")
def test_a_seed_means_the_same_in_every_process():
    told = "import oracle.dice as d; w, o = next(d.worlds('same', size='small')); print([(x, w.answer(x)) for x in o])"
    runs = [
        subprocess.run(
            [sys.executable, "-c", told],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0]) > 1000


def test_a_difference_is_shrunk_to_a_story_that_shows_it():
    harness = Direct(broken_world("history is ignored"))
    match = Match(harness, 5000, seed="shrink", size="middle", limit=1)
    match.play()
    (found,) = match.found
    assert found.kind == "leak"
    assert match.tally.leaks > 0
    assert len(found.story) <= 16
    assert any("NOT written since" in line for line in found.why())


@pytest.mark.usefixtures("from_here")
def test_a_harness_behind_a_pipe_is_spoken_to_in_streams():
    harness = Piped(command(FAKE))
    tally = Match(harness, 600, seed="pipe", size="small").play()
    harness.close()
    assert tally.clean
    assert tally.questions == 600


@pytest.mark.usefixtures("from_here")
def test_a_broken_harness_behind_a_pipe_is_found():
    harness = Piped([*command(FAKE), "--mutant", "agreement is ignored"])
    match = Match(harness, 3000, seed="pipe", size="small", limit=1)
    match.play()
    harness.close()
    assert match.tally.leaks > 0
    assert 3 < len(match.found[0].story) <= 16


def test_a_harness_that_stops_is_a_difference():
    harness = Piped([sys.executable, "-c", "print(input() and '{\"ok\": true}')"])
    match = Match(harness, 100, seed="stop", size="small")
    tally = match.play()
    harness.close()
    assert not tally.clean
    assert tally.stopped


def test_a_silent_harness_is_not_waited_for_for_ever():
    harness = Piped([sys.executable, "-c", "import sys; sys.stdin.read()"])
    harness._wait = 0.05
    harness.put({"op": "reset"})
    with pytest.raises(Stopped):
        harness.get()
    harness.close()


def test_the_oracle_answers_three_thousand_questions_a_second_on_five_hundred_items():
    begun = time.process_time()
    tally = Match(Direct(World()), 3000, seed="speed", size="large", sample=10**9).play()
    assert tally.questions / (time.process_time() - begun) > 3000
