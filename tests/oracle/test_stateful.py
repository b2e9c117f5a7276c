"""The machine of `stateful.py`, in short; longer with ORACLE_EXAMPLES, elsewhere with ORACLE_HARNESS."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from oracle import stateful
from oracle.mutants import broken_world
from oracle.talk import Direct

CALM = settings(
    max_examples=int(os.environ.get("ORACLE_EXAMPLES", "15")),
    stateful_step_count=30,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> type[stateful.Machine]:
    """The machine with a harness of its own."""
    monkeypatch.setattr(stateful.Machine, "harness", None)
    return stateful.Machine


def test_the_machine_finds_no_difference(machine):
    run_state_machine_as_test(machine, settings=CALM)


def test_the_machine_can_find_one(machine, monkeypatch):
    monkeypatch.setattr(machine, "harness", Direct(broken_world("until is dropped")))
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine, settings=settings(CALM, max_examples=40, phases=[Phase.generate]))
