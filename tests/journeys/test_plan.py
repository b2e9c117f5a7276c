"""Story, plan and everybody's yes, in the demonstration village (W3, W5, W6, W18, E8)."""

import re
from uuid import UUID

import pytest

from journeys.story import Devices, Tab

LATEST = (
    "SELECT v.id, v.plan_id FROM wraparound_version v JOIN trust_familymember m ON m.person_id = %s "
    "JOIN trust_circle c ON c.family_id = m.family_id AND c.id = v.circle_id ORDER BY v.number DESC LIMIT 1"
)


def plan_of(devices: Devices, key: str) -> tuple[UUID, UUID]:
    """The last version of the plan of a child's family, and the plan."""
    (found,) = devices.stage.look_behind(LATEST, devices.stage.people[key])
    return found[0], found[1]


def link_and_code(devices: Devices, maker: str, whom: str, version: UUID, plan: UUID) -> tuple[str, str]:
    """The coordinator makes a link; the code goes another way."""
    desk = devices.desk().be(maker)
    desk.go(f"/plans/{plan}/approval/")
    desk.look("everybodys-yes")
    desk.follow(f'form[action$="/versions/{version}/link/{devices.stage.people[whom]}/"] button')
    card = desk.words()
    return re.search(r"/l/[\w-]+/", card)[0], re.search(r"\b\d{3} \d{3}\b", card)[0]


@pytest.mark.parametrize("script", [True, False])
def test_a_mother_approves_the_plan_in_arabic_on_her_phone(devices: Devices, script: bool) -> None:
    """W6, families' journey 1: link, code, the page in her direction, yes, confirm: five touches; no account."""
    version, plan = plan_of(devices, "samira")
    link, code = link_and_code(devices, "hanne", "naima", version, plan)
    naima = devices.phone("ar", "dark", java_script_enabled=script)
    naima.taps = 1  # the link in the message
    naima.go(link)
    naima.look("code")
    naima.write("code", code.replace(" ", ""))
    naima.press("Come in")
    assert naima.page.locator("html").get_attribute("dir") == "rtl"
    naima.sees("أريد أن أفهم ما تكتبه المدرسة.")
    naima.look("approval")
    naima.press("Yes, this is our plan")
    naima.look("approval-yes")
    naima.press("Yes, I say yes")
    naima.sees(naima.say("Thank you"))
    assert naima.taps <= 5
    naima.look("approval-thanks")
    (said,) = devices.stage.look_behind("SELECT stage FROM wraparound_version WHERE id = %s", version)
    assert said == ("in force",)


def test_a_mother_wants_to_change_something(devices: Devices) -> None:
    """W6: no is not a word here; what she wants to change reaches the coordinator."""
    version, plan = plan_of(devices, "samira")
    link, code = link_and_code(devices, "hanne", "naima", version, plan)
    naima = devices.phone("ar")
    naima.go(link)
    naima.write("code", code)
    naima.press("Come in")
    naima.press("I want to change something")
    naima.page.locator("main textarea").fill("أريد أن تكون الدروس يوم السبت.")
    naima.look("approval-change")
    naima.follow('button[value="change"]')
    hanne = devices.desk().be("hanne")
    hanne.go(f"/plans/{plan}/approval/")
    hanne.sees("wants to change something")
    hanne.sees("أريد أن تكون الدروس يوم السبت.")


def test_a_father_says_yes_aloud_and_it_is_written_down(devices: Devices) -> None:
    """W6: spoken, with day, language and who helped; everybody has said yes, so the plan is in force."""
    version, _plan = plan_of(devices, "milan")
    tom = devices.desk().be("tom")
    tom.go(f"/versions/{version}/spoken/?person={devices.stage.people['yusuf']}")
    tom.page.locator('input[name="answer"][value="yes"]').check()
    tom.page.locator('[name="interpreter"]').fill("Mila")
    tom.look("said-aloud")
    tom.page.locator("main form.form button").last.press("Enter")
    tom.page.wait_for_url("**/approval/")
    (said,) = devices.stage.look_behind("SELECT stage FROM wraparound_version WHERE id = %s", version)
    assert said == ("in force",)


def test_a_signed_sheet_comes_home_with_its_code(devices: Devices) -> None:
    """W6, E8: who has no phone signs on paper; the code on the sheet brings the yes back."""
    version, plan = plan_of(devices, "milan")
    tom = devices.desk().be("tom")
    tom.go(f"/plans/{plan}/approval/")
    tom.follow(f'form[action$="/versions/{version}/sheet/{devices.stage.people["yusuf"]}/"] button')
    tom.look("sheet")
    code = re.findall(r"\b\d{3} \d{3}\b", tom.words())[-1]
    tom.go(f"/versions/{version}/paper/")
    tom.write("code", code)
    tom.page.locator('[name="said_on"]').fill(devices.day(0))
    tom.page.locator("main form.form button").last.press("Enter")
    tom.page.wait_for_url("**/approval/")
    (said,) = devices.stage.look_behind("SELECT stage FROM wraparound_version WHERE id = %s", version)
    assert said == ("in force",)


