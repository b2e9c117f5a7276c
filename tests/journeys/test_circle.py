"""The circle: who sits in it, who sees what, who looked, and through whose eyes (W0, W4, W8, W9, W12, K16)."""

import re

import pytest

from journeys.story import Devices, Tab


def family(devices: Devices, key: str) -> str:
    """The address of the family of a child of the cast."""
    (found,) = devices.stage.look_behind(
        "SELECT family_id FROM trust_familymember WHERE person_id = %s", devices.stage.people[key]
    )
    return f"/family/{found[0]}/"


def test_the_village_of_a_child_is_drawn_in_three_rings(devices: Devices) -> None:
    """W0, W3: family, natural supports and professionals side by side; the same as a list."""
    sarah = devices.phone("nl").be("sarah")
    sarah.go(family(devices, "jonas"))
    sarah.look("circle")
    rings = sarah.page.locator(".circle-people h3")
    assert [one.inner_text() for one in rings.all()] == [
        sarah.say(words) for words in ("Inner circle", "Close by", "The rest of the village")
    ]
    for name in ("Jonas", "Lise", "Rita", "Hanne", "Bram"):
        assert name in sarah.words()


@pytest.mark.parametrize("script", [True, False])
def test_the_family_asks_a_neighbour_in_and_takes_her_out_again(devices: Devices, script: bool) -> None:
    """W4: asked by the family, in only by her own yes on her own phone, out at one word."""
    sarah = devices.phone(java_script_enabled=script).be("sarah")
    home = family(devices, "jonas")
    sarah.go(f"{home}invite/")
    sarah.write("given_name", "Greet")
    sarah.write("relation", "tante")
    sarah.press("Ask")
    sarah.sees("Greet is asked in")
    sarah.look("asked-in")
    sarah.press("Make the card and the code")
    card = sarah.words()
    greet = devices.phone(java_script_enabled=script)
    greet.go(re.search(r"/l/[\w-]+/", card)[0])
    greet.write("code", re.search(r"\b\d{3} \d{3}\b", card)[0])
    greet.press("Come in")
    greet.sees("asks you in")
    greet.look("join")
    assert "judo" not in greet.whole().lower(), "nothing is shown before the yes"
    greet.press("Yes, I am in")
    greet.sees("The circle of")
    assert greet.taps <= 3
    greet.go(home)
    greet.sees("The circle of")
    greet.look("circle-of-a-newcomer")
    sarah.go(home)
    sarah.follow(sarah.page.locator(".circle-people a", has_text="Greet"))
    sarah.follow(sarah.page.get_by_role("link", name="Take Greet out of the circle"))
    sarah.look("take-out")
    sarah.press("Yes, take out")
    sarah.page.locator(".circle-people").wait_for()
    assert "Greet" not in sarah.page.locator(".circle-people").inner_text()
    greet.go(home)
    assert "The circle of" not in greet.words(), "from this moment on"


@pytest.mark.parametrize("script", [True, False])
def test_who_sees_what_takes_at_most_three_touches_a_person(devices: Devices, script: bool) -> None:
    """W8, families' journey 2: faces with an eye; a sentence says what it means, and it is true."""
    sarah = devices.phone(java_script_enabled=script).be("sarah")
    home = family(devices, "jonas")
    bram = devices.desk().be("bram")
    bram.go(home)
    assert "Jonas gaat naar de judo" in bram.go(f"{home}plan/").content()
    sarah.go(home)
    sarah.follow(sarah.page.get_by_role("link", name="Who sees what").first)
    sarah.look("who-sees-what")
    sarah.follow(sarah.page.locator("main .lines a", has_text="Jonas gaat naar de judo"))
    eye = sarah.page.locator("button.eye", has_text="Bram")
    assert eye.get_attribute("aria-pressed") == "true"
    sarah.tap(eye)
    sarah.page.locator('button.eye[aria-pressed="false"]', has_text="Bram").wait_for()
    assert sarah.taps <= 3
    sarah.look("eyes")
    bram.page.reload()
    assert "Jonas gaat naar de judo" not in bram.whole(), "Bram does not see it from this moment on"


@pytest.mark.parametrize("script", [True, False])
def test_a_page_seen_as_somebody_else(devices: Devices, script: bool) -> None:
    """K16, W12: the mother looks through the trainer's eyes and can do nothing there."""
    sarah = devices.phone(java_script_enabled=script).be("sarah")
    sarah.go(family(devices, "jonas"))
    sarah.press("See it as somebody else")
    sarah.follow(sarah.page.locator("main .lines a", has_text="Bram"))
    sarah.sees("Bram")
    assert sarah.taps == 2
    assert sarah.page.locator('main form[method="post"]').count() == 0
    assert "Lise heeft een avond" not in sarah.words()
    sarah.look("as-bram")


def test_the_family_sees_who_looked(devices: Devices) -> None:
    """W12: in plain words, within a minute."""
    bram = devices.desk().be("bram")
    bram.go(f"{family(devices, 'jonas')}plan/")
    sarah = devices.phone().be("sarah")
    sarah.go(family(devices, "jonas"))
    sarah.press("Who looked")
    sarah.sees("Everybody who read something of your circle")
    assert sarah.taps == 1
    assert "Bram" in sarah.page.locator("main section.card").first.inner_text()
    sarah.look("who-looked")


