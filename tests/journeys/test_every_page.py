"""Every page of the village in four variants: nothing for axe, nothing in the console, nothing sideways (E8, E11)."""

import re
from typing import Any

import pytest

from journeys.stage import Stage
from journeys.story import Devices

VARIANTS = {
    "nl-phone-light": ("phone", "nl", "light"),
    "ar-phone-dark": ("phone", "ar", "dark"),
    "fr-desk-light": ("desk", "fr", "light"),
    "nl-desk-dark": ("desk", "nl", "dark"),
}
pytestmark = pytest.mark.looks


def places(stage: Stage) -> dict[str, Any]:
    """What stands in the addresses: the De Wit family, whose pages hold most."""
    sarah, hanne = stage.people["sarah"], stage.people["hanne"]
    one = lambda question, *values: stage.look_behind(question, *values)[0][0]  # noqa: E731
    family = one("SELECT family_id FROM trust_familymember WHERE person_id = %s", sarah)
    plan = one("SELECT id FROM wraparound_plan WHERE family_id = %s", family)
    goal = one("SELECT id FROM wraparound_goal WHERE plan_id = %s AND aim = 'Jonas gaat naar de judo'", plan)
    milan = one("SELECT family_id FROM trust_familymember WHERE person_id = %s", stage.people["milan"])
    return {
        "family": f"/family/{family}", "plan": f"/plans/{plan}", "goal": f"/goals/{goal}", "goal_id": goal,
        "step": one("SELECT id FROM wraparound_action WHERE goal_id = %s", goal),
        "version": one("SELECT id FROM wraparound_version WHERE plan_id = %s", plan),
        "home": one("SELECT id FROM trust_home WHERE family_id = %s AND name = 'bij mama'", family),
        "judo": stage.people["bram"], "hanne": hanne, "sarah": sarah,
        "job": one("SELECT id FROM trust_job WHERE person_id = %s", stage.people["tom"]),
        "offer": one("SELECT id FROM network_offer WHERE name = 'Gratis proefles dans'"),
        "concern": one("SELECT id FROM intake_concern WHERE who_about = 'een meisje in 2A'"),
        "own": one(
            "SELECT c.id FROM trust_circle c JOIN trust_seat s ON s.circle_id = c.id "
            "WHERE c.kind = 'own' AND s.person_id = %s", stage.people["milan"]
        ),
        "milan": f"/family/{milan}",
        "coming": one("SELECT id FROM wraparound_meeting WHERE ended_at IS NULL"),
        "held": one("SELECT id FROM wraparound_meeting WHERE ended_at IS NOT NULL"),
        "amrani": "/family/{}".format(one("SELECT family_id FROM wraparound_meeting LIMIT 1")),
        "waiting": one(
            "SELECT v.id FROM wraparound_version v JOIN wraparound_plan p ON p.id = v.plan_id "
            "WHERE p.family_id = %s ORDER BY v.number DESC LIMIT 1", milan
        ),
        "waiting_plan": one("SELECT id FROM wraparound_plan WHERE family_id = %s", milan),
        "yusuf": stage.people["yusuf"],
    }  # fmt: skip


PAGES: dict[str, list[str]] = {
    "": [
        "/", "/concern/", "/concern/?who=young", "/concern/?who=parent", "/concern/poster/", "/offers/",
        "/offers/{offer}/", "/offers/?q=zzzz", "/offers/?q=devoris", "/offers/map/",
        "/sign-in/", "/password/forgotten/", "/l/nothing/", "/demo/", "/nowhere/",
    ],
    "sarah": [
        "{family}/", "{family}/as/", "{family}/people/{judo}/", "{family}/people/{judo}/remove/",
        "{family}/people/{hanne}/", "{family}/leave/", "{family}/stop/", "{family}/invite/", "{family}/invite/professionals/",
        "{family}/invite/{job}/", "{family}/coordinator/", "{family}/who-sees/", "{family}/who-sees/goal/{goal_id}/",
        "{family}/who-looked/", "{family}/homes/new/", "{family}/homes/{home}/", "{family}/left-out/",
        "{family}/story/", "{family}/story/tell/", "{plan}/", "{plan}/wish/", "{plan}/goals/new/", "{plan}/goals/resting/",
        "{goal}/", "{goal}/steps/new/", "{goal}/steps/new/?quick=1", "/steps/{step}/", "/steps/{step}/offer/",
        "/remarks/goal/{goal_id}/", "{plan}/approval/", "{plan}/versions/", "/versions/{version}/", "{plan}/paper/",
        "/account/", "/sign-out/", "{family}/?as={judo}",
    ],
    "naima": [
        "{amrani}/", "{amrani}/meetings/", "{amrani}/meetings/call/", "/meetings/{coming}/", "/meetings/{held}/",
        "/remarks/meeting/{held}/",
    ],
    "hanne": [
        "/today/", "/meetings/{coming}/", "/meetings/{coming}/move/", "/meetings/{coming}/call-off/", "/meetings/{held}/",
        "/meetings/{held}/minutes/",
    ],
    "milan": ["/own/{own}/", "{milan}/", "{milan}/left-out/"],
    "yusuf": ["/a/{waiting}/", "/a/{waiting}/?answer=yes", "/a/{waiting}/?answer=change"],
    "tom": [
        "/today/", "/families/", "/plans/{waiting_plan}/approval/", "/versions/{waiting}/spoken/",
        "/versions/{waiting}/paper/", "/versions/{waiting}/recording/", "{milan}/story/write-down/", "/village/offers/",
        "/village/offers/{offer}/", "/links/new/{yusuf}/",
    ],
    "els": ["/today/", "/concerns/", "/concerns/?ended=1", "/concerns/{concern}/", "/concerns/new/", "/concerns/duty/"],
    "amina": ["/village/map/", "/village/offers/map/", "/village/import/", "/village/offers/new/", "/village/offers/{offer}/change/"],
    "sofie": ["/village/invite/", "/today/"],
}  # fmt: skip
MISSING = {"/l/nothing/", "/nowhere/"}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("who", PAGES, ids=lambda who: who or "anybody")
def test_every_page_is_clean(devices: Devices, who: str, variant: str) -> None:
    found = places(devices.stage)
    shape, language, light = VARIANTS[variant]
    tab = devices.phone(language, light) if shape == "phone" else devices.desk(language, light)
    if who:
        tab.be(who)
    wrong = {}
    for address in PAGES[who]:
        answer = tab.page.goto(tab.site + address.format(**found))
        assert answer is not None
        if (answer.status == 404) != (address in MISSING):
            wrong[address] = f"answers {answer.status}"
            continue
        name = re.sub(r"[^a-z]+", "-", f"{who or 'anybody'} {address}").strip("-")
        try:
            tab.look(name)
        except AssertionError as problem:
            wrong[address] = str(problem)
    assert wrong == {}
