"""Hard cases in which the family comes first: two homes, an ex-partner, anger, who told us, one evening (1, 4, 7, 10, 11)."""

import re
from datetime import UTC, datetime
from typing import Any

from journeys.story import Devices, Tab
from journeys.test_circle import family
from journeys.test_hard_cases import answers

NOWHERE = "00000000-0000-4000-8000-000000000000"


def bare(page: str) -> str:
    """A page without what differs by chance."""
    return re.sub(
        r'(name="(?:csrfmiddlewaretoken|next)" value=|"X-CSRFToken": |nonce=)"[^"]*"|\b\d\d:\d\d\b', "", page
    )


def the_one(devices: Devices, question: str, *values: Any) -> Any:
    """The only answer."""
    ((found,),) = devices.stage.look_behind(question, *values)
    return found


def fetched(tab: Tab, address: str) -> tuple[int, str]:
    """What an address answers, without what differs by chance."""
    answer = tab.page.request.get(tab.site + address)
    return answer.status, bare(answer.text().replace(address.strip("/"), "…"))


def test_parents_apart_and_the_fathers_page_shows_no_gap(devices: Devices) -> None:
    """Hard case 1: he decides with authority; her home is hidden from him; whatever she writes there, his pages stay."""
    home = family(devices, "jonas")
    hers = the_one(devices, "SELECT id FROM trust_home WHERE name = 'bij mama'")
    dirk, sarah = devices.phone("nl", "dark").be("dirk"), devices.phone("nl").be("sarah")
    walk = (home, f"{home}plan/", f"{home}who-sees/", f"{home}who-looked/", "/mine/")
    dirk.early_in_a_minute()  # that she opens their circle again is no secret, and would be a line of its own
    sarah.go(home)
    before = [fetched(dirk, page) for page in walk]
    sarah.follow(sarah.page.locator(f'main a[href$="/homes/{hers}/"]'))
    sarah.tap("details.more > summary")
    sarah.page.locator('[name="address"]').fill("Merelstraat 9, achterdeur")
    sarah.press("Keep it")
    sarah.sees("Merelstraat 9")
    assert [fetched(dirk, page) for page in walk] == before
    for words in ("Merelstraat", "Lindestraat", "bij mama", hers.hex, str(hers)):
        assert not any(words in page for _status, page in before)
    dirk.go(home)
    assert "bij papa" in dirk.words()
    assert dirk.say("Stop for now") in dirk.words()  # he has authority
    hidden, missing = (fetched(dirk, f"{home}homes/{one}/") for one in (hers, NOWHERE))
    assert hidden == missing
    assert hidden[0] == 404


def asks_conflict(hanne: Tab, devices: Devices, home: str) -> str:
    """The coordinator asks: the teacher was the partner of the mother; the address on which it waits."""
    hanne.go(home)
    hanne.press("Decided by two people")
    hanne.press("Leave somebody out")
    hanne.tap(f'label:has(input[name="child"][value="{devices.stage.people["samira"]}"])')
    hanne.page.locator('select[name="whom"]').select_option(f"person:{devices.stage.people['lotte']}")
    hanne.tap('label:has(input[name="ground"][value="conflict"])')
    hanne.write("why", "Zij was de partner van de mama. Er loopt nog een zaak.")
    hanne.press("Ask for the second yes")
    return hanne.page.url.removeprefix(hanne.site)


def test_the_teacher_is_the_ex_partner_and_no_path_of_work_is_left(devices: Devices) -> None:
    """Hard case 4: one asks, another says yes; from then on nothing of the girl, in no job, and not a word of it."""
    stage, home = devices.stage, family(devices, "samira")
    lotte, hanne = devices.phone("nl").be("lotte"), devices.desk("nl").be("hanne")
    goal = "Samira komt weer graag naar school"
    assert goal in lotte.go(f"{home}plan/").content()
    matter = asks_conflict(hanne, devices, home)
    assert goal in lotte.go(f"{home}plan/").content()  # nobody decides it alone
    wim = devices.phone("nl", "dark").be("wim")
    wim.go("/two-people/")
    wim.follow(wim.page.locator(f'main a[href="{matter}"]'))
    wim.look("two-people-matter")
    wim.press("Yes, I agree")
    wim.look("two-people-agreed")
    stage.look_behind(
        "INSERT INTO trust_job (id, person_id, organisation_id, role, title, bound, phone, languages, since) "
        "SELECT gen_random_uuid(), %s, o.id, 'worker', 'vrijwilliger', false, '', 'nl', now() - interval '1 day' "
        "FROM trust_organisation o WHERE o.name LIKE %s RETURNING id",
        stage.people["lotte"],
        "%Springplank%",
    )
    lotte.be("lotte")
    for page in ("", "plan/", "story/", "path/", f"learning/{stage.people['samira']}/", "who-looked/"):
        said = lotte.go(f"{home}{page}").content() + lotte.go("/today/").content()
        assert not any(word in said for word in (goal, "logopedie", "partner van de mama", "Dansen is")), page
    assert fetched(lotte, matter) == fetched(lotte, f"/two-people/{NOWHERE}/")
    naima = devices.phone("ar").be("naima")
    assert "Lotte" in naima.go(home).locator("main").inner_text()


