"""Every page of the village: nothing for axe, nothing in the console, nothing sideways (E8, E11).

Each page is looked at in Arabic, on a telephone, by night; and in one of the other three variants, in turn, so that
every person's pages meet both widths, both lights and both directions.
"""

import re
from typing import Any

import pytest

from journeys.stage import Stage
from journeys.story import Devices
from kring.intake.models import Concern

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
        "concern": concern_about(stage, "een meisje in 2A"),
        "keep": "/village/offers/{}/keep".format(one("SELECT id FROM network_offer WHERE name = 'Gratis proefles dans'")),
        "own": one(
            "SELECT c.id FROM trust_circle c JOIN trust_seat s ON s.circle_id = c.id "
            "WHERE c.kind = 'own' AND s.person_id = %s", stage.people["milan"]
        ),
        "milan": f"/family/{milan}",
        "coming": one("SELECT id FROM wraparound_meeting WHERE ended_at IS NULL"),
        "held": one("SELECT id FROM wraparound_meeting WHERE ended_at IS NOT NULL"),
        "amrani": "/family/{}".format(one("SELECT family_id FROM wraparound_meeting LIMIT 1")),
        "amrani_id": one("SELECT family_id FROM wraparound_meeting LIMIT 1"),
        "help": one("SELECT id FROM wraparound_earlierhelp WHERE what = 'logopedie'"),
        "profile": one("SELECT id FROM wraparound_learningprofile"),
        "samira": stage.people["samira"], "lise": stage.people["lise"], "jonas": stage.people["jonas"],
        "waiting": one(
            "SELECT v.id FROM wraparound_version v JOIN wraparound_plan p ON p.id = v.plan_id "
            "WHERE p.family_id = %s ORDER BY v.number DESC LIMIT 1", milan
        ),
        "osman_promise": one("SELECT promise_id FROM wraparound_passon"),
        "asked_tom": one("SELECT id FROM trust_invitation WHERE stands_in_for_id IS NOT NULL"),
        "asked_hanne": one("SELECT id FROM trust_invitation WHERE role = 'coordinator' AND answer = ''"),
        "noor_job": one("SELECT id FROM trust_job WHERE person_id = %s", stage.people["noor"]),
        "waiting_plan": one("SELECT id FROM wraparound_plan WHERE family_id = %s", milan),
        "yusuf": stage.people["yusuf"], "dirk": stage.people["dirk"],
        "review": one("SELECT id FROM wraparound_review WHERE plan_id = %s AND settled_at IS NULL", plan),
        "naima": stage.people["naima"], "mila": stage.people["mila"], "milan_himself": stage.people["milan"],
        "matter": one("SELECT id FROM trust_matter WHERE kind = 'conflict' AND answer = ''"),
        "alone": one(
            "SELECT id FROM trust_circle WHERE kind = 'confidence' AND subject_id = %s", stage.people["milan"]
        ),
    }  # fmt: skip


def concern_about(stage: Stage, words: str) -> Any:
    """The concern with these words, which lie locked."""
    rows = stage.look_behind("SELECT id, circle_id, told_locked FROM intake_concern ORDER BY at, id")
    told = (Concern(id=row[0], circle_id=row[1], told_locked=row[2]) for row in rows)
    return next(concern.pk for concern in told if concern.who_about == words)


