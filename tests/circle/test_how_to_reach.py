"""Whoever may know it finds how to reach the mother: a button, her language, and how she likes it."""

from circle.furnished import Furnished


def test_the_coordinator_calls_the_mother(owner):
    scene = Furnished(owner)
    owner.execute(
        "UPDATE trust_contactcard SET language = 'ar', listens = true WHERE person_id = %s", [scene.naima]
    )
    here, noor = f"/family/{scene.family}/", scene.browser(scene.noor)
    call = 'href="tel:0470111111"'
    assert call in noor.get(here).content.decode()
    page = noor.get(f"{here}people/{scene.naima}/").content.decode()
    for words in (call, "Arabic", "best way to reach: call", "likes to hear it rather than read it"):
        assert words in page
    assert call not in scene.browser(scene.naima).get(f"{here}people/{scene.naima}/").content.decode()
    mother = scene.browser(scene.naima).get(here).content.decode()
    assert call not in mother
