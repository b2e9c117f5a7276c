"""The contact point in a real browser: one page, one tap for a child, the desk by keyboard alone (S1-S4)."""

import io
import os

import pypdf
import pytest
from playwright.sync_api import Browser, expect

from intake.desk import JONAS, Desk
from intake.test_a_familys_yes import begun_circle
from kring.intake.models import Concern
from kring.intake.usecases import concerns
from kring.intake.usecases.handing_in import Told
from kring.trust.viewer import acting
from network import browser as browsers
from network.browser import cookies

pytestmark = pytest.mark.journey

ARABIC = Told(
    who_about="ليان", seen="ابنتي لا تريد الذهاب إلى المدرسة منذ أسبوعين.", reach="0470 55 66 77", asker_kind="parent",
    family_knows="myself", language="ar",
)  # fmt: skip


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A desk with things on it."""
    old = desk.hand_in(Told(who_about="Noor, 2A", seen="Zij komt sinds de herfst elke maandag te laat en heeft dan nog niets gegeten.", reach="0470 11 11 11", asker_kind="teacher"))  # fmt: skip
    desk.earlier(old.concern_id, days=85)
    desk.hand_in(JONAS)
    desk.hand_in(Told(who_about="jonas 3b", seen="Hij zit vaak alleen op de bank.", asker_kind="neighbour"))
    desk.hand_in(ARABIC)
    desk.hand_in(Told(wants_help_now=True, asker_kind="young"))
    return desk


@pytest.mark.parametrize("variant", browsers.BOTH_WAYS)
def test_every_page_for_the_public_is_clean(desk: Desk, live_server: object, chromium: Browser, variant: str):
    made, helped = desk.hand_in(JONAS), desk.hand_in(Told(wants_help_now=True, asker_kind="young"))
    kept = desk.taken_up(ARABIC)
    with acting(desk.els) as me:
        from django.utils import timezone

        concerns.write_note(Concern.objects.get(pk=kept), text="", reached=True, by=me, at=timezone.now())
        reason = "Dank je. We gaan er samen mee verder."
        concerns.close(
            Concern.objects.get(pk=kept), outcome="goes on", reason=reason, by=me, at=timezone.now()
        )
    desk.earlier(kept, days=15)
    from kring.intake import receipts

    pages = {
        "front": "/concern/", "front-young": "/concern/?who=young", "front-parent": "/concern/?who=parent",
        "receipt": f"/r/{made.token}/", "receipt-help": f"/r/{helped.token}/",
        "receipt-ended": receipts.path(kept), "poster": "/concern/poster/",
    }  # fmt: skip
    with browsers.opened(chromium, variant) as tab:
        for name, address in pages.items():
            tab.look(name, f"{live_server}{address}")
        assert tab.complaints == []


@pytest.mark.parametrize("variant", browsers.BOTH_WAYS)
def test_every_page_of_the_contact_point_is_clean(
    busy: Desk, live_server: object, chromium: Browser, sign_in, variant: str
):
    concern, els = busy.taken_up(ARABIC), cookies(sign_in(busy.els))
    with acting(busy.els):
        received = next(
            c.pk for c in Concern.objects.open() if c.state == "received" and c.who_about == "Jonas, 3B"
        )
    pages = {
        "desk": "/concerns/", "concern": f"/concerns/{concern}/", "received": f"/concerns/{received}/",
        "yes": f"/concerns/{concern}/yes/", "new": "/concerns/new/", "duty": "/concerns/duty/", "ended": "/concerns/?ended=1",
    }  # fmt: skip
    with browsers.opened(chromium, variant, els) as tab:
        for name, address in pages.items():
            tab.look(name, f"{live_server}{address}")
        assert tab.complaints == []


@pytest.mark.parametrize("script", [True, False])
def test_a_concern_on_one_page_with_and_without_script(
    desk: Desk, live_server: object, chromium: Browser, script: bool
):
    with browsers.opened(chromium, "nl-phone-light", locale="en", java_script_enabled=script) as tab:
        tab.page.goto(f"{live_server}/concern/")
        tab.page.get_by_label("Who is it about?").fill("Jonas, 3B")
        tab.page.get_by_label("What do you see?").fill("Hij is stil.")
        tab.page.get_by_label("How do we reach you?").fill("0470 11 22 33")
        tab.page.get_by_label("Not yet, help me tell them").check()
        tab.page.get_by_role("button", name="Send").tap()
        expect(tab.page.get_by_role("heading", name="Thank you. We have it.")).to_be_visible()
        expect(tab.page.get_by_text("Els contacts you before")).to_be_visible()
        assert tab.complaints == []


def test_enter_in_a_line_sends_the_form_and_is_no_cry_for_help(
    desk: Desk, live_server: object, chromium: Browser
):
    with browsers.opened(chromium, "nl-phone-light", locale="en") as tab:
        tab.page.goto(f"{live_server}/concern/")
        tab.page.get_by_label("What do you see?").fill("Hij is stil.")
        tab.page.get_by_label("Who is it about?").fill("Jonas")
        tab.page.keyboard.press("Enter")
        expect(tab.page.get_by_role("heading", name="Thank you. We have it.")).to_be_visible()
    assert desk.owner.execute("SELECT wants_help_now FROM intake_concern").fetchall() == [(False,)]


@pytest.mark.parametrize("script", [True, False])
def test_a_child_asks_for_help_with_one_tap(desk: Desk, live_server: object, chromium: Browser, script: bool):
    with browsers.opened(chromium, "nl-phone-light", locale="en", java_script_enabled=script) as tab:
        tab.page.goto(f"{live_server}/concern/?who=young")
        tab.page.get_by_role("button", name="I need help").tap()
        expect(tab.page.get_by_role("heading", name="We want to find you")).to_be_visible()
        expect(tab.page.get_by_role("link", name="Call Els").first).to_be_visible()


def test_the_desk_by_keyboard_alone(busy: Desk, live_server: object, chromium: Browser, sign_in):
    with browsers.opened(chromium, "fr-desk-light", cookies(sign_in(busy.els)), locale="en") as tab:
        page = tab.page
        page.goto(f"{live_server}/concerns/", wait_until="networkidle")
        browsers.press(page, "j", "j", "k", "j")
        expect(page.locator("[data-list-here]")).to_contain_text("Noor")
        browsers.press(page, "a")
        expect(page.get_by_text("You took it up. It has left the desk.")).to_be_visible()
        browsers.press(page, "u")
        expect(page.get_by_text("Taken back.")).to_be_visible()
        browsers.press(page, "j", "Enter")
        expect(page.get_by_role("heading", name="What was told")).to_be_visible()
        browsers.press(page, "a")
        expect(page.get_by_role("heading", name="The first talk")).to_be_visible()
        browsers.press(page, "p")
        expect(page.get_by_label("What do you promise?")).to_be_visible()
        assert tab.complaints == []


def test_the_desk_works_without_script(busy: Desk, live_server: object, chromium: Browser, sign_in):
    with browsers.opened(
        chromium, "fr-desk-light", cookies(sign_in(busy.els)), locale="en", java_script_enabled=False
    ) as tab:
        tab.page.goto(f"{live_server}/concerns/")
        tab.page.get_by_role("button", name="Take up Noor").click()
        expect(tab.page.get_by_role("heading", name="Noor, 2A")).to_be_visible()
        tab.page.get_by_role("button", name="Undo").click()
        expect(tab.page.get_by_text("Taken back.")).to_be_visible()


@pytest.mark.parametrize("variant", browsers.BOTH_WAYS)
def test_what_was_promised_to_a_family_is_clean(
    desk: Desk, live_server: object, chromium: Browser, sign_in, variant: str
):
    opened = begun_circle(desk)
    mother = cookies(sign_in(opened.guardians[0].pk))
    with browsers.opened(chromium, variant, mother) as tab:
        tab.look("family-promises", f"{live_server}/family/{opened.family.pk}/promises/")
        assert tab.complaints == []


def test_poster_and_receipt_fit_one_sheet_of_paper(desk: Desk, live_server: object, chromium: Browser):
    made = desk.hand_in(JONAS)
    for address in ("/concern/poster/?who=young", f"/r/{made.token}/"):
        with browsers.opened(chromium, "fr-desk-light", locale="en") as tab:
            tab.page.goto(f"{live_server}{address}", wait_until="networkidle")
            paper = pypdf.PdfReader(io.BytesIO(tab.page.pdf(format="A4")))
            assert len(paper.pages) == 1, address
            told = paper.pages[0].extract_text()
            assert "Els" in told
            assert "0470 00 00 00" in told
            if folder := os.environ.get("KRING_PICTURES"):
                tab.page.emulate_media(media="print")
                tab.page.screenshot(path=f"{folder}/paper-{len(address)}.png", full_page=True)