PAGES: dict[str, list[str]] = {
    "": [
        "/", "/concern/", "/concern/?who=young", "/concern/?who=parent", "/concern/poster/", "/offers/",
        "/offers/{offer}/", "/offers/?q=zzzz", "/sign-in/", "/password/forgotten/", "/l/nothing/", "/demo/",
        "/nowhere/", "/words/", "/principles/", "/ages/", "/trust/", "/your-data/", "/offers/?q=devoris", "/offers/map/",
        "/how-long/", "/handbook/danger/",
    ],
    "sarah": [
        "{family}/", "{family}/as/", "{family}/people/{judo}/", "{family}/people/{judo}/remove/",
        "{family}/people/{hanne}/", "{family}/leave/", "{family}/stop/", "{family}/invite/",
        "{family}/invite/professionals/", "{family}/invite/{job}/", "{family}/coordinator/",
        "{family}/who-sees/", "/growing/{lise}/", "{family}/who-sees/goal/{goal_id}/", "{family}/who-looked/",
        "{family}/homes/new/", "{family}/homes/{home}/", "{family}/left-out/", "{family}/story/",
        "{family}/story/tell/", "{plan}/", "{plan}/wish/", "{plan}/goals/new/", "{plan}/goals/resting/",
        "{goal}/", "{goal}/steps/new/", "{goal}/steps/new/?quick=1", "/steps/{step}/",
        "/steps/{step}/offer/", "/remarks/goal/{goal_id}/", "{plan}/approval/", "{plan}/versions/",
        "/versions/{version}/", "{plan}/paper/", "/account/", "/sign-out/", "{family}/?as={judo}",
        "{family}/good-news/", "/steps/{step}/good-news/", "{plan}/review/", "/reviews/{review}/",
        "/reviews/{review}/prepare/", "/reviews/{review}/outcome/", "/not-right/goal/{goal_id}/",
    ],
    "naima": [
        "{amrani}/", "{amrani}/meetings/", "{amrani}/meetings/call/", "/meetings/{coming}/",
        "/meetings/{held}/", "/remarks/meeting/{held}/", "{amrani}/path/", "{amrani}/path/add/",
        "/path/{help}/change/", "/path/{help}/papers/", "{amrani}/learning/{samira}/",
        "{amrani}/learning/{samira}/ask/", "{amrani}/stand-in/", "{amrani}/stand-in/{noor_job}/",
        "{amrani}/hand-over/", "{amrani}/hand-over/begin/", "{amrani}/reach/", "{amrani}/reach/{naima}/",
        "/mine/", "/mine/along/", "/mine/forget/", "/mine/forget/{amrani_id}/", "{amrani}/not-right/",
    ],
    "lotte": [
        "{amrani}/path/", "{amrani}/learning/{samira}/talents/",
    ],
    "lise": [
        "{family}/learning/{lise}/", "/learning/profiles/{profile}/",
    ],
    "ruth": [
        "{family}/learning/{lise}/", "{family}/learning/{jonas}/write/", "/village/people/",
        "/village/people/?q=zzzz", "/village/people/?paper=1", "/village/people/{hanne}/",
        "/village/people/mine/",
    ],
    "hanne": [
        "/watching/mine/",
        "/today/", "/meetings/{coming}/", "/meetings/{coming}/move/", "/meetings/{coming}/call-off/",
        "/meetings/{held}/", "/meetings/{held}/minutes/", "/meetings/{coming}/interpreter/",
        "/reviews/{review}/", "/reviews/{review}/write-down/{dirk}/", "/reviews/{review}/sheet/{dirk}/",
        "/account/", "/account/pin/", "/join/{asked_hanne}/", "{amrani}/hand-over/begin/", "{amrani}/", "{amrani}/reach/",
        "{family}/two-people/", "{family}/two-people/leave-out/", "{family}/two-people/same/{dirk}/", "{family}/sealed/", "/sealed/", "/account/share/",
    ],
    "milan": [
        "/me/", "/me/tell/", "/me/tell/{mila}/", "/me/menu/", "/me/who-is-told/", "/me/{alone}/", "/me/{alone}/hear/",
        "/me/{alone}/end/", "/own/{own}/", "{milan}/", "{milan}/left-out/", "{milan}/hand-over/", "{milan}/hand-over/sheet/",
        "{milan}/hand-over/next/", "{milan}/hand-over/next/{noor_job}/",
    ],
    "yusuf": [
        "/a/{waiting}/", "/a/{waiting}/?answer=yes", "/a/{waiting}/?answer=change",
    ],
    "tom": [
        "/today/", "/families/", "/plans/{waiting_plan}/approval/", "/versions/{waiting}/spoken/",
        "/versions/{waiting}/paper/", "/versions/{waiting}/recording/", "{milan}/story/write-down/",
        "/village/offers/", "/village/offers/{offer}/", "/links/new/{yusuf}/", "/leaving/",
        "{milan}/hand-over/know/", "{milan}/hand-over/promises/{osman_promise}/", "/join/{asked_tom}/",
        "{milan}/reach/", "{milan}/reach/tried/",
    ],
    "els": [
        "/today/", "/concerns/", "/concerns/?ended=1", "/concerns/{concern}/", "/concerns/new/",
        "/concerns/duty/", "/leaving/", "/leaving/colleagues/", "/leaving/colleagues/{job}/",
    ],
    "amina": [
        "/village/menu/", "/village/import/", "/village/offers/new/", "/village/offers/{offer}/change/",
        "/village/offers/to-call/", "/village/holidays/", "/village/agreements/", "/village/map/",
        "/village/offers/map/",
    ],
    "sofie": [
        "/village/invite/", "/today/", "/words/", "/words/new/", "/words/nl/lui/", "/practice/iron/",
        "/practice/iron/change/", "/principles/?language=nl", "/principles/change/", "/village/keep/",
        "/village/keep/village/", "/village/keep/contact-point/", "/village/keep/terms/",
        "/village/keep/modules/", "/village/keep/turns/", "/village/keep/look/", "/village/keep/words/",
        "/village/keep/domains/", "/village/keep/people/", "/village/keep/changes/",
        "/village/keep/agreement/", "/watching/watchers/", "/village/rules/", "/village/keep/backups/",
        "/administration/papers/", "/two-people/ask/country/", "/danger/rights/",
    ],
    "wim": [
        "/watching/", "/watching/facts/", "/watching/seals/", "/watching/watchers/", "/two-people/",
        "/two-people/{matter}/", "/danger/register/",
    ],
    "noor": [
        "/practice/", "/practice/care/", "/practice/paper/", "/practice/backup/", "/danger/",
    ],
    "mila": [
        "/me/", "/me/{alone}/", "/me/together/", "/me/together/{milan_himself}/", "/today/", "{milan}/hand-over/",
    ],
    "leen": [
        "/village/offers/mine/", "{keep}/", "{keep}/words/", "{keep}/status/", "{keep}/opening/",
        "{keep}/place/", "{keep}/ages/", "{keep}/getting-in/", "{keep}/contact/", "{keep}/cost/",
        "{keep}/languages/", "{keep}/pictures/",
    ],
}  # fmt: skip
MISSING = {"/l/nothing/", "/nowhere/"}


def in_turn(pages: list[str], variant: str) -> list[str]:
    """The pages that are looked at in this variant."""
    first, *others = ["ar-phone-dark", *(one for one in VARIANTS if one != "ar-phone-dark")]
    if variant == first:
        return pages
    return [page for number, page in enumerate(pages) if others[number % len(others)] == variant]


CASES = [(who, variant) for who in PAGES for variant in VARIANTS if in_turn(PAGES[who], variant)]


@pytest.mark.parametrize(
    ("who", "variant"), CASES, ids=[f"{who or 'anybody'}-{variant}" for who, variant in CASES]
)
def test_every_page_is_clean(devices: Devices, who: str, variant: str) -> None:
    found = places(devices.stage)
    shape, language, light = VARIANTS[variant]
    tab = devices.phone(language, light) if shape == "phone" else devices.desk(language, light)
    if who:
        tab.be(who)
    wrong = {}
    for address in in_turn(PAGES[who], variant):
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
