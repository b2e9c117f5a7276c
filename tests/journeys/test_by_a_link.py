"""Without signing in: an interpreter reads one agenda, a father says how it goes; each by a link and a code (K13)."""

import re
from typing import Any

from journeys.story import Devices, Tab
from journeys.test_circle import family


def card_of(tab: Tab) -> tuple[str, str]:
    """The address and the code on the card that is shown once."""
    words = tab.page.locator("main").inner_text()
    address = re.search(r"https?://\S+/l/\S+", words)
    code = re.search(r"\b\d{3} \d{3}\b", words)
    assert address is not None
    assert code is not None
    return address.group(), code.group()


def come_in(devices: Devices, card: tuple[str, str], language: str, light: str) -> Tab:
    """A telephone that never was here: the link, the code, in."""
    address, code = card
    phone = devices.phone(language, light)
    phone.go(address.removeprefix(phone.site))
    phone.write("code", code)
    phone.press("Come in")
    return phone


def the_one(devices: Devices, question: str, *values: Any) -> Any:
    """The only answer."""
    ((found,),) = devices.stage.look_behind(question, *values)
    return found


def test_an_interpreter_reads_one_agenda_and_a_father_says_how_it_goes(devices: Devices) -> None:
    hanne = devices.desk("nl").be("hanne")
    meeting = the_one(devices, "SELECT id FROM wraparound_meeting WHERE begun_at IS NULL")
    hanne.go(f"/meetings/{meeting}/")
    hanne.look("meeting-with-interpreter")
    hanne.press("An interpreter")
    hanne.look("interpreter")
    hanne.press("A new link")
    hala = come_in(devices, card_of(hanne), "ar", "dark")
    hala.sees("Mag ik couscous meebrengen?")
    assert "Amrani" not in hala.words()
    hala.look("agenda-of-an-interpreter")
    for other in ("/families/", family(devices, "samira"), f"{family(devices, 'samira')}meetings/"):
        assert "Samira" not in hala.page.request.get(hala.site + other).text()

    review = the_one(devices, "SELECT id FROM wraparound_review WHERE settled_at IS NULL")
    hanne.go(f"/reviews/{review}/")
    hanne.look("review-without-signing-in")
    dirk = devices.stage.people["dirk"]
    hanne.tap(hanne.page.locator(f'form[action$="/link/{dirk}/"] button'))
    father = come_in(devices, card_of(hanne), "nl", "light")
    father.look("how-it-goes-by-link")
    for face in father.page.locator("fieldset").all():
        father.tap(face.locator('label:has(input[value="so-so"])'))
    father.press("Send")
    father.sees("Dirk")
    father.look("thanks-by-link")
    hanne.go(f"/reviews/{review}/")
    assert "Dirk" in hanne.words()
