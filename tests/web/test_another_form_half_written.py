"""Two forms on one page: the first is sent, and what is half written in the second stands there again for its own writer."""

import pytest
from playwright.sync_api import Browser, Page

from web.design_site import Site
from web.test_design_in_the_browser import (
    browser,
    form_page,
    opened,
    pytestmark,
    site,
)

__all__ = ["browser", "pytestmark", "site"]
HALF = "Half a sentence about"
ONE = '<form method="post" action="/one/"><input type="hidden" name="of" value="{}"><button class="button">One</button></form>'
OTHER = '<form method="post" action="/{}/"{}><label for="o">Other</label><textarea id="o" name="words"></textarea></form>'


def page_for(whose: str, other: str = "other", more: str = "") -> str:
    """A page with a story, a button, and another form, as its writer's mark says whose it is."""
    forms = f"<details open>{OTHER.format(other, more)}</details>"
    made = form_page(ONE.format(1) + ONE.format(2) + forms)
    return made.replace('data-whose=""', f'data-whose="{whose}"')


def half_written(browser: Browser, site: Site, first: str, then: str) -> Page:
    """Half a sentence in one form, then another is sent; the page that comes."""
    site.answers["/one/"] = (200, then)
    page = opened(browser)
    page.goto(site.add("/two/", first))
    page.locator("#o").fill(HALF)
    with page.expect_navigation(url="**/one/"):
        page.get_by_role("button", name="One").first.click()
    page.wait_for_load_state()
    return page


def test_the_words_of_the_second_form_stand_there_again_once(browser: Browser, site: Site) -> None:
    then = page_for("me").replace("<details open>", "<details>")
    page = half_written(browser, site, page_for("me"), then)
    assert page.locator("#o").input_value() == HALF
    assert page.locator("#o").is_visible(), "also in what was folded away"
    assert page.evaluate("sessionStorage.length") == 0, "taken out at once"
    page.goto(f"{site.origin}/two/")
    assert page.locator("#o").input_value() == ""
    assert page.complaints == []
    page.context.close()


@pytest.mark.parametrize(
    "then",
    [("somebody-else", "other", ""), ("me", "elsewhere", ""), ("me", "other", ' autocomplete="off"')],
)
def test_they_come_back_to_nobody_else_and_in_no_other_form(
    browser: Browser, site: Site, then: tuple[str, str, str]
) -> None:
    page = half_written(browser, site, page_for("me"), page_for(*then))
    assert page.locator("#o").input_value() == ""
    assert page.evaluate("sessionStorage.length") == 0
    page.context.close()


@pytest.mark.parametrize(("whose", "more"), [("", ""), ("me", ' autocomplete="off"')])
def test_on_a_device_that_is_left_to_others_nothing_waits(
    browser: Browser, site: Site, whose: str, more: str
) -> None:
    """Nor what is in a form that wants nothing kept."""
    bare = "<!doctype html><title>x</title><h1>Sent</h1>"  # without our script, so that nothing takes it out
    page = half_written(browser, site, page_for(whose, "other", more), bare)
    assert page.evaluate("sessionStorage.length") == 0
    page.context.close()


def test_what_the_page_says_anew_is_not_written_over(browser: Browser, site: Site) -> None:
    then = page_for("me").replace('name="words"></textarea>', 'name="words">Said meanwhile</textarea>')
    page = half_written(browser, site, page_for("me"), then)
    assert page.locator("#o").input_value() == "Said meanwhile"
    page.context.close()
