import psycopg
import pytest

from network.scene import Scene, build


@pytest.fixture
def scene(owner: psycopg.Connection) -> Scene:
    """The small village of the directory, committed."""
    return build(owner)
