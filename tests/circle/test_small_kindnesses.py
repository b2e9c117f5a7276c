"""What a newcomer stumbled over: each page says what is true for the one who reads it."""

import re

import pytest

from circle.furnished import Furnished
from kring.trust import viewer
from kring.trust.models import Exclusion


@pytest.fixture
def scene(owner):
    return Furnished(owner)


def page(scene, person, address, status=200):
    answer = scene.browser(person).get(address)
    assert answer.status_code == status, answer.content[-2000:]
    return re.sub(r"\s+", " ", answer.content.decode())


def home(scene, more=""):
    return f"/family/{scene.family}/{more}"


def test_the_card_to_come_in_is_offered_to_whom_it_is_given(scene):
    address = home(scene, f"people/{scene.aunt}/")
    for who, offered in ((scene.naima, False), (scene.lotte, False), (scene.noor, True), (scene.els, True)):
        assert ("A card to come in" in page(scene, who, address)) is offered


def test_a_page_opened_once_counts_once_and_nothing_further_back_is_promised(scene):
    page(scene, scene.noor, home(scene))
    html = page(scene, scene.naima, home(scene, f"who-looked/?person={scene.noor}"))
    assert "the page of the circle" in html
    assert "times" not in html, "the family and its parts are one reading"
    assert "There is nothing earlier than this." in html
    assert "Nobody looked" not in html, "of all the others this says nothing"
    teacher = page(scene, scene.naima, home(scene, f"who-looked/?person={scene.lotte}"))
    assert "Lotte did not look in these weeks." in teacher
    assert "Nobody looked" not in teacher
    assert "Nobody looked earlier than this." in page(scene, scene.naima, home(scene, "who-looked/"))
    assert "?before=" not in html


def test_lists_are_joined_with_the_comma_of_the_script():
    from django.utils import translation

    from kring.web.design.lists import listed
    from kring.web.network.speaking import spoken

    with translation.override("ar"):
        assert "، " in spoken("nl, fr")
        assert listed(["ليان", "كريم", "إلس"]) == "ليان وكريم وإلس"
    assert spoken("nl, fr").count(", ") == 1
    assert listed(["Naima", "Karim", "Els"]) == "Naima, Karim and Els"
    assert listed([]) == ""


def test_what_is_too_long_for_the_own_page_stays_and_is_said_kindly(scene):
    address = f"/own/{scene.own[scene.samira]}/"
    answer = scene.browser(scene.samira).post(address, {"kind": "dream", "words": "a" * 501})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "This is a little long. Say it in two lines." in html
    assert "a" * 501 in html
    assert html.index("Who may know this") < html.index('name="words"')


def test_the_story_leads_to_who_sees_it(scene):
    from datetime import UTC, datetime

    from kring.trust import viewer
    from kring.wraparound.models import Story
    from kring.wraparound.usecases.stories import tell_story

    words = "one two three four five six seven eight nine ten"
    with viewer.acting(scene.naima) as me:
        tell_story(scene.circle, words, language="en", by=me, at=datetime.now(UTC))
        story = Story.objects.get()
    eyes = home(scene, f"who-sees/story/{story.pk}/")
    assert eyes in page(scene, scene.naima, home(scene, "story/"))
    assert eyes not in page(scene, scene.lotte, home(scene, "story/"))
    assert "eight …</h1>" in page(scene, scene.naima, eyes)


def test_what_a_touch_did_is_said_beside_the_faces(scene):
    goal = scene.goal(None)
    address = home(scene, f"who-sees/goal/{goal.pk}/")
    mother = scene.browser(scene.naima)
    answer = mother.post(address, {"face": str(scene.lotte), "open": "no"})
    assert answer["Location"] == f"{address}#faces"
    html = mother.get(address).content.decode()
    assert html.count("Lotte: does not see this any more.") == 1
    assert html.index('id="faces"') < html.index("Lotte: does not see") < html.index('class="eyes"')


def test_a_plan_that_waits_for_a_yes_stands_on_top_for_whose_yes_it_is(scene):
    from datetime import UTC, datetime

    from kring.trust import viewer
    from kring.wraparound.models import Version
    from kring.wraparound.usecases import approvals, versions

    assert "The plan waits for your yes" not in page(scene, scene.naima, home(scene))
    plan = scene.plan_row(scene.noor)
    with viewer.acting(scene.noor) as me:
        version = versions.offer_for_approval(plan, by=me, at=datetime.now(UTC))
    html = page(scene, scene.naima, home(scene))
    assert html.index("The plan waits for your yes") < html.index("rings-title")
    assert f'href="/a/{version.pk}/"' in html
    assert 'class="count"' in html
    for other in (scene.lotte, scene.noor):
        assert "The plan waits for your yes" not in page(scene, other, home(scene))
    seen_as = page(scene, scene.naima, home(scene, f"?as={scene.karim}"))
    assert "The plan waits for your yes" not in seen_as
    with viewer.acting(scene.naima) as me:
        approvals.approve(Version.objects.get(pk=version.pk), language="en", by=me, at=datetime.now(UTC))
    assert "The plan waits for your yes" not in page(scene, scene.naima, home(scene))


