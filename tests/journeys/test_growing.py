"""Hard case 5: she turns sixteen tonight, in the Netherlands; at midnight her mother's open tab shows it no more (K7)."""

from journeys.story import Devices
from journeys.test_circle import family

TONIGHT = """
    UPDATE trust_birth SET born = ((now() AT TIME ZONE 'Europe/Amsterdam')::date + 1 - interval '16 years')::date WHERE person_id = %s RETURNING person_id
"""

#: The profile was written when the girl was small, and her mother sits there as guardian since then.
SINCE_SHE_WAS_SMALL = """
    WITH here AS (
      SELECT p.id, p.circle_id FROM wraparound_learningprofile p JOIN trust_circle c ON c.id = p.circle_id
      WHERE c.kind = 'part' AND c.subject_id = %s),
    seated AS (
      INSERT INTO trust_seat (id, circle_id, person_id, role, relation, ring, ground, history, since)
      SELECT gen_random_uuid(), here.circle_id, %s, 'guardian', 'mama', 1, 'guardian', true, now() - interval '3 years'
      FROM here)
    SELECT id FROM here
"""


def test_she_turns_sixteen_tonight(devices: Devices) -> None:
    """Thirty days before, the page says so; the sheet is read by both; at 00:00 the database acts without anybody."""
    stage = devices.stage
    lise = stage.people["lise"]
    stage.look_behind("UPDATE trust_village SET country = 'NL' RETURNING id")
    stage.look_behind(TONIGHT, lise)
    sarah = devices.phone("nl").be("sarah")
    sarah.go(family(devices, "lise"))
    sarah.follow(sarah.page.locator(f'main a[href="/growing/{lise}/"]'))
    sarah.look("growing-mother")
    girl = devices.phone("ar", "dark").be("lise").reads()
    girl.go(f"/growing/{lise}/")
    girl.look("growing-child")
    girl.press("Who decides what, at which age")
    girl.look("ages")
    profile = (
        f"/learning/profiles/{stage.look_behind(SINCE_SHE_WAS_SMALL, lise, stage.people['sarah'])[0][0]}/"
    )
    sarah.go(profile)
    assert sarah.page.request.get(sarah.site + profile).status == 200
    stage.days_pass(1)
    stage.look_behind(
        "UPDATE trust_session SET expire_date = now() + interval '1 hour' RETURNING 1"
    )  # her tab is open
    late = sarah.page.reload()
    assert late is not None
    assert (late.url, late.status) == (sarah.site + profile, 404)
    assert sarah.go(family(devices, "lise")).locator("h1").count() == 1
