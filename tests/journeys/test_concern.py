"""From a concern to an answer: one page, no account, a name and a day (S1-S3)."""

import pytest

from journeys.story import Devices


def test_a_teacher_hands_in_a_concern_on_one_page(devices: Devices) -> None:
    """S1, teacher's journey 1: no sign-in, three questions, a name and a day."""
    karin = devices.phone()
    karin.go("/concern/")
    karin.look("concern")
    karin.write("who_about", "Nina, 3A")
    karin.write("seen", "Ze zit al twee weken alleen en eet niet.")
    karin.write("reach", "0470 00 10 05")
    karin.tap(karin.page.get_by_label("Not yet, help me tell them"))
    karin.press("Send")
    karin.sees("Thank you. We have it.")
    karin.sees("Els contacts you before")
    assert karin.taps <= 5
    karin.look("receipt")


def test_coming_back_to_a_page_with_mistakes_keeps_the_words(devices: Devices) -> None:
    """S1: away by a link and back again, and nobody asks whether to send again."""
    karin = devices.phone("nl")
    karin.go("/concern/")
    karin.page.locator('[name="who_about"]').fill("Nina, 3A")
    karin.press("Send")
    karin.page.locator("[data-focus-me]").wait_for()
    karin.follow("header a")
    karin.page.go_back()
    assert karin.page.locator('[name="who_about"]').input_value() == "Nina, 3A"


@pytest.mark.parametrize("script", [True, False])
def test_a_parent_asks_in_arabic(devices: Devices, script: bool) -> None:
    """S1: another language, another direction, the same door; also where no script runs."""
    mother = devices.phone("ar", "dark", java_script_enabled=script)
    mother.go("/concern/?who=parent")
    assert mother.page.locator("html").get_attribute("dir") == "rtl"
    mother.write("who_about", "ليان")
    mother.write("seen", "ابنتي لا تريد الذهاب إلى المدرسة.")
    mother.write("reach", "0470 00 20 40")
    mother.press("Send")
    mother.sees(mother.say("Thank you. We have it."))
    assert mother.taps <= 4
    mother.look("receipt")
    els = devices.desk().be("els")
    els.go("/concerns/")
    els.sees("ليان")


@pytest.mark.parametrize("script", [True, False])
def test_a_child_says_i_need_help_with_one_touch(devices: Devices, script: bool) -> None:
    """S1: never refused, nothing to fill in, and a number to call."""
    child = devices.phone("nl", java_script_enabled=script)
    child.go("/concern/?who=young")
    child.press("I need help")
    child.sees(child.say("We want to find you"))
    assert child.taps == 1
    assert child.page.locator('main a[href^="tel:"]').count() >= 1
    child.look("help")


def test_two_reports_about_one_child_never_show_each_other(devices: Devices) -> None:
    """S1: who tells learns nothing of what others told."""
    receipts = []
    for name, words in (("Karin", "Ze is moe."), ("Lotte", "Ze huilt op de speelplaats.")):
        teacher = devices.phone()
        teacher.go("/concern/")
        teacher.write("who_about", "Nina, 3A")
        teacher.write("seen", words)
        teacher.write("asker_name", name)
        teacher.press("Send")
        teacher.sees("Thank you. We have it.")
        receipts.append(teacher.whole())
    for words in ("Ze is moe", "Ze huilt", "Nina"):
        assert all(words not in page for page in receipts)


def test_the_asker_sees_each_step_to_an_honest_end(devices: Devices) -> None:
    """S2, S3: taken up, talked, promised, another day, kept, asked was it true, and a reason at the end."""
    karin = devices.phone()
    karin.go("/concern/")
    for name, words in (("who_about", "Nina, 3A"), ("seen", "Ze eet niet."), ("reach", "0470 00 10 05")):
        karin.write(name, words)
    karin.press("Send")
    karin.sees("Thank you. We have it.")
    els = devices.desk().be("els")
    els.go("/concerns/")
    els.page.get_by_role("button", name="Take up Nina, 3A").click()
    els.sees("The first talk")
    els.page.locator("summary", has_text="Promise something").click()
    els.page.get_by_label("What do you promise?").fill("de klastitularis bellen")
    els.page.locator('form[action$="/promises/"] input[name="day"]').fill(devices.day(5))
    els.page.locator('form[action$="/promises/"] button').click()
    els.sees("de klastitularis bellen")
    line = els.page.locator("#promises li", has_text="de klastitularis bellen")
    line.locator("summary").click()
    line.locator('input[name="day"]').fill(devices.day(6))
    line.locator('input[name="reason"]').fill("zij is op uitstap")
    line.get_by_role("button", name="Agree on this day").click()
    els.sees("first promised before")
    els.sees("zij is op uitstap")
    els.page.get_by_role("button", name="Kept de klastitularis bellen").click()
    els.look("concern-kept")
    karin.page.reload()
    karin.look("receipt-later")
    assert "klastitularis" not in karin.words()
    els.page.locator("summary", has_text="End this, with a reason").click()
    els.page.get_by_label("How did it end?").select_option("elsewhere")
    els.page.locator("#end textarea").fill("Nina eet nu mee in de refter. Ruth volgt het op.")
    els.press("End it and tell them")
    karin.page.reload()
    karin.sees("Nina eet nu mee in de refter. Ruth volgt het op.")
    karin.look("receipt-ended")


def test_two_weeks_after_kept_the_asker_is_asked_whether_it_was_true(devices: Devices) -> None:
    """S2: the asker has the last word about a promise; a no stands at the desk."""
    from kring.intake import receipts

    found = devices.stage.look_behind(
        "SELECT p.concern_id FROM intake_promise p WHERE p.kept_at < now() - interval '14 days' AND p.to_asker "
        "AND p.concern_id IS NOT NULL ORDER BY p.kept_at DESC LIMIT 1"
    )
    assert found, "the demonstration holds a promise that was kept two weeks ago"
    asker = devices.phone("nl")
    asker.go(receipts.path(found[0][0]))
    asker.look("was-it-true")
    asker.follow('form button[name="true"]')
    asker.sees(asker.say("Thank you. This helps us to keep our word."))
    assert asker.taps == 1
