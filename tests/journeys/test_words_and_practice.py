"""A teacher takes a kinder word with one tap; a youth worker has a card in two (G3, N15)."""

from journeys.story import Devices, Tab

WRITTEN = "Dit probleemkind is lui. Zo'n probleemkind!"
KINDER = "Dit kind dat het nu moeilijk heeft is lui."


def hint(tab: Tab, key: str) -> None:
    """Touch a button of the hint: one tap."""
    tab.tap(tab.page.locator(f"word-hints [data-{key}]"))


def test_a_teacher_takes_the_kinder_word_with_one_tap(devices: Devices) -> None:
    """Typed at the door; taken, undone on the spot, left alone; nothing of it goes anywhere; a family meets none of it."""
    teacher = devices.phone("nl")
    teacher.go("/concern/")
    asked: list[str] = []
    teacher.page.on(
        "request",
        lambda one: asked.append(f"{one.method} {one.url.removeprefix(teacher.site)} {one.post_data or ''}"),
    )
    field = teacher.page.locator('textarea[name="seen"]')
    field.press_sequentially("Dit probleemkind is lui. ")
    teacher.page.locator("word-hints [data-take]").wait_for()
    teacher.look("kinder-word")
    aloud = teacher.page.locator("word-hints [role=status]").inner_text()
    assert "kind dat het nu moeilijk heeft" in aloud
    teacher.taps = 0
    hint(teacher, "take")
    assert teacher.taps == 1
    assert field.input_value().startswith(KINDER)
    hint(teacher, "undo")
    assert field.input_value() == "Dit probleemkind is lui. "
    teacher.page.locator("word-hints [data-word]", has_text="lui").wait_for()
    hint(teacher, "leave")
    field.press_sequentially("Zo'n probleemkind! ")
    assert teacher.page.locator("word-hints [data-take]").count() == 0, "what is left alone stays left alone"
    assert [one for one in asked if "probleem" in one or one.startswith("POST")] == []
    assert len([one for one in asked if one.startswith("GET /words/nl.json")]) == 1
    other = devices.phone("ar", "dark")
    other.go("/concern/")
    other.page.locator('textarea[name="seen"]').press_sequentially("هذا طفل صعب جداً ")
    other.page.locator("word-hints [data-take]").wait_for()
    other.look("kinder-word")
    hint(other, "take")
    assert other.page.locator('textarea[name="seen"]').input_value() == "هذا طفل يمر الآن بوقت صعب جداً "
    other.look("kinder-word-taken")


def test_a_principle_comes_quietly_when_the_foot_of_a_plan_is_in_sight(devices: Devices) -> None:
    """Fetched once, and a plan of a family knows nothing of hints (G6)."""
    naima = devices.phone("ar", "dark").be("naima")
    asked: list[str] = []
    naima.page.on("request", lambda one: asked.append(one.url.removeprefix(naima.site)))
    plan = naima.page.locator('a[href$="/plan/"]').first.get_attribute("href") or ""
    naima.go(plan)
    naima.page.locator(".quietly").scroll_into_view_if_needed()
    naima.page.get_by_text("نبدأ بما هو قوي").wait_for()
    naima.look("plan-with-a-principle")
    assert len([one for one in asked if one.startswith("/principles/")]) == 1
    naima.go(f"{plan.removesuffix('plan/')}story/tell/")
    assert naima.page.locator("word-hints:visible").count() == 0
    naima.page.locator("textarea").first.press_sequentially("طفل صعب ")
    assert not any("/words/" in one or "word-hints" in one for one in asked)


def test_it_is_hot_and_a_card_is_two_taps_away(devices: Devices) -> None:
    noor = devices.phone("nl", java_script_enabled=False).be("noor")
    noor.go("/today/")
    noor.taps = 0
    noor.press("It is hot now")
    noor.follow(noor.page.get_by_role("link", name="Smeed het ijzer als het koud is"))
    assert noor.taps == 2
    assert "Ik denk erover na en kom erop terug." in noor.words()
    assert noor.page.locator('main a[href="tel:0470001015"]').count() == 1
    noor.look("practice-card")
    amina = devices.desk("ar", "dark").be("amina")
    for page in (
        "/practice/",
        "/practice/care/",
        "/practice/paper/",
        "/words/",
        "/words/ar/kasul/",
        "/principles/",
        "/principles/change/",
    ):
        amina.go(page)
        amina.look(f"keeper{page.replace('/', '-')}")
    phone = devices.phone("nl").be("amina")
    for page in (
        "/practice/",
        "/practice/care/",
        "/words/",
        "/words/nl/lui/",
        "/principles/",
        "/principles/change/",
        "/today/",
    ):
        phone.go(page)
        phone.look(f"keeper{page.replace('/', '-')}")
