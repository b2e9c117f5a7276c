"""Whoever got hold of the connection of the pages puts letters in the outbox: none goes to whom it does not concern."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.core import mail

import testbed
from clockwork import as_the_worker
from kring.clock import agreements, letters, watching
from kring.messaging import dangers, kinds
from kring.messaging import usecases as messaging
from kring.messaging.kinds import Asked
from kring.trust.usecases import reaching
from kring.trust.usecases.reaching import Wish
from kring.trust.viewer import acting
from kring.web.devices.letters import NEW_DEVICE
from trust.scenes import insert
from web.doorstep import account
from wraparound.home import Home

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
PUT_IN = "SELECT trust.queue_letter(%s, %s, %s, 'email', 'nl', false, now())"
TABLES = """SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'id' AND a.atttypid = 'uuid'::regtype
  WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"""


class Mailing(Home):
    """The family of Naima; Tom works in the same team and Rosa lives in the street: nothing of it concerns them."""

    def __init__(self, owner: psycopg.Connection) -> None:
        super().__init__(owner)
        self.vera, self.nora = (
            self.worker("Vera", "trust officer", "Town"),
            self.worker("Nora", "network", "Town"),
        )
        self.rosa = self.person("Rosa")
        for who in (self.naima, self.hanne, self.tom, self.rosa, self.vera, self.nora):
            account(owner, who, f"{who.hex}@example.org")


@pytest.fixture
def home(owner: psycopg.Connection) -> Mailing:
    return Mailing(owner)


@pytest.fixture
def pages(bed: testbed.Testbed, home: Mailing) -> Iterator[psycopg.Connection]:
    """By hand, as nobody: who serves pages."""
    with psycopg.connect(bed._addresses(bed.name).runtime.conninfo(), autocommit=True) as connection:
        yield connection


def announced() -> list[str]:
    """The kinds that the house announces; not those of a test that ran before."""
    function = lambda made: made.func if isinstance(made, partial) else made  # noqa: E731
    return [kind for kind in kinds.known() if function(kinds.wording(kind)).__module__.startswith("kring.")]


def goes(kind: str, about: UUID, whom: UUID) -> bool:
    """Whether a letter about this may go to this person."""
    return kinds.wording(kind)(Asked(about, whom, "email", datetime.now(UTC))) is not None


def at_hand(home: Mailing) -> dict[str, tuple[UUID, UUID]]:
    """Of each kind that never asked for whom it is, or not whole, something true and somebody whom it does concern."""
    owner, school = home.owner, home.organisations["De Wilg"]
    made: dict[str, Any] = {
        watching.WAS_IT_YOU: (insert(owner, "trust_unusuallook", village_id=home.village, person_id=home.hanne,
            day=NOW.date() - DAY, at=NOW - DAY, rule="at night", families=1), home.hanne),
        letters.SOMETHING_WAITS: (insert(owner, "trust_forgetting", kind="family", whose=home.family, word="guardian",
            asked_by=home.samir, asked_at=NOW - 12 * DAY, due_at=NOW + 2 * DAY, reminded_at=NOW), home.naima),
        watching.SEALS_DO_NOT_FIT: (insert(owner, "trust_sealcheck", at=NOW, up_to=1, lines=1, findings=2), home.vera),
        NEW_DEVICE: (insert(owner, "trust_knowndevice", person_id=home.naima, device_hash=b"x", seen_on=NOW.date()), home.naima),
        dangers.OPENED: (insert(owner, "trust_danger", person_id=home.tom, job_id=home.jobs[home.tom],
            family_id=home.family, at=NOW), home.hanne),
    }  # fmt: skip
    (agreement,) = owner.execute("UPDATE trust_agreement SET until = now() + interval '30 days' WHERE organisation_id = %s "
                                 "RETURNING id", [school]).fetchone()  # fmt: skip
    return made | {agreements.ENDING: (agreement, home.nora)}


def test_no_kind_of_letter_goes_to_anybody_about_a_number_made_up(home: Mailing, pages) -> None:
    """Nor does the coordinator get a call to make to somebody who wishes to be told."""
    with acting(home.naima) as me:
        reaching.wish(home.family, home.naima, Wish(channel="call", phone="0470 1"), by=me, at=NOW)
    put = [
        pages.execute(PUT_IN, [kind, uuid4(), whom]).fetchone()[0]
        for kind in announced()
        for whom in (home.naima, home.rosa, None)
    ]
    assert len(put) > 50
    states = as_the_worker(lambda: {messaging.send(letter, at=datetime.now(UTC)) for letter in put})
    calls = home.owner.execute("SELECT count(*) FROM messaging_call").fetchone()
    assert (states, mail.outbox, calls) == ({"not wanted"}, [], (0,))


def test_nor_about_any_number_that_is_there_to_whom_it_does_not_concern(home: Mailing, owner) -> None:
    home.plan()
    true = at_hand(home)
    assert (
        as_the_worker(lambda: [kind for kind, (about, whom) in true.items() if not goes(kind, about, whom)])
        == []
    )
    numbers = [
        number
        for (table,) in owner.execute(TABLES).fetchall()
        for (number,) in owner.execute(f'SELECT id FROM "{table}" LIMIT 3')
    ]
    assert {about for about, _ in true.values()} <= set(numbers)
    went = lambda: {(kind, whom) for kind in announced() for about in numbers  # noqa: E731
                    for whom in (home.tom, home.rosa) if goes(kind, about, whom)}  # fmt: skip
    assert as_the_worker(went) == set()
    own = insert(owner, "trust_danger", person_id=home.hanne, job_id=home.jobs[home.hanne], family_id=home.family, at=NOW)  # fmt: skip
    assert not as_the_worker(goes, dangers.OPENED, own, home.hanne), "she opened it herself"


def test_a_letter_about_what_is_over_goes_to_nobody_any_more(home: Mailing, owner) -> None:
    true = at_hand(home)
    for over in (
        "UPDATE trust_unusuallook SET answer = 'right', words = 'werk', answered_at = now()", "UPDATE trust_sealcheck SET findings = 0",
        "UPDATE trust_forgetting SET taken_back_at = now()", "UPDATE trust_agreement SET until = NULL",
        "UPDATE trust_knowndevice SET seen_on = current_date - 8",
        "UPDATE trust_seat SET until = now() WHERE role = 'coordinator'",
    ):  # fmt: skip
        owner.execute(over)
    assert (
        as_the_worker(lambda: [kind for kind, (about, whom) in true.items() if goes(kind, about, whom)]) == []
    )


def test_seats_that_slept_long_ago_are_news_to_nobody_and_today_to_the_family_alone(
    home: Mailing, owner
) -> None:
    school = home.organisations["De Wilg"]
    for days, who in ((0, home.naima), (8, None)):
        (agreement,) = owner.execute("UPDATE trust_agreement SET until = now() - %s WHERE organisation_id = %s RETURNING id",
                                     [days * DAY, school]).fetchone()  # fmt: skip
        told = lambda about=agreement: [whom for whom in (home.naima, home.rosa, home.tom)  # noqa: E731
                                        if goes(agreements.ASLEEP, about, whom)]  # fmt: skip
        assert as_the_worker(told) == ([who] if who else [])
