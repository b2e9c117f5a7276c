"""Which rows of a circle are read by whom a seat opens it that sees nothing earlier, or who wrote them and is left out: to the instant.

What is reckoned for Noor is laid by hand: what is open to her, and of whom she is left out; she reads as the serving role.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from trust.still import DAY, HOUR, INSTANT, Still, standing
from trust.whoever import NOBODY as NOTHING


class Notes:
    """Notes in the circle of the first family, and what was reckoned for Noor."""

    def __init__(self, still: Still) -> None:
        self.still, self.here = still, still.here
        self.since, self.until = still.now - HOUR, still.now + HOUR
        self.edges = (self.since - INSTANT, self.since, self.until - INSTANT, self.until)
        self.called: dict[UUID, str] = {}
        still.stands("DELETE FROM trust_access; DELETE FROM trust_denial; DELETE FROM wraparound_note")

    def note(self, name: str, at: datetime, author: UUID, about: UUID | None = None) -> None:
        """Written then, by this person."""
        facts = {"circle_id": self.here.circle, "subject_id": about, "about_id": about, "author_id": author}
        self.called[self.still.lies("wraparound_note", at=at, **facts)] = name

    def about_samira(self) -> None:
        """One of her own and one of Lotte, long ago, and one of Lotte about nobody."""
        here, at = self.here, self.still.now - 9 * DAY
        self.note("own", at, here.noor, here.samira)
        self.note("other", at, here.lotte, here.samira)
        self.note("about nobody", at, here.lotte)

    def opens(self, since: datetime, until: datetime, **more: Any) -> UUID:
        """The circle is open to her from then until then."""
        window = {"since": since, "until": until, "source_id": uuid4(), "danger": False, "shows_from": None}
        laid: UUID = self.still.lies(
            "trust_access", viewer_id=self.here.noor, circle_id=self.here.circle, **window | more
        )
        return laid

    def opens_always(self, **more: Any) -> None:
        """From long ago until later."""
        self.opens(self.still.now - 30 * DAY, self.still.now + 30 * DAY, **more)

    def hides(self, ground: str, since: datetime | None = None, until: datetime | None = None) -> None:
        """She is left out of Samira from then until then."""
        self.still.lies(
            "trust_denial", viewer_id=self.here.noor, subject_id=self.here.samira, ground=ground, source_id=uuid4(),
            since=since or self.since, until=until or self.until,
        )  # fmt: skip

    def hides_always(self, ground: str) -> None:
        """From long ago until later."""
        self.hides(ground, self.still.now - 30 * DAY, self.still.now + 30 * DAY)

    def read(self, at: datetime) -> set[str]:
        """Those she reads then."""
        still = self.still
        still.clock(at)
        with still.owner.transaction(force_rollback=True):
            still.asks(self.here.noor)
            still.owner.execute("SET LOCAL ROLE kring_runtime")
            found = still.owner.execute("SELECT id FROM wraparound_note").fetchall()
        return {self.called[note] for (note,) in found}

    def at_the_edges(self) -> list[set[str]]:
        """Those she reads an instant before the first moment, at it, an instant before the end and at the end."""
        return [self.read(at) for at in self.edges]


@pytest.fixture
def notes(owner: psycopg.Connection) -> Iterator[Notes]:
    """None is written yet."""
    with standing(owner) as still:
        yield Notes(still)


def test_a_seat_that_sees_nothing_earlier_shows_what_is_written_from_a_moment_on(notes):
    notes.opens(notes.since, notes.until, shows_from=notes.since)
    notes.note("earlier", notes.since - INSTANT, notes.here.lotte)
    notes.note("first", notes.since, notes.here.lotte)
    assert notes.at_the_edges() == [NOTHING, {"first"}, {"first"}, NOTHING]


def test_a_seat_after_another_shows_what_is_written_from_its_own_moment_on(notes):
    between, later = notes.still.now, notes.still.now + 9 * DAY
    notes.note("in the first", notes.since, notes.here.lotte)
    notes.note("in the second", between, notes.here.lotte)
    one, other = (notes.since, between), (between, later)
    for windows in ((one, other), (other, one)):
        laid = [notes.opens(since, until, shows_from=since) for since, until in windows]
        assert notes.read(between - INSTANT) == {"in the first", "in the second"}
        assert notes.read(between) == notes.read(later - INSTANT) == {"in the second"}
        notes.still.stands("DELETE FROM trust_access WHERE id = ANY(%s)", laid)


@pytest.mark.parametrize("ground", ["own choice", "guardian", "conflict", "withheld"])
def test_who_wrote_it_keeps_it_and_only_what_is_open_shows_it(notes, ground):
    notes.about_samira()
    notes.opens(notes.since, notes.until)
    notes.hides_always(ground)
    kept = {"own", "about nobody"}
    assert notes.at_the_edges() == [NOTHING, kept, kept, NOTHING]


def test_a_seat_that_saw_nothing_earlier_hides_nothing_from_its_end_on_when_another_sees_it(notes):
    notes.about_samira()
    notes.hides_always("own choice")
    notes.opens(notes.since, notes.until, shows_from=notes.since)
    notes.opens(notes.until, notes.until + 9 * DAY)
    assert notes.at_the_edges() == [NOTHING, NOTHING, NOTHING, {"own", "about nobody"}]


@pytest.mark.parametrize("ground", ["own choice", "guardian", "conflict", "withheld", "court order"])
@pytest.mark.parametrize("danger", [False, True], ids=["by a seat", "in danger"])
def test_being_left_out_hides_from_its_first_moment_to_its_last(notes, danger, ground):
    notes.about_samira()
    notes.opens_always(danger=danger, shows_from=None if danger else notes.still.now - 20 * DAY)
    whole = {"own", "other", "about nobody"}
    hidden = {"other", "own"} if ground == "court order" else {"other"}
    if danger and ground in ("own choice", "guardian"):
        hidden = NOTHING
    notes.hides(ground)
    assert notes.at_the_edges() == [whole, whole - hidden, whole - hidden, whole]
