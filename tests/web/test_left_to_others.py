"""A device that is left to others: what one typed is not there for the next, however they come back to the page."""

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
WORDS = "What nobody else is to read"
FORM = '<form method="post" action="/sent/"><label for="o">Words</label><textarea id="o" name="words"></textarea><button class="button">Send it</button></form>'
ELSEWHERE = "<!doctype html><title>x</title><h1>Elsewhere</h1>"


def page_of(whose: str, more: str = "") -> str:
    """A page with one thing to write, as its mark says whose it is; nobody's where it is left to others."""
    return form_page(FORM + more).replace('data-whose=""', f'data-whose="{whose}"')


def typed(browser: Browser, site: Site, whose: str) -> Page:
    """Words that were typed, and not sent."""
    page = opened(browser)
    page.goto(site.add("/one/", page_of(whose)))
    page.locator("#o").fill(WORDS)
    return page


@pytest.mark.parametrize("ways", [("back",), ("back", "forward", "back")])
def test_who_comes_back_finds_it_empty(browser: Browser, site: Site, ways: tuple[str, ...]) -> None:
    page = typed(browser, site, "")
    page.goto(site.add("/two/", ELSEWHERE))
    for way in ways:
        getattr(page, f"go_{way}")(wait_until="load")
    assert page.locator("#o").input_value() == ""
    assert WORDS not in page.evaluate(
        "JSON.stringify([history.state, {...sessionStorage}, {...localStorage}])"
    )
    page.context.close()


@pytest.mark.parametrize("whose", ["", "me"])
def test_a_browser_that_keeps_pages_whole_keeps_it_without_the_words(
    browser: Browser, site: Site, whose: str
) -> None:
    page = typed(browser, site, whose)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    assert page.locator("#o").input_value() == ("" if whose == "" else WORDS)
    page.context.close()


@pytest.mark.parametrize("whose", ["", "me"])
def test_what_came_back_with_a_mistake_is_not_remembered(browser: Browser, site: Site, whose: str) -> None:
    mistake = page_of(whose, '<p data-focus-me tabindex="-1">Write more</p>').replace(
        'name="words"></textarea>', f'name="words">{WORDS}</textarea>'
    )
    site.answers["/sent/"] = (422, mistake)
    page = typed(browser, site, whose)
    with page.expect_navigation(url="**/sent/"):
        page.get_by_role("button", name="Send it").click()
    page.wait_for_load_state()
    assert page.locator("#o").input_value() == WORDS, "it stands there for who sent it"
    kept = page.evaluate("JSON.stringify([history.state, {...sessionStorage}, {...localStorage}])")
    assert (WORDS in kept) is (whose == "me"), "remembered only where it is one's own"
    page.context.close()


SEARCH = '<div id="found"></div><button id="look" class="button" hx-get="/found/" hx-target="#found" hx-push-url="true">Look</button>'


def after_a_search(browser: Browser, site: Site) -> Page:
    """Words that were typed, in a place of the history to which a part of the page gave another address."""
    site.add("/found/", "<p>One thing</p>")
    page = opened(browser)
    page.goto(site.add("/one/", page_of("me", SEARCH)))
    page.locator("#o").fill(WORDS)
    page.locator("#look").click()
    page.get_by_text("One thing").wait_for()
    assert page.url.endswith("/found/")
    return page


def test_after_a_search_the_history_still_knows_whose_it_is(browser: Browser, site: Site) -> None:
    page = after_a_search(browser, site)
    assert page.evaluate("history.state.whose") == "me"
    site.add("/found/", page_of("somebody else"))
    page.goto(site.add("/two/", ELSEWHERE))
    page.go_back(wait_until="load")
    assert page.evaluate("history.state.whose") == "somebody else"
    assert page.locator("#o").input_value() == ""
    page.context.close()


def test_by_the_way_back_of_a_search_whoever_is_here_then_begins_with_a_page_of_theirs(
    browser: Browser, site: Site
) -> None:
    page = after_a_search(browser, site)
    site.add("/one/", page_of("somebody else", SEARCH))
    with page.expect_event("load"):
        page.evaluate("history.back()")
    assert page.evaluate("history.state.whose") == "somebody else"
    assert page.url.endswith("/one/")
    assert page.locator("#o").input_value() == ""
    page.context.close()
