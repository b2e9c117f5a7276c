"""The parts in a real browser: readable by everyone in four variants, light on the wire, kind with script and whole without."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Browser, Page

from kring.web.design.gallery_sample import everything
from network.browser import CHROMIUM, RULES, started, violations
from web.design_site import STATIC, Site, served

BUILT = STATIC / "built/kring.js"
VARIANTS = [("nl", 390, "light"), ("ar", 390, "dark"), ("fr", 1180, "light"), ("nl", 1180, "dark")]
PAGES = ["gallery.html", "parts/gallery/family_page.html", "parts/gallery/door_page.html"]

pytestmark = [
    pytest.mark.journey,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(not CHROMIUM or not BUILT.exists(), reason="needs Chromium and a built front end"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    """The look stands on its own: it needs no page of anybody else."""
    settings.ROOT_URLCONF = "kring.web.design.gallery_urls"
    with served() as site:
        yield site


def page_of(template: str, language: str, **more: Any) -> str:
    with translation.override(language):
        context = {**everything(language), "csrf_token": "x" * 64, "LANGUAGE_CODE": language, **more}
        return render_to_string(template, context)


def opened(browser: Browser, width: int = 390, colours: str = "light", **more: Any) -> Page:
    phone = width < 600
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        color_scheme=colours,
        has_touch=phone,
        is_mobile=phone,
        **more,
    )
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


@pytest.mark.parametrize("template", PAGES)
@pytest.mark.parametrize(("language", "width", "colours"), VARIANTS)
def test_everyone_can_use_it(
    browser: Browser, site: Site, template: str, language: str, width: int, colours: str
) -> None:
    address = site.add("/page/", page_of(template, language))
    page = opened(browser, width, colours)
    page.goto(address, wait_until="networkidle")
    assert violations(page, RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing scrolls sideways"
    page.context.close()


def test_no_complaint_under_the_strict_policy(browser: Browser, site: Site) -> None:
    for number, template in enumerate(PAGES):
        page = opened(browser)
        page.goto(site.add(f"/{number}/", page_of(template, "nl")), wait_until="networkidle")
        assert page.complaints == []
        page.context.close()


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_the_first_page_of_a_family_is_light(browser: Browser, site: Site, language: str) -> None:
    page = opened(browser)
    page.goto(site.add("/family/", page_of(PAGES[1], language)), wait_until="networkidle")
    assert len(site.sent) <= 12, [path for path, _ in site.sent]
    assert site.weight() <= 120_000, site.sent
    page.context.close()


def test_every_button_is_big_enough_for_a_thumb(browser: Browser, site: Site) -> None:
    page = opened(browser)
    page.goto(site.add("/family/", page_of(PAGES[1], "nl")), wait_until="networkidle")
    small = page.evaluate(
        """[...document.querySelectorAll('.button, summary, .eye, .nav a, .chip, .tick')]
        .filter(one => one.offsetParent && (one.offsetHeight < 48 || one.offsetWidth < 44)).map(one => one.outerHTML)"""
    )
    assert small == []
    page.context.close()


def test_the_foot_covers_nothing_at_the_end(browser: Browser, site: Site) -> None:
    page = opened(browser)
    page.goto(site.add("/family/", page_of(PAGES[1], "nl")), wait_until="networkidle")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    last, foot = page.evaluate(
        """[document.querySelector('main').lastElementChild.getBoundingClientRect().bottom,
        document.querySelector('.foot').getBoundingClientRect().top]"""
    )
    assert last <= foot
    page.context.close()


def form_page(extra: str = "") -> str:
    fields = (
        '<h1>Story</h1><form method="post" action="/story/" data-draft="story" data-draft-url="/drafts/">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="token-1"><label for="s">Story</label>'
        '<textarea class="input" id="s" name="story"></textarea><button class="button" type="submit">Send</button>'
        + render_to_string("parts/draft_state.html")
        + f"</form>{extra}"
    )
    page = render_to_string("base_public.html", {"csrf_token": "x" * 64})
    return page.replace("</main>", fields + "</main>")


def test_a_draft_saves_itself_from_the_first_words(browser: Browser, site: Site) -> None:
    page = opened(browser)
    page.goto(site.add("/story/new/", form_page()))
    page.locator("#s").press_sequentially("Samira dances")
    page.get_by_text("Kept as a draft, not sent yet. You can go on later.").wait_for()
    path, body, headers = site.posted[-1]
    assert path == "/drafts/"
    assert body["story"] == ["Samira dances"]
    assert body["draft"] == ["story"]
    assert headers["X-CSRFToken"] == "token-1"
    page.context.close()


def test_a_draft_waits_for_the_connection_and_says_so(browser: Browser, site: Site) -> None:
    page = opened(browser)
    page.goto(site.add("/story/new/", form_page()))
    page.context.set_offline(True)
    page.locator("#s").fill("in the tunnel")
    page.get_by_text("Not saved yet").wait_for()
    page.get_by_role("button", name="Send").click()
    page.get_by_text("No connection. Your words still stand here.").wait_for()
    assert page.locator("#s").input_value() == "in the tunnel"
    page.context.set_offline(False)
    page.get_by_text("There is a connection again. Send it now.").wait_for()
    page.get_by_text("Kept as a draft, not sent yet. You can go on later.").wait_for()
    assert site.posted[-1][1]["story"] == ["in the tunnel"]
    page.get_by_role("button", name="Send").click()
    page.get_by_text("There is a connection again.").wait_for(state="detached")
    assert [path for path, *_ in site.posted].count("/story/") == 1, "and only when it was sent again"
    page.context.close()


def test_a_second_click_sends_nothing_twice(browser: Browser, site: Site) -> None:
    site.answers["/story/"] = (204, "")
    page = opened(browser)
    page.goto(site.add("/story/new/", form_page()))
    page.locator("#s").fill("once")
    # a machine that serves itself in a train: no network, and yet it answers
    page.evaluate("() => Object.defineProperty(navigator, 'onLine', { get: () => false })")
    page.evaluate("() => { const b = document.querySelector('.button'); b.click(); b.click(); b.click(); }")
    page.wait_for_timeout(400)
    assert [path for path, *_ in site.posted].count("/story/") == 1
    page.context.close()


def desk_page() -> str:
    rows = "".join(
        f'<li data-row><a href="/open/{n}/">Concern {n}</a>'
        f'<form method="post" action="/take/{n}/"><button type="submit" data-key="a">Take</button></form></li>'
        for n in (1, 2, 3)
    )
    extra = (
        f'<h1>Desk</h1><label for="w">Words</label><input id="w"><keyboard-list><ul>{rows}</ul></keyboard-list>'
        '<form method="post" action="/undo/"><button type="submit" data-key-page="u">Undo</button></form>'
        + render_to_string("parts/keys.html", {"keys": [{"key": "j", "does": "next"}]})
    )
    return render_to_string("base.html", {"csrf_token": "x" * 64}).replace("</main>", extra + "</main>")


def test_the_desk_works_by_single_keys(browser: Browser, site: Site) -> None:
    page = opened(browser, 1180)
    for path in ("/desk/", "/open/2/"):
        site.add(path, desk_page())
    page.goto(site.origin + "/desk/")
    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.textContent") == "Concern 2"
    page.keyboard.press("a")
    page.wait_for_timeout(300)
    page.keyboard.press("u")
    page.wait_for_timeout(300)
    assert [path for path, *_ in site.posted] == ["/take/2/", "/undo/"]
    page.keyboard.press("Enter")
    page.wait_for_url("**/open/2/")
    page.context.close()


def test_letters_stay_letters_while_typing_and_can_be_switched_off(browser: Browser, site: Site) -> None:
    page = opened(browser, 1180)
    page.goto(site.add("/desk/", desk_page()))
    page.locator("#w").press_sequentially("jau")
    assert page.locator("#w").input_value() == "jau"
    assert page.locator("[data-list-here]").count() == 0
    page.get_by_text("Keys", exact=True).click()
    page.locator("[data-keys-switch]").click()
    page.keyboard.press("j")
    assert page.locator("[data-list-here]").count() == 0
    assert site.posted == []
    page.reload()
    page.keyboard.press("j")
    assert page.locator("[data-list-here]").count() == 0, "switched off stays off on this device"
    page.context.close()


VOICE = """
    window.said = [];
    const fake = {
      getVoices: () => [{ lang: 'nl-BE' }], addEventListener() {}, cancel() {}, pause() { said.push('pause'); },
      resume() { said.push('resume'); }, speak(one) { said.push([one.lang, one.text]); one.onstart?.(); },
    };
    Object.defineProperty(window, 'speechSynthesis', { value: fake });
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def test_the_page_is_read_aloud_in_its_language(browser: Browser, site: Site) -> None:
    page = opened(browser)
    page.add_init_script(VOICE)
    page.goto(site.add("/family/", page_of(PAGES[1], "nl")), wait_until="networkidle")
    button = page.locator("[data-listen]")
    button.tap()
    said = page.evaluate("said")
    assert said[0] == ["nl", "“Ik wil weer met plezier naar school en op vrijdag dansen.”"]
    assert len(said) == 7
    button.tap()
    assert page.evaluate("said.at(-1)") == "pause"
    page.context.close()


