"""A lead says on a telephone that an offer is right and puts its hours right; a family sees "open now" (N1)."""

from journeys.story import Devices, said

DANCE = "Gratis proefles dans"


def test_a_lead_confirms_and_corrects_and_a_family_sees_open_now(devices: Devices) -> None:
    leen = devices.phone("nl").be("leen")
    leen.go("/village/offers/mine/")
    leen.look("my-offers")
    card = leen.page.locator("li.card", has_text="Dansen op school")
    leen.follow(card.locator('button[value="right"]'))
    leen.sees(said("nl", "That was a slip: take it back"))
    assert leen.taps == 1, "is it still right: one tap"
    leen.follow(leen.page.locator("li.card", has_text=DANCE).locator("h2 a"))
    leen.look("keep-offer")
    keep = leen.page.url
    leen.follow('a[href$="/opening/"]')
    for day in ("MO", "TU", "WE", "TH", "FR", "SA", "SU"):
        leen.page.locator(f'[name="day_{day}"]').fill("0-24")
    leen.page.locator('[name="school_holidays"][value="also"]').check()
    leen.look("keep-opening")
    leen.press("Keep it")
    leen.go(keep + "pictures/")
    leen.look("keep-pictures")

    naima = devices.phone("ar", "dark")
    naima.go(f"/offers/?q={DANCE}")
    open_now = said("ar", "Open now until %(time)s.", time=said("ar", "midnight"))
    naima.page.locator("article.card", has_text=DANCE).get_by_text(open_now).wait_for()
    naima.look("offers-open-now")
    naima.follow(naima.page.locator("article.card h3 a").first)
    naima.sees(open_now)
    naima.look("offer-open-now")
    desk = devices.desk("nl")
    desk.go(naima.page.url.replace(desk.site, ""))
    desk.look("offer-open-now")
    plain = devices.phone("nl", java_script_enabled=False)
    plain.go(naima.page.url.replace(plain.site, ""))
    assert said("nl", "Open now until %(time)s.", time=said("nl", "midnight")) in plain.words()
