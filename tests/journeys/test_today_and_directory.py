"""The coordinator's day at 0 taps (S2), the directory in three (N1), and a list of another town taken over (E14)."""

from pathlib import Path

import pytest

from journeys.story import Devices

PILOTS = Path(__file__).parents[1] / "samples" / "vrac" / "hsds-services.json"


def test_the_coordinator_sees_broken_promises_without_a_touch(devices: Devices) -> None:
    """Coordinator's journey 2: the page of the day begins with what broke or is about to."""
    hanne = devices.desk("nl").be("hanne")
    hanne.go("/")
    first = hanne.page.locator("#promised ~ * [data-row], section:has(#promised) [data-row]").first
    assert "de judoclub bellen over de eerste avond van Jonas" in first.inner_text()
    assert first.locator(".badge.late").count() == 1
    assert hanne.taps == 0
    hanne.look("today")
    phone = devices.phone("nl").be("hanne")
    phone.go("/today/")
    phone.look("today")


def test_what_the_village_offers_in_three_touches(devices: Devices) -> None:
    """N1, teacher's journey 3: no sign-in; words, search, and on each card a name and a number to call."""
    lotte = devices.phone("nl")
    lotte.go("/offers/")
    lotte.write("q", "dans")
    lotte.tap('form[role="search"] button[type="submit"]')
    lotte.sees("Gratis proefles dans")
    card = lotte.page.locator("article.card", has_text="Gratis proefles dans")
    card.wait_for()
    assert card.locator('a[href^="tel:"]').count() == 1
    assert "Leen" in card.inner_text()
    assert lotte.taps <= 3
    lotte.look("offers")
    lotte.follow(card.locator("h3 a"))
    assert lotte.taps <= 3
    lotte.look("offer")


def test_the_directory_without_script(devices: Devices) -> None:
    """N1: a plain form finds the same."""
    lotte = devices.phone("nl", java_script_enabled=False)
    lotte.go("/offers/")
    lotte.write("q", "huiswerk")
    lotte.follow('form[role="search"] button[type="submit"]')
    assert "huiswerk" in lotte.words().lower()
    assert lotte.page.locator('article.card a[href^="tel:"]').count() >= 1


@pytest.mark.parametrize("script", [True, False])
def test_the_offers_of_the_six_pilots_are_taken_over(devices: Devices, script: bool) -> None:
    """N1, E14: a file, a preview, a yes; then one of them is found and attached to a step of the plan."""
    amina = devices.desk(java_script_enabled=script).be("amina")
    page = amina.go("/village/import/")
    amina.look("import")
    page.locator('input[type="file"]').set_input_files(PILOTS)
    page.locator('[name="source"]').fill("vrac") if page.locator('[name="source"]').count() else None
    amina.press("Read the list")
    amina.sees("What this list would change")
    amina.look("import-preview")
    amina.press("Yes, take this list over")
    amina.sees("The list is taken over")
    amina.go("/village/offers/?q=PACE")
    assert page.locator("article.card").count() >= 1
    amina.look("offers-after-import")
