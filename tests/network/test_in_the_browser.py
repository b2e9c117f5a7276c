"""The directory in a real browser: found in three taps, without script too, and nothing for axe to find."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from playwright.sync_api import Browser

from kring.network.models import Offer
from network import browser as browsers
from network.browser import cookies
from network.samples import OFFERS
from network.scene import Scene

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("variant", browsers.BOTH_WAYS)
def test_every_page_for_the_public_is_clean(
    pilots: Scene, live_server: object, chromium: Browser, variant: str
) -> None:
    with pilots.as_(pilots.worker):
        offer = Offer.objects.get(name="Nurse for children")
    pages = {
        "offers": "/offers/",
        "nothing": "/offers/?q=zzz&age=9",
        "mistake": "/offers/?age=abc",
        "paper": "/offers/?paper=1",
        "offer": f"/offers/{offer.pk}/",
    }
    with browsers.opened(chromium, variant) as tab:
        for name, address in pages.items():
            tab.look(name, f"{live_server}{address}")
        assert tab.complaints == []


@pytest.mark.parametrize("variant", browsers.BOTH_WAYS)
def test_every_page_for_the_coordinator_is_clean(
    pilots: Scene, live_server: object, chromium: Browser, sign_in: Callable[[UUID], Client], variant: str
) -> None:
    nora = cookies(sign_in(pilots.network))
    with browsers.opened(chromium, variant, nora) as tab:
        for name, address in {"village-offers": "/village/offers/", "write": "/village/offers/new/"}.items():
            tab.look(name, f"{live_server}{address}")
        assert tab.complaints == []


@pytest.mark.parametrize("script", [True, False])
def test_the_coordinator_takes_over_the_pilots_list(
    scene: Scene, live_server: object, chromium: Browser, sign_in: Callable[[UUID], Client], script: bool
) -> None:
    nora = cookies(sign_in(scene.network))
    with browsers.opened(chromium, "fr-desk-light", nora, locale="en", java_script_enabled=script) as tab:
        tab.page.goto(f"{live_server}/village/import/")
        tab.picture(f"import-{script}")
        tab.page.get_by_label("Which file?").set_input_files(OFFERS)
        tab.page.get_by_role("button", name="Read the list").click()
        tab.page.get_by_role("heading", name="What this list would change").wait_for()
        tab.picture(f"draft-{script}")
        tab.page.get_by_role("button", name="Yes, take this list over").click()
        tab.page.get_by_text("36 new offers stand in the directory.").wait_for()
        tab.picture(f"done-{script}")
        tab.page.get_by_role("link", name="Look at the directory").click()
        tab.page.get_by_role("heading", name="36 offers").wait_for()
        assert tab.complaints == []


def test_results_come_while_typing_and_the_address_keeps_them(
    pilots: Scene, live_server: object, chromium: Browser
) -> None:
    with browsers.opened(chromium, "nl-phone-light", locale="en") as tab:
        tab.page.goto(f"{live_server}/offers/")
        tab.page.get_by_label("What are you looking for?").press_sequentially("netst", delay=20)
        tab.page.get_by_role("heading", name="1 offer fits").wait_for()
        assert "q=netst" in tab.page.url
        tab.page.reload()
        assert tab.page.get_by_label("What are you looking for?").input_value() == "netst"
        tab.page.get_by_role("heading", name="1 offer fits").wait_for()
        assert tab.complaints == []


def test_a_teacher_finds_a_number_in_three_taps_without_script(
    pilots: Scene, live_server: object, chromium: Browser
) -> None:
    with browsers.opened(chromium, "nl-phone-light", locale="en", java_script_enabled=False) as tab:
        tab.page.goto(f"{live_server}/offers/")
        tab.page.get_by_label("What are you looking for?").fill("talent")
        tab.page.get_by_role("button", name="Search").tap()
        tab.page.get_by_role("heading", name="offers fit").wait_for()
        assert tab.page.locator("article a[href^='tel:']").first.is_visible()
