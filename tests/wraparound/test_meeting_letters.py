"""Letters to who is asked: without content or a child's name, one more when it changes; the others are told (K11)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from clockwork import as_the_worker
from kring.messaging import usecases as messaging
from kring.trust import viewer
from kring.wraparound.models import Meeting, Participant
from kring.wraparound.usecases import meetings
from web.doorstep import account, browser
from wraparound.meeting_scene import soon

NOW = timezone.now


@pytest.fixture
def home(home, owner):
    """Naima reads Arabic letters, Lotte has an address, the others have none."""
    for person, address in ((home.hanne, "hanne@example.org"), (home.lotte, "lotte@example.org")):
        account(owner, person, address)
    account(owner, home.naima, "naima@example.org")
    owner.execute("UPDATE trust_account SET language = 'ar' WHERE person_id = %s", [home.naima])
    return home


def sent(home):
    """Send what lies in the outbox, and say to whom."""
    mail.outbox.clear()
    waiting = "SELECT id FROM messaging_letter WHERE state = 'queued' ORDER BY queued_at, id"
    states = [
        as_the_worker(messaging.send, letter, at=NOW())
        for (letter,) in home.owner.execute(waiting).fetchall()
    ]
    return {letter.to[0]: letter for letter in mail.outbox}, states


def changed(home, meeting, deed, *words):
    with viewer.acting(home.hanne) as me:
        getattr(meetings, deed)(Meeting.objects.get(pk=meeting), *words, by=me, at=NOW())


def to_tell(home):
    with viewer.acting(home.hanne):
        return {row.person_id or row.name for row in Participant.objects.filter(told_at__isnull=True)}


def test_everybody_with_an_address_gets_one_letter_in_their_language_and_no_word_too_many(home):
    meeting = soon(home, purpose="Over Samira en school", guests=("Hala",))
    letters, states = sent(home)
    assert set(letters) == {"naima@example.org", "lotte@example.org"}, "who called it needs no letter"
    assert states == ["sent", "sent"]
    assert letters["naima@example.org"].extra_headers["Content-Language"] == "ar"
    for letter in letters.values():
        ((name, file, kind),) = letter.attachments
        assert (name, kind) == ("invitation.ics", "text/calendar")
        whole = (
            letter.subject
            + letter.body
            + str(letter.alternatives)
            + Calendar.from_ical(file).to_ical().decode()
        )
        assert f"/meetings/{meeting}/" in whole
        for hidden in ("Samira", "school", "El Amrani", "Hala", "Hanne", "Fatna", "buurthuis"):
            assert hidden not in whole, hidden
    assert to_tell(home) == {home.samir, home.samira, home.fatna, "Hala"}


def test_a_letter_to_a_child_says_no_name_and_the_others_are_greeted_by_theirs(home, owner):
    account(owner, home.samira, "girl@example.org")
    soon(home)
    letters, _states = sent(home)
    letter = letters["girl@example.org"]
    assert "Samira" not in letter.subject + letter.body + str(letter.alternatives)
    assert letter.body.startswith("Dag,")
    assert letters["lotte@example.org"].body.startswith("Dag Lotte,")


def test_another_day_and_calling_off_send_one_more_each_and_twice_is_once(home):
    meeting = soon(home)
    changed(home, meeting, "move_meeting", NOW() + timedelta(days=5), "ziek")
    letters, states = sent(home)
    assert sorted(states) == ["not wanted", "not wanted", "sent", "sent"], (
        "the first one is not true any more"
    )
    assert {
        Calendar.from_ical(one.attachments[0][1]).walk("VEVENT")[0]["sequence"] for one in letters.values()
    } == {1}
    changed(home, meeting, "cancel_meeting", "ziek")
    with pytest.raises(meetings.MeetingIsOver):
        changed(home, meeting, "cancel_meeting", "ziek")
    letters, states = sent(home)
    assert states == ["sent", "sent"]
    assert all("CANCELLED" in str(one.attachments[0][1]) for one in letters.values())
    assert sent(home) == ({}, [])


def test_a_letter_to_somebody_who_may_not_know_any_more_does_not_go(home, owner):
    soon(home)
    owner.execute("UPDATE trust_seat SET until = now() WHERE person_id = %s", [home.lotte])
    home.exclude(home.samira, home.naima)
    letters, states = sent(home)
    assert set(letters) == {"naima@example.org"}, "the family's meeting is hers too"
    assert sorted(states) == ["not wanted", "sent"]


def test_who_has_no_address_is_a_line_for_who_keeps_the_meeting(home, owner):
    meeting = soon(home)
    hanne = browser(owner, home.hanne)
    address = f"/meetings/{meeting}/"
    assert "Tell them yourself" in hanne.get(address).content.decode()
    assert "Tell them yourself" not in browser(owner, home.naima).get(address).content.decode()
    with viewer.acting(home.hanne):
        fatna = Participant.objects.get(person_id=home.fatna).pk
    for who, status in ((home.naima, 404), (home.tom, 404), (home.hanne, 302)):
        assert browser(owner, who).post(f"/meetings/asked/{fatna}/told/").status_code == status
    assert to_tell(home) == {home.samir, home.samira}
    browser(owner, home.samir).post(f"{address}answer/", {"answer": "comes"})
    page = hanne.get(address).content.decode()
    assert page.count("I told them") == 1, "who answered knows; Samira is still to tell"
