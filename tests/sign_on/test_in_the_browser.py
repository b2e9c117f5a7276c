"""By the town's sign-in in a real browser: in, refused with one factor only, ended, and never back by it (E10)."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from network import browser as browsers
from sign_on.conftest import Town
from sign_on.test_signing_on import ELS, TWO
from web.doorstep import Doorstep

pytestmark = pytest.mark.journey


def over_there(page: Page, site: str, who: str = "els-1") -> None:
    """From our sign-in page to the town, who one is there, and back."""
    page.goto(f"{site}/sign-in/")
    page.get_by_role("link", name="Lindestad").click()
    page.locator('input[name="sub"]').fill(who)
    page.get_by_role("button", name="Authorize", exact=True).click()
    page.wait_for_url(f"{site}/**")


def test_a_worker_comes_in_by_the_town_ends_it_and_nobody_comes_back_by_it(
    at_the_door: Doorstep, town: Town, live_server: Any, chromium: Browser
) -> None:
    site = live_server.url.replace("127.0.0.1", "localhost")
    town.told("els-1", **ELS, amr=["pwd"])
    with browsers.opened(chromium, "nl-phone-light", locale="en") as tab:
        page = tab.page
        over_there(page, site)
        assert page.url.endswith("/sign-in/code/")  # the town asked for one thing: ours is asked besides
        page.goto(f"{site}/account/")
        assert "/sign-in/" in page.url
        page.context.clear_cookies()  # the next morning
        town.told("els-1", **ELS, **TWO)
        over_there(page, site)
        tab.look("my-sign-in", f"{site}/account/")
        page.get_by_role("button", name="End this way in").click()
        page.get_by_text("You ended this way in on").wait_for()
        tab.look("my-sign-in-ended", f"{site}/account/")
        page.locator("main").get_by_role("button", name="Sign out").click()
        over_there(page, site)
        page.get_by_text("You could not come in this way").wait_for()
        assert page.url.endswith("/sign-in/")
        page.goto(f"{site}/account/")
        assert "/sign-in/" in page.url
