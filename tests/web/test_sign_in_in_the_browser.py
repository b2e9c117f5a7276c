"""Coming in, in a real browser under the strict policy: passkeys, links, pages clean in four variants (E10, K13)."""

import uuid
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from kring.trust import viewer
from kring.trust.models import Person
from kring.trust.usecases import links
from kring.web.trust import demo
from network import browser as browsers
from network.browser import cookies
from web.doorstep import Doorstep, account, browser
from web.test_sign_in_of_staff import staff

pytestmark = pytest.mark.journey
A_MEMBER_OF_THE_CAST = SimpleNamespace(
    id=uuid.uuid4(),
    name="Naima",
    group="Gezin Amrani",
    kind="family",
    sentence="is the mother",
    language="ar",
)


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    """Passkeys belong to a name, so the site is called localhost."""
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    return live_server.url.replace("127.0.0.1", "localhost")


def a_device_that_knows_passkeys(page: Page) -> None:
    """Chromium's own stand-in for a face, a finger or a PIN."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def come_in(page: Page, site: str, house: Doorstep, person: str, maker: str) -> None:
    """By a link and its code."""
    with viewer.acting(getattr(house, maker)) as me:
        whom = Person.objects.get(pk=getattr(house, person))
        made = links.make(whom, "sign in", None, by=me, at=timezone.now())
    page.goto(f"{site}/l/{made.token}/")
    page.get_by_label("Your code").fill(made.in_groups)
    with page.expect_navigation():
        page.get_by_role("button", name="Come in").click()


def test_a_mother_lets_her_telephone_remember_her(
    at_the_door: Doorstep, owner: psycopg.Connection, site: str, chromium: Browser
) -> None:
    with browsers.opened(chromium, "nl-phone-light", locale="en") as tab:
        page = tab.page
        a_device_that_knows_passkeys(page)
        come_in(page, site, at_the_door, "samira", "els")
        page.goto(f"{site}/account/passkeys/new/")
        with page.expect_navigation():
            page.get_by_role("button", name="Remember me").click()
        assert owner.execute("SELECT type FROM mfa_authenticator ORDER BY 1").fetchall()[-1] == ("webauthn",)
        page.goto(f"{site}/account/")
        page.locator("main").get_by_role("button", name="Sign out").click()
        page.goto(f"{site}/sign-in/")
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.wait_for_url(lambda address: "/sign-in/" not in address)
        page.goto(f"{site}/account/")
        assert page.get_by_role("heading", name="How you sign in").is_visible()
        page.goto(f"{site}/me/")
        assert page.get_by_role("heading", name="Between us").is_visible()
        come_in(
            page, site, at_the_door, "samira", "els"
        )  # by a card again: it opens nothing of what is between two
        tab.look("only-you", f"{site}/me/")
        page.get_by_role("button", name="Use my passkey").click()
        page.get_by_role("heading", name="Between us").wait_for()
        assert [said for said in tab.complaints if "404" not in said] == []


def test_staff_need_only_a_passkey(
    at_the_door: Doorstep, owner: psycopg.Connection, site: str, chromium: Browser
) -> None:
    account(owner, at_the_door.els, "els@linde.example")
    with browsers.opened(chromium, "nl-desk-dark", locale="en") as tab:
        page = tab.page
        a_device_that_knows_passkeys(page)
        come_in(page, site, at_the_door, "els", "ada")
        page.get_by_role("link", name="Let this device remember me").click()
        page.get_by_role("button", name="Remember me").click()
        page.wait_for_url("**/account/spare-codes/")
        page.goto(f"{site}/account/")
        assert page.get_by_role("heading", name="Passkeys").is_visible()
        assert tab.complaints == []


@pytest.mark.parametrize("variant", browsers.BOTH_WAYS)
def test_every_page_at_the_door_is_clean(
    at_the_door: Doorstep,
    owner: psycopg.Connection,
    site: str,
    chromium: Browser,
    variant: str,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.DEMO = True
    monkeypatch.setattr(demo, "people", lambda: [A_MEMBER_OF_THE_CAST])
    staff(owner, at_the_door)
    with viewer.acting(at_the_door.els) as els:
        made = links.make(
            Person.objects.get(pk=at_the_door.samira), "sign in", None, by=els, at=timezone.now()
        )
    pages = {
        "front": "/",
        "sign-in": "/sign-in/",
        "forgotten": "/password/forgotten/",
        "code": f"/l/{made.token}/",
        "cast": "/demo/",
    }
    with browsers.opened(chromium, variant) as tab:
        for name, address in pages.items():
            tab.look(name, f"{site}{address}")
        assert tab.complaints == []
        for name, address in {"over": "/l/x/", "missing": "/nowhere/"}.items():
            tab.look(name, f"{site}{address}")


@pytest.mark.parametrize("variant", browsers.BOTH_WAYS)
def test_every_page_behind_the_door_is_clean(
    at_the_door: Doorstep, owner: psycopg.Connection, site: str, chromium: Browser, variant: str
) -> None:
    staff(owner, at_the_door)
    els = browser(owner, at_the_door.els)
    ada = browser(owner, at_the_door.ada)
    samira = browser(owner, at_the_door.samira)
    new = browser(owner, at_the_door.wim, second=False)
    session = new.session
    session["invited"] = True
    session.save()
    pages = (
        (els, {"account": "/account/", "passkeys": "/account/passkeys/", "again": "/account/app/remove/",
               "card-new": f"/links/new/{at_the_door.samira}/"}),
        (ada, {"invite": "/village/invite/"}),
        (new, {"begin": "/sign-in/begin/", "second": "/sign-in/second-factor/"}),
        (samira, {"own-telephone": "/account/", "remember": "/account/passkeys/new/", "sign-out": "/sign-out/"}),
    )  # fmt: skip
    for who, addresses in pages:
        with browsers.opened(chromium, variant, cookies(who)) as tab:
            for name, address in addresses.items():
                tab.look(name, f"{site}{address}")
            assert tab.complaints == []


def test_the_card_on_the_screen_is_clean(
    at_the_door: Doorstep, owner: psycopg.Connection, site: str, chromium: Browser
) -> None:
    els = cookies(browser(owner, at_the_door.els))
    with browsers.opened(chromium, "nl-phone-light", els) as tab:
        tab.page.goto(f"{site}/links/new/{at_the_door.samira}/")
        tab.page.locator("main form button").click()
        tab.page.locator("svg.qr").wait_for()
        tab.picture("card")
        assert tab.axe() == []


def test_the_language_is_chosen_without_script_and_stays(
    at_the_door: Doorstep, site: str, chromium: Browser
) -> None:
    with browsers.opened(chromium, "fr-desk-light", java_script_enabled=False) as tab:
        page = tab.page
        page.goto(f"{site}/sign-in/")
        assert page.locator("html").get_attribute("lang") == "fr"
        page.locator(".bar details.menu summary").first.click()
        page.locator('button[value="ar"]').click()
        assert page.url.endswith("/sign-in/")
        assert page.locator("html").get_attribute("dir") == "rtl"
        come_in_arabic(page, site, at_the_door)
        assert page.locator("html").get_attribute("dir") == "rtl"


def come_in_arabic(page: Page, site: str, house: Doorstep) -> None:
    with viewer.acting(house.els) as els:
        made = links.make(Person.objects.get(pk=house.samira), "sign in", None, by=els, at=timezone.now())
    page.goto(f"{site}/l/{made.token}/")
    page.locator("input[name=code]").fill(made.code)
    with page.expect_navigation():
        page.locator("main form button").click()
