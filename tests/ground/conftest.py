import shutil
import uuid
from collections.abc import Iterator
from contextlib import suppress

import pytest

from kring.ground import places
from kring.ground.cluster import Cluster
from kring.ground.places import Place


@pytest.fixture
def place() -> Iterator[Place]:
    """A place of one's own, where the unprivileged user can come too; gone after the test."""
    place = places.at(places.here("test").area / f"trial-{uuid.uuid4().hex[:6]}")
    yield place
    with suppress(Exception):
        Cluster(place).stop()
    shutil.rmtree(place.run, ignore_errors=True)
    shutil.rmtree(place.area, ignore_errors=True)
