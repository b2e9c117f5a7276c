"""A card is shown once: who comes back to it by Back makes no other, and hears what happened and what to do."""

import pytest
from django.test import Client
from playwright.sync_api import Browser

from web.design_site import Site
from web.doorstep import Doorstep
from web.doorstep import browser as signed_in
from web.test_left_to_others import ELSEWHERE, browser, page_of, pytestmark, site

__all__ = ["browser", "pytestmark", "site"]
ONCE = "/links/shown/?back=%2Fwhere%2F"


def test_by_back_comes_the_page_that_it_names_and_nothing_is_sent_again(browser: Browser, site: Site) -> None:
    page = browser.new_page()
    site.answers["/sent/"] = (200, page_of("me", f'<p data-by-sending="{ONCE}">The code: 1234</p>'))
    site.add("/links/shown/", page_of("me", "<p>Shown once</p>"))
    page.goto(site.add("/where/", page_of("me")))
    page.get_by_role("button", name="Send it").click()
    page.get_by_text("The code").wait_for()
    page.goto(site.add("/two/", ELSEWHERE))
    page.go_back(wait_until="load")
    assert page.url.endswith(ONCE)
    assert page.get_by_text("Shown once").is_visible()
    assert [path for path, *_ in site.posted] == ["/sent/"]
    page.close()


def test_a_card_names_the_page_where_another_is_made(at_the_door: Doorstep, owner: object) -> None:
    els = signed_in(owner, at_the_door.els)  # type: ignore[arg-type]
    address = f"/links/new/{at_the_door.samira}/"
    card = els.post(address, headers={"Referer": f"http://testserver{address}?x=1"})
    assert card.status_code == 200
    after = f"/links/shown/?back=%2Flinks%2Fnew%2F{at_the_door.samira}%2F"
    assert f'data-by-sending="{after}"' in card.content.decode()
    page = els.get(after).content.decode()
    assert "This card was shown once" in page
    assert f'href="{address}"' in page


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example/", "x", "/\\elsewhere.example"]
)
def test_the_way_back_leads_nowhere_else(back: str, at_the_door: Doorstep) -> None:
    page = Client().get("/links/shown/", {"back": back}).content.decode()
    assert "elsewhere" not in page.split("<main")[1].split("</main>")[0]
