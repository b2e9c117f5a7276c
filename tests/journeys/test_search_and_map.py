"""Somebody new in the village finds homework help in a hurry, in two languages, and what there is in the street (N1)."""

import pytest

from journeys.story import Devices


@pytest.mark.parametrize(("language", "typed"), [("nl", "huiswrk"), ("ar", "الواجبت")], ids=["nl", "ar"])
def test_a_newcomer_finds_homework_help_and_a_neighbourhood(
    devices: Devices, language: str, typed: str
) -> None:
    """A word with a slip, one touch on search; then the map, and a touch on a neighbourhood."""
    newcomer = devices.phone(language, "dark" if language == "ar" else "light")
    page = newcomer.go("/offers/")
    newcomer.write("q", typed)
    newcomer.tap('form[role="search"] button[type="submit"]')
    page.locator("#results .chip[aria-current]").wait_for()
    card = page.locator("article.card", has_text="Huiswerk in de bib")
    assert card.locator('a[href^="tel:"]').count() == 1
    assert newcomer.taps <= 2
    assert "q=" in page.url
    newcomer.look(f"search-{language}")
    newcomer.press("On the map")
    newcomer.look(f"map-{language}")
    assert page.locator(".town-map a").count() == 5
    page.locator(".town-map a").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "place=Brugstraat" in page.url
    page.go_back()
    with page.expect_navigation():
        newcomer.tap(".town-map a[href$='Lindeplein'] path")
    assert page.locator("article.card", has_text="Moedergroep").count() == 1
