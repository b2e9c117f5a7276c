"""What the great comparisons have in common."""

import pytest

from kring.web import middleware


@pytest.fixture
def no_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for what is not here, where the words are compared and not the time."""
    monkeypatch.setattr(middleware, "TICK", 0.0001)
