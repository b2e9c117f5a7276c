"""The pages of danger: call first, a fresh second factor, the banner, nothing on paper, and who is told afterwards when."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from clockwork import as_the_worker
from danger.scene import WHY, House, fresh
from kring.confidences.models import Telling
from kring.messaging import dangers as telling
from kring.trust import viewer
from kring.trust.models import Danger
from kring.trust.usecases import dangers
from trust.scenes import LONG_AGO, insert
from trust.unheard import unheard
from web.doorstep import browser

JONAS = {"child": "jonas", "known": "2015-03-31"}


@pytest.fixture
def house(owner):
    made = House(owner)
    made.right(made.noor)
    return made


def text(page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def written(page, **more):
    """The form as it came, filled in."""
    made = re.search(r'name="made" value="([^"]+)"', page.content.decode())
    return JONAS | {"made": made[1], "ground": WHY.ground, "reason": WHY.reason, "tried": WHY.tried} | more


def one(owner, question, *values):
    return owner.execute(question, values).fetchone()[0]


def test_from_the_call_button_to_four_hours_and_back_again(house, owner):
    noor = fresh(owner, house.noor)
    for person in (house.hanne, house.wim, house.mila):
        browser(owner, person)
    assert "Noor" in text(noor.get("/danger/"))
    first = noor.post("/danger/find/", JONAS)
    assert b'href="tel:0470001003"' in first.content  # the coordinator, before anything else
    address = f"/danger/open/{house.family}/"
    short = noor.post(address, written(first, reason="x"))
    assert short.status_code == 422
    assert WHY.tried in short.content.decode()  # what was written stays
    for _twice in range(2):
        answer = noor.post(address, written(first))
    danger = one(owner, "SELECT id FROM trust_danger")
    assert answer.headers["Location"] == f"/danger/{danger}/"
    page = text(noor.get(f"/danger/{danger}/"))
    assert "note told" in page
    assert "note family" in page
    assert "note sealed" not in page
    assert "note quiet" not in page
    for path in ("/danger/", "/today/", f"/danger/{danger}/"):
        assert b"data-danger" in noor.get(path).content
    letters = owner.execute("SELECT kind, person_id FROM messaging_letter ORDER BY kind").fetchall()
    assert letters == [("danger opened", house.hanne), ("danger to review", house.wim)]  # at once, once
    assert "closes by itself" in text(noor.get(f"/danger/{danger}/looked/"))
    ended = noor.post(f"/danger/{danger}/end/").headers["Location"]
    after = text(noor.get(ended))
    assert "Then it was closed, before the four hours were over." in after
    assert "What now" in after  # whom to ring, and who looks at it
    assert "What now" not in text(fresh(owner, house.wim).get(ended))
    writes = f"/danger/{danger}/did/"
    assert noor.post(writes, {"did": "x"}).status_code == 422
    did = {"did": "Ik bleef aan de lijn tot de politie er was."}
    for _twice in range(2):
        assert noor.post(writes, did).headers["Location"] == ended
    for reader in (noor, fresh(owner, house.wim), browser(owner, house.hanne)):
        assert did["did"] in reader.get(ended).content.decode()
    assert fresh(owner, house.wim).post(writes, did).status_code == 404, "only whoever opened it"
    assert did["did"].encode() not in one(owner, "SELECT did_locked FROM trust_danger")
    assert noor.get(f"/danger/{danger}/").headers["Location"] == f"/danger/{danger}/looked/"
    assert b"data-danger" not in noor.get("/danger/").content


@pytest.mark.parametrize(("minutes", "method"), [(11, "mfa"), (0, "password")])
def test_an_old_second_factor_or_a_password_alone_opens_nothing_and_loses_no_word(
    house, owner, minutes, method
):
    first = fresh(owner, house.noor).post("/danger/find/", JONAS)
    noor = fresh(owner, house.noor, minutes_ago=minutes, method=method)
    assert "/sign-in/again/code/" in noor.get("/danger/").content.decode()
    assert noor.post("/danger/find/", JONAS).status_code == 422
    late = noor.post(f"/danger/open/{house.family}/", written(first))
    assert late.status_code == 422
    assert WHY.reason in late.content.decode()
    assert one(owner, "SELECT count(*) FROM trust_danger") == 0


def test_who_has_no_right_is_told_whom_to_call_and_finds_nothing(house, owner):
    joke = fresh(owner, house.joke)
    assert b"tel:0470000000" in joke.get("/danger/").content
    assert joke.post("/danger/find/", JONAS).status_code == 422
    same = {
        joke.post(f"/danger/open/{family}/", written_by_hand()).status_code
        for family in (house.family, uuid.uuid4())
    }
    assert same == {404}
    for person in (house.sarah, house.jonas):
        assert fresh(owner, person).get("/danger/").status_code == 404


def written_by_hand():
    return JONAS | {"made": str(uuid.uuid4()), "ground": WHY.ground, "reason": WHY.reason, "tried": WHY.tried}


def test_nothing_leaves_on_paper_or_as_a_file(house, owner):
    """Every door to paper, download and calendar: in danger it is not here, whatever lies behind it."""
    plan = insert(
        owner, "wraparound_plan", circle_id=house.circle, family_id=house.family, at=LONG_AGO, stage="written"
    )
    meeting = insert(
        owner, "wraparound_meeting", circle_id=house.circle, family_id=house.family, at=LONG_AGO, place="hier", purpose="",
        begins_at=timezone.now() + timedelta(days=3), language="nl", interpreter="", moved_because="", moves=0,
        cancelled_because="", minutes="", minutes_language="", author_id=house.hanne,
    )  # fmt: skip
    doors = [
        f"/plans/{plan}/paper/", f"/meetings/{meeting}/invitation.ics", f"/family/{house.family}/path/paper.pdf",
        f"/learning/sheets/{uuid.uuid4()}/paper.pdf", f"/papers/{uuid.uuid4()}/plan.pdf",
    ]  # fmt: skip
    hanne, noor = browser(owner, house.hanne), fresh(owner, house.noor)
    assert [hanne.get(door).status_code for door in doors[:2]] == [200, 200]  # who sits there prints
    house.opens(house.noor)
    assert noor.get(f"/plans/{plan}/").status_code == 200  # read on the screen
    assert [noor.get(door).status_code for door in doors] == [404] * len(doors)
    assert noor.post(doors[0], {"reader": str(house.noor), "language": "nl"}).status_code in (403, 404)
    assert one(owner, "SELECT count(*) FROM wraparound_paper") == 0
    assert noor.post("/mine/along/").status_code == 403
    assert one(owner, "SELECT count(*) FROM trust_takenalong") == 0


def test_a_boy_of_eleven_is_told_first_and_his_parents_when_it_is_safe(house, owner):
    """Hard case 3: he tells he is hit; another worker opens; the notice to his guardians is put off; then shown."""
    danger = house.opens(house.noor)
    looked = f"/danger/{danger}/looked/"
    who = {
        name: browser(owner, getattr(house, name))
        for name in ("jonas", "sarah", "hanne", "wim", "sofie", "mila", "ruth")
    }
    seen = lambda: {name for name, client in who.items() if client.get(looked).status_code == 200}  # noqa: E731
    fresh(owner, house.noor).get(f"/danger/{danger}/")
    assert seen() == {"hanne", "wim"}  # at once
    assert "in danger" in text(who["hanne"].get(f"/family/{house.family}/who-looked/"))
    assert "Noor" not in text(who["sarah"].get(f"/family/{house.family}/who-looked/"))
    assert names_by_hand(house, house.sarah) == []  # nor with a statement made by hand
    day = (timezone.localdate() + timedelta(days=6)).isoformat()
    for until, status in (
        ("", 422),
        ((timezone.localdate() + timedelta(days=40)).isoformat(), 422),
        (day, 302),
    ):
        sent = who["wim"].post(
            f"{looked[:-7]}later/", {"until": until, "reason": "He would be hit for it at home."}
        )
        assert sent.status_code == status
    assert who["hanne"].get(f"{looked[:-7]}later/").status_code == 404
    house.days_pass(danger, timedelta(hours=5))
    assert seen() == {"hanne", "wim", "jonas"}  # the young person first
    page = text(who["jonas"].get(looked))
    assert "You hear it first. You did nothing wrong" in page
    assert "A family hears it within three days. Only the trust officer may make that later" in page
    house.days_pass(danger, timedelta(hours=67))
    assert seen() == {"hanne", "wim", "jonas"}
    assert "Noor" not in text(who["sarah"].get(f"/family/{house.family}/who-looked/"))
    assert as_the_worker(telling.tell_families, at=datetime.now(UTC)) == 1
    house.right(house.ruth)
    words = "He was hit, and nobody could be reached."
    assert (
        who["ruth"].post(f"/danger/{danger}/review/", {"was_right": "yes", "words": words}).status_code == 302
    )
    with viewer.acting(house.noor) as me:
        late = dangers.say_what_was_done(Danger.objects.get(), "Toch anders.", by=me, at=datetime.now(UTC))
    assert late is False, "what somebody looked at stays as it was"
    with unheard(owner):
        owner.execute(
            "UPDATE trust_postponement SET at = at - interval '7 days', until = until - interval '7 days'"
        )
    assert (
        as_the_worker(telling.tell_families, at=datetime.now(UTC)) == 2
    )  # Sarah and Dirk; Jonas was told before
    assert as_the_worker(telling.tell_families, at=datetime.now(UTC)) == 0
    owner.execute(
        "UPDATE trust_job SET until = now() WHERE person_id = %s", [house.noor]
    )  # works elsewhere now
    assert names_by_hand(house, house.sarah) == ["Noor"]
    page = text(who["sarah"].get(looked))
    assert "Noor" in page
    assert WHY.reason in page
    assert words in page
    assert "Noor" in text(who["sarah"].get(f"/family/{house.family}/who-looked/"))
    assert f"/danger/{danger}/looked/" in who["sarah"].get(f"/family/{house.family}/").content.decode()


def test_it_is_never_said_to_be_first_or_looked_at_in_time_when_it_was_not(house, owner):
    """The young person hears it together with the family, and nobody looked: the page says neither the opposite."""
    danger = house.opens(house.noor)
    looked = f"/danger/{danger}/looked/"
    until = (timezone.localdate() + timedelta(days=6)).isoformat()
    wim = browser(owner, house.wim)
    said = {"until": until, "reason": "The police asks for it.", "also_young": "on"}
    assert wim.post(f"{looked[:-7]}later/", said).status_code == 302
    house.days_pass(danger, timedelta(days=7))
    with unheard(owner):
        owner.execute(
            "UPDATE trust_postponement SET at = at - interval '7 days', until = until - interval '7 days'"
        )
    page = text(browser(owner, house.jonas).get(looked))
    assert "You did nothing wrong. Here you see who looked" in page
    assert "You hear it first" not in page
    assert "Nobody did yet. Until somebody does, whoever opened it may not open anything again." in page
    assert "The police asks" not in page
    assert "Somebody of another organisation looks at it, until" not in page
    assert "Hanne" in text(browser(owner, house.sarah).get(looked)).split("Do you want to talk")[-1]


def names_by_hand(house, person) -> list[str]:
    with viewer.acting(person), connection.cursor() as cursor:
        cursor.execute(
            "SELECT given_name FROM trust.names_of_those_who_looked(%s, %s)", [[house.circle], [house.noor]]
        )
        return [name for (name,) in cursor.fetchall()]


def test_who_looks_at_it_reads_what_was_opened_and_never_what_stood_there(house, owner):
    house.right(house.ruth)
    danger = house.opens(house.noor)
    fresh(owner, house.noor).get(f"/danger/{danger}/")
    page = text(browser(owner, house.ruth).get(f"/danger/{danger}/review/"))
    assert WHY.reason in page
    assert WHY.tried in page
    for hidden in ("told in confidence, about safety", "note told", "Jonas", "De Wit", "Sarah"):
        assert hidden not in page
    assert "Noor" in text(browser(owner, house.wim).get("/danger/register/"))
    for nobody in (house.hanne, house.sofie, house.ruth):
        assert browser(owner, nobody).get("/danger/register/").status_code == 404
    assert browser(owner, house.joke).get(f"/danger/{danger}/review/").status_code == 404


def test_two_people_give_the_right_in_the_browser(house, owner):
    sofie, wim, ruth = (browser(owner, person) for person in (house.sofie, house.wim, house.ruth))
    assert ruth.get("/danger/rights/").status_code == 404
    address = f"/danger/rights/{house.jobs[house.ruth]}/ask/"
    assert address in sofie.get("/danger/rights/?words=ruth").content.decode()
    assert wim.get(address).status_code == ruth.get(address).status_code == 404
    assert sofie.post(address, {"why": ""}).status_code == 422
    asked = sofie.post(address, {"why": "On call at night."}).headers["Location"]
    assert asked in sofie.get("/danger/rights/").content.decode(), "asked already"
    again = sofie.post(address, {"why": "Another reason."}, follow=True).content.decode()
    assert "The reason given first counts." in again
    assert "/danger/rights/" in sofie.get("/two-people/").content.decode()
    assert wim.post(asked, {"answer": "yes"}).status_code == 302
    assert "Ruth" in text(browser(owner, house.joke).get("/danger/"))


def test_what_was_told_about_safety_is_read_unlocked(house, owner):
    told = Telling(
        circle_id=house.told, subject_id=house.jonas, about_id=house.jonas, author_id=house.jonas, at=LONG_AGO
    )
    told.words = "Papa slaat mij."
    insert(
        owner, "confidences_telling", id=told.pk, circle_id=house.told, subject_id=house.jonas, about_id=house.jonas,
        author_id=house.jonas, at=LONG_AGO, words_locked=told.words_locked, how="typed",
    )  # fmt: skip
    danger = house.opens(house.noor)
    assert "Papa slaat mij." in text(fresh(owner, house.noor).get(f"/danger/{danger}/"))


def test_who_looks_second_or_writes_too_late_keeps_their_words(house, owner):
    house.right(house.ruth)
    danger = house.opens(house.noor)
    ruth, noor = browser(owner, house.ruth), browser(owner, house.noor)
    first, words = "Dit was juist, niemand nam op.", "Ik zou eerst nog eens gebeld hebben."
    assert (
        ruth.post(f"/danger/{danger}/review/", {"was_right": "yes", "words": first}, follow=True).status_code
        == 200
    )
    late = noor.post(f"/danger/{danger}/did/", {"did": "Ik belde de buurvrouw nog."})
    assert "Somebody looked at it already." in text(late)
    assert "You wrote this. It was not sent. Ik belde de buurvrouw nog." in text(late)
    second = ruth.post(f"/danger/{danger}/review/", {"was_right": "no", "words": words})
    assert second.status_code == 409
    assert f"You wrote this. It was not sent. {words}" in text(second)
    again = text(ruth.post(f"/danger/{danger}/review/", {"was_right": "yes", "words": first}))
    assert "It was not sent" not in again


def test_a_day_after_the_four_weeks_hears_of_four_weeks(house, owner):
    danger = house.opens(house.noor)
    until = (timezone.localdate() + timedelta(days=40)).isoformat()
    sent = {"until": until, "reason": "He would be hit for it at home."}
    page = browser(owner, house.wim).post(f"/danger/{danger}/later/", sent)
    assert "Choose a day from tomorrow on, within four weeks." in text(page)
    assert "within a year" not in text(page)


def test_a_right_that_only_two_people_give_again_does_not_end_at_one_touch(house, owner):
    page = fresh(owner, house.sofie).get("/danger/rights/").content.decode()
    assert re.search(r"<details[^>]*><summary[^>]*>(?:(?!</summary>).)*End this right", page, re.DOTALL)
    assert "Only two people can give it again." in page
