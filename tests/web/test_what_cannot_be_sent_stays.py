"""What cannot be sent stays on the page with its words: no connection, nobody in any more, or somebody else."""

from functools import partial
from typing import Any

from playwright.sync_api import Browser, Page, Route

from web.design_site import Site
from web.doorstep import browser as signed_in
from web.test_design_in_the_browser import (
    browser,
    form_page,
    opened,
    pytestmark,
    site,
)

__all__ = ["browser", "pytestmark", "site"]
OUT, LOST = "You are out.", "No connection. Your words still stand here."


def answers(page: Page, told: str | None) -> None:
    """What is said from now on to a page that asks who is in; without words nothing comes."""
    page.route("**/still-in/**", lambda ask: ask.fulfill(body=told) if told else ask.abort())


def test_words_stay_until_somebody_is_in_and_leave_with_the_newer_word(browser: Browser, site: Site) -> None:
    site.answers["/story/"] = (204, "")
    knows = f'<body data-here="/still-in/?who=x" data-signed-out="{OUT}" data-sign-in="Come in" '
    page = opened(browser)
    page.goto(site.add("/story/new/", form_page().replace("<body ", knows, 1)))
    page.locator("#s").fill("in the lift")
    for answer, said in (('{"in": false, "token": ""}', OUT), (None, LOST)):
        answers(page, answer)
        page.get_by_role("button", name="Send").click()
        page.get_by_text(said).wait_for()
        page.unroute("**/still-in/**")
        assert page.locator("#s").input_value() == "in the lift"
        assert page.locator(".toast a").count() == (said == OUT), "and a way back in"
    assert "/story/" not in [path for path, *_ in site.posted]
    answers(page, '{"in": true, "token": "newer"}')
    with page.expect_request("**/story/"):
        page.get_by_role("button", name="Send").click()
    page.wait_for_timeout(400)
    (sent,) = [told for path, told, *_ in site.posted if path == "/story/"]
    assert (sent["story"], sent["csrfmiddlewaretoken"]) == (["in the lift"], ["newer"])
    page.context.close()


def test_a_page_knows_whether_whom_it_was_made_for_is_still_in(at_the_door: Any, owner: Any) -> None:
    samira, els = signed_in(owner, at_the_door.samira), signed_in(owner, at_the_door.els)
    page = samira.get("/").content.decode() or samira.get("/", follow=True).content.decode()
    address = page.split('data-here="')[1].split('"')[0]
    assert str(at_the_door.samira) not in address
    told = samira.get(address).json()
    assert told["in"] is True
    assert len(told["token"]) == 64
    nobody = {"in": False, "token": ""}
    assert els.get(address).json() == nobody, "somebody else sends nothing of hers"
    assert samira.get("/still-in/").json() == nobody
    samira.post("/sign-out/")
    assert samira.get(address).json() == nobody
    assert "data-here" not in samira.get("/sign-in/").content.decode()


def _given(answer: dict[str, Any], ask: Route) -> None:
    ask.fulfill(**answer)


def test_a_part_that_misses_one_thing_says_which_and_the_words_stay(browser: Browser, site: Site) -> None:
    knows = f'<body data-here="/still-in/?who=x" data-signed-out="{OUT}" data-sign-in="Come in" '
    asks = '<button type="button" hx-get="/part/">More</button>'
    page = opened(browser)
    page.goto(site.add("/story/new/", form_page(asks).replace("<body ", knows, 1)))
    page.locator("#s").fill("half a sentence")
    for body, said, way in (
        ("One thing is missing.\nShow it", "One thing is missing.", "Show it"),
        ("", OUT, "Come in"),
    ):
        answer = {"status": 401, "body": body, "headers": {"HX-Redirect": "/there/"}}
        page.unroute("**/part/")
        page.route("**/part/", partial(_given, answer))
        page.get_by_role("button", name="More").click()
        page.get_by_text(said).wait_for()
        assert page.get_by_role("link", name=way).get_attribute("href") == "/there/"
        assert page.locator("#s").input_value() == "half a sentence"
    page.context.close()
