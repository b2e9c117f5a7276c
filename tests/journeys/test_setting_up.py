"""Without a consultant (E12, E13, G5): from an empty house to a poster, and what the village makes its own."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from journeys.stage import Stage
from journeys.story import Devices, Tab
from web.test_sign_in_in_the_browser import a_device_that_knows_passkeys

#: Every touch of the whole way; a minute is enough for five of them.
TOUCHES = 40


@pytest.fixture
def empty_house(
    stage: Stage, site: str, chromium: Browser, settings: Any, django_db_blocker: Any
) -> Iterator[Devices]:
    """Devices in front of a house where nobody lives yet."""
    settings.DEMO = False
    with django_db_blocker.unblock(), stage.empty():
        found = Devices(chromium, site, stage)
        yield found
        found.close()


def new_code() -> str:
    """What `kring setup` shows on the server's screen."""
    from kring.trust.usecases import setting_up

    return setting_up.new_code(at=timezone.now())


def test_a_new_village_from_nothing(empty_house: Devices) -> None:
    """On a phone, in Dutch: the code, three pages, a passkey, what is left, and the poster."""
    ada = empty_house.phone("nl")
    a_device_that_knows_passkeys(ada.page)
    ada.go("/")
    assert ada.page.url.endswith("/set-up/")
    ada.look("set-up-code")
    ada.write("code", new_code())
    ada.press("Go on")
    found_the_village(ada)
    passkey(ada)
    ada.sees(ada.say("What is left to begin"))
    ada.look("keep-left")
    what_is_left(ada)
    assert poster(ada) == "application/pdf"
    assert ada.taps <= TOUCHES
    ada.go("/set-up/")
    assert ada.page.title().startswith(ada.say("This page is not here"))


def poster(ada: Tab) -> str:
    """What comes by one more touch; asked for quietly, since a browser without a screen shows no paper."""
    ada.taps += 1
    address = ada.page.locator('a[href$="/poster/"]').first.get_attribute("href")
    kind: str = ada.page.evaluate("async (to) => (await fetch(to)).headers.get('content-type')", address)
    return kind


def found_the_village(ada: Tab) -> None:
    """The village, its keeper, and what is agreed; one page is left and taken up again."""
    ada.write("name", "Oude Haven")
    ada.page.locator('[name="country"]').select_option("NL")
    ada.taps += 2
    ada.tap('label:has([value="ar"])')
    ada.look("set-up-village")
    ada.press("Go on")
    ada.page.go_back()
    assert ada.page.locator('[name="name"]').input_value() == "Oude Haven"
    ada.press("Go on")
    for name, words in (
        ("given_name", "Ada"),
        ("email", "ada@haven.example"),
        ("organisation", "Gemeente Haven"),
    ):
        ada.write(name, words)
    ada.look("set-up-you")
    ada.press("Go on")
    ada.look("set-up-agreement")
    ada.tap('label:has([name="yes"])')
    ada.press("Found the village")


def passkey(ada: Tab) -> None:
    """The administrator's own way in."""
    ada.press("Let this device remember me")
    ada.write("name", "telefoon")
    ada.follow("main form button")
    ada.page.goto(f"{ada.site}/")


def what_is_left(ada: Tab) -> None:
    """A number, and two people by card."""
    ada.press("The telephone of the contact point")
    ada.write("phone", "071 000 00 00")
    ada.press("Keep it")
    for role, name in (
        ("Somebody who answers concerns", "Wim"),
        ("Somebody who keeps the directory", "Noor"),
    ):
        ada.press(role)
        ada.write("given_name", name)
        ada.write("email", f"{name.lower()}@haven.example")
        ada.page.locator('[name="organisation"]').select_option(label="Gemeente Haven")
        ada.taps += 2
        ada.press("Make the invitation")
        ada.look("set-up-card")
        ada.press("Done")
    assert ada.page.get_by_text(ada.say("What is left to begin")).count() == 0


def test_the_village_makes_it_its_own(devices: Devices) -> None:
    """A word, a colour and a switch; the teacher sees them at once, and everything is taken back."""
    sofie, lotte = devices.desk("nl").be("sofie"), devices.phone("nl", "dark").be("lotte")
    sofie.go("/village/keep/words/?language=nl")
    sofie.page.get_by_label(sofie.say("home"), exact=True).fill("thuis en wonen")
    sofie.press("Keep it")
    sofie.go("/village/keep/look/")
    sofie.page.locator('[name="main"]').fill("#ffee00")
    sofie.follow(sofie.page.locator('button[name="keep"]'))
    sofie.look("look-not-readable")
    with sofie.page.expect_navigation():
        sofie.page.locator('button[name="main"]').click()
    sofie.look("look-tried")
    sofie.page.locator('[name="main"][type="color"]').fill("#7a1f5c")
    sofie.follow(sofie.page.locator('button[name="keep"]').first)
    sofie.go("/village/keep/modules/")
    sofie.page.locator('label:has([value="meetings"])').click()
    sofie.press("Keep it")
    lotte.go("/village/offers/")
    assert lotte.page.locator("option", has_text="thuis en wonen").count() == 1
    assert (
        lotte.page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--brand')").strip()
        != "#7fd6c4"
    )
    lotte.look("own-colours")
    sofie.go("/village/keep/changes/")
    sofie.look("what-changed")
    for _change in range(3):
        sofie.press("Take it back")
    lotte.go("/village/offers/")
    assert lotte.page.locator("option", has_text="thuis en wonen").count() == 0
    assert lotte.page.locator('link[href*="/look/"]').count() == 0
