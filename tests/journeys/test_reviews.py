"""All look at the plan together: a father on his phone in Arabic, the coordinator's day, the kind end (W13, W21)."""

from typing import Any

from journeys.story import Devices


def running(devices: Devices, key: str) -> tuple[Any, Any]:
    """The review people prepare for in the family of a child, and the family."""
    (found,) = devices.stage.look_behind(
        "SELECT r.id, p.family_id FROM wraparound_review r JOIN wraparound_plan p ON p.id = r.plan_id "
        "JOIN trust_familymember m ON m.family_id = p.family_id AND m.person_id = %s WHERE r.settled_at IS NULL",
        devices.stage.people[key],
    )
    return found


def test_a_parent_says_how_it_goes_in_arabic_on_a_phone_in_five_touches(devices: Devices) -> None:
    """From the family's page: the invitation, a face for each goal he may know, send. Lise lets him know nothing."""
    review, family = running(devices, "jonas")
    hanne = devices.desk("nl").be("hanne")
    hanne.go("/today/")
    hanne.sees(hanne.say("It is time to look at these plans together"))
    hanne.look("today-review")

    dirk = devices.phone("ar", "dark").be("dirk")
    dirk.go(f"/family/{family}/")
    assert dirk.page.locator("html").get_attribute("dir") == "rtl"
    dirk.look("family-review")
    dirk.press("We look at the plan together. How does it go for you?")
    faces = dirk.page.locator("fieldset")
    assert faces.count() <= 3
    assert "Lise heeft een avond" not in dirk.words()
    for place in range(faces.count()):
        dirk.tap(faces.nth(place).locator('label:has(input[value="so-so"])'))
    dirk.look("how-it-goes")
    dirk.press("Send")
    dirk.sees(dirk.say("Thank you. It stands beside what the others say."))
    assert dirk.taps <= 5
    assert "Rita gaat mee tot aan de deur." in dirk.words(), "what Sarah said stands beside it"
    dirk.look("side-by-side")
    given = devices.stage.look_behind(
        "SELECT face FROM wraparound_goalface WHERE review_id = %s AND author_id = %s",
        review, devices.stage.people["dirk"],
    )  # fmt: skip
    assert {face for (face,) in given} == {"so-so"}

    hanne.go(f"/reviews/{review}/")
    hanne.sees("Rita gaat mee tot aan de deur.")
    hanne.look("side-by-side")

    dirk.press("What do we decide?")
    dirk.tap('label:has(input[value="finish"])')
    dirk.look("what-we-decide")
    dirk.press("This is what we decide")
    dirk.sees(dirk.say("The door stays open"))
    dirk.look("done-for-now")
    hanne.go("/today/")
    assert hanne.say("It is time to look at these plans together") not in hanne.words()
