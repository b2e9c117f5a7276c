"""The pages of meetings: calling one, preparing, holding, reading again; as several persons, with bad input (W14, W20)."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from circle.two_worlds import same_before_and_after
from kring.intake.models import Promise
from kring.trust import viewer
from kring.wraparound.models import AgendaPoint, Decision, Meeting, Participant, RoundWord
from kring.wraparound.usecases import remarks, talking
from web.doorstep import browser
from wraparound.home import Home
from wraparound.meeting_scene import begun, called, decided, soon
from wraparound.test_pages import MOST, counted

ODD = ["", " ", "\x00", "2026-13-40", "zzz", "9999-12-31", "0001-01-01"]


def in_days(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def told(home, **other):
    """A call as the form sends it."""
    return {
        "day": in_days(5), "hour": "16:00", "place": "in het buurthuis",
        "asked": [str(home.naima), str(home.hanne), str(home.samira)],
    } | other  # fmt: skip


def test_a_teacher_calls_a_meeting_and_everybody_is_ticked_already(home, owner):
    lotte = browser(owner, home.lotte)
    address = f"/family/{home.family}/meetings/call/"
    page = lotte.get(address).content.decode()
    assert len(re.findall(r'name="asked"[^>]*checked', page)) == 7, "six seats and Yara, who has none yet"
    assert "Who may know this" in page
    answer = lotte.post(address, told(home))
    assert answer.status_code == 302
    shown = browser(owner, home.naima).get(answer["Location"]).content.decode()
    assert "in het buurthuis" in shown
    assert "Do you come?" in shown
    assert "called by Lotte" in shown


@pytest.mark.parametrize("name", ["day", "hour"])
@pytest.mark.parametrize("value", ODD)
def test_odd_days_and_hours_are_asked_again_and_what_was_typed_stays(home, owner, name, value):
    answer = browser(owner, home.naima).post(
        f"/family/{home.family}/meetings/call/", told(home, **{name: value})
    )
    assert answer.status_code == 422
    assert "in het buurthuis" in answer.content.decode()
    with viewer.acting(home.naima):
        assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    "odd",
    [
        {"place": " "},
        {"place": "x" * 201},
        {"asked": ["no one"]},
        {"asked": []},
        {"interpreter": "tlh"},
        {"purpose": "x" * 301},
    ],
)
def test_odd_words_are_asked_again(home, owner, odd):
    answer = browser(owner, home.naima).post(f"/family/{home.family}/meetings/call/", told(home, **odd))
    assert answer.status_code == 422


def test_a_parent_calls_a_part_together_without_school(home, owner):
    part = home.part_without_school()
    naima = browser(owner, home.naima)
    address = f"/family/{home.family}/meetings/call/"
    assert 'name="circle"' in naima.get(address).content.decode()
    everybody = [str(home.naima), str(home.lotte), str(home.samira)]
    made = naima.post(address, told(home, asked=everybody, circle=str(part)))["Location"]
    lotte = browser(owner, home.lotte)
    assert lotte.get(made).status_code == 404
    assert "buurthuis" not in lotte.get(f"/family/{home.family}/meetings/").content.decode()
    with viewer.acting(home.naima):
        assert home.lotte not in {row.person_id for row in Participant.objects.all()}


@pytest.mark.parametrize(("who", "status"), [("fatna", 403), ("samira", 403), ("tom", 404), ("naima", 200)])
def test_who_may_not_call_is_told_so_and_a_stranger_finds_nothing(home, owner, who, status):
    assert (
        browser(owner, getattr(home, who)).get(f"/family/{home.family}/meetings/call/").status_code == status
    )


def test_a_stranger_finds_nothing_on_any_address_of_a_meeting(home, owner):
    meeting = begun(home, soon(home))
    decision = decided(home, meeting, "samen eten")
    tom = browser(owner, home.tom)
    for place in ("", "invitation.ics", "move/", "call-off/", "minutes/"):
        assert tom.get(f"/meetings/{meeting}/{place}").status_code == 404
    for place in ("answer", "agenda", "begin", "there", "round", "decisions", "end"):
        assert tom.post(f"/meetings/{meeting}/{place}/", {}).status_code == 404
    assert tom.post(f"/meetings/decisions/{decision}/take-back/").status_code == 404


def test_anybody_of_the_circle_puts_a_point_a_strength_and_a_question_on_the_agenda(home, owner):
    meeting = soon(home)
    fatna = browser(owner, home.fatna)
    for kind, words in (
        ("point", "over de vakantie"),
        ("strength", "Ze danst weer"),
        ("question", "Wie haalt haar?"),
    ):
        sent = {"point-words": words, "kind": kind}
        assert fatna.post(f"/meetings/{meeting}/agenda/", sent).status_code == 302
    page = browser(owner, home.lotte).get(f"/meetings/{meeting}/").content.decode()
    assert all(words in page for words in ("over de vakantie", "Ze danst weer", "Wie haalt haar?"))
    assert "Take it away" not in page, "what somebody else brought stays"
    assert fatna.post(f"/meetings/{meeting}/agenda/", {"point-words": " ", "kind": "x"}).status_code == 422
    with viewer.acting(home.fatna):
        point = AgendaPoint.objects.get(kind="question")
    assert browser(owner, home.lotte).post(f"/meetings/points/{point.pk}/take-away/").status_code == 403
    assert fatna.post(f"/meetings/points/{point.pk}/take-away/").status_code == 302


def test_a_meeting_is_held_and_read_again_with_decisions_first(home, owner):
    meeting = soon(home, purpose="Hoe gaat het met dansen?")
    hanne = browser(owner, home.hanne)
    address = f"/meetings/{meeting}/"
    browser(owner, home.naima).post(f"{address}answer/", {"answer": "comes"})
    assert hanne.post(f"{address}begin/").status_code == 302
    assert hanne.post(f"{address}there/", {"there": [str(home.naima), str(home.fatna)]}).status_code == 302
    for moment, feeling in (("in", "tense"), ("out", "glad")):
        sent = {"moment": moment, "feeling": feeling, "words": ""}
        assert browser(owner, home.naima).post(f"{address}round/", sent).status_code == 302
    sent = {"words": "belt de dansschool", "who": str(home.lotte), "when": "two weeks"}
    assert hanne.post(f"{address}decisions/", sent).status_code == 302
    assert hanne.post(f"{address}minutes/", {"words": "Het was een goed gesprek."}).status_code == 302
    assert hanne.post(f"{address}end/").status_code == 302
    page = browser(owner, home.samira).get(address).content.decode()
    assert (
        page.index("belt de dansschool")
        < page.index("Het was een goed gesprek.")
        < page.index("Who was there")
    )
    assert "Lotte" in page
    assert "in 2 weeks" in page
    with viewer.acting(home.lotte):
        assert Promise.objects.get().by_id == home.lotte
        assert {word.feeling for word in RoundWord.objects.all()} == {"tense", "glad"}
        assert {row.person_id for row in Participant.objects.filter(was_there=True)} == {
            home.naima,
            home.fatna,
        }
    assert "belt de dansschool" in browser(owner, home.lotte).get("/today/").content.decode()


def test_what_somebody_says_aloud_is_written_by_who_keeps_the_meeting(home, owner):
    meeting = begun(home, soon(home, asked=[home.naima, home.yara]))
    sent = {"moment": "in", "feeling": "glad", "words": "Ik heb een tand los", "whose": str(home.yara)}
    naima, hanne = browser(owner, home.naima), browser(owner, home.hanne)
    assert 'name="whose"' not in naima.get(f"/meetings/{meeting}/").content.decode()
    assert hanne.post(f"/meetings/{meeting}/round/", sent | {"whose": str(home.tom)}).status_code == 422
    assert hanne.post(f"/meetings/{meeting}/round/", sent).status_code == 302
    page = naima.get(f"/meetings/{meeting}/").content.decode()
    assert "Ik heb een tand los" in page
    assert "Yara" in page


@pytest.mark.parametrize(
    "odd",
    [
        {"words": " "}, {"words": "x" * 301}, {"who": "nobody"}, {"when": "never"}, {"when": "other", "day": ""},
        {"when": "other", "day": "2020-01-01"}, {"when": "other", "day": "9999-01-01"}, {"goal": "zzz"},
        {"who": ""},
    ],
)  # fmt: skip
def test_a_decision_that_is_not_understood_is_asked_again(home, owner, odd):
    home.plan()
    meeting = begun(home, soon(home))
    sent = {"words": "belt", "who": str(home.lotte), "when": "week", "day": "", "goal": ""} | odd
    assert browser(owner, home.hanne).post(f"/meetings/{meeting}/decisions/", sent).status_code == 422
    with viewer.acting(home.hanne):
        assert not Decision.objects.exists()


def test_deeds_out_of_order_say_so_kindly(home, owner):
    meeting = soon(home)
    hanne = browser(owner, home.hanne)
    for place, sent in (
        ("there", {"there": [str(home.naima)]}), ("round", {"moment": "in", "feeling": "glad"}), ("end", {}),
        ("decisions", {"words": "te vroeg", "who": "all", "when": "week"}), ("minutes", {"words": "te vroeg"}),
    ):  # fmt: skip
        answer = hanne.post(f"/meetings/{meeting}/{place}/", sent, follow=True)
        assert "First begin the meeting." in answer.content.decode(), place
    hanne.post(f"/meetings/{meeting}/call-off/", {"because": "Mama is ziek"})
    for place, sent in (("begin", {}), ("answer", {"answer": "comes"}), ("agenda", {"point-words": "x"})):
        answer = hanne.post(f"/meetings/{meeting}/{place}/", sent, follow=True)
        assert "This meeting is over already." in answer.content.decode(), place
    assert "Mama is ziek" in browser(owner, home.naima).get(f"/meetings/{meeting}/").content.decode()


def test_another_day_is_told_with_its_reason(home, owner):
    meeting = soon(home)
    hanne = browser(owner, home.hanne)
    address = f"/meetings/{meeting}/move/"
    assert hanne.post(address, {"day": in_days(9), "hour": "10:00", "because": " "}).status_code == 422
    assert hanne.post(address, {"day": "2020-01-01", "hour": "10:00", "because": "werk"}).status_code == 422
    assert (
        hanne.post(address, {"day": in_days(9), "hour": "10:00", "because": "Mama werkt"}).status_code == 302
    )
    page = browser(owner, home.naima).get(f"/meetings/{meeting}/").content.decode()
    assert "It was first on" in page
    assert "Mama werkt" in page
    assert browser(owner, home.naima).get(address).status_code == 403


def test_the_invitation_names_neither_family_nor_child(home, owner):
    meeting = soon(home, purpose="Samira en het dansen")
    answer = browser(owner, home.lotte).get(f"/meetings/{meeting}/invitation.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer["Cache-Control"] == "no-store"
    text = answer.content.decode()
    assert not re.search("Amrani|Samira|Naima|dansen", text)
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert (event["SUMMARY"], event["LOCATION"]) == ("A talk", "in het buurthuis")
    assert f"/meetings/{meeting}/" in event["URL"]


def test_the_day_tells_of_the_coming_meeting_and_what_waits(home, owner):
    meeting = soon(home, home.lotte)
    page = browser(owner, home.hanne).get("/today/").content.decode()
    assert f"/meetings/{meeting}/" in page
    assert "Do you come?" in page
    browser(owner, home.hanne).post(f"/meetings/{meeting}/answer/", {"answer": "comes"})
    assert "The agenda is still empty." in browser(owner, home.hanne).get("/today/").content.decode()
    browser(owner, home.naima).post(
        f"/meetings/{meeting}/agenda/", {"point-words": "school", "kind": "point"}
    )
    page, asked = counted(browser(owner, home.hanne), "/today/")
    assert "The agenda is still empty." not in page.content.decode()
    assert len(asked) <= MOST
    assert "in het buurthuis" in browser(owner, home.fatna).get(f"/family/{home.family}/").content.decode()


@pytest.mark.parametrize("who", ["hanne", "naima", "fatna"])
def test_the_pages_take_few_statements_however_much_is_said(home, owner, who):
    home.plan()
    meeting = begun(home, soon(home, guests=("Hala",)))
    for number in range(8):
        decision = decided(
            home, meeting, f"nr {number}", home.lotte, timezone.localdate() + timedelta(days=9)
        )
        with viewer.acting(home.naima) as me:
            found = Meeting.objects.get(pk=meeting)
            talking.add_point(found, "point", f"punt {number}", language="nl", by=me, at=timezone.now())
            remarks.remark("decision", decision, "Anders", language="nl", by=me, at=timezone.now())
        soon(home)
    client = browser(owner, getattr(home, who))
    for address in (
        f"/meetings/{meeting}/",
        f"/family/{home.family}/meetings/",
        f"/family/{home.family}/",
        "/today/",
    ):
        page, asked = counted(client, address)
        assert page.status_code == 200
        assert len(asked) <= MOST, (address, *[one[:140] for one in asked])
    if who != "fatna":
        page, asked = counted(client, f"/family/{home.family}/meetings/call/")
        assert len(asked) <= MOST, "\n".join(one[:140] for one in asked)


def test_a_father_left_out_cannot_tell_that_there_was_a_meeting_about_his_daughter(owner):
    home = Home(owner, siblings=False)
    home.exclude(home.samira, home.samir)
    addresses = [
        f"/family/{home.family}/",
        f"/family/{home.family}/meetings/",
        f"/family/{home.family}/promises/",
    ]

    def held():
        meeting = begun(home, soon(home))
        decided(home, meeting, "belt", home.lotte, timezone.localdate() + timedelta(days=9))

    assert same_before_and_after(browser(owner, home.samir), addresses, held) == {}


def test_a_teacher_cannot_tell_that_a_part_met_without_her(home, owner):
    part = home.part_without_school()
    addresses = [f"/family/{home.family}/", f"/family/{home.family}/meetings/", "/today/"]

    def met():
        begun(home, soon(home, home.naima, circle=part))
        soon(home, home.naima, circle=part)

    assert same_before_and_after(browser(owner, home.lotte), addresses, met) == {}


def test_through_other_eyes_one_looks_and_does_nothing(home, owner):
    meeting = soon(home)
    page = browser(owner, home.hanne).get(f"/meetings/{meeting}/?as={home.lotte}").content.decode()
    assert "Begin the meeting" not in page
    assert "Do you come?" not in page


def test_an_old_meeting_that_nobody_began_is_not_awaited_any_more(home, owner):
    called(home)
    page = browser(owner, home.naima).get(f"/family/{home.family}/meetings/").content.decode()
    assert "No meeting is planned" in page
    assert "What was" in page


def test_the_family_reads_who_read_of_a_meeting_also_on_the_page_of_the_circle(home, owner):
    """K14: the page of the circle names the place of a meeting of a part, so that part stands in the journal too."""
    part = home.part_without_school()
    meeting = soon(home, home.naima, circle=part)
    hanne = browser(owner, home.hanne)
    reads = "SELECT part FROM trust_entry WHERE kind = 'read' AND circle_id = %s AND person_id = %s"
    hanne.get(f"/family/{home.family}/")
    assert ("family",) in owner.execute(reads, [part, home.hanne]).fetchall()
    hanne.get(f"/meetings/{meeting}/")
    assert ("meeting",) in owner.execute(reads, [part, home.hanne]).fetchall()
    looked = browser(owner, home.naima).get(f"/family/{home.family}/who-looked/").content.decode()
    assert "a meeting" in looked
