"""Hard case 3: a boy of 11 says he is hit; nobody can be reached; another worker reads; he is told first, the others later."""

from datetime import date, timedelta

from journeys.story import Devices, Tab

HIT = "Papa slaat mij. Vanavond is hij weer kwaad."
REASON = "Hij zegt dat hij geslagen wordt, en vanavond weer."


def tells(jonas: Tab) -> None:
    """Jonas chooses somebody and tells it; that it is about safety he ticks himself."""
    jonas.go("/me/tell/")
    jonas.follow(jonas.page.locator('main a[href^="/me/tell/"]').first)
    jonas.write("words", HIT)
    jonas.tap('label:has(input[name="safety"])')
    jonas.follow("main form .button.big")
    jonas.sees(HIT)


def opens(noor: Tab) -> str:
    """Noor finds the coordinator's number, reaches nobody, and opens; the page it lies on."""
    noor.go("/danger/")
    noor.look("danger-start")
    noor.write("child", "Jonas")
    noor.write("known", "Sarah")
    noor.press("Whom do I call first?")
    assert "Hanne" in noor.words()
    noor.write("tried", "Drie keer gebeld, niemand neemt op.")
    noor.tap('label:has(input[name="ground"][value="hurt"])')
    noor.write("reason", REASON)
    noor.look("danger-call-first")
    noor.press("Open it for four hours")
    noor.sees(HIT)
    noor.look("danger-read")
    return noor.page.url


def test_a_boy_who_is_hit_is_read_in_danger_and_told_first(devices: Devices) -> None:
    stage = devices.stage
    jonas = devices.phone("nl").be("jonas")
    tells(jonas)
    noor = devices.phone("nl").be("noor")
    danger = opens(noor)
    assert noor.page.locator("[data-danger]").count() == 1
    wim = devices.desk("nl").be("wim")
    wim.go(f"{danger}looked/")
    assert HIT not in wim.whole()
    wim.press("Tell the family later")
    wim.page.locator('[name="until"]').fill((date.today() + timedelta(days=6)).isoformat())  # noqa: DTZ011
    wim.write("reason", "Thuis zou hij er pijn voor krijgen.")
    wim.press("Tell it on that day")
    noor.follow("[data-danger] button")
    assert noor.page.goto(danger).url.endswith("/looked/")
    assert HIT not in noor.whole()
    jonas.go(f"{danger}looked/")
    jonas.sees(REASON)
    jonas.look("danger-told-young")
    sarah = devices.phone("fr", "dark").be("sarah").reads()
    assert sarah.page.goto(f"{danger}looked/").status == 404
    stage.days_pass(3)  # when a family hears it as a rule
    sarah.be("sarah")
    assert sarah.page.goto(f"{danger}looked/").status == 404
    stage.days_pass(4)
    sarah.be("sarah").reads()
    sarah.go(f"{danger}looked/")
    sarah.sees(REASON)
    assert HIT not in sarah.whole()
    sarah.look("danger-told-family")
    noor.be("noor").go("/danger/")
    assert noor.page.locator('[name="child"]').count() == 0  # nobody has looked at it: the right sleeps
