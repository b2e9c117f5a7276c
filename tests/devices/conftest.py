"""Devices are tried at the door: a family, those around it, and a stranger."""

import psycopg
import pytest

from web import doorstep


@pytest.fixture
def at_the_door(owner: psycopg.Connection) -> doorstep.Doorstep:
    """A family, those around it, and a stranger; committed."""
    return doorstep.build(owner)