def test_where_no_voice_speaks_the_language_no_button_promises_one(browser: Browser, site: Site) -> None:
    page = opened(browser)
    page.add_init_script(VOICE)
    page.goto(site.add("/family/", page_of(PAGES[1], "ar")), wait_until="networkidle")
    assert not page.locator("[data-listen]").is_visible()
    page.context.close()


def test_the_dialog_opens_takes_the_focus_and_closes(browser: Browser, site: Site) -> None:
    page = opened(browser, 1180)
    page.goto(site.add("/all/", page_of(PAGES[0], "nl")), wait_until="networkidle")
    page.get_by_text("Open een vraag").click()
    assert page.locator("dialog#ask").evaluate("one => one.open && one.contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert not page.locator("dialog#ask").evaluate("one => one.open")
    page.context.close()


def test_a_fragment_with_mistakes_brings_the_focus_to_its_summary(browser: Browser, site: Site) -> None:
    summary = page_of("parts/error_summary.html", "nl")
    site.answers["/words/"] = (422, f"<div>{summary}</div>")
    extra = '<h1>Words</h1><form hx-post="/words/" hx-target="#here"><button class="button" type="submit">Go</button></form><div id="here"></div>'
    base = render_to_string("base_public.html", {"csrf_token": "t" * 64}).replace(
        "</main>", extra + "</main>"
    )
    page = opened(browser)
    page.goto(site.add("/words/new/", base), wait_until="networkidle")
    page.locator(".button").tap()
    page.locator("#here .summary").wait_for()
    assert page.evaluate("document.activeElement.className") == "summary"
    assert site.posted[-1][2]["X-CSRFToken"] == "t" * 64, "htmx 4 sends the inherited header"
    page.context.close()


def test_a_page_is_whole_without_script(browser: Browser, site: Site) -> None:
    page = opened(browser, java_script_enabled=False)
    page.goto(site.add("/door/", page_of(PAGES[2], "nl")))
    page.locator("details.menu > summary").tap()
    assert page.get_by_role("button", name="Français").is_visible()
    assert page.locator("[data-close]:visible, [data-keys-switch]:visible").count() == 0
    page.context.close()
