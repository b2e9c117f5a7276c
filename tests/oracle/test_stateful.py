"""The machine of `stateful.py`, in short; longer with ORACLE_EXAMPLES."""

import os

from hypothesis import HealthCheck, settings

from oracle.stateful import Machine

Machine.TestCase.settings = settings(
    max_examples=int(os.environ.get("ORACLE_EXAMPLES", "25")),
    stateful_step_count=40,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
TestMachine = Machine.TestCase
