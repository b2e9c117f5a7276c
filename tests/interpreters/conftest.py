import pytest

from wraparound.home import Home


@pytest.fixture
def home(owner):
    """The family El Amrani and its circle."""
    return Home(owner)
