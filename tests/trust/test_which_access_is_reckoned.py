"""What a seat or a reading in danger opens: for whom, which circle, from when and until when, exactly."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from trust.each_policy import Neighbourhood
from trust.one_trigger import alone
from trust.reckoned import FIRST, TABLES, Reckoning, Row, Span, day
from trust.still import DAY

ALWAYS = (-9, None)
#: A seat, the work through which it is held, the agreements of the organisation; and the times it opens.
THROUGH_WORK: list[tuple[Span, Span, list[Span], list[Span]]] = [
    ((0, 9), (1, 8), [(2, 7)], [(2, 7)]),
    ((2, 7), (0, 9), [(1, 8)], [(2, 7)]),
    ((1, 8), (2, 7), [(0, 9)], [(2, 7)]),
    ((0, None), (1, None), [(2, None)], [(2, None)]),
    ((0, 5), (1, None), [(2, None)], [(2, 5)]),
    ((0, None), (1, 5), [(2, None)], [(2, 5)]),
    ((0, None), (1, None), [(2, 5)], [(2, 5)]),
    ((0, 9), (0, 9), [(1, 3), (3, 4), (6, None)], [(1, 3), (3, 4), (6, 9)]),
    ((0, 9), (0, 9), [], []),
    ((0, 3), (3, 9), [ALWAYS], []),
    ((0, 3), (2.999, 9), [ALWAYS], [(2.999, 3)]),
    ((0, 3), (5, 9), [ALWAYS], []),
    ((0, 9), (0, 3), [(3, 9)], []),
    ((0, 9), (0, 3), [(5, 9)], []),
]
#: When a reading in danger begins and is ended by hand, the work, the agreements; and the times it opens.
IN_DANGER: list[tuple[Span, Span, list[Span], list[Span]]] = [
    ((1, None), ALWAYS, [ALWAYS], [(1, 1 + 4 / 24)]),
    ((1, 1.1), ALWAYS, [ALWAYS], [(1, 1.1)]),
    ((1, 1.2), ALWAYS, [ALWAYS], [(1, 1 + 4 / 24)]),
    ((1, None), (1.1, None), [ALWAYS], [(1.1, 1 + 4 / 24)]),
    ((1, None), ALWAYS, [(1.1, None)], [(1.1, 1 + 4 / 24)]),
    ((1, None), (0, 1.1), [ALWAYS], [(1, 1.1)]),
    ((1, None), ALWAYS, [(0, 1.1), (1.125, 2)], [(1, 1.1), (1.125, 1 + 4 / 24)]),
    ((1, 1), ALWAYS, [ALWAYS], []),
    ((1, None), (0, 1), [ALWAYS], []),
    ((1, None), ALWAYS, [(0, 0.5)], []),
    ((1, None), ALWAYS, [], []),
]
OPENED = [("family", False), ("part", False), ("home", False), ("own", False), ("confidence", True)]
CLOSED = [("confidence", False)] + [
    (kind, True) for kind in ("sealed", "group", "desk", "first talk", "village")
]
#: The twelfth birthday of who was born twelve years before, where the village is.
TWELVE = datetime(2026, 3, 9, 23, tzinfo=UTC)


@pytest.fixture
def by(here: Neighbourhood) -> Iterator[Reckoning]:
    """Two families and another village, of whom nothing is reckoned yet."""
    with alone(here.owner, "", *TABLES):
        yield Reckoning(here)


def seats(by: Reckoning, *, history: bool) -> tuple[list[object], list[Row]]:
    """A seat of each line, for a person and in a circle of its own; and what they open."""
    laid, opened = [], []
    for seat, job, agreements, times in THROUGH_WORK:
        who, circle = by.here.person("Wout"), by.circle()
        since, until = map(day, seat)
        row = {"circle_id": circle, "person_id": who, "since": since, "until": until, "ground": "consent"}
        work, _ = by.works(who, job, *agreements)
        laid.append(by.lies("trust_seat", job_id=work, history=history, **row))
        shows = None if history else since
        opened += [(who, circle, day(begin), day(end), shows, False, laid[-1]) for begin, end in times]
    return laid, sorted(opened, key=str)


@pytest.mark.parametrize("history", [True, False])
def test_a_seat_through_work_opens_while_seat_and_work_and_agreement_last(by, history):
    laid, opened = seats(by, history=history)
    assert by.access("reckon_seats", laid) == opened


def test_a_seat_through_no_work_opens_as_long_as_it_lasts(by):
    laid, opened = [], []
    for since, until, times in ((0, 9, 1), (0, None, 1), (3, 3, 0)):
        who, circle = by.here.person("Wout"), by.circle()
        row = {"circle_id": circle, "person_id": who, "since": day(since), "until": day(until)}
        laid.append(by.lies("trust_seat", history=True, ground="consent", **row))
        opened += [(who, circle, day(since), day(until), None, False, laid[-1])] * times
    assert by.access("reckon_seats", laid) == sorted(opened, key=str)
    assert by.access("reckon_seats", laid[:1]) == opened[:1], "one alone"
    assert by.access("reckon_seats", []) == []


def test_a_guardians_seat_about_a_child_ends_with_the_birthday(by):
    here = by.here
    born = "UPDATE trust_birth SET born = %s WHERE person_id = %s"
    by.stands(born, date(2014, 3, 10), here.samira)
    by.stands(born, date(2014, 3, 11), here.yassin)
    before = (TWELVE - FIRST) / DAY
    later = before + 1
    laid, opened = [], []
    for about, ground, since, until, ends in (
        (here.samira, "guardian", 0, None, before), (here.yassin, "guardian", 0, None, later),
        (here.samira, "guardian", 0, 3, 3), (here.samira, "guardian", 0, 20, before),
        (here.samira, "own choice", 0, None, None), (here.samira, "consent", 0, 20, 20),
        (None, "guardian", 0, None, None), (None, "guardian", 0, 20, 20), (here.aunt, "guardian", 0, None, None),
        (here.samira, "guardian", before, None, before), (here.samira, "guardian", before + 0.5, None, before),
    ):  # fmt: skip
        who, circle = here.person("Wout"), by.circle("own", subject_id=about, family_id=here.family)
        row = {"circle_id": circle, "person_id": who, "since": day(since), "until": day(until)}
        laid.append(by.lies("trust_seat", history=True, ground=ground, **row))
        if ends is None or ends > since:
            opened.append((who, circle, day(since), day(ends), None, False, laid[-1]))
    assert by.access("reckon_seats", laid) == sorted(opened, key=str)


def test_danger_opens_what_lies_with_the_family_for_four_hours_while_work_and_agreement_last(by):
    laid, opened = [], []
    for (at, ended), job, agreements, times in IN_DANGER:
        who, family = by.here.person("Wout"), by.lies("trust_family", village_id=by.here.village)
        work, _ = by.works(who, job, *agreements)
        row = {"person_id": who, "job_id": work, "family_id": family, "ground": "hurt"}
        laid.append(by.lies("trust_danger", at=day(at), ended_at=day(ended), **row))
        for kind, safety in CLOSED:
            by.circle(kind, family_id=family, safety=safety)
        for kind, safety in OPENED:
            circle = by.circle(kind, family_id=family, safety=safety)
            opened += [(who, circle, day(begin), day(end), None, True, laid[-1]) for begin, end in times]
    assert by.access("reckon_dangers", laid) == sorted(opened, key=str)
    assert by.access("reckon_dangers", laid[:1]) == sorted(opened[: len(OPENED)], key=str), "one alone"
    assert by.access("reckon_dangers", []) == []
