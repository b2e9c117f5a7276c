"""K3, K12: who sits there without what came before asks somebody in, and is not told that somebody did so before."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
import pytest

from circle.furnished import LATER, Furnished
from kring.trust import viewer
from kring.trust.models import Circle, HandOver, Invitation, Job
from kring.trust.permissions import NotAllowed
from kring.trust.usecases import circles
from kring.trust.usecases.circles import Guest
from kring.wraparound.models import MustKnow
from kring.wraparound.usecases import passing_on
from trust.each_policy import NOW, lay
from trust.one_trigger import alone
from trust.scenes import LONG_AGO, insert
from trust.whoever import stands

OPEN = "SELECT author_id FROM trust_invitation WHERE person_id = %s AND answer = '' AND withdrawn_at IS NULL"


@pytest.fixture
def home(owner: psycopg.Connection) -> Furnished:
    """Naima asked Lotte in; Noor coordinates from later on, without what came before."""
    home = Furnished(owner)
    gone = (
        "UPDATE trust_seat SET until = now() - interval '2 minutes' WHERE person_id = %s AND circle_id = %s"
    )
    home.owner.execute(gone, [home.lotte, home.circle])
    home.ask(home.naima, job_of=home.lotte)
    home.owner.execute(gone, [home.noor, home.circle])
    home.seat(
        home.circle, home.noor, role="coordinator", ground="job", job_id=home.jobs[home.noor], ring=3, history=False,
        since=datetime.now(UTC) - timedelta(minutes=1),
    )  # fmt: skip
    return home


def asks(home: Furnished, who: UUID, whom: UUID, **more: str) -> None:
    """Somebody asks a colleague in, on the word of the mother."""
    with viewer.acting(who) as me:
        guest = Guest(job=Job.objects.get(person_id=whom), role="professional", relation="teacher", **more)
        word = home.naima if who == home.noor else None
        circles.invite(Circle.objects.get(pk=home.circle), guest, by=me, at=datetime.now(UTC), word_of=word)


def test_the_newer_one_takes_its_place_unseen(home):
    with viewer.acting(home.noor):
        assert not Invitation.objects.exists()
    other = home.owner.execute(
        "SELECT count(*) FROM trust_invitation WHERE answer = '' AND withdrawn_at IS NULL"
    )
    before = other.fetchone()[0]
    asks(home, home.noor, home.lotte)
    assert home.owner.execute(OPEN, [home.lotte]).fetchall() == [(home.noor,)]
    again = home.owner.execute(
        "SELECT count(*) FROM trust_invitation WHERE answer = '' AND withdrawn_at IS NULL"
    )
    assert again.fetchone()[0] == before, "whom else somebody asked in stays asked"


def test_what_the_next_one_must_know_is_not_written_anew_where_a_court_hides_it(home):
    insert(
        home.owner, "trust_handover", circle_id=home.circle, author_id=home.noor, at=datetime.now(UTC), leaver_id=home.noor,
        leaver_name="Noor", told_how="",
    )  # fmt: skip
    with viewer.acting(home.noor) as me:
        hand_over, at = HandOver.objects.get(), datetime.now(UTC)
        passing_on.write_must_know(hand_over, "she likes it", language="en", about=home.samira, by=me, at=at)
    insert(
        home.owner, "trust_exclusion", subject_id=home.samira, person_id=home.noor, ground="court order", reason="",
        decided_by_id=home.samira, since=LATER,
    )  # fmt: skip
    with viewer.acting(home.noor) as me, pytest.raises(NotAllowed):
        passing_on.write_must_know(hand_over, "all is well", language="en", about=None, by=me, at=at)
    with viewer.acting(home.naima):
        assert MustKnow.objects.get().text == "she likes it"


def test_only_what_waits_in_that_circle_and_is_not_read_gives_way_and_only_to_who_decides_there(here):
    stands(
        here,
        "UPDATE trust_seat SET history = false, since = %s WHERE person_id IN (%s, %s)",
        NOW,
        here.noor,
        here.aunt,
    )
    with alone(here.owner, "newer_invitation", "trust_invitation") as by:
        by.stands("DELETE FROM trust_invitation")
        facts = {
            "circle_id": here.circle, "person_id": here.lotte, "author_id": here.naima, "at": LONG_AGO, "answer": "",
            "role": "professional", "phone": "0470 00 00 00",
        }  # fmt: skip
        rows = {
            name: by.lies("trust_invitation", **facts | more)
            for name, more in {
                "before": {}, "seen": {"at": NOW}, "answered": {"answer": "yes"}, "taken back": {"withdrawn_at": LONG_AGO},
                "another": {"person_id": here.tom}, "elsewhere": {"circle_id": here.next_circle},
                "coordinator": {"person_id": here.tom, "role": "coordinator"},
            }.items()
        }  # fmt: skip
        later = NOW + timedelta(minutes=5)

        def gives_way(who: UUID, **more: object) -> set[str]:
            with here.owner.transaction(force_rollback=True):
                by.asks(who)
                lay(here.owner, "trust_invitation", facts | {"author_id": who, "at": later} | more)
                told = "SELECT id FROM trust_invitation WHERE withdrawn_at = %s AND phone = ''"
                gone = {row for (row,) in here.owner.execute(told, [later]).fetchall()}
                return {name for name, row in rows.items() if row in gone}

        assert gives_way(here.noor) == {"before"}
        assert gives_way(here.noor, role="coordinator") == {"before", "coordinator"}
        assert gives_way(here.noor, person_id=here.said) == set()
        assert gives_way(here.naima) == gives_way(here.aunt) == set()
