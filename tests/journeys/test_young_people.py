"""What a young person decides alone: the own page, and who is left out (W7, W9); a success seen by all (W21)."""

import pytest

from journeys.story import Devices
from journeys.test_circle import family


def own(devices: Devices, key: str) -> str:
    """The address of a young person's own page."""
    (found,) = devices.stage.look_behind(
        "SELECT c.id FROM trust_circle c JOIN trust_seat s ON s.circle_id = c.id "
        "WHERE c.kind = 'own' AND s.person_id = %s",
        devices.stage.people[key],
    )
    return f"/own/{found[0]}/"


@pytest.mark.parametrize("script", [True, False])
def test_a_girl_writes_her_dream_and_chooses_who_reads_it(devices: Devices, script: bool) -> None:
    """W7: nobody reads it before she opens an eye, not even her coordinator."""
    lise = devices.phone("nl", java_script_enabled=script).be("lise")
    lise.go(own(devices, "lise"))
    form = lise.page.locator("main form", has=lise.page.locator('input[name="kind"][value="dream"]'))
    form.locator('input[name="words"]').fill("Ik wil leren zweefvliegen.")
    with lise.page.expect_navigation():
        form.locator("button").click()
    lise.sees("Ik wil leren zweefvliegen.")
    hanne = devices.desk().be("hanne")
    answer = hanne.page.goto(hanne.site + own(devices, "lise"))
    assert answer is not None
    assert "zweefvliegen" not in hanne.whole()
    lise.taps = 0
    lise.follow(lise.page.locator("button.eye", has_text="Hanne"))
    assert lise.taps <= 3
    lise.look("own-page")
    hanne.go(own(devices, "lise"))
    hanne.sees("Ik wil leren zweefvliegen.")
    sarah = devices.phone().be("sarah")
    sarah.page.goto(sarah.site + own(devices, "lise"))
    assert "zweefvliegen" not in sarah.whole()


def test_a_girl_leaves_her_mother_out_in_silence_and_lets_her_in_again(devices: Devices) -> None:
    """W9: from this moment on, without a word to anybody; and back as quietly."""
    sarah = devices.phone().be("sarah")
    plan = f"{family(devices, 'lise')}plan/"
    assert "Lise heeft een avond voor zichzelf" in sarah.go(plan).content()
    lise = devices.phone().be("lise")
    lise.go(f"{family(devices, 'lise')}left-out/?child={devices.stage.people['lise']}")
    lise.look("left-out")
    lise.page.get_by_label("Sarah", exact=False).first.check()
    lise.press("Leave out, in silence")
    lise.sees("Let in again")
    assert "Lise heeft een avond voor zichzelf" not in sarah.go(plan).content()
    assert "Jonas gaat naar de judo" in sarah.words()
    line = lise.page.locator("main li", has_text="Sarah")
    lise.follow(line.get_by_role("button", name="Let in again"))
    assert "Lise heeft een avond voor zichzelf" in sarah.go(plan).content()


def test_a_step_that_is_done_is_good_news_for_the_coordinator(devices: Devices) -> None:
    """W21, coordinator's day: the neighbour ticks her own step; the coordinator sees it among the good news."""
    rita = devices.phone("en").be("rita")
    rita.go(f"{family(devices, 'jonas')}plan/")
    step = rita.page.locator("li.action", has_text="de eerste drie avonden meegaan")
    rita.tap(step.locator("button.tick"))
    rita.page.locator("li.action.done", has_text="de eerste drie avonden meegaan").wait_for()
    assert rita.taps == 1
    hanne = devices.desk().be("hanne")
    hanne.go("/today/")
    assert "de eerste drie avonden meegaan" in hanne.page.locator("ol.timeline").inner_text()
    hanne.look("today-good-news")
