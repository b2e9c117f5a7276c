"""A coordinator leaves in the middle: the family first, the next one's yes, promises passed on, then nothing (N10, D2)."""

from typing import Any
from uuid import UUID

from journeys.story import Devices, Tab

FAMILY = "SELECT id FROM trust_family WHERE name = 'Gezin Amrani'"


def choose(tab: Tab, name: str, value: Any) -> None:
    """One of the big cards."""
    tab.tap(tab.page.locator(f'label:has(input[name="{name}"][value="{value}"])'))


def hands_over(devices: Devices, family: UUID, language: str = "ar") -> tuple[Tab, Tab]:
    """Hanne goes and Tom comes: told first, asked, what must be known, and a promise that finds somebody else."""
    stage = devices.stage
    page = f"/family/{family}/hand-over/"
    hanne = devices.desk("nl").be("hanne")
    hanne.go(page)
    hanne.press("I have told the family")
    choose(hanne, "told_whom", stage.people["naima"])
    choose(hanne, "told_how", "talk")
    hanne.page.locator('[name="begins_on"]').fill(devices.day(0))
    hanne.page.locator('[name="last_on"]').fill(devices.day(9))
    hanne.look("hand-over-begin")
    hanne.press("Go on: who comes next?")
    hanne.follow(hanne.page.get_by_role("link", name="Tom Aerts"))
    choose(hanne, "word_of", stage.people["naima"])
    hanne.press("Yes, ask")
    hanne.press("Write it")
    hanne.page.locator('[name="text"]').fill("Oma Fatna heeft geen telefoon. Ga langs op woensdag.")
    hanne.press("Keep it")
    naima = devices.phone(language, "dark").be("naima").reads()
    naima.go(page)
    naima.sees("Oma Fatna heeft geen telefoon.")
    naima.look("hand-over-family")
    tom = devices.phone("nl").be("tom")
    assert tom.page.goto(f"{tom.site}{page}").status == 404
    tom.go("/today/")
    tom.follow(tom.page.get_by_role("link", name="Gezin Amrani"))
    tom.press("Yes, I am in")
    tom.go(page)
    tom.sees("Oma Fatna heeft geen telefoon.")
    hanne.go(page)
    hanne.follow(hanne.page.get_by_role("link", name="een tolk vragen voor het gesprek met juf Lotte"))
    choose(hanne, "to", stage.people["lotte"])
    hanne.press("Ask")
    lotte = devices.phone("nl").be("lotte")
    lotte.go("/today/")
    lotte.follow(lotte.page.get_by_role("link", name="Gezin Amrani"))
    lotte.look("hand-over-take-over")
    lotte.press("Yes, I take it over")
    hanne.go(page)
    assert "Lotte" in hanne.words()
    hanne.look("hand-over-passed-on")
    return hanne, naima


def test_a_coordinator_leaves_in_the_middle(devices: Devices) -> None:
    stage = devices.stage
    ((family,),) = stage.look_behind(FAMILY)
    page = f"/family/{family}/hand-over/"
    hanne, naima = hands_over(devices, family)
    stage.days_pass(14)
    hanne.be("hanne")
    for address in (page, f"/family/{family}/", f"{page}sheet/"):
        assert hanne.page.goto(f"{hanne.site}{address}").status == 404
    naima.be("naima").go(f"/family/{family}/")
    assert "Hanne" not in naima.words()