def test_an_excluded_parent_sees_nothing_and_no_trace(devices: Devices) -> None:
    """W9: Lise lets her father know nothing about her; his pages do not show that something is missing."""
    dirk = devices.phone().be("dirk")
    home = family(devices, "jonas")
    for address in (
        home,
        f"{home}plan/",
        f"{home}story/",
        f"{home}who-sees/",
        f"{home}who-looked/",
        f"{home}left-out/",
    ):
        page = dirk.go(address).content()
        assert "Lise heeft een avond" not in page
        assert "Ik wil tijd voor mezelf" not in page
        assert not re.search(
            r"left out|cannot see|hidden from you", dirk.words().replace("Leave somebody out", "")
        )
    dirk.go(home)
    dirk.look("excluded-parent")
    assert "Jonas" in dirk.words()
    (lise,) = devices.stage.look_behind(
        "SELECT id FROM trust_circle WHERE kind = 'own' AND id IN (SELECT circle_id FROM trust_seat WHERE person_id = %s)",
        devices.stage.people["lise"],
    )
    missing = dirk.page.request.get(f"{dirk.site}/own/00000000-0000-4000-8000-000000000000/")
    hers = dirk.page.request.get(f"{dirk.site}/own/{lise[0]}/")
    assert (hers.status, _bare(hers.text())) == (missing.status, _bare(missing.text())) != (200, "")


def test_a_teacher_who_was_left_out_sees_nothing_of_the_young_person(devices: Devices) -> None:
    """W9: Milan leaves school out; his teacher still sits in a circle in which there is nothing."""
    youssef = devices.desk().be("youssef")
    home = family(devices, "milan")
    for address in ("/families/", home, f"{home}plan/", f"{home}story/", "/today/"):
        page = youssef.go(address).content()
        for words in (
            "stil en dan gaat het fout",
            "Iets maken",
            "Ik wil iets maken dat blijft",
            "handen voor gebruikt",
        ):
            assert words not in page, address
    milan = devices.phone("nl").be("milan")
    milan.go(f"{home}story/")
    milan.sees("zonder dat school meekijkt")
    milan.look("story-of-milan")


def test_a_grandmother_sits_in_the_circle_without_a_phone(devices: Devices) -> None:
    """W3: Fatna has no phone; her step and her name are there, and her page works for who sits beside her."""
    naima = devices.phone("ar").be("naima")
    naima.go(family(devices, "samira"))
    assert "Fatna" in naima.page.locator(".circle-people").inner_text()
    fatna = devices.phone("ar").be("fatna")
    fatna.go(f"{family(devices, 'samira')}plan/")
    fatna.sees("op woensdag mee koken")
    fatna.look("plan-of-a-grandmother")


@pytest.mark.looks
@pytest.mark.parametrize("key", ["naima", "lise", "claire"])
def test_every_page_of_a_family_shows_one_person_to_call(devices: Devices, key: str) -> None:
    """Families' journey 5: 0 taps; the same face and the same button at the foot of every page."""
    tab = devices.phone("ar" if key == "naima" else "nl").be(key)
    home = family(devices, key)
    faces = set()
    for address in (
        home, f"{home}plan/", f"{home}story/", f"{home}who-sees/", f"{home}who-looked/", f"{home}coordinator/",
        f"{home}left-out/", f"{home}invite/", f"{home}as/", f"{home}leave/",
    ):  # fmt: skip
        tab.go(address)
        faces.add(_caring(tab))
    assert len(faces) == 1
    assert tab.taps == 0


def _caring(tab: Tab) -> tuple[str, str]:
    foot = tab.page.locator("aside.foot")
    assert foot.count() == 1, tab.page.url
    return foot.locator("b").first.inner_text(), foot.locator('a[href^="tel:"]').get_attribute("href") or ""


def _bare(page: str) -> str:
    """A page without what differs by chance."""
    page = re.sub(r'name="next" value="[^"]*"', "", page)
    return re.sub(r'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": )"[^"]+"', "", page)


@pytest.mark.parametrize("script", [True, False])
def test_the_family_stops_in_two_touches_and_begins_again(devices: Devices, script: bool) -> None:
    """W22: with effect at once, also in a tab that is open; the door stays open."""
    home = family(devices, "jonas")
    hanne = devices.desk("nl").be("hanne")
    hanne.go(home)
    sarah = devices.phone("ar", java_script_enabled=script).be("sarah")
    sarah.go(home)
    sarah.press("Stop for now")
    assert "Hanne" in sarah.words()
    sarah.look("stop")
    sarah.press("Yes, we stop")
    assert sarah.taps == 2
    sarah.sees(sarah.say("You stopped"))
    sarah.look("stopped")
    assert hanne.page.reload().status == 404
    assert "Jonas" not in hanne.words()
    sarah.press("Begin again")
    assert sarah.say("You stopped") not in sarah.words()
    els = devices.desk().be("els")
    waiting = els.go("/today/").locator("section:has(#no-coordinator) li").all_inner_texts()
    assert [line for line in waiting if "Sarah" in line], waiting
    assert hanne.go(home).locator("h1").inner_text() != ""
    assert "Jonas" not in hanne.words(), "nobody comes back by themselves"
