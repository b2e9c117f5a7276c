"""Pictures for the README and the handbook, made anew by `make pictures`: what fits on one screen."""

import os
from pathlib import Path

import pytest

from journeys.story import Devices, Tab
from journeys.test_circle import family
from journeys.test_plan import plan_of

pytestmark = [
    pytest.mark.looks,
    pytest.mark.skipif(not os.environ.get("KRING_PICTURES"), reason="nobody asked for pictures"),
]
BOOK = Path(__file__).parents[2] / "docs" / "pictures"


def _keep(tab: Tab, name: str) -> None:
    BOOK.mkdir(parents=True, exist_ok=True)
    tab.page.wait_for_load_state("networkidle")
    tab.page.screenshot(path=BOOK / f"{name}.png")


def test_the_circle_on_a_desk(devices: Devices) -> None:
    sarah = devices.desk("en").be("sarah")
    sarah.go(family(devices, "jonas"))
    _keep(sarah, "circle")


def test_the_approval_on_a_phone(devices: Devices) -> None:
    version, _plan = plan_of(devices, "samira")
    naima = devices.phone("ar", "dark").be("naima")
    naima.go(f"/a/{version}/")
    _keep(naima, "approval-arabic")


@pytest.mark.parametrize(("language", "who", "address", "name"), [
    ("en", "els", "/concerns/", "desk"), ("nl", "hanne", "/today/", "today-dutch"),
])  # fmt: skip
def test_the_pages_of_who_works_here(
    devices: Devices, language: str, who: str, address: str, name: str
) -> None:
    tab = devices.desk(language).be(who)
    tab.go(address)
    _keep(tab, name)


def test_the_front_door_in_french(devices: Devices) -> None:
    tab = devices.phone("fr")
    tab.go("/concern/")
    _keep(tab, "concern-french")
