"""The village of these tests."""

import pytest

from two_people.scene import House


@pytest.fixture
def house(owner):
    """Els asks, Vera and Omar say yes or no."""
    return House(owner)
