"""A circle is called together in at most six taps, prepares, holds and reads its meeting (W14, W20, coordinator 3)."""

from typing import Any

import pytest

from journeys.story import Devices

MEETING = "SELECT id FROM wraparound_meeting WHERE place = %s"
FAMILY = "SELECT id FROM trust_family WHERE name = 'Gezin Amrani'"


def the_one(devices: Devices, question: str, *values: Any) -> Any:
    """The only answer."""
    ((found,),) = devices.stage.look_behind(question, *values)
    return found


@pytest.mark.parametrize("script", [True, False])
def test_a_coordinator_calls_a_meeting_in_six_taps(devices: Devices, script: bool) -> None:
    """From the page of the family: meetings, call, day, hour, place, ask them; everybody is ticked already."""
    hanne = devices.phone("nl", java_script_enabled=script).be("hanne")
    hanne.go(f"/family/{the_one(devices, FAMILY)}/")
    hanne.follow(hanne.page.locator('main a[href$="/meetings/"]'))
    hanne.look("meetings")
    hanne.press("Call a meeting")
    hanne.write("day", devices.day(9))
    hanne.write("hour", "15:30")
    hanne.write("place", "op school, lokaal 4")
    hanne.look("call-a-meeting")
    hanne.press("Ask them")
    assert hanne.taps <= 6
    hanne.sees("op school, lokaal 4")
    hanne.look("meeting-to-come")
    naima = devices.phone("ar", "dark").be("naima")
    naima.go(f"/meetings/{the_one(devices, MEETING, 'op school, lokaal 4')}/")
    naima.look("meeting-asked")
    naima.press("Yes, I come")
    naima.sees(naima.say("You come"))


def test_a_decision_takes_two_taps_and_is_read_first(devices: Devices) -> None:
    """Held at a desk: who is there, a decision with a face and a day, and afterwards decisions first."""
    hanne = devices.desk("nl").be("hanne")
    meeting = the_one(devices, MEETING, "in het buurthuis")
    hanne.go(f"/meetings/{meeting}/")
    hanne.press("Begin the meeting")
    hanne.press("That is who is here")
    hanne.look("meeting-going-on")
    hanne.page.locator('section:has(#decisions) [name="words"]').fill("belt de dansschool")
    hanne.taps = 0
    lotte = devices.stage.people["lotte"]
    hanne.tap(hanne.page.locator(f'label:has(input[name="who"][value="{lotte}"])'))
    hanne.press("We decide this")
    assert hanne.taps == 2
    hanne.press("End the meeting")
    words = hanne.words()
    assert words.index("belt de dansschool") < words.index(hanne.say("Who was there"))
    hanne.look("meeting-held")
    naima = devices.phone("ar", "dark").be("naima")
    naima.go(f"/meetings/{the_one(devices, MEETING, 'bij oma Fatna aan tafel')}/")
    naima.look("meeting-minutes")
