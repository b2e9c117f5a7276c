"""Told alone (W9, W10, W16): a girl whose mother asks, a worker who leaves, a drawing for dad only (cases 2, 13, 15)."""

import io

from PIL import Image

from journeys.story import Devices, Tab
from journeys.test_circle import family


def own(devices: Devices, key: str) -> str:
    """The address of a young person's own page."""
    (found,) = devices.stage.look_behind(
        "SELECT c.id FROM trust_circle c JOIN trust_seat s ON s.circle_id = c.id "
        "WHERE c.kind = 'own' AND s.person_id = %s",
        devices.stage.people[key],
    )
    return f"/own/{found[0]}/"


def finds_nothing(tab: Tab, address: str) -> None:
    """Neither on the own list nor at the address itself."""
    tab.go("/me/")
    assert f'href="{address}"' not in tab.whole()
    answer = tab.page.goto(tab.site + address)
    assert answer is not None
    assert answer.status == 404


def chooses(tab: Tab, devices: Devices, who: str) -> None:
    """From the own page to one face: two touches."""
    tab.press("Tell something to one person alone")
    tab.look("told-alone-choose")
    tab.follow(f'a[href$="/me/tell/{devices.stage.people[who]}/"]')
    tab.page.locator("[data-before]").wait_for()


def test_a_girl_tells_one_worker_her_mother_finds_nothing_and_the_worker_leaves(devices: Devices) -> None:
    """Hard cases 2 and 15, on a telephone in Dutch."""
    lise = devices.phone("nl").be("lise")
    lise.go(own(devices, "lise"))
    lise.taps = 0
    chooses(lise, devices, "ruth")
    lise.write("words", "Ik wil dat dit bij jou blijft.")
    lise.look("told-alone-tell")
    lise.follow("main form .buttons button.big")
    assert lise.taps <= 4
    address = lise.page.url.removeprefix(lise.site)
    lise.sees("Ik wil dat dit bij jou blijft.")
    lise.look("told-alone")
    ruth = devices.desk("nl").be("ruth")
    ruth.go("/me/")
    ruth.sees(ruth.say("Somebody would like to talk"))
    ruth.follow(f'main a[href="{address}"]')
    ruth.sees("Ik wil dat dit bij jou blijft.")
    sarah = devices.phone("nl").be("sarah")
    finds_nothing(sarah, address)
    assert "Lise heeft een avond voor zichzelf" in sarah.go(f"{family(devices, 'lise')}plan/").content()
    assert (
        "Ruth"
        not in sarah.go(f"{family(devices, 'lise')}who-looked/")
        .locator("main section.card")
        .first.inner_text()
    )
    hanne = devices.desk("nl").be("hanne")
    finds_nothing(hanne, address)
    devices.stage.look_behind(
        "UPDATE trust_job SET until = now() WHERE person_id = %s RETURNING id", devices.stage.people["ruth"]
    )
    assert "dat dit bij jou" not in ruth.go(address).content()
    finds_nothing(hanne, address)
    lise.go(address)
    lise.look("told-alone-somebody-left")
    lise.follow(f'main a[href="{address}hear/"]')
    lise.page.get_by_label("Hanne", exact=False).first.check()
    lise.page.locator('input[name="reads"][value="all"]').check()
    lise.follow("main form .buttons button.big")
    hanne.go(address)
    hanne.sees("Ik wil dat dit bij jou blijft.")
    finds_nothing(sarah, address)


def test_a_boy_of_nine_shares_a_drawing_with_dad_only(devices: Devices) -> None:
    """Hard case 13, on a telephone in Arabic, by night."""
    drawn = io.BytesIO()
    Image.new("RGB", (320, 240), "orange").save(drawn, "PNG")
    daniel = devices.phone("ar", "dark").be("daniel")
    daniel.go(own(devices, "daniel")).locator("main").wait_for()
    daniel.reads()
    chooses(daniel, devices, "tesfay")
    daniel.page.locator('input[name="files"]').set_input_files(
        {"name": "tekening.png", "mimeType": "image/png", "buffer": drawn.getvalue()}
    )
    daniel.follow("main form .buttons button.big")
    daniel.look("told-alone-drawing")
    address = daniel.page.url.removeprefix(daniel.site)
    dad = devices.phone("en").be("tesfay")
    dad.go(address)
    with dad.page.expect_download() as coming:
        dad.tap("main a[download]")
    assert coming.value.suggested_filename == "tekening.jpg"
    for other in ("selam", "ruta"):
        finds_nothing(devices.phone("en").be(other), address)
