"""A story in a real browser: who does what, how many taps it takes, and nothing for axe or the console to say."""

import os
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from journeys.stage import Stage
from network.browser import DESK, PHONE, violations

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: What the browser itself says about an address that is rightly refused is no mistake of the page.
REFUSED = "the server responded with a status of 4"


def said(language: str, sentence: str, **values: str) -> str:
    """A sentence of the pages in a language."""
    with translation.override(language):
        return gettext(sentence) % values if values else gettext(sentence)


@dataclass
class Tab:
    """One device in somebody's hands: a telephone is tapped, a desk is clicked."""

    page: Page
    site: str
    language: str
    people: dict[str, UUID]
    name: str
    phone: bool
    script: bool = True
    taps: int = 0
    complaints: list[str] = field(default_factory=list)

    def go(self, address: str) -> Page:
        """Open an address of the village."""
        self.page.goto(address if address.startswith("http") else f"{self.site}{address}")
        return self.page

    def be(self, key: str) -> "Tab":
        """Be somebody of the cast, as a visitor of the demonstration would; these taps do not count."""
        self.go("/demo/")
        with self.page.expect_navigation():
            self.page.locator(f'form[action$="/be/{self.people[key]}/"] button').first.click()
        return self

    def reads(self) -> "Tab":
        """Choose the language of this device on the page, when the account has another; these taps do not count."""
        if self.page.locator("html").get_attribute("lang") != self.language:
            self.tap('details:has(button[name="language"]) > summary')
            self.follow(f'button[name="language"][value="{self.language}"]')
        self.taps = 0
        return self

    def tap(self, what: str | Locator) -> None:
        """One touch, counted."""
        found = self.page.locator(what).first if isinstance(what, str) else what.first
        self.taps += 1
        if self.phone:
            found.tap()
        else:
            found.click()

    def write(self, name: str, words: str) -> None:
        """Touch a field and write in it: the touch counts."""
        place = self.page.locator(f'[name="{name}"]').first
        self.tap(place)
        place.fill(words)

    def press(self, sentence: str) -> None:
        """Touch the button or link with these words, said in English and found in the language of the page."""
        self.follow(self.button(sentence))

    def follow(self, what: str | Locator) -> None:
        """One touch that leads to another page, and wait until it is there."""
        with self.page.expect_navigation():
            self.tap(what)

    def button(self, sentence: str) -> Locator:
        """The button or link with these words."""
        words = self.say(sentence)
        return self.page.get_by_role("button", name=words).or_(self.page.get_by_role("link", name=words))

    def say(self, sentence: str) -> str:
        """A sentence of the pages in the language of this device."""
        return said(self.language, sentence)

    def sees(self, words: str) -> bool:
        """Whether these words stand on the page, once it is there."""
        self.page.get_by_text(words).first.wait_for()
        return True

    def words(self) -> str:
        """Everything that can be read in the middle of the page."""
        return self.page.locator("main").inner_text()

    def whole(self) -> str:
        """All that the page carries, seen or not."""
        return self.page.content()

    def look(self, picture: str = "") -> None:
        """Everybody can use this page as it stands: axe finds nothing; a picture when asked for.

        Where no script runs axe does not either, and the page is the same.
        """
        if not self.script:
            return
        if picture:
            self.picture(picture)
        self.page.wait_for_load_state()
        found = violations(self.page, RULES)
        assert found == [], (self.page.url, found)
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            f"{self.page.url} scrolls sideways"
        )

    def early_in_a_minute(self) -> None:
        """Wait for the next minute when this one is half over: who looked is told by the minute."""
        left = 60 - now().second
        if left < 30:
            self.page.wait_for_timeout(1000 * (left + 1))

    def picture(self, name: str) -> None:
        """A picture of the whole page, when somebody asked for pictures."""
        folder = os.environ.get("KRING_PICTURES")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            usual = self.page.viewport_size or {"width": 390, "height": 844}
            whole = self.page.evaluate("document.documentElement.scrollHeight")
            self.page.set_viewport_size({"width": usual["width"], "height": max(whole, usual["height"])})
            self.page.screenshot(path=f"{folder}/{name}-{self.name}.png")
            self.page.set_viewport_size(usual)


class Devices:
    """Telephones and desks in any language and light, all closed when the story is told."""

    def __init__(self, browser: Browser, site: str, stage: Stage) -> None:
        self.browser, self.site, self.stage = browser, site, stage
        self.tabs: list[Tab] = []

    @staticmethod
    def day(days: int) -> str:
        """The day so many days from today, as a calendar field takes it."""
        return (localdate() + timedelta(days=days)).isoformat()

    def phone(self, language: str = "en", light: str = "light", **more: Any) -> Tab:
        """A telephone."""
        return self._open(PHONE, language, light, phone=True, **more)

    def desk(self, language: str = "en", light: str = "light", **more: Any) -> Tab:
        """A computer on a desk."""
        return self._open(DESK, language, light, phone=False, **more)

    def _open(self, shape: dict[str, Any], language: str, light: str, *, phone: bool, **more: Any) -> Tab:
        context: BrowserContext = self.browser.new_context(
            **shape, locale=language, color_scheme=light, reduced_motion="reduce", **more
        )
        context.set_default_timeout(40_000)
        page = context.new_page()
        name = f"{language}-{'phone' if phone else 'desk'}-{light}"
        script = more.get("java_script_enabled", True)
        tab = Tab(page, self.site, language, self.stage.people, name, phone, script)
        page.on("console", lambda said: _note(tab, said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: tab.complaints.append(str(error)))
        self.tabs.append(tab)
        return tab

    def close(self) -> None:
        """Put everything away; no page may have complained."""
        complaints = [one for tab in self.tabs for one in tab.complaints]
        for tab in self.tabs:
            tab.page.context.close()
        assert complaints == []


def _note(tab: Tab, text: str) -> None:
    if REFUSED not in text:
        tab.complaints.append(text)
