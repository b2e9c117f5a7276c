"""W8, W12, E11: the family's pages in a real browser: few taps, no script needed, nothing for axe to find."""

import os
from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser

from circle.furnished import Furnished
from kring.trust import viewer
from kring.wraparound.models import Goal
from network import browser as browsers

pytestmark = pytest.mark.journey
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def chromium() -> Iterator[Browser]:
    with browsers.started() as browser:
        yield browser


@pytest.fixture
def scene(owner) -> Furnished:
    scene = Furnished(owner)
    scene.done("Samira sprak voor de klas over haar dansvoorstelling")
    return scene


def cookies(scene: Furnished, person: UUID) -> list[dict[str, object]]:
    """A browser keeps cookies of this kind for https, and sends them to localhost too."""
    return [
        {"name": name, "value": morsel.value, "url": "https://localhost/", "secure": True, "httpOnly": True}
        for name, morsel in scene.browser(person).cookies.items()
    ]


def pages(scene: Furnished) -> dict[str, tuple[UUID, str]]:
    """Every page of the circle, and through whom it is looked at."""
    home, goal = f"/family/{scene.family}/", scene.goal(scene.samira).pk
    mother = {
        "family": "", "as": f"?as={scene.lotte}", "other-eyes": "as/", "person": f"people/{scene.noor}/",
        "remove": f"people/{scene.noor}/remove/", "leave": "leave/", "invite": "invite/",
        "invite-professional": "invite/professionals/", "invited": f"invited/{scene.asked.pk}/",
        "coordinator": "coordinator/", "who-sees": "who-sees/", "eyes": f"who-sees/goal/{goal}/",
        "who-looked": "who-looked/", "new-home": "homes/new/", "home": f"homes/{scene.home}/", "left-out": "left-out/",
    }  # fmt: skip
    return {
        **{name: (scene.naima, home + more) for name, more in mother.items()},
        "own": (scene.samira, f"/own/{scene.own[scene.samira]}/"),
        "families": (scene.noor, "/families/"),
        "today": (scene.noor, "/today/"),
        "family-of-staff": (scene.noor, home),
    }


MAIN = {"family", "eyes", "who-looked", "today", "own"}


@pytest.mark.parametrize("variant", browsers.BOTH_WAYS)
def test_axe_finds_nothing(scene, live_server, chromium, variant) -> None:
    first = variant == browsers.BOTH_WAYS[0]
    signed: dict[UUID, list[dict[str, object]]] = {}
    for name, (person, address) in pages(scene).items():
        if not first and name not in MAIN:
            continue
        signed.setdefault(person, cookies(scene, person))
        with browsers.opened(chromium, variant, signed[person], bypass_csp=True) as tab:
            tab.page.goto(f"{live_server}{address}", wait_until="networkidle")
            tab.picture(f"circle-{name}")
            assert tab.axe() == [], name
            assert tab.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def test_no_page_breaks_the_rules_for_scripts(scene, live_server, chromium) -> None:
    signed: dict[UUID, list[dict[str, object]]] = {}
    for name, (person, address) in pages(scene).items():
        if name not in MAIN | {"as", "invite", "invited", "left-out"}:
            continue
        signed.setdefault(person, cookies(scene, person))
        with browsers.opened(chromium, browsers.BOTH_WAYS[0], signed[person]) as tab:
            tab.page.goto(f"{live_server}{address}", wait_until="networkidle")
            assert tab.complaints == [], name


def knows(scene: Furnished, person: UUID, goal: UUID) -> bool:
    with viewer.acting(person):
        return Goal.objects.filter(pk=goal).exists()


@pytest.mark.parametrize("script", [True, False])
def test_three_taps_close_an_eye_with_and_without_script(scene, live_server, chromium, script) -> None:
    goal = scene.goal(scene.samira)
    girl = cookies(scene, scene.samira)
    with browsers.opened(chromium, "nl-phone-light", girl, locale="en", java_script_enabled=script) as tab:
        tab.page.goto(f"{live_server}/family/{scene.family}/")
        tab.page.get_by_role("link", name="Change this").tap()
        tab.page.get_by_role("link", name="aim school").tap()
        tab.page.get_by_role("button", name="Lotte").tap()
        tab.page.get_by_text("Lotte: does not see this any more.").first.wait_for()
        tab.page.get_by_text("everybody in this circle but Lotte").first.wait_for()
    assert not knows(scene, scene.lotte, goal.pk)


def test_what_is_late_is_seen_without_a_tap(scene, live_server, chromium) -> None:
    with browsers.opened(chromium, "nl-phone-light", cookies(scene, scene.noor), locale="en") as tab:
        tab.page.goto(f"{live_server}/today/")
        late = tab.page.get_by_text("promised for yesterday").first
        assert late.bounding_box()["y"] < tab.page.viewport_size["height"]


def test_the_rings_are_touched_and_walked_by_keyboard(scene, live_server, chromium) -> None:
    with browsers.opened(chromium, "nl-desk-dark", cookies(scene, scene.naima), locale="en") as tab:
        tab.page.goto(f"{live_server}/family/{scene.family}/")
        face = tab.page.locator(".rings-wide a").filter(has_text="Hind").first
        face.focus()
        tab.page.keyboard.press("Enter")
        tab.page.get_by_role("heading", name="Hind").wait_for()
        assert "/people/" in tab.page.url
