"""A meeting about one of several children, and what is written in it: who knows, who speaks, what stays (K4, K10)."""

import re
import uuid

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from psycopg.errors import LockNotAvailable

from circle.two_worlds import same_before_and_after
from kring.trust import viewer
from kring.trust.permissions import NotAllowed
from kring.wraparound.models import Meeting, Participant, RoundWord
from kring.wraparound.usecases import asking, meetings, remarks, talking
from web.doorstep import browser
from wraparound.home import LATER
from wraparound.meeting_scene import begun, called, decided, soon
from wraparound.test_meeting_pages import told


def test_in_a_family_with_two_children_a_meeting_can_be_about_one(home):
    """K4: whoever is left out of that child knows of nothing; her sister is not asked, and has no word in it."""
    home.exclude(home.samira, home.samir)
    meeting = begun(
        home, called(home, asked=[home.naima, home.samir, home.yara, home.samira], about=home.samira)
    )
    with viewer.acting(home.samir):
        assert not Meeting.objects.exists()
        assert not Participant.objects.exists()
    with viewer.acting(home.naima):
        assert {row.person_id for row in Participant.objects.all()} == {home.naima, home.samira}
    home.seat(home.circle, home.yara, role="child", ground="own choice")
    with viewer.acting(home.yara) as me:
        found = Meeting.objects.get(pk=meeting)
        for word in (
            lambda: talking.add_point(found, "point", "ik ook", language="nl", by=me, at=LATER),
            lambda: talking.say_in_round(
                found, "in", feeling="glad", words="", language="nl", by=me, at=LATER
            ),
            lambda: remarks.remark("meeting", meeting, "anders", language="nl", by=me, at=LATER),
        ):
            with pytest.raises(NotAllowed):
                word()
    for nobody in (home.naima, uuid.uuid4()):
        with pytest.raises(asking.NobodyToTalkAbout):
            called(home, about=nobody)


def test_what_is_written_in_a_meeting_stays_so_by_hand_made_sql_too(home):
    meeting = begun(home, called(home))
    with viewer.acting(home.samira) as me:
        found = Meeting.objects.get(pk=meeting)
        talking.say_in_round(found, "in", feeling="tense", words="stil", language="nl", by=me, at=LATER)
    with viewer.acting(home.hanne):
        for rows, change in (
            (Meeting.objects.all(), {"subject_id": home.yara}),
            (Participant.objects.filter(person_id=home.samira), {"subject_id": None}),
            (Participant.objects.filter(person_id=home.samira), {"person_id": home.lotte}),
            (RoundWord.objects.all(), {"subject_id": None}),
            (RoundWord.objects.all(), {"words": "blij"}),
        ):
            with pytest.raises(DatabaseError, match="stays_as_written"), transaction.atomic():
                rows.update(**change)


def test_a_double_click_writes_nobody_down_twice(home, owner):
    """The second touch waits at the meeting until the first is done."""
    meeting = begun(home, called(home, asked=[home.naima, home.hanne]))
    with viewer.acting(home.hanne) as me:
        found = Meeting.objects.select_related("circle").get(pk=meeting)
        meetings.record_presence(found, [home.lotte, home.naima], by=me, at=LATER)
        with pytest.raises(LockNotAvailable), owner.transaction():
            owner.execute("SET LOCAL lock_timeout = '50ms'")
            owner.execute("SELECT 1 FROM wraparound_meeting WHERE id = %s FOR UPDATE", [meeting])
    with viewer.acting(home.hanne) as me:
        found = Meeting.objects.select_related("circle").get(pk=meeting)
        meetings.record_presence(found, [home.lotte], by=me, at=LATER)
        there = [(row.person_id, row.was_there) for row in Participant.objects.all()]
    assert sorted(there) == sorted([(home.hanne, False), (home.lotte, True), (home.naima, False)])


def test_what_somebody_said_who_has_left_keeps_its_name(home, owner):
    meeting = begun(home, soon(home))
    with viewer.acting(home.lotte) as me:
        found = Meeting.objects.get(pk=meeting)
        talking.say_in_round(
            found, "in", feeling="", words="fijn om te komen", language="nl", by=me, at=timezone.now()
        )
    owner.execute("UPDATE trust_job SET until = now() WHERE person_id = %s", [home.lotte])
    owner.execute("UPDATE trust_seat SET until = now() WHERE person_id = %s", [home.lotte])
    page = browser(owner, home.naima).get(f"/meetings/{meeting}/").content.decode()
    assert "fijn om te komen" in page
    assert re.search(r"<b[^>]*>Lotte</b>", page)


def test_each_choice_says_truly_who_may_know_of_it(home, owner):
    home.exclude(home.samira, home.samir)
    address = f"/family/{home.family}/meetings/call/"
    naima = browser(owner, home.naima)
    page = naima.get(address).content.decode()
    about = f"{home.circle}.{home.samira}"
    said = re.search(rf'value="{about}".*?<small>(.*?)</small>', page, re.S).group(1)
    assert said == "Known to whoever here may know about Samira."
    assert "Naima" in re.search(rf'value="{home.circle}".*?<small>(.*?)</small>', page, re.S).group(1)
    made = naima.post(address, told(home, circle=about))["Location"]
    assert browser(owner, home.samir).get(made).status_code == 404
    assert naima.post(address, told(home, circle=f"{home.circle}.{home.naima}")).status_code == 422


def test_who_does_not_keep_the_meeting_finds_nothing_to_take_back(home, owner):
    meeting = begun(home, soon(home))
    decision = decided(home, meeting, "samen eten")
    address = f"/meetings/decisions/{decision}/take-back/"
    assert browser(owner, home.fatna).post(address).status_code == 404
    assert browser(owner, home.hanne).post(address).status_code == 302


@pytest.mark.parametrize("ground", ["own choice", "withheld", "conflict"])
def test_who_is_left_out_of_a_child_calls_a_meeting_as_before(home, owner, ground):
    """K4: the choices, and who may know of each, stay as they were; what one calls oneself one knows oneself."""
    his, address = browser(owner, home.samir), f"/family/{home.family}/meetings/call/"
    about = f"{home.circle}.{home.samira}"
    assert about in his.get(address).content.decode()
    assert same_before_and_after(his, [address], lambda: home.exclude(home.samira, home.samir, ground)) == {}
    made = his.post(address, told(home, circle=about))
    assert made.status_code == 302
    assert his.get(made["Location"]).status_code == 200


def test_by_a_court_too_the_choices_stay_and_what_is_called_is_refused(home, owner):
    """What a court hides it hides from its author as well: nobody writes what they cannot know."""
    his, address = browser(owner, home.samir), f"/family/{home.family}/meetings/call/"
    assert same_before_and_after(his, [address], lambda: home.exclude(home.samira, home.samir)) == {}
    assert his.post(address, told(home, circle=f"{home.circle}.{home.samira}")).status_code == 403
    with viewer.acting(home.naima):
        assert not Meeting.objects.exists()
