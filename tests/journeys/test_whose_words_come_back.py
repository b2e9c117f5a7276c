"""One telephone, one tab, two people: what one of them typed comes back to nobody else by the way back."""

import pytest

from journeys.story import Devices, Tab

SECRET = "Papa mag dit niet weten"


def back_to(tab: Tab, address: str) -> None:
    """By the way back of this tab, as somebody who is curious would."""
    for _step in range(6):
        tab.page.go_back()
        if tab.page.url == tab.site + address:
            break
    assert tab.page.url == tab.site + address
    tab.page.wait_for_timeout(200)  # a browser may fill in late


def stand(tab: Tab) -> str:
    """Everything that stands in a field of this page, and what its place in the history remembers."""
    fields = "[...document.querySelectorAll('input, textarea')].map((field) => field.value).join()"
    return str(tab.page.evaluate(f"{fields} + JSON.stringify(history.state)"))


@pytest.mark.parametrize("sent", [True, False])
def test_on_the_same_telephone_the_father_finds_nothing_of_what_she_typed(
    devices: Devices, sent: bool
) -> None:
    """With mistakes, so that it stayed on the page; and sent well, so that the browser alone kept it."""
    tab = devices.phone("nl").be("lise")
    family = tab.page.url.removeprefix(tab.site)
    address, field = (f"{family}good-news/", "words") if sent else (f"{family}path/add/", "what")
    tab.go(address)
    tab.page.locator(f'[name="{field}"]').fill(SECRET)
    tab.follow("main form[method=post] .buttons button")
    if not sent:
        tab.page.locator("[data-focus-me]").wait_for()
        tab.go("/handbook/")
        tab.page.go_back()
        assert SECRET in stand(tab)  # her own words are there for herself
    tab.be("dirk")
    back_to(tab, address)
    assert SECRET not in stand(tab)


def test_who_comes_after_a_child_at_the_front_door_finds_nothing_of_it(devices: Devices) -> None:
    """Typed by somebody who was not signed in; then somebody signs in."""
    tab = devices.phone("nl")
    tab.go("/concern/?who=young")
    tab.page.locator('[name="who_about"]').fill(SECRET)
    tab.press("Send")
    tab.page.locator("[data-focus-me]").wait_for()
    tab.be("dirk")
    back_to(tab, "/concern/?who=young")
    assert SECRET not in stand(tab)
