"""What the journeys share: the village, its server, one Chromium, and devices to hold."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from journeys.stage import Stage
from journeys.story import Devices
from network import browser as browsers


def pytest_configure(config: pytest.Config) -> None:
    """A word of our own."""
    config.addinivalue_line(
        "markers", "looks: a journey that changes nothing, so that the next needs no fresh village"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder is a journey."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def stage(bed: Any, django_db_blocker: Any) -> Iterator[Stage]:
    """The demonstration village, loaded once."""
    found = Stage(bed)
    with django_db_blocker.unblock():
        found.build()
    yield found
    found.close()


@pytest.fixture(scope="package")
def site(stage: Stage) -> Iterator[str]:
    """The address of the village."""
    with stage.serving() as address:
        yield address


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with browsers.started() as browser:
        yield browser


@pytest.fixture
def village(
    stage: Stage, settings: Any, django_db_blocker: Any, request: pytest.FixtureRequest
) -> Iterator[Stage]:
    """The village as it was loaded. A test marked `looks` leaves it good enough for the next."""
    settings.DEMO = True
    with django_db_blocker.unblock(), stage.played_on():
        yield stage
    stage.fresh = request.node.get_closest_marker("looks") is not None


@pytest.fixture
def devices(village: Stage, site: str, chromium: Browser) -> Iterator[Devices]:
    """Telephones and desks."""
    found = Devices(chromium, site, village)
    yield found
    found.close()
