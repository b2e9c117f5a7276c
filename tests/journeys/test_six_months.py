"""Six months of one family's life, in three languages, with a coordinator who leaves in the middle.

Days pass between the scenes: what lies in the village lies that much further back (W6, W13, W20, W21, N10, D2).
"""

from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from clockwork import as_the_worker
from journeys.story import Devices, Tab
from journeys.test_handover import hands_over
from journeys.test_plan import link_and_code, plan_of
from kring.clock import usecases as clock

FAMILY = "SELECT id FROM trust_family WHERE name = 'Gezin Amrani'"
TO_COME = "SELECT id FROM wraparound_meeting WHERE place = 'in het buurthuis'"
TOLD = {
    "nl": "Samira las voor in de klas.",
    "fr": "Samira a lu devant la classe.",
    "ar": "قرأت سميرة أمام الصف.",
}


def the_one(devices: Devices, question: str, *values: Any) -> Any:
    """The only answer."""
    ((found,),) = devices.stage.look_behind(question, *values)
    return found


def says_yes(devices: Devices, language: str) -> UUID:
    """The mother says yes on her telephone, by a link and a code; the plan is in force."""
    version, plan = plan_of(devices, "samira")
    link, code = link_and_code(devices, "hanne", "naima", version, plan)
    naima = devices.phone(language)
    naima.go(link)
    naima.write("code", code.replace(" ", ""))
    naima.press("Come in")
    naima.press("Yes, this is our plan")
    naima.press("Yes, I say yes")
    naima.sees(naima.say("Thank you"))
    assert the_one(devices, "SELECT stage FROM wraparound_version WHERE id = %s", version) == "in force"
    return plan


def comes_together(devices: Devices) -> None:
    """The circle sits at one table and decides one thing, with a name."""
    hanne = devices.desk("nl").be("hanne")
    hanne.go(f"/meetings/{the_one(devices, TO_COME)}/")
    hanne.press("Begin the meeting")
    hanne.press("That is who is here")
    hanne.page.locator('section:has(#decisions) [name="words"]').fill("belt de dansschool")
    hanne.tap(hanne.page.locator(f'label:has(input[name="who"][value="{devices.stage.people["lotte"]}"])'))
    hanne.press("We decide this")
    hanne.press("End the meeting")
    assert "belt de dansschool" in hanne.words()


def tells_something_good(naima: Tab, family: UUID, words: str) -> None:
    """Two touches and some words."""
    naima.go(f"/family/{family}/")
    naima.press("Tell something good")
    naima.page.locator('[name="words"]').fill(words)
    naima.press("Tell it")
    assert naima.taps == 2
    naima.sees(words)


def looks_together(devices: Devices, language: str, keeper: str, family: UUID, plan: UUID) -> None:
    """Half a year is over: the clock reminds, everybody says how it goes, and the mother decides to go on."""
    as_the_worker(clock.remind_of_reviews, at=timezone.now())
    tab = devices.desk("nl").be(keeper)
    tab.go("/today/")
    tab.sees(tab.say("It is time to look at these plans together"))
    tab.follow(tab.page.locator(f'main a[href$="/plans/{plan}/review/"]'))
    tab.press("Ask everybody how it goes")
    naima = devices.phone(language).be("naima").reads()
    naima.go(f"/family/{family}/")
    naima.press("We look at the plan together. How does it go for you?")
    faces = naima.page.locator("fieldset")
    for place in range(faces.count()):
        naima.tap(faces.nth(place).locator('label:has(input[value="well"])'))
    naima.press("Send")
    naima.press("What do we decide?")
    naima.tap('label:has(input[value="go on"])')
    naima.press("This is what we decide")
    decided = "SELECT outcome FROM wraparound_review WHERE plan_id = %s ORDER BY settled_at DESC LIMIT 1"
    assert the_one(devices, decided, plan) == "go on"
    tab.go("/today/")
    assert tab.page.locator(f'main a[href$="/plans/{plan}/review/"]').count() == 0


@pytest.mark.parametrize("language", ["nl", "fr", "ar"])
def test_half_a_year_of_the_amrani_family(devices: Devices, language: str) -> None:
    """Yes, a meeting, good news, a coordinator who leaves and one who comes, and a look together."""
    plan = says_yes(devices, language)
    family = the_one(devices, FAMILY)
    devices.stage.days_pass(11)
    comes_together(devices)
    devices.stage.days_pass(30)
    tells_something_good(devices.phone(language).be("naima").reads(), family, TOLD[language])
    hanne, naima = hands_over(devices, family, language)
    devices.stage.days_pass(14)
    hanne.be("hanne")
    assert hanne.page.goto(f"{hanne.site}/family/{family}/").status == 404, "who went sees nothing any more"
    naima.be("naima").reads().go(f"/family/{family}/")
    assert "Tom" in naima.words()
    assert "Hanne" not in naima.words()
    devices.stage.days_pass(125)
    looks_together(devices, language, "tom", family, plan)
