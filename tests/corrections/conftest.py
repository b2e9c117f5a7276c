"""The family El Amrani, with keys of these tests' own."""

import pytest

from wraparound.home import Home


@pytest.fixture(autouse=True)
def keep(tmp_path, settings) -> None:
    settings.KEYS_FOLDER = tmp_path / "keys"


@pytest.fixture
def home(owner):
    """Naima and Samir with their daughters, Hanne who keeps the plan, Lotte from school."""
    found = Home(owner)
    found.plan()
    return found
