"""The desk of the contact point, by keyboard alone (S2), and the family's yes that opens a circle (W1, W4)."""

import re

from journeys.story import Devices
from network.browser import press


def test_the_desk_is_worked_with_single_keys(devices: Devices) -> None:
    """Coordinator's journey 1: oldest promise first; j, k, a, u, Enter, p; no mouse touches the page."""
    els = devices.desk().be("els")
    page = els.go("/concerns/")
    page.wait_for_load_state("networkidle")
    els.look("desk")
    press(page, "j")
    here = page.locator("[data-list-here]")
    assert "a child asks for help" in here.inner_text(), "a child goes before all"
    press(page, "j", "j", "k")
    assert "een meisje in 2A" in here.inner_text(), "then the oldest promise"
    press(page, "a")
    els.sees("You took it up. It has left the desk.")
    els.look("desk-taken-up")
    press(page, "u")
    els.sees("Taken back.")
    press(page, "j", "Enter")
    els.sees("What was told")
    press(page, "a")
    els.sees("The first talk")
    press(page, "p")
    page.get_by_label("What do you promise?").wait_for()
    els.look("first-talk")


def test_what_is_late_says_so_and_comes_first(devices: Devices) -> None:
    """S2: a broken promise is seen without a touch."""
    marc = devices.phone().be("marc")
    marc.go("/concerns/")
    late = marc.page.locator("[data-row]", has=marc.page.locator(".badge.late"))
    assert late.filter(has_text="een meisje in 2A").count() == 1
    assert late.count() <= 2, "from noon on the child, too, to whom somebody was to come before it"
    assert "een meisje in 2A" in marc.page.locator("[data-row]").nth(1).inner_text(), (
        "only a child goes before it"
    )
    assert marc.taps == 0
    marc.look("desk-phone")


def test_the_familys_yes_opens_a_circle_and_the_mother_comes_in_by_card_and_code(devices: Devices) -> None:
    """W1, W4: after the first talk the family says yes; what was told about them stays behind."""
    els = devices.desk().be("els")
    page = els.go("/concerns/")
    page.get_by_role("button", name="Take up een meisje in 2A").click()
    els.sees("The first talk")
    page.locator('form[action$="/notes/"] textarea').fill("Met mama gepraat aan de poort.")
    page.locator('form[action$="/notes/"] button').click()
    els.sees("Met mama gepraat aan de poort.")
    page.locator('a[href$="/yes/"]').first.click()
    for name, words in {
        "child_1": "Ella", "guardian_1": "Mona", "relation_1": "mama", "phone_1": "0470 00 20 50",
        "name": "Gezin Berger", "wanted": "Ella wil rustig eten.", "said_by": "Mona", "how": "aan de poort",
    }.items():  # fmt: skip
        page.locator(f'[name="{name}"]').fill(words)
    page.locator('[name="born_1"]').fill(devices.day(-7 * 365))
    page.locator('[name="agreed"]').check()
    els.look("familys-yes")
    with page.expect_navigation():
        page.get_by_role("button", name="Open the circle").press("Enter")
    els.look("circle-opened")
    (family,) = devices.stage.look_behind("SELECT id FROM trust_family WHERE name = 'Gezin Berger'")
    (mona,) = devices.stage.look_behind("SELECT id FROM trust_person WHERE given_name = 'Mona'")
    els.go(f"/links/new/{mona[0]}/")
    page.get_by_role("button", name="Make the card").click()
    els.look("card")
    card = els.words()
    link = re.search(r"/l/[\w-]+/", card)[0]
    code = re.search(r"\b\d{3} \d{3}\b", card)[0]
    mother = devices.phone()
    mother.go(link)
    mother.write("code", code)
    mother.press("Come in")
    mother.go(f"/family/{family[0]}/")
    mother.sees("The circle of Ella")
    mother.look("first-visit")
    assert "geeft haar boterhammen weg" not in mother.whole(), "what somebody told does not go along"
    assert "Karin" not in mother.whole()
