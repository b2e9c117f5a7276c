"""The family El Amrani, with keys of these tests' own."""

from collections.abc import Iterator

import pytest

from corrections.texts import TABLES
from trust.each_policy import Neighbourhood
from trust.one_trigger import Alone, alone
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


@pytest.fixture
def by(here: Neighbourhood) -> Iterator[Alone]:
    """No trigger of the texts hears anything, and what is tried is gone afterwards."""
    with alone(here.owner, "", *TABLES) as by:
        yield by
