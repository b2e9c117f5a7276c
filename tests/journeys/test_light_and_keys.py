"""Light enough for an old telephone, and whole with a keyboard alone (E8, E11)."""

import gzip
import re

import pytest
from playwright.sync_api import Page, Response

from journeys.story import Devices, Tab
from journeys.test_circle import family

#: An outline or a shadow, on the thing itself or on the label around it.
SEEN = """(() => [document.activeElement, document.activeElement.closest('label')].some(one => one &&
  (getComputedStyle(one).outlineStyle !== 'none' || getComputedStyle(one).boxShadow !== 'none')))()"""
SQUEEZED = (
    "text/",
    "application/javascript",
    "text/javascript",
    "image/svg+xml",
    "application/manifest+json",
)


@pytest.mark.looks
@pytest.mark.parametrize(("key", "language"), [("sarah", "nl"), ("naima", "ar")])
def test_the_first_page_of_a_family_is_light(devices: Devices, key: str, language: str) -> None:
    """At most 120 kB over the wire and 12 requests, with nothing kept from before."""
    signed_in = devices.phone(language).be(key)
    tab = devices.phone(language)
    tab.page.context.add_cookies(signed_in.page.context.cookies())
    answers: list[Response] = []
    tab.page.on("response", lambda answer: answers.append(answer))
    tab.go(family(devices, key))
    tab.page.wait_for_load_state("networkidle")
    weights = {answer.url.split("/", 3)[3]: _weight(answer) for answer in answers}
    assert len(answers) <= 12, weights
    assert sum(weights.values()) <= 120_000, weights


def _weight(answer: Response) -> int:
    """What goes over the wire: our static texts are squeezed when built, pages are sent as they are."""
    body = answer.body()
    is_text = answer.headers.get("content-type", "").startswith(SQUEEZED)
    if "/static/" in answer.url and is_text:
        return len(gzip.compress(body, 9))
    return len(body)


def test_a_teacher_needs_no_mouse(devices: Devices) -> None:
    """S1 by Tab, Space and Enter alone; each place one comes to can be seen."""
    karin = devices.desk()
    page = karin.go("/concern/")
    _reach(page, "who_about")
    page.keyboard.type("Nina, 3A")
    _reach(page, "seen")
    page.keyboard.type("Ze eet niet.")
    _reach(page, "family_knows")
    page.keyboard.press("Space")
    for _step in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    page.keyboard.press("Enter")
    karin.sees("Thank you. We have it.")


def test_a_mother_closes_an_eye_without_a_mouse(devices: Devices) -> None:
    """W8 by keyboard: the way there, the face, and the sentence that follows."""
    sarah = devices.desk().be("sarah")
    page = sarah.go(f"{family(devices, 'jonas')}who-sees/")
    _until(page, "document.activeElement.innerText?.includes('Jonas gaat naar de judo')")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("who-sees/goal"))
    _until(
        page,
        "document.activeElement.matches('button.eye') && document.activeElement.innerText.includes('Bram')",
    )
    page.keyboard.press("Enter")
    page.locator('button.eye[aria-pressed="false"]', has_text="Bram").wait_for()


#: How much of the window stays taken, what scrolls sideways, and which targets are too small for a thumb.
BARS = """[['.bar', '.foot'].reduce((tall, one) => tall + document.querySelector(one).offsetHeight, 0) / innerHeight,
    document.documentElement.scrollWidth - innerWidth,
    [...document.querySelectorAll('.bar a, .bar summary, .foot a')].filter(one => one.offsetParent &&
    (one.offsetHeight < 48 || one.offsetWidth < 44)).map(one => one.outerHTML)]"""


@pytest.mark.looks
@pytest.mark.parametrize(("key", "language"), [("sarah", "nl"), ("naima", "ar")])
@pytest.mark.parametrize("letters", [16, 24])
def test_the_bars_leave_a_small_telephone_to_the_words(
    devices: Devices, key: str, language: str, letters: int
) -> None:
    """320 by 480, as an old telephone is, and with large letters: the page keeps most of the window."""
    page = devices.phone(language).be(key).page
    page.set_viewport_size({"width": 320, "height": 480})
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": letters}})
    page.goto(page.url)
    taken, sideways, small = page.evaluate(BARS)
    assert taken <= 0.4
    assert (sideways, small) == (0, [])


def _reach(page: Page, name: str) -> None:
    _until(page, f"document.activeElement.name === '{name}'")


def _until(page: Page, here: str) -> None:
    """Tab on until one is there; where the focus is can be seen and is not hidden under the foot."""
    for _step in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(f"!!({here})"):
            assert page.evaluate(SEEN), "one sees where one is"
            return
    raise AssertionError(f"the keyboard does not reach {here}")


@pytest.mark.looks
def test_who_is_nobody_of_the_family_finds_nothing(devices: Devices) -> None:
    """An address that is somebody else's answers like one that does not exist."""
    home = family(devices, "jonas")
    for key in ("pieter", "sofie", "omar", "koen"):
        tab: Tab = devices.desk().be(key)
        for address in (home, f"{home}plan/", f"{home}story/", f"{home}who-looked/"):
            answer = tab.page.goto(tab.site + address)
            assert answer is not None
            assert answer.status == 404, (key, address)
