"""Keys and a ledger of one's own, and days that pass over what was asked."""

from collections.abc import Callable

import psycopg
import pytest


@pytest.fixture(autouse=True)
def keep(tmp_path, settings) -> None:
    settings.KEYS_FOLDER = tmp_path / "keys"
    settings.LEDGER = tmp_path / "forgotten.jsonl"


@pytest.fixture
def days_pass(owner: psycopg.Connection) -> Callable[[int], None]:
    """What was asked lies that much further back."""

    def pass_by(days: int) -> None:
        owner.execute(
            "UPDATE trust_forgetting SET asked_at = asked_at - make_interval(days => %s), "
            "due_at = due_at - make_interval(days => %s)",
            [days, days],
        )

    return pass_by
