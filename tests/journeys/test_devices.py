"""A lost telephone, a shared tablet, and leaving quickly: in the browser, with taps (E10; issue 4, point 5)."""

from playwright.sync_api import Route

from journeys.story import Devices

ELSEWHERE = "https://www.wikipedia.org/"


def calm(route: Route) -> None:
    """What stands elsewhere, without any network."""
    route.fulfill(status=200, content_type="text/html", body="<title>Elsewhere</title>")


def test_a_lost_telephone_is_out_and_a_tablet_is_shared_for_an_evening(devices: Devices) -> None:
    lost, desk = devices.phone("nl").be("hanne"), devices.desk("nl").be("hanne")
    desk.go("/account/")
    desk.look("my-sign-in")
    desk.press("End all others")
    desk.sees(desk.say("You are in on this device only."))
    lost.go("/today/")
    assert lost.page.url.split("?")[0].endswith("/sign-in/")

    tablet = devices.phone("nl", "dark").be("hanne")
    tablet.go("/account/pin/")
    tablet.look("pin")
    tablet.write("digits", "204781")
    tablet.press("Keep")
    tablet.go("/account/share/")
    tablet.look("share-a-device")
    tablet.write("purpose", "meidenavond")
    tablet.press("Share it now")
    tablet.look("shared-tablet")
    assert "Hanne" not in tablet.whole()
    tablet.go("/today/")
    assert tablet.page.url.endswith("/shared/")
    tablet.press("I work here")
    tablet.look("shared-tablet-worker")
    tablet.write("digits", "204781")
    tablet.press("Open")
    family = tablet.page.locator('main a[href^="/family/"]').first.get_attribute("href")
    tablet.go(str(family))
    assert "/family/" in tablet.page.url
    tablet.go("/shared/")
    tablet.page.go_back()
    assert tablet.page.url.endswith("/shared/")  # nothing of it comes back
    tablet.press("I work here")
    tablet.press("Take this device back")
    tablet.look("take-back")
    tablet.write("digits", "204781")
    tablet.press("Take this device back")
    assert tablet.page.url.endswith("/sign-in/")


def test_leaving_quickly_leaves_no_name_behind(devices: Devices) -> None:
    mother = devices.phone("ar", "dark").be("naima")
    mother.page.route(f"{ELSEWHERE}**", calm)
    family = mother.page.url
    village = mother.page.title()
    mother.page.locator("main a").first.wait_for()
    mother.go(family.replace(mother.site, "") + "who-looked/")
    assert mother.page.title() == village  # tab and history name the village only
    mother.tap("[data-act=leave]")
    mother.page.wait_for_url(f"{ELSEWHERE}**")
    while "__Host-kring" in str(mother.page.context.cookies()):  # what leaves, leaves first
        mother.page.wait_for_timeout(20)
    mother.page.go_back()
    mother.page.wait_for_url("**/sign-in/**")
    assert "Samira" not in mother.whole()


def test_leaving_without_a_network_signs_out_before_anything_is_shown_again(devices: Devices) -> None:
    """The wish waits on the device; by Back, by an address, by a link from elsewhere nothing of her comes."""
    mother = devices.phone("nl").be("naima")
    family = mother.page.url
    mother.page.context.route(f"{ELSEWHERE}**", lambda route: route.abort("internetdisconnected"))
    mother.page.context.route("**/leave/", lambda route: route.abort("internetdisconnected"))
    mother.page.locator("main a").first.wait_for()
    mother.tap("[data-act=leave]")
    while not mother.page.url.startswith("chrome-error://"):
        mother.page.wait_for_timeout(20)
    assert "__Host-kring" in str(mother.page.context.cookies()), "nothing was heard yet"
    mother.go(family)
    assert "/sign-in/" in mother.page.url
    assert "Samira" not in mother.whole()
    left = {cookie["name"] for cookie in mother.page.context.cookies()}
    assert not left & {"__Host-kring", "__Host-leaving"}
    assert all("ERR_INTERNET_DISCONNECTED" in said for said in mother.complaints)
    mother.complaints.clear()
