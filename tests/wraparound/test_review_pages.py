"""The pages of good news and of looking at the plan together, as each person sees them (W13, W21)."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from kring.trust import viewer
from kring.trust.models import Circle
from kring.wraparound.models import Action, Celebration, Goal, GoalFace, Plan, Preparation, Review, Version
from kring.wraparound.usecases import approvals, celebrations, reviews
from trust.scenes import LONG_AGO, insert
from web.doorstep import bare, browser
from wraparound.home import LATER, Home
from wraparound.test_celebrations import told
from wraparound.test_pages import MOST, counted, grown
from wraparound.test_reviews import agreed, opened, prepared, settled

NOTHING = "00000000-0000-4000-8000-000000000000"


def good_news(home):
    """Something good of today, about all and about Samira."""
    now = timezone.now()
    told(home, home.fatna, "Samen gekookt.", at=now - timedelta(hours=2))
    told(home, home.naima, "ضحكت سميرة اليوم.", child=home.samira, at=now)


def faces_for(home, face="well"):
    with viewer.acting(home.naima):
        return {f"face-{goal}": face for goal in Goal.objects.ids()}


@pytest.mark.parametrize("who", ["naima", "samira", "fatna", "lotte", "hanne"])
def test_something_good_is_told_in_two_taps_and_words(home, owner, who):
    client = browser(owner, getattr(home, who))
    family = client.get(f"/family/{home.family}/").content.decode()
    address = f"/family/{home.family}/good-news/"
    assert f'href="{address}' in family
    sent = client.post(
        address, {"words": "Ze las de hele brief.", "child": str(home.samira), "language": "nl"}, follow=True
    )
    page = sent.content.decode()
    assert "Ze las de hele brief." in page
    assert "Take it back" in page
    with viewer.acting(home.naima):
        key = Celebration.objects.get(about_id=home.samira).pk
    assert browser(owner, home.samir).post(f"/good-news/{key}/take-back/").status_code == 403
    assert "It is gone." in client.post(f"/good-news/{key}/take-back/", follow=True).content.decode()
    assert client.post(f"/good-news/{key}/take-back/").status_code == 404


@pytest.mark.parametrize(
    "bad",
    [
        {"words": " ", "language": "nl"},
        {"words": "a" * 501, "language": "nl"},
        {"words": "x", "language": "nowhere"},
        {"words": "x", "language": "nl", "child": "not a child"},
        {"words": "x", "language": "nl", "child": NOTHING},
    ],
)
def test_what_cannot_be_told_is_said_kindly_and_nothing_typed_is_lost(home, owner, bad):
    answer = browser(owner, home.naima).post(f"/family/{home.family}/good-news/", bad)
    assert answer.status_code == 422
    assert bad["words"].strip() in answer.content.decode()
    with viewer.acting(home.naima):
        assert not Celebration.objects.exists()


def test_a_step_that_went_well_stands_on_the_plan_and_on_the_day_of_the_coordinator(home, owner):
    plan = home.plan()
    with viewer.acting(home.naima):
        step = Action.objects.get(what="brengt haar vrijdag").pk
    page = browser(owner, home.samir).post(
        f"/steps/{step}/good-news/", {"words": "Ze danste vooraan.", "language": "nl"}, follow=True
    )
    assert page.redirect_chain[-1][0] == f"/plans/{plan}/"
    assert "Ze danste vooraan." in page.content.decode()
    day, asked = counted(browser(owner, home.hanne), "/today/")
    assert "Ze danste vooraan." in day.content.decode()
    assert len(asked) <= MOST


def test_good_news_about_a_child_is_silent_for_whom_the_child_leaves_out(home, owner):
    plan = home.plan()
    home.exclude(home.samira, home.samir)
    client = browser(owner, home.samir)
    addresses = (f"/family/{home.family}/", f"/plans/{plan}/", f"/family/{home.family}/who-sees/")
    before = [bare(client.get(address).content) for address in addresses]
    told(home, home.naima, "ضحكت سميرة اليوم.", child=home.samira, at=timezone.now())
    assert [bare(client.get(address).content) for address in addresses] == before
    assert "ضحكت سميرة اليوم." in browser(owner, home.samira).get(addresses[0]).content.decode()


def test_the_family_shows_good_news_to_fewer_by_the_same_eyes(home, owner):
    told(home, home.lotte, "Een tien voor lezen.", at=timezone.now())
    with viewer.acting(home.naima):
        key = Celebration.objects.get().pk
    naima = browser(owner, home.naima)
    assert "Een tien voor lezen." in naima.get(f"/family/{home.family}/who-sees/").content.decode()
    naima.post(f"/family/{home.family}/who-sees/celebration/{key}/", {"face": str(home.fatna)})
    assert "Een tien" not in browser(owner, home.fatna).get(f"/family/{home.family}/").content.decode()
    assert "Een tien" in browser(owner, home.samira).get(f"/family/{home.family}/").content.decode()


def test_the_paper_carries_good_news_for_readers_who_may_know_it(home, owner):
    from kring.web.paper.printing import set_in_type, told_of
    from kring.web.wraparound.reading import plan_page

    plan = home.plan()
    good_news(home)
    home.exclude(home.samira, home.samir)
    lines = {}
    for reader in (home.samir, home.fatna):
        with viewer.acting(reader) as me:
            page = plan_page(Plan.objects.select_related("family").get(pk=plan), by=me, at=timezone.now())
            whole = told_of(page, at=timezone.now(), village="Dorp", phone="1")
            lines[reader] = [one["words"]["text"] for one in whole["good"]["told"]]
    assert lines == {home.samir: ["Samen gekookt."], home.fatna: ["ضحكت سميرة اليوم.", "Samen gekookt."]}
    assert set_in_type(whole | {"reader": "Fatna"}, on=timezone.localdate()).startswith(b"%PDF")


def test_a_parent_says_how_it_goes_and_reads_the_others_side_by_side(home, owner):
    review = opened(home)
    prepared(home, review, home.lotte, "so-so", helped="vroeg beginnen", language="nl")
    naima = browser(owner, home.naima)
    family = naima.get(f"/family/{home.family}/").content.decode()
    assert f'href="/reviews/{review}/prepare/"' in family
    form = naima.get(f"/reviews/{review}/prepare/").content.decode()
    assert form.count('type="radio"') == 3
    answer = naima.post(
        f"/reviews/{review}/prepare/",
        faces_for(home, "heavy") | {"helped": "المترجمة", "wish": "", "language": "ar"}, follow=True,
    )  # fmt: skip
    page = answer.content.decode()
    for words in ("المترجمة", "vroeg beginnen", "it is heavy", "so-so", "Still to come:"):
        assert words in page
    assert page.index("المترجمة") < page.index("vroeg beginnen"), "the family first"
    again = naima.get(f"/reviews/{review}/prepare/").content.decode()
    assert "المترجمة" in again
    assert 'value="heavy" id' in " ".join(again.split()) or "checked" in again
    assert "read what everybody says" in naima.get(f"/family/{home.family}/").content.decode()


def test_a_little_is_enough_and_nothing_is_too_little(home, owner):
    review = opened(home)
    client = browser(owner, home.fatna)
    address = f"/reviews/{review}/prepare/"
    empty = client.post(address, {"language": "nl"})
    assert empty.status_code == 422
    assert "One is enough." in empty.content.decode()
    assert client.post(address, {"language": "nl", **faces_for(home, "eleven")}).status_code == 422
    too_long = client.post(address, {"language": "nl", "helped": "a" * 2001})
    assert too_long.status_code == 422
    with viewer.acting(home.fatna):
        assert not Preparation.objects.exists()
        assert not GoalFace.objects.exists()
    assert client.post(address, {"language": "nl", "wish": "rust"}).status_code == 302


@pytest.mark.parametrize("who", ["naima", "samira", "fatna", "lotte", "hanne"])
def test_the_pages_take_few_statements_however_long_the_plan_is(home, owner, who):
    review = opened(home)
    plan = _plan(home)
    for person in (home.naima, home.samira, home.lotte):
        prepared(home, review, person, "well", helped="oma")
    good_news(home)
    client = browser(owner, getattr(home, who))
    addresses = (
        f"/reviews/{review}/", f"/reviews/{review}/prepare/", f"/family/{home.family}/", f"/plans/{plan}/",
        f"/family/{home.family}/good-news/", f"/family/{home.family}/who-sees/",
    )  # fmt: skip
    first = {address: _few(client, address) for address in addresses}
    grown(home, plan, 8)
    for person in (home.fatna, home.hanne, home.samir):
        prepared(home, review, person, "heavy", wish="tijd")
    assert {address: _few(client, address) for address in addresses} == first


def _plan(home):
    with viewer.acting(home.hanne):
        return Plan.objects.get().pk


def _few(client, address):
    client.get(address)
    answer, asked = counted(client, address)
    assert answer.status_code == 200, address
    assert len(asked) <= MOST, address + "\n" + "\n".join(one[:160] for one in asked)
    return len(asked)


def of_another_family(home):
    """A mother with a circle of her own."""
    vera = home.person("Vera")
    family = insert(home.owner, "trust_family", village_id=home.village, name="Peeters", opened_at=LONG_AGO)
    circle = insert(
        home.owner, "trust_circle", village_id=home.village, family_id=family, kind="family", name="",
        safety=False, secrecy=False, opened_at=LONG_AGO,
    )  # fmt: skip
    facts = {"relation": "", "authority": True, "family_id": family, "person_id": vera}
    insert(home.owner, "trust_familymember", kind="guardian", **facts)
    home.seat(circle, vera, role="guardian", ground="guardian")
    return vera


@pytest.mark.parametrize("who", ["a stranger", "a mother of another family"])
def test_for_others_there_is_nothing_here(home, owner, who):
    review = opened(home)
    prepared(home, review, home.naima)
    good_news(home)
    client = browser(owner, home.tom if who == "a stranger" else of_another_family(home))
    nothing = bare(client.get(f"/reviews/{NOTHING}/").content)
    with viewer.acting(home.naima):
        key = Celebration.objects.first().pk
    for address in (f"/reviews/{review}/", f"/reviews/{review}/prepare/", f"/reviews/{review}/outcome/",
                    f"/plans/{_plan(home)}/review/", f"/family/{home.family}/good-news/"):  # fmt: skip
        answer = client.get(address)
        assert (answer.status_code, bare(answer.content)) == (404, nothing), address
    assert client.post(f"/good-news/{key}/take-back/").status_code == 404


def test_the_family_decides_on_a_page_and_the_kind_end_says_what_stays(home, owner):
    review = opened(home)
    naima = browser(owner, home.naima)
    address = f"/reviews/{review}/outcome/"
    assert "Who of the family said it?" not in naima.get(address).content.decode()
    for bad in ({}, {"outcome": "excellent"}, {"outcome": "go on"}, {"outcome": "go on", "next_on": "1999-01-01"},
                {"outcome": "go on", "next_on": "never"}):  # fmt: skip
        assert naima.post(address, bad).status_code == 422
    page = naima.post(address, {"outcome": "finish"}, follow=True).content.decode()
    for words in ("We are done for now", "The door stays open", "Your circle stays with you."):
        assert words in page
    assert naima.get(f"/family/{home.family}/").status_code == 200
    begin = naima.get(f"/family/{home.family}/plan/").content.decode()
    assert "The door is open" in begin
    closed = naima.get(f"/plans/{_plan(home)}/").content.decode()
    assert "We are done with this plan for now." in closed
    assert "/goals/new/" not in closed
    assert naima.get(address).status_code == 302


def test_the_coordinator_writes_down_who_of_the_family_said_it(home, owner):
    review = opened(home)
    hanne = browser(owner, home.hanne)
    address = f"/reviews/{review}/outcome/"
    day = (timezone.localdate() + timedelta(days=60)).isoformat()
    for not_family in ("", str(home.lotte), NOTHING, "x"):
        assert hanne.post(address, {"outcome": "adjust", "word_of": not_family}).status_code == 422
    page = hanne.post(address, {"outcome": "go on", "word_of": str(home.samir), "next_on": day}, follow=True)
    assert "We go on." in page.content.decode()
    with viewer.acting(home.hanne):
        assert Review.objects.get().word_of_id == home.samir
    assert "Samir said so" in hanne.get(f"/reviews/{review}/").content.decode()
    assert "We go on with this plan" in hanne.get(f"/plans/{_plan(home)}/review/").content.decode()


@pytest.mark.parametrize("who", ["fatna", "lotte"])
def test_who_does_not_decide_finds_no_way_to(home, owner, who):
    plan = agreed(home)
    client = browser(owner, getattr(home, who))
    assert "Ask everybody how it goes" not in client.get(f"/plans/{plan}/review/").content.decode()
    assert client.post(f"/plans/{plan}/review/").status_code == 403
    with viewer.acting(home.naima) as me:
        from kring.wraparound.usecases import reviews

        review = reviews.open_review(Plan.objects.get(), by=me, at=timezone.now()).pk
    assert "What do we decide?" not in client.get(f"/reviews/{review}/").content.decode()
    assert client.get(f"/reviews/{review}/outcome/").status_code == 403
    assert client.post(f"/reviews/{review}/outcome/", {"outcome": "finish"}).status_code == 403


def test_the_coordinator_opens_a_review_with_one_touch(home, owner):
    plan = agreed(home)
    hanne = browser(owner, home.hanne)
    assert "Ask everybody how it goes" in hanne.get(f"/plans/{plan}/review/").content.decode()
    page = hanne.post(f"/plans/{plan}/review/", follow=True)
    assert "Nobody has said it yet" in page.content.decode()
    assert hanne.get(f"/plans/{plan}/review/").status_code == 302


def test_a_review_that_is_overdue_stands_on_top_of_the_day_until_the_family_decides(home, owner):
    plan = agreed(home)
    owner.execute("UPDATE wraparound_plan SET next_review_on = current_date - 3")
    hanne = browser(owner, home.hanne)
    page, asked = counted(hanne, "/today/")
    shown = page.content.decode()
    assert shown.index("It is time to look at these plans together") < shown.index("Promised")
    assert f'href="/plans/{plan}/review/"' in shown
    assert len(asked) <= MOST
    with viewer.acting(home.hanne) as me:
        from kring.wraparound.usecases import reviews

        review = reviews.open_review(Plan.objects.get(), by=me, at=timezone.now()).pk
    settled(
        home, review, home.naima, "go on", None, timezone.localdate() + timedelta(days=90), at=timezone.now()
    )
    assert "It is time to look" not in hanne.get("/today/").content.decode()


def test_told_by_somebody_through_whose_eyes_one_looks_it_is_not_taken_back(home, owner):
    told(home, home.fatna, at=timezone.now())
    page = browser(owner, home.naima).get(f"/family/{home.family}/?as={home.fatna}").content.decode()
    assert "Ze lachte." in page
    assert "Take it back" not in page
    assert "good-news/?" not in page
    with viewer.acting(home.fatna) as me:
        assert celebrations.may_take_back(Celebration.objects.get(), me, timezone.now())
        assert Circle.objects.filter(pk=home.circle).exists()


def test_still_to_come_are_only_those_who_may_know_of_the_review(owner):
    """K4: a father left out of the only child is not waited for, in no word of the page."""
    home = Home(owner, siblings=False)
    home.exclude(home.samira, home.samir)
    version = home.offered()
    for person in (home.naima, home.samira):
        with viewer.acting(person) as me:
            approvals.approve(Version.objects.get(pk=version), language="nl", by=me, at=LATER)
    with viewer.acting(home.naima) as me:
        review = reviews.open_review(Plan.objects.get(), by=me, at=timezone.now()).pk
    page = browser(owner, home.naima).get(f"/reviews/{review}/").content.decode()
    waited = re.search(r"Still to come:(.*?)</p>", page, re.S).group(1)
    assert "Fatna" in waited
    assert not re.search(r"\bSamir\b", waited)
