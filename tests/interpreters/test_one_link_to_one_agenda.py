"""Hard case 12: an interpreter has one link to one agenda, and knows nothing else of the family (K10, K13, K14)."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kring.trust import viewer
from kring.trust.models import Circle, Entry, Family, Person, Seat
from kring.trust.permissions import NotAllowed
from kring.wraparound.models import AgendaPoint, Interpreter, Meeting, Participant
from kring.wraparound.usecases import interpreting, meetings, talking
from kring.wraparound.usecases.interpreting import Wanted
from web.doorstep import bare, browser, somewhere
from wraparound.meeting_scene import begun, soon
from wraparound.test_pages import MOST, counted

NOW = timezone.now
FORM = {"name": "Hala", "language": "ar", "reach": "0470 12 34 56"}


def asked(home, meeting, by=None, **wanted):
    """Hala is asked to interpret, and holds her link."""
    with viewer.acting(by or home.hanne) as me:
        said = Wanted("Hala", "ar", speakers=frozenset({home.naima}), **wanted)
        row, made = interpreting.ask_interpreter(Meeting.objects.get(pk=meeting), said, by=me, at=NOW())
        return row.pk, made


def point(home, meeting, who, words):
    with viewer.acting(who) as me:
        found = Meeting.objects.get(pk=meeting)
        talking.add_point(found, "point", words, language="nl", by=me, at=NOW())


def came_in(made) -> Client:
    """A telephone that opened the link and typed the code."""
    phone = Client(REMOTE_ADDR=somewhere())
    assert phone.get(f"/l/{made.token}/").status_code == 200
    assert phone.post(f"/l/{made.token}/", {"code": made.code}).status_code == 302
    return phone


def test_the_interpreter_reads_day_place_agenda_and_languages_and_nothing_else(home, owner):
    meeting = soon(home, purpose="Over de zorgen thuis")
    point(home, meeting, home.samira, "dansen op vrijdag")
    row, made = asked(home, meeting)
    page, asked_of_the_database = counted(came_in(made), f"/i/{row}/")
    assert len(asked_of_the_database) <= MOST
    words = page.content.decode()
    assert page.status_code == 200
    for seen in ("in het buurthuis", "dansen op vrijdag", "Naima", "Fatna", "Arabic", "Dutch"):
        assert seen in words, seen
    assert re.search(r"<b>Arabic</b>: Naima<", words), "who speaks it is told apart"
    for hidden in ("El Amrani", "zorgen thuis", "mama", "juf", "0470 00 10 03", "Lotte is", str(home.family)):
        assert hidden not in words, hidden


def test_the_link_opens_nothing_of_the_database_but_that(home):
    meeting = soon(home)
    row, _made = asked(home, meeting)
    with viewer.acting(home.hanne):
        hala = Interpreter.objects.get(pk=row).person_id
    with viewer.acting(hala, scope=row) as me:
        assert interpreting.what_is_interpreted() is not None
        for model in (Meeting, AgendaPoint, Participant, Interpreter, Seat, Circle, Family, Entry):
            assert not model.objects.exists(), model
        assert {person.pk for person in Person.objects.all()} == {hala}
        assert me.seats == ()
    for scope in (meeting, home.circle, None):
        with viewer.acting(hala, scope=scope):
            assert interpreting.what_is_interpreted() is None
    with viewer.acting(home.tom, scope=row):
        assert interpreting.what_is_interpreted() is None, "the link is hers alone"


def test_the_family_sees_that_somebody_interprets_and_that_she_looked(home, owner):
    meeting = soon(home)
    row, made = asked(home, meeting)
    came_in(made).get(f"/i/{row}/")
    naima = browser(owner, home.naima)
    assert "Hala is asked to interpret" in naima.get(f"/meetings/{meeting}/").content.decode()
    looked = naima.get(f"/family/{home.family}/who-looked/").content.decode()
    assert "Hala" in looked
    assert "by a link" in looked
    with viewer.acting(home.naima):
        assert Entry.objects.filter(deed="interpreter asked").count() == 1


def test_it_ends_a_day_after_the_meeting_or_at_once(home, owner):
    meeting = soon(home)
    row, made = asked(home, meeting)
    phone = came_in(made)
    lost = bare(phone.get(f"/i/{meeting}/").content)
    with viewer.acting(home.hanne) as me:
        interpreting.withdraw_interpreter(
            Interpreter.objects.select_related("meeting").get(), by=me, at=NOW()
        )
    gone = phone.get(f"/i/{row}/")
    assert (gone.status_code, bare(gone.content)) == (404, lost), "withdrawn and unknown are the same"
    row, made = asked(home, meeting)
    phone = came_in(made)
    owner.execute(
        "UPDATE wraparound_meeting SET begins_at = now() - interval '23 hours' WHERE id = %s", [meeting]
    )
    assert phone.get(f"/i/{row}/").status_code == 200
    owner.execute(
        "UPDATE wraparound_meeting SET begins_at = now() - interval '25 hours' WHERE id = %s", [meeting]
    )
    assert phone.get(f"/i/{row}/").status_code == 404


def test_a_link_never_lives_longer_than_a_day_after_the_meeting_nor_than_seven_days(home, owner):
    near, far = soon(home), None
    asked(home, near)
    far = soon(home, home.naima)
    owner.execute("UPDATE wraparound_meeting SET begins_at = now() + interval '30 days' WHERE id = %s", [far])
    asked(home, far, home.naima)
    days = owner.execute(
        "SELECT extract(epoch FROM until - made_at) / 86400 FROM trust_link WHERE purpose = 'interpret' ORDER BY until"
    ).fetchall()
    assert [round(float(one)) for (one,) in days] == [4, 7]


def test_called_off_she_reads_only_that(home):
    meeting = soon(home)
    point(home, meeting, home.naima, "hoe het gaat")
    row, made = asked(home, meeting)
    phone = came_in(made)
    with viewer.acting(home.hanne) as me:
        meetings.cancel_meeting(Meeting.objects.get(pk=meeting), "Samira is ziek", by=me, at=NOW())
    words = phone.get(f"/i/{row}/").content.decode()
    assert "This meeting is called off" in words
    assert "hoe het gaat" not in words
    assert "ziek" not in words


@pytest.mark.parametrize("who", ["lotte", "fatna", "samira", "tom"])
def test_others_ask_nobody_and_close_nothing(home, owner, who):
    meeting = soon(home)
    row, _made = asked(home, meeting)
    with pytest.raises((NotAllowed, Meeting.DoesNotExist)):
        asked(home, meeting, getattr(home, who))
    somebody = browser(owner, getattr(home, who))
    assert somebody.get(f"/meetings/{meeting}/interpreter/").status_code == (404 if who == "tom" else 403)
    for deed in ("link", "withdraw"):
        assert somebody.post(f"/meetings/interpreters/{row}/{deed}/").status_code == 404
    with viewer.acting(home.hanne):
        assert Interpreter.objects.get().withdrawn_at is None


def test_on_the_page_twice_is_once_and_what_was_typed_stays(home, owner):
    meeting = soon(home)
    hanne, address = browser(owner, home.hanne), f"/meetings/{meeting}/interpreter/"
    assert len(counted(hanne, address)[1]) <= MOST
    wrong = hanne.post(address, FORM | {"name": " ", "speakers": [str(home.naima)]})
    assert wrong.status_code == 422
    assert "0470 12 34 56" in wrong.content.decode()
    for _touch in range(2):
        card = hanne.post(address, FORM | {"speakers": [str(home.naima)]})
        assert re.search(r"/l/[\w-]{20,}/", card.content.decode())
    with viewer.acting(home.hanne):
        row = Interpreter.objects.get()
        assert (row.name, row.speakers) == ("Hala", [str(home.naima)])
    assert "0470 12 34 56" in hanne.get(address).content.decode()
    assert hanne.post(f"/meetings/interpreters/{row.pk}/link/").status_code == 200
    assert hanne.post(f"/meetings/interpreters/{row.pk}/withdraw/").status_code == 302
    assert "Hala" not in browser(owner, home.naima).get(f"/meetings/{meeting}/").content.decode()


def test_in_a_talk_about_one_child_the_interpreter_is_no_news_to_who_is_left_out(home):
    home.exclude(home.samira, home.samir)
    meeting = begun(home, soon(home, about=home.samira))
    asked(home, meeting)
    with viewer.acting(home.samir):
        assert not Interpreter.objects.exists()
        assert not Entry.objects.filter(deed__startswith="interpreter").exists()


def test_she_never_reads_more_than_who_asked_her(home):
    """The mother asks somebody; a point that is hidden from the mother stays hidden."""
    home.exclude(home.yara, home.naima)
    home.seat(home.circle, home.yara, role="child", ground="own choice")
    meeting = soon(home, home.naima)
    point(home, meeting, home.yara, "alleen voor de anderen")
    row, _made = asked(home, meeting, home.naima)
    with viewer.acting(home.naima):
        hala = Interpreter.objects.get(pk=row).person_id
    with viewer.acting(hala, scope=row):
        told = interpreting.what_is_interpreted()
        assert told is not None
        assert told.points == ()
        assert told.begins_at - NOW() > timedelta(days=2)
