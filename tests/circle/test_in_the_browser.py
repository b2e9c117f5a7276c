"""W8, W12, E11: the family's pages in a real browser: few taps, no script needed, nothing for axe to find."""

from uuid import UUID

import pytest

from circle.furnished import Furnished
from kring.trust import viewer
from kring.wraparound.models import Goal
from network import browser as browsers
from network.browser import cookies

pytestmark = pytest.mark.journey


@pytest.fixture
def scene(owner) -> Furnished:
    scene = Furnished(owner)
    scene.done("Samira sprak voor de klas over haar dansvoorstelling")
    return scene


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
def test_axe_and_the_console_find_nothing(scene, live_server, chromium, variant) -> None:
    looked_at: dict[UUID, dict[str, str]] = {}
    for name, (person, address) in pages(scene).items():
        if variant == browsers.BOTH_WAYS[0] or name in MAIN:
            looked_at.setdefault(person, {})[name] = address
    for person, addresses in looked_at.items():
        with browsers.opened(chromium, variant, cookies(scene.browser(person))) as tab:
            for name, address in addresses.items():
                tab.look(f"circle-{name}", f"{live_server}{address}")
            assert tab.complaints == []


def knows(scene: Furnished, person: UUID, goal: UUID) -> bool:
    with viewer.acting(person):
        return Goal.objects.filter(pk=goal).exists()


@pytest.mark.parametrize("script", [True, False])
def test_three_taps_close_an_eye_with_and_without_script(scene, live_server, chromium, script) -> None:
    goal = scene.goal(scene.samira)
    girl = cookies(scene.browser(scene.samira))
    with browsers.opened(chromium, "nl-phone-light", girl, locale="en", java_script_enabled=script) as tab:
        tab.page.goto(f"{live_server}/family/{scene.family}/")
        tab.page.get_by_role("link", name="Change this").tap()
        tab.page.get_by_role("link", name="aim school").tap()
        tab.page.get_by_role("button", name="Lotte").tap()
        tab.page.get_by_text("Lotte: does not see this any more.").first.wait_for()
        tab.page.get_by_text("everybody in this circle but Lotte").first.wait_for()
    assert not knows(scene, scene.lotte, goal.pk)


def test_what_is_late_is_seen_without_a_tap(scene, live_server, chromium) -> None:
    with browsers.opened(chromium, "nl-phone-light", cookies(scene.browser(scene.noor)), locale="en") as tab:
        tab.page.goto(f"{live_server}/today/")
        late = tab.page.get_by_text("promised for yesterday").first
        assert late.bounding_box()["y"] < tab.page.viewport_size["height"]


def test_the_rings_are_touched_and_walked_by_keyboard(scene, live_server, chromium) -> None:
    with browsers.opened(chromium, "nl-desk-dark", cookies(scene.browser(scene.naima)), locale="en") as tab:
        tab.page.goto(f"{live_server}/family/{scene.family}/")
        face = tab.page.locator(".rings-wide a").filter(has_text="Hind").first
        face.focus()
        tab.page.keyboard.press("Enter")
        tab.page.get_by_role("heading", name="Hind").wait_for()
        assert "/people/" in tab.page.url
