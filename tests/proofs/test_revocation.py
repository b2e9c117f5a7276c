"""`make revocation READS=100000`: no read that began after an acknowledged end finds anything."""

import os
import sys
import time
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch
from uuid import UUID

import psycopg
import pytest
from django.utils import timezone

import figures
from circle.furnished import Furnished
from clockwork import as_the_worker
from kring.messaging import kinds, usecases
from kring.trust import viewer
from kring.web.pieces import PIECE
from kring.wraparound.models import Goal
from proofs.ends import Ends
from proofs.hammer import Reader, Round, Tally
from trust.scenes import insert

READS = int(os.environ.get("READS", "1400"))
ABOUT_HER = (
    "SELECT (SELECT count(*) FROM wraparound_goal WHERE about_id = '{0}')"
    " + (SELECT count(*) FROM wraparound_note WHERE about_id = '{0}')"
)
LETTER = "test of a letter that waits"


@pytest.fixture
def home(owner: psycopg.Connection, letters_of_a_test: None) -> Furnished:
    return Furnished(owner)


@pytest.fixture
def readers(bed, home: Furnished) -> Iterator[list[Reader]]:
    """Four connections of the serving role, two of which stay in one transaction."""
    address = bed._addresses(bed.name).runtime
    open_ = [psycopg.connect(address.conninfo(), autocommit=True) for _ in range(4)]
    question = ABOUT_HER.format(home.samira)
    yield [Reader(one, home.lotte, question, stays_open=bool(number % 2)) for number, one in enumerate(open_)]
    for one in open_:
        one.close()


def test_a_read_that_began_after_an_acknowledged_end_finds_nothing(bed, home, readers):
    ends = Ends(home, bed.connect)
    each = max(10, min(250, READS // (len(ends.ways) * len(readers))))
    found, begun = {name: Tally() for name in ends.ways}, time.perf_counter()
    while sum(tally.after for tally in found.values()) < READS:
        for name, end in ends.ways.items():
            ends.give_back()
            Round(readers, each, found[name]).play(end)
    for name, tally in found.items():
        sys.stdout.write(
            f"\n{name}: {tally.rounds} ends, {tally.before} reads before, {tally.after} after, {tally.breaches} saw something"
        )
    reads, seen = (sum(getattr(tally, of) for tally in found.values()) for of in ("after", "breaches"))
    sys.stdout.write(
        f"\nreads after an acknowledged end: {reads}, of which saw something: {seen}; "
        f"seconds: {time.perf_counter() - begun:.0f}\n"
    )
    figures.keep("revocation", f"make revocation READS={READS}", reads=reads, seen=seen)
    assert {name: tally.breaches for name, tally in found.items()} == dict.fromkeys(found, 0)


def test_an_open_tab_a_download_and_a_letter_that_waits_ask_again(bed, home):
    ends = Ends(home, bed.connect)
    kinds.announce(
        LETTER,
        lambda asked: kinds.Words("lotte@example.org", "News", ("Open Kring.",)) if _still(home) else None,
    )
    with viewer.acting(home.lotte):
        goal = Goal.objects.filter(about_id=home.samira).first()
    addresses = (f"/family/{home.family}/", f"/plans/{home.plan}/")
    reads = wrong = 0
    for name, end in ends.ways.items():
        ends.give_back()
        tab = home.browser(home.lotte)
        assert [tab.get(address).status_code for address in addresses] == [200] * 2, name
        with viewer.acting(home.noor):
            letter = usecases.queue(LETTER, goal.pk, at=timezone.now(), person_id=home.lotte)
        end()
        for address in addresses * max(1, READS // 20000):
            for asked in ({}, {"HTTP_HX_REQUEST": "true"}):
                answer = tab.get(address, **asked)
                wrong += b"aim school" in answer.content
                reads += 1
        assert as_the_worker(usecases.send, letter, at=timezone.now()) == "not wanted", name
    session = home.browser(home.naima)
    assert session.get(addresses[0]).status_code == 200
    home.owner.execute("DELETE FROM trust_session")
    wrong += session.get(addresses[0]).status_code == 200
    sys.stdout.write(
        f"\nreads of open tabs after an end: {reads + 1}, of which saw something: {wrong}; letters: {len(ends.ways)}\n"
    )
    assert wrong == 0


def test_a_download_that_runs_stops_where_the_right_ends(home, bed):
    ends, size = Ends(home, bed.connect), 8 * PIECE
    after = 0
    for name, end in ends.ways.items():
        ends.give_back()
        answer = _paper(home, home.lotte, size)
        assert answer.headers["Content-Length"] == str(size)
        leaving = iter(answer.streaming_content)
        begun = [next(leaving), next(leaving)]
        assert [len(piece) for piece in begun] == [PIECE, PIECE], name
        end()
        after += sum(len(piece) for piece in leaving)
        assert after == 0, name
    sys.stdout.write(f"\ndownloads that ran at an end: {len(ends.ways)}; bytes begun after it: {after}\n")
    ends.give_back()
    whole = _paper(home, home.naima, size)
    assert len(b"".join(whole.streaming_content)) == size, "nobody lost anything: all of it comes"


def _paper(home: Furnished, reader: UUID, size: int) -> Any:
    """Somebody fetches the plan on a paper of this size."""
    paper = insert(
        home.owner, "wraparound_paper", plan_id=home.plan, circle_id=home.circle, owner_id=reader, reader_id=reader,
        language="en", state="made", sheet=b"", at=timezone.now(), made_at=timezone.now(),
    )  # fmt: skip
    with patch("kring.web.wraparound.papers.sheet_of", lambda *_asked: b"p" * size):
        return home.browser(reader).get(f"/papers/{paper}/plan.pdf")


def _still(home: Furnished) -> bool:
    """Whether the letter may still go to Lotte: asked at the moment of sending, as her."""
    with viewer.acting(home.lotte):
        return Goal.objects.filter(about_id=home.samira).exists()
