"""A real browser for the directory: four variants, axe, and the console watched."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
#: The one without windows needs a quarter less of the machine than the whole browser.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = os.environ.get("KRING_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")
CALM = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1180, "height": 900}}
VARIANTS: dict[str, dict[str, Any]] = {
    "nl-phone-light": {**PHONE, "locale": "nl", "color_scheme": "light"},
    "ar-phone-dark": {**PHONE, "locale": "ar", "color_scheme": "dark"},
    "fr-desk-light": {**DESK, "locale": "fr", "color_scheme": "light"},
    "nl-desk-dark": {**DESK, "locale": "nl", "color_scheme": "dark"},
}
#: Both widths, both lights and both directions; the journeys look at every page in the others too.
BOTH_WAYS = ("ar-phone-dark", "fr-desk-light")


@dataclass
class Tab:
    """One page in a variant, and what its console complained about."""

    page: Page
    variant: str
    complaints: list[str] = field(default_factory=list)

    def look(self, name: str, address: str) -> None:
        """Open a page, picture it, and hold it against what everybody needs; what comes a moment later too."""
        self.page.goto(address)
        if self.page.locator(".quietly").count():
            self.page.wait_for_load_state("networkidle")
        self.picture(name)
        assert self.axe() == [], name
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name

    def axe(self) -> list[str]:
        """What axe finds."""
        return violations(self.page, RULES)

    def picture(self, name: str) -> None:
        """A picture of the whole page, when somebody asked for pictures."""
        folder = os.environ.get("KRING_PICTURES")
        if folder:
            self.page.screenshot(path=f"{folder}/{name}-{self.variant}.png", full_page=True)


#: A link that fills its card or line must have one of its own to fill: else a touch anywhere opens another.
FILLS_MORE = """[...document.querySelectorAll('.cover')].filter((link) => {
  let held = link.parentElement
  while (held && getComputedStyle(held).position === 'static') held = held.parentElement
  return !held || held.querySelectorAll('.cover').length > 1
}).map((link) => link.textContent.trim())"""


#: What comes into sight is pale for a moment, and is looked at when it is there.
IN_SIGHT = """Promise.all(document.getAnimations()
  .filter((one) => one.playState === 'running' && one.effect.getTiming().iterations !== Infinity)
  .map((one) => one.finished.catch(() => 0)))"""


def violations(page: Page, rules: list[str]) -> list[str]:
    """What axe finds, in short: through the debugger, past the policy that pages live under.

    And every link that fills more than its own card.
    """
    asked = f"{IN_SIGHT}.then(() => axe.run(document, {{runOnly: {rules}, resultTypes: ['violations']}}))"
    found = page.evaluate(f"{AXE.read_text()}\n;{asked}.then((told) => told.violations)")
    filling = [f"fills more than its own card: {words}" for words in page.evaluate(FILLS_MORE)]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found] + filling


def press(page: Page, *keys: str) -> None:
    """Single keys, once the page listens: what comes before its script has run is nobody's."""
    page.wait_for_load_state()
    for key in keys:
        page.keyboard.press(key)


@contextmanager
def started() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=list(CALM))
        yield browser
        browser.close()


def cookies(signed_in: Client) -> list[dict[str, Any]]:
    """A browser keeps cookies of this kind for https, and sends them to localhost too."""
    return [
        {"name": name, "value": morsel.value, "url": "https://localhost/", "secure": True, "httpOnly": True}
        for name, morsel in signed_in.cookies.items()
    ]


@contextmanager
def opened(
    browser: Browser, variant: str, cookies: list[dict[str, Any]] | None = None, **more: Any
) -> Iterator[Tab]:
    """A fresh tab in this variant, with the cookies of somebody signed in."""
    context: BrowserContext = browser.new_context(**(VARIANTS[variant] | more))
    if cookies:
        context.add_cookies(cookies)  # type: ignore[arg-type]
    page = context.new_page()
    tab = Tab(page, variant)
    page.on("console", lambda said: tab.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: tab.complaints.append(str(error)))
    yield tab
    context.close()
