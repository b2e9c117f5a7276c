import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import suppress

import psycopg
import pytest

import prepared
import testbed
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


@pytest.fixture
def surroundings(place: Place) -> dict[str, str]:
    """The environment of somebody who just installed Kring, with a place of its own."""
    without = ("DATABASE_URL", "KRING_", "DJANGO_", "PYTEST")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(without)}
    chosen = {"KRING_PG_BIN": os.environ["KRING_PG_BIN"]} if "KRING_PG_BIN" in os.environ else {}
    return {**kept, **chosen, "KRING_AREA": str(place.area), "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def furnished(bed: testbed.Testbed, place: Place, surroundings: dict[str, str]) -> dict[str, str]:
    """The same, where the tables are there already: spared the half minute of making them."""
    shelf, name = bed.area / "prepared", prepared.key(bed.cluster.engine.bin)
    if (shelf / name).exists():  # else a source was changed while the tests run: the command makes the tables
        place.area.mkdir(parents=True)
        prepared.fill(place.area, shelf, name, lambda: None)
        with Cluster(place).held(), psycopg.connect(Cluster(place).conninfo(), autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {testbed.TEMPLATE} RENAME TO kring")
    return surroundings