def test_leaving_out_says_what_stays_and_whose_step_has_nobody_then(scene):
    girl, address = scene.browser(scene.samira), home(scene, "left-out/")
    html = girl.get(address).content.decode()
    assert "They see nothing about you any more." in html
    assert "Texts about the whole family stay readable." in html
    assert ">About you<" in html
    assert f'value="person:{scene.noor}"' in html
    empty = girl.post(address, {})
    assert empty.status_code == 422
    assert "Choose somebody" in empty.content.decode()
    assert "This field is required" not in empty.content.decode()
    said = girl.post(address, {"whom": f"person:{scene.noor}"}, follow=True).content.decode()
    assert "This step then has nobody: step school 0" in said
    assert f'value="person:{scene.noor}"' not in said, "who is left out is not offered again"
    mother = page(scene, scene.naima, home(scene, f"left-out/?child={scene.yassin}"))
    assert "They see nothing about Yassin any more." in mother


def test_what_was_opened_again_later_that_day_counts_again_and_at_once_does_not(scene):
    from datetime import UTC, datetime

    from kring.trust.usecases import looking

    def look(hour, minute):
        at = datetime(2026, 3, 2, hour, minute, tzinfo=UTC)
        return looking.Look(at, scene.noor, "Noor", "coordinator", "", "read", "plan", "", "seat")

    with viewer.acting(scene.naima) as me:
        (line,) = looking._once_a_day([look(10, 5), look(10, 20), look(11, 2)], me)
    assert line.times == 2


def test_a_family_that_is_done_finds_its_door_open(scene, owner):
    owner.execute("UPDATE wraparound_plan SET stage = 'closed', closed_at = now()")
    owner.commit()
    html = page(scene, scene.naima, home(scene))
    assert "You are done with the last plan." in html
    assert "Begin a new plan" in html
    assert "What we want" not in html


def test_one_parent_cannot_leave_the_other_out(scene):
    """No page offers it, and a form sent by hand is answered in a sentence."""
    leaving = home(scene, f"left-out/?child={scene.yassin}")
    html = page(scene, scene.naima, leaving)
    assert f"person:{scene.aunt}" in html
    assert f"person:{scene.karim}" not in html
    assert "One parent alone does not leave the other out." in html
    assert scene.browser(scene.naima).post(leaving, {"whom": f"person:{scene.karim}"}).status_code == 422
    hers = page(scene, scene.samira, home(scene, "left-out/"))
    browser = scene.browser(scene.samira)
    for who, said in ((scene.lotte, False), (scene.noor, True)):
        done = browser.post(home(scene, "left-out/"), {"whom": f"person:{who}"}, follow=True).content.decode()
        assert ("stays the coordinator until you choose somebody else" in done) is said
    assert f"person:{scene.karim}" in hers, "a young person chooses alone"


def test_a_second_page_that_was_open_says_done_as_the_first_did(scene):
    """Two tabs, or sent twice: nobody reads a code of the machine, and nothing happens twice."""
    girl, address = scene.browser(scene.samira), home(scene, "left-out/")
    for _tab in range(2):
        said = girl.post(address, {"whom": f"person:{scene.noor}"}, follow=True).content.decode()
        assert "Done, in silence. From now on they know nothing about you." in said
    with viewer.acting(scene.samira):
        (left,) = Exclusion.objects.filter(person_id=scene.noor)
    strange = girl.post(address, {"whom": "person:nobody"})
    assert strange.status_code == 422
    assert "Choose somebody." in strange.content.decode()
    assert "person:nobody" not in strange.content.decode()
    again = girl.post(home(scene, f"left-out/{left.pk}/end/"))
    assert again["Location"].endswith(f"?child={scene.samira}"), "back to the same child"


def test_a_line_of_the_own_page_sent_twice_stands_there_once(scene):
    girl, address = scene.browser(scene.samira), f"/own/{scene.own[scene.samira]}/"
    for _twice in range(2):
        assert girl.post(address, {"kind": "dream", "words": " Ik wil vliegen. "}).status_code == 302
    assert girl.get(address).content.decode().count("Ik wil vliegen.") == 2, (
        "the line, and the name of its button"
    )
    empty = girl.post(address, {"kind": "dream", "words": " "})
    assert empty.status_code == 422
    assert "Please write a few words here." in empty.content.decode()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_who_looked_before_a_day_beyond_all_days_is_answered(scene, day):
    page = f"/family/{scene.family}/who-looked/?before={day}"
    assert scene.browser(scene.naima).get(page).status_code == 200
