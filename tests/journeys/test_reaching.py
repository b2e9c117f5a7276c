"""Who can help, in three touches (N2); and a family is reached as it says itself (S10)."""

from journeys.story import Devices


def test_who_speaks_tigrinya_and_how_does_naima_like_it(devices: Devices) -> None:
    lotte = devices.phone("nl").be("lotte")
    lotte.go("/today/")
    lotte.follow('.nav a[href="/village/offers/"]')
    lotte.follow('.tabs a[href="/village/people/"]')
    lotte.look("people")
    lotte.follow('a.chip[href="?language=ti"]')
    found = lotte.page.locator("article.card")
    assert (found.count(), lotte.taps) == (1, 3)
    assert "Ines" in found.inner_text()
    assert found.locator('a[href^="tel:"]').count() == 1

    naima = devices.phone("ar", "dark").be("naima")
    naima.press("How to reach us")
    naima.look("reach")
    naima.follow(naima.page.locator("main a.button", has_text=naima.say("Say how you like it")))
    naima.look("wish")
    naima.write("words", "اتصلوا بي بعد الثانية")
    naima.press("Keep it")
    naima.sees("اتصلوا بي بعد الثانية")

    hanne = devices.desk("nl").be("hanne")
    hanne.go("/today/")
    hanne.follow('a[href$="/reach/#calls"]')
    hanne.sees("اتصلوا بي بعد الثانية")
    hanne.look("reach")
    hanne.press("Told")
    hanne.sees(hanne.say("Good that you told it."))
    hanne.look("told")

    tom = devices.phone("fr").be("tom")
    tom.go("/families/")
    tom.follow(tom.page.locator("a.cover", has_text="Osman"))
    tom.press("How to reach us")
    tom.sees(tom.say("Three times nobody was there. Try another way:"))
    tom.follow('a.chip[href*="way=whatsapp"]')
    tom.look("tried")
    tom.press("Keep it")
    tom.sees("WhatsApp")
