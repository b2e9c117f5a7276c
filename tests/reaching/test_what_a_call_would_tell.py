"""K4, K11: a letter about what the coordinator may not know becomes no call; it is as if nothing were to be told."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from circle.furnished import Furnished
from clockwork import as_the_worker
from kring.messaging import usecases as messaging
from kring.messaging.models import Call
from kring.trust import viewer
from kring.trust.models import Circle
from kring.trust.usecases import reaching
from kring.trust.usecases.reaching import Wish
from kring.wraparound.usecases import meetings
from trust.scenes import insert

NOW = datetime.now(UTC)


class Asking(Furnished):
    """Naima wishes to be told; Noor keeps the plan."""

    def __init__(self, owner: psycopg.Connection) -> None:
        super().__init__(owner)
        self.browser(self.naima)
        owner.execute(
            "UPDATE trust_account SET email = 'naima@example.org' WHERE person_id = %s", [self.naima]
        )
        with viewer.acting(self.naima) as me:
            reaching.wish(self.family, self.naima, Wish(channel="visit", listens=True), by=me, at=NOW)

    def left_out(self, ground: str = "own choice") -> None:
        """From now on Noor knows nothing about Samira."""
        insert(
            self.owner, "trust_exclusion", subject_id=self.samira, person_id=self.noor, ground=ground, reason="",
            decided_by_id=self.samira, since=datetime.now(UTC) - timedelta(minutes=1),
        )  # fmt: skip

    def asks(self, by: UUID, about: UUID | None = None, where: UUID | None = None) -> UUID:
        """Somebody asks Naima to a meeting; every letter goes."""
        with viewer.acting(by) as me:
            call = meetings.Call(NOW + timedelta(days=3), "here", about=about, asked=frozenset({self.naima}))
            called = meetings.call_meeting(Circle.objects.get(pk=where or self.circle), call, by=me, at=NOW)
        self.carried()
        return called.pk

    def carried(self) -> None:
        """The post goes."""
        for (letter,) in self.owner.execute("SELECT id FROM messaging_letter").fetchall():
            as_the_worker(messaging.send, letter, at=datetime.now(UTC))

    def letters(self) -> list[str]:
        """How it went with each."""
        return [
            state for (state,) in self.owner.execute("SELECT state FROM messaging_letter ORDER BY queued_at")
        ]

    def calls(self) -> int:
        """How many calls she sees."""
        with viewer.acting(self.noor):
            return Call.objects.count()


@pytest.fixture
def home(owner: psycopg.Connection) -> Asking:
    """The family."""
    return Asking(owner)


@pytest.mark.parametrize("ground", ["own choice", "conflict", "court order"])
def test_a_meeting_she_may_not_know_of_becomes_no_call(
    home: Asking, mailoutbox: list[Any], ground: str
) -> None:
    home.left_out(ground)
    noor, reach = home.browser(home.noor), f"/family/{home.family}/reach/"
    meeting = home.asks(home.karim, home.samira)
    assert noor.get(f"/meetings/{meeting}/").status_code == 404
    assert (home.calls(), home.letters(), mailoutbox) == (0, ["not wanted"], [])
    assert "To tell in person" not in noor.get(reach).content.decode()


def test_every_other_meeting_becomes_one(home: Asking) -> None:
    home.left_out()
    home.asks(home.karim)
    assert (home.calls(), home.letters()) == (1, ["to tell"])


def test_one_she_called_herself_becomes_one(home: Asking) -> None:
    with viewer.acting(home.noor) as me:
        call = meetings.Call(
            NOW + timedelta(days=3), "here", about=home.samira, asked=frozenset({home.naima})
        )
        meetings.call_meeting(Circle.objects.get(pk=home.circle), call, by=me, at=NOW)
    home.left_out()
    home.carried()
    assert home.calls() == 1


def test_who_kept_the_plan_before_does_not_stand_in_the_way(home: Asking) -> None:
    home.left_out()
    home.owner.execute(
        "UPDATE trust_seat SET until = now() WHERE person_id = %s AND role = 'coordinator'", [home.noor]
    )
    home.asks(home.karim, home.samira)
    assert home.letters() == ["to tell"], "it waits for who comes"