def test_the_family_takes_its_coordinator_out_in_anger(devices: Devices) -> None:
    """Hard case 7: three touches, at once, also in a tab that is open; the contact point sees a name and a number."""
    home = family(devices, "jonas")
    the_one(  # the family said whom to call first
        devices,
        "UPDATE trust_contactcard SET first = true WHERE person_id = %s RETURNING 1",
        devices.stage.people["sarah"],
    )
    hanne = devices.desk("nl").be("hanne")
    hanne.go(home)
    sarah = devices.phone("nl").be("sarah")
    sarah.go(f"{home}coordinator/")
    sarah.taps = 0
    sarah.press("Stop with this coordinator")
    sarah.press("Yes, take out")
    assert sarah.taps <= 3
    assert hanne.page.reload().status == 404
    marc = devices.desk("nl").be("marc")
    marc.go("/today/")
    marc.sees(marc.say("Waiting for a coordinator"))
    marc.follow(marc.page.locator("section:has(#no-coordinator) li a", has_text="Sarah"))
    assert marc.page.locator('main a[href^="tel:"]').first.inner_text().endswith("0470 00 20 03")
    assert "Jonas" not in marc.whole()
    assert answers(marc, home) == 404
    assert "Hanne" not in sarah.go(home).locator(".circle-people").inner_text()


def test_who_sits_in_the_circle_told_us_and_nobody_there_finds_it(devices: Devices) -> None:
    """Hard case 10: sealed for the two of the first talk, also in the journal; one more reader needs two people."""
    home = family(devices, "ruta")
    selam, lea = devices.phone("en").be("selam"), devices.phone("nl", "dark").be("lea")
    walk = [f"{home}{page}" for page in ("", "story/", "who-looked/", "promises/", "plan/")]
    for tab in (selam, lea):
        assert all(fetched(tab, page)[0] == 200 for page in walk)
    lea.early_in_a_minute()
    before = [fetched(tab, page) for tab in (selam, lea) for page in walk]
    wim, els = devices.desk("nl").be("wim"), devices.desk("nl").be("els")
    counted = fetched(wim, "/watching/facts/")
    els.go("/sealed/")
    line = els.page.locator("main section", has_text="0470 00 20 13")
    assert "Lea" in line.inner_text()
    assert [fetched(tab, page) for tab in (selam, lea) for page in walk] == before
    assert fetched(wim, "/watching/facts/") == counted
    assert not any(
        word in page for word in ("0470 00 20 13 ·", "Lea ·", "told us") for _status, page in before
    )
    readers = str(line.locator('a[href$="/readers/"]').get_attribute("href"))
    for tab, there in ((selam, 404), (lea, 404), (devices.phone("nl").be("hanne"), 200)):
        assert fetched(tab, "/sealed/")[0] == there
        assert "0470 00 20 13" not in fetched(tab, "/sealed/")[1]
        assert fetched(tab, readers)[0] == 404
    els.go(f"{readers}?name=Tom")
    els.page.locator('select[name="job"]').select_option(index=1)
    els.write("why", "Tom belt haar terug.")
    els.press("Ask for the second yes")
    wim.go(els.page.url)
    assert "Lea" not in wim.words()
    wim.press("Yes, I agree")
    tom = devices.phone("nl").be("tom")
    tom.go("/sealed/")
    tom.sees("0470 00 20 13")


def test_a_stand_in_for_one_evening(devices: Devices) -> None:
    """Hard case 11: nothing the day before, the list at 15:00, nothing at 21:01, and not in an open tab either."""
    home = family(devices, "samira")
    ((begins, ends),) = devices.stage.look_behind(
        "SELECT begins_at, ends_at FROM trust_invitation WHERE stands_in_for_id IS NOT NULL AND answer = 'yes'"
    )
    tom = devices.phone("nl").be("tom")
    assert answers(tom, home) == 404
    devices.stage.it_becomes(begins)
    tom.be("tom")
    assert answers(tom, home) == 200
    assert answers(tom, f"{home}plan/") == 200
    tom.look("list-of-a-stand-in")
    devices.stage.it_becomes(datetime.now(UTC) + (ends - begins))
    tom.be("tom")
    assert answers(tom, f"{home}plan/") == 404
    assert "Samira" not in tom.whole()
    assert "Amrani" not in tom.go("/families/").locator("main").inner_text()
