"""The path is rebuilt in two minutes, its papers have a face and a day; the teacher answers, the child keeps it (W14, W26)."""

import pytest

from journeys.story import Devices
from journeys.test_circle import family
from journeys.test_young_people import own


@pytest.mark.parametrize("script", [True, False])
def test_mother_and_coordinator_rebuild_the_path(devices: Devices, script: bool) -> None:
    """Two helps in twelve touches on one phone; from one of them the papers in three more, all chosen already."""
    naima = devices.phone("ar", "dark", java_script_enabled=script).be("naima")
    naima.go(family(devices, "samira"))
    naima.press("The help we had")
    naima.look("path")
    naima.press("One more help")
    for what, more in (("doctor", "Keep it, and one more"), ("coach", "Keep it")):
        naima.write("what", what)
        naima.page.locator('[name="since_year"]').select_option(index=3)
        naima.write("helped", "نعم")
        naima.look(f"path-add-{what}")
        naima.press(more)
    assert naima.taps <= 12
    for what in ("doctor", "coach"):
        naima.sees(what)
    naima.taps = 0
    naima.follow(
        naima.page.locator("li.card", has_text="coach").get_by_role(
            "link", name=naima.say("Ask for the papers")
        )
    )
    naima.look("path-papers")
    naima.press("Ask for it")
    assert naima.taps <= 3
    naima.look("path-asked")
    hanne = devices.desk("nl").be("hanne")
    hanne.go("/today/")
    hanne.sees("coach")
    hanne.go(f"{family(devices, 'samira')}path/")
    hanne.look("path-of-hanne")


def test_the_teacher_answers_and_the_child_keeps_it(devices: Devices) -> None:
    """On one page, own words first; it lands on the child's own page and nobody is told what becomes of it."""
    lotte = devices.phone("nl").be("lotte")
    lotte.go(family(devices, "samira"))
    lotte.follow(lotte.page.locator('main a[href*="/learning/"]'))
    lotte.press("Say what you see")
    lotte.write("sees", "Ze telt mee met wie het moeilijk vindt.")
    lotte.tap('label:has(input[value="careful"])')
    lotte.look("talent-form")
    lotte.press("Give it")
    assert lotte.taps <= 6
    lotte.look("talent-given")
    samira = devices.phone("nl").be("samira")
    samira.go(own(devices, "samira"))
    samira.sees("Ze telt mee met wie het moeilijk vindt.")
    samira.look("talent-for-me")
    samira.press("I keep it")
    samira.look("talent-kept")
    lise = devices.desk("nl", "dark").be("lise")
    lise.go(family(devices, "lise"))
    lise.follow(lise.page.locator('main a[href*="/learning/"]'))
    lise.look("learning-of-lise")
    lise.follow(lise.button("Who gets it?").nth(2))
    lise.look("who-gets-it")
