"""Pictures for the README and the handbook, made anew by `make pictures`: what fits on one screen."""

import os
import re
from pathlib import Path

import pytest

from journeys.story import Devices, Tab
from journeys.test_circle import family
from journeys.test_plan import plan_of

SEEN = {
    "en": "She has sat alone for two weeks.",
    "nl": "Ze zit al twee weken alleen.",
    "fr": "Elle est seule depuis deux semaines.",
}

pytestmark = [
    pytest.mark.looks,
    pytest.mark.skipif(not os.environ.get("KRING_PICTURES"), reason="nobody asked for pictures"),
]
BOOK = Path(__file__).parents[2] / "docs" / "pictures"
HANDBOOK = Path(__file__).parents[2] / "docs" / "handbook" / "pictures"


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


@pytest.mark.parametrize("language", ["en", "nl", "fr", "ar"])
def test_the_pictures_of_the_handbook(devices: Devices, language: str) -> None:
    """One picture for each thing the handbook tells, in each of its languages."""
    pages = "".join(page.read_text() for page in (HANDBOOK.parent / language).glob("*.md"))
    shown = set(re.findall(r"/([\w-]+)\.png", pages))
    for name, who, address in _told(devices):
        if name not in shown:
            continue
        tab = (devices.phone if name.endswith("-phone") else devices.desk)(language)
        if who:
            tab.be(who).reads()
        tab.go(address)
        tab.page.wait_for_load_state("networkidle")
        folder = HANDBOOK / language
        folder.mkdir(parents=True, exist_ok=True)
        tab.page.screenshot(path=folder / f"{name}.png", scale="css")
        tab.page.context.close()
    if "receipt-phone" in shown:
        _receipt(devices, language)


def _receipt(devices: Devices, language: str) -> None:
    """What a teacher holds after handing in a concern."""
    teacher = devices.phone(language)
    teacher.go("/concern/")
    for field, words in (("who_about", "Nina, 3A"), ("seen", SEEN[language]), ("reach", "0470 00 10 05")):
        teacher.write(field, words)
    teacher.press("Send")
    teacher.page.wait_for_load_state("networkidle")
    teacher.page.screenshot(path=HANDBOOK / language / "receipt-phone.png", scale="css")


def _told(devices: Devices) -> list[tuple[str, str, str]]:
    """What each picture shows: its name, who holds the device, and where."""
    home = family(devices, "samira")
    version, plan = plan_of(devices, "samira")
    held = "SELECT id FROM wraparound_meeting WHERE place = 'bij oma Fatna aan tafel'"
    (meeting,) = devices.stage.look_behind(held)
    (matter,) = devices.stage.look_behind(
        "SELECT id FROM trust_matter WHERE kind = 'conflict' AND answer = ''"
    )
    own = "SELECT id FROM trust_circle WHERE kind = 'own' AND subject_id = %s"
    (page,) = devices.stage.look_behind(own, devices.stage.people["samira"])
    return [
        ("circle-phone", "naima", home),
        ("who-sees-phone", "naima", f"{home}who-sees/"),
        ("approval-phone", "naima", f"/a/{version}/"),
        ("own-page-phone", "samira", f"/own/{page[0]}/"),
        ("concern-phone", "", "/concern/"),
        ("day", "hanne", "/today/"),
        ("desk", "els", "/concerns/"),
        ("plan", "hanne", f"/plans/{plan}/"),
        ("meeting", "hanne", f"/meetings/{meeting[0]}/"),
        ("offers", "", "/offers/"),
        ("telling-phone", "milan", f"/me/tell/{devices.stage.people['mila']}/"),
        ("danger-phone", "noor", "/danger/"),
        ("mine-phone", "naima", "/mine/"),
        ("account-phone", "hanne", "/account/"),
        ("two-people", "wim", f"/two-people/{matter[0]}/"),
        ("watching", "wim", "/watching/"),
    ]
