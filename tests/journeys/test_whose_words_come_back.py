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


def test_the_reasons_in_danger_stand_there_again_for_who_typed_them_and_for_nobody_else(
    devices: Devices,
) -> None:
    """Typed, then Back, then Forward: a page that came by sending comes again, with its words; the browser asks nothing."""
    tab = devices.phone("nl").be("noor")
    tab.go("/danger/")
    tab.write("child", "Jonas")
    tab.write("known", "Sarah")
    tab.press("Whom do I call first?")
    tab.write("tried", "Drie keer gebeld.")
    tab.tap('label:has(input[name="ground"][value="hurt"])')
    tab.page.locator('[name="reason"]').press_sequentially(SECRET)
    tab.page.wait_for_timeout(700)  # nothing was pressed after the last word
    for _twice in range(2):
        tab.page.go_back()
        assert tab.page.url == f"{tab.site}/danger/"
        tab.page.go_forward()
        tab.page.locator('[name="reason"]').wait_for()
        assert SECRET in stand(tab)
        assert tab.page.locator('[name="tried"]').input_value() == "Drie keer gebeld."
        assert tab.page.locator('[name="ground"][value="hurt"]').is_checked()
        assert "Hanne" in tab.words()
    tab.page.locator('[name="reason"]').fill("")
    tab.press("Open it for four hours")
    tab.page.locator("[data-focus-me]").wait_for()
    tab.page.locator('[name="reason"]').fill(SECRET)
    tab.page.locator('[name="tried"]').focus()
    tab.go("/handbook/")
    tab.page.go_back()
    tab.page.locator('[name="reason"]').wait_for()
    assert tab.page.locator('[name="reason"]').input_value() == SECRET, "also on a page with mistakes"
    tab.be("dirk")
    for _step in range(5):
        tab.page.go_back()
        tab.page.wait_for_timeout(300)
        assert SECRET not in stand(tab)


@pytest.mark.parametrize(("address", "box"), [("/village/people/", "q"), ("/families/", "words")])
def test_a_search_after_the_session_ended_leaves_the_page_and_its_words_and_says_so(
    devices: Devices, address: str, box: str
) -> None:
    """The words of a search box ask for a part of the page: it is no place to sign in, nor does the page go away."""
    tab = devices.desk("nl").be("hanne")
    tab.go(address)
    tab.page.context.clear_cookies()
    field = tab.page.locator(f'main input[name="{box}"]')
    field.press_sequentially("De W")
    told = tab.page.locator("#toasts .toast")
    told.wait_for(timeout=5000)
    assert tab.say("Sign in") in told.inner_text()
    field.press_sequentially("it")  # a second part is asked for, and it is said once
    tab.page.wait_for_timeout(1000)
    assert told.count() == 1
    assert tab.page.url == f"{tab.site}{address}"
    assert field.input_value() == "De Wit"
    assert tab.page.locator("input[type=password]").count() == 0