@pytest.mark.parametrize("script", [True, False])
def test_the_family_tells_its_story_in_its_own_words(devices: Devices, script: bool) -> None:
    """W5: typed by the family, in its own language, as it is said."""
    naima = devices.phone("ar", java_script_enabled=script).be("naima")
    (family,) = devices.stage.look_behind("SELECT id FROM trust_family WHERE name = 'Gezin Amrani'")
    naima.go(f"/family/{family[0]}/story/")
    naima.look("story")
    naima.go(f"/family/{family[0]}/story/tell/")
    naima.write("text", "سميرة رقصت يوم الجمعة وضحكت.")
    naima.page.locator('select[name="language"]').select_option("ar")
    with naima.page.expect_navigation():
        naima.page.locator("main form.form button.big").click()
    naima.sees("سميرة رقصت يوم الجمعة وضحكت.")
    quote = naima.page.get_by_text("سميرة رقصت يوم الجمعة وضحكت.").first
    assert quote.evaluate("one => getComputedStyle(one).direction") == "rtl"


@pytest.mark.parametrize("script", [True, False])
def test_a_goal_a_small_step_and_an_offer_of_the_village(devices: Devices, script: bool) -> None:
    """W5, N1: the part of life first, then the goal, a step by the uncle, and an offer attached to it."""
    _version, plan = plan_of(devices, "milan")
    milan = devices.phone("nl", java_script_enabled=script).be("milan")
    milan.go(f"/plans/{plan}/goals/new/")
    milan.tap(milan.page.locator('label:has(input[name="domain"][value="leisure"])'))
    _on(milan, "goal-1")
    milan.page.locator('[name="need"]').fill("Ik wil iets met muziek.")
    _on(milan)
    milan.page.locator('[name="aim"]').fill("Elke week muziek maken")
    _on(milan)
    for _more in range(4):
        if "/goals/new/" not in milan.page.url:
            break
        _on(milan)
    milan.go(f"/plans/{plan}/")
    milan.sees("Elke week muziek maken")
    goal = milan.page.locator("article", has_text="Elke week muziek maken")
    address = goal.locator('a[href*="/steps/new/"]').first.get_attribute("href")
    milan.go(f"{address}?quick=1")
    milan.page.locator('[name="what"]').fill("de eerste keer meegaan naar het atelier")
    milan.page.locator('[name="doer"]').select_option(str(devices.stage.people["omar"]))
    milan.page.locator('[name="by_when"]').fill(devices.day(7))
    milan.look("step")
    with milan.page.expect_navigation():
        milan.page.locator("main form.form button.big").click()
    (step,) = devices.stage.look_behind(
        "SELECT id FROM wraparound_action WHERE what = 'de eerste keer meegaan naar het atelier'"
    )
    milan.go(f"/steps/{step[0]}/offer/?q=muziek")
    milan.look("offer")
    milan.follow("#offers li button")
    milan.go(f"/plans/{plan}/")
    milan.sees("de eerste keer meegaan naar het atelier")
    (offer,) = devices.stage.look_behind(
        "SELECT o.name FROM wraparound_action a JOIN network_offer o ON o.id = a.offer_id WHERE a.id = %s",
        step[0],
    )
    milan.sees(offer[0])
    milan.look("plan")


def _on(tab: Tab, picture: str = "") -> None:
    if picture:
        tab.look(picture)
    with tab.page.expect_navigation():
        tab.page.locator("main form button.big").first.click()


def test_a_remark_stands_beside_a_goal(devices: Devices) -> None:
    """W6: to see it differently is noted without breaking the relation."""
    _version, plan = plan_of(devices, "milan")
    omar = devices.phone("nl").be("omar")
    omar.go(f"/plans/{plan}/")
    address = omar.page.locator('a[href*="/remarks/goal/"]').first.get_attribute("href")
    omar.go(address)
    omar.look("remark")
    omar.page.locator("main textarea").fill("Ik denk dat hij al weet wat hij wil.")
    with omar.page.expect_navigation():
        omar.page.locator("main form.form button.big").click()
    omar.sees("Ik denk dat hij al weet wat hij wil.")


def test_the_plan_for_the_fridge(devices: Devices) -> None:
    """W6, E8: as a PDF that holds what its reader may know, in the reader's language."""
    from django.utils import timezone

    from kring.web.paper.printing import print_plan

    _version, plan = plan_of(devices, "jonas")
    sarah = devices.phone("nl").be("sarah")
    sarah.go(f"/plans/{plan}/paper/")
    sarah.look("paper")
    with sarah.page.expect_navigation():
        sarah.page.locator("main form.form button.big").click()
    paper = UUID(re.search(r"/papers/([0-9a-f-]{36})/", sarah.page.url)[1])
    print_plan(paper, devices.stage.people["sarah"], at=timezone.now())
    sarah.go(f"/papers/{paper}/")
    sarah.look("paper-ready")
    answer = sarah.page.request.get(
        f"{sarah.site}/papers/{paper}/plan.pdf", headers={"Cookie": _cookies(sarah)}
    )
    assert answer.status == 200
    assert answer.body()[:5] == b"%PDF-"


def _cookies(tab: Tab) -> str:
    return "; ".join(f"{one['name']}={one['value']}" for one in tab.page.context.cookies())
