"""A coordinator goes and the next one comes: every seat of both that changes by it, and those beside them that do not."""

from typing import Any

import pytest

from handover.hours import Hours, Seat, but, hours, moment
from trust.each_policy import Neighbourhood

#: Noor goes at the fifth hour and is there to hand over until the eighth.
GOES: Seat = ("noor", "family", "coordinator", -9, 15)
HER_PARTS: list[Seat] = [
    ("noor", "part", "professional", -9, None), ("noor", "home", "professional", -9, 20),
    ("noor", "part", "professional", -20, -9), ("noor", "fourth part", "professional", 9, 20),
]  # fmt: skip
BESIDE: list[Seat] = [
    ("lotte", "part", "professional", -9, None), ("tom", "part", "professional", -9, None),
    ("els", "part", "professional", -9, None), ("els", "family", "coordinator", -20, -12),
    ("tom", "family", "professional", -9, None), ("tom", "next family", "coordinator", -9, None),
    ("noor", "own", "professional", -9, None), ("noor", "other part", "natural", -9, None),
    ("noor", "third part", "professional", -9, 7), ("noor", "third part", "professional", -20, -9),
    ("noor", "next part", "professional", -9, None), ("noor", "family", "professional", -20, -12),
]  # fmt: skip
LATER: Seat = ("lotte", "family", "coordinator", 20, 30)
HANDS_OVER: Seat = ("noor", "family", "professional", 5, 8)


def gone(here: Neighbourhood, *seats: Seat, stays: int = 8) -> Any:
    """Who sits there when the coordinator goes at the fifth hour."""
    with hours(here) as there:
        there.nobody_sits()
        there.sit(*seats)
        goes = ("coordinator_goes", here.circle, moment(stays), moment(5), here.karim)
        assert there.does("naima", *goes) == "", "it is done"
        return there.sitting()


def test_who_coordinates_goes_and_is_there_a_while_to_hand_over(here):
    laid = [GOES, LATER, *HER_PARTS, *BESIDE]
    part, home, _, opened_later = HER_PARTS
    assert gone(here, *laid) == but(
        laid, {GOES: 5, LATER: 20, part: 8, home: 8, opened_later: 9}, [HANDS_OVER]
    )


def test_without_an_end_they_go_too_and_who_leaves_at_once_does_not_stay(here):
    goes: Seat = ("noor", "family", "coordinator", 5, None)
    assert gone(here, goes) == but([goes], {goes: 5}, [HANDS_OVER])
    assert gone(here, goes, HER_PARTS[0], stays=5) == but([goes, HER_PARTS[0]], {goes: 5, HER_PARTS[0]: 5})


def test_whoever_goes_at_that_very_hour_has_gone_already(here):
    laid: list[Seat] = [("noor", "family", "coordinator", -9, 5), HER_PARTS[0]]
    assert gone(here, *laid) == but(laid, {})


def test_who_hands_over_is_what_they_were_before(here):
    with hours(here) as there:
        there.nobody_sits()
        there.sit(GOES)
        there.owner.execute(
            "UPDATE trust_seat SET relation = 'coach', ring = 3, history = false, ground = 'job'"
        )
        there.does("naima", "coordinator_goes", here.circle, moment(8), moment(5), here.karim)
        told = there.owner.execute(
            "SELECT job_id, relation, ring, history, ground, decided_by_id, word_of_id FROM trust_seat WHERE role = 'professional'"
        ).fetchall()
        assert told == [(here.jobs[here.noor], "coach", 3, False, "job", here.karim, None)]


def come(there: Hours, *seats: Seat, **asked: Any) -> None:
    """Lotte, whom the family asked, begins at the fifth hour; she said so at the first."""
    there.nobody_sits()
    there.sit(*seats)
    invitation = there.invitation("family", "lotte", **asked)
    there.asks("lotte")
    there.owner.execute(
        "SELECT trust.coordinator_comes(i, %s, %s) FROM trust_invitation i WHERE id = %s", [moment(5), moment(1), invitation]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "until", "stays"),
    [(0, None, 5), (2, None, 53), (2, 40, 40), (2, 60, 53), (2, 3, 5)],
)  # fmt: skip
def test_how_long_who_goes_is_there(here, days, until, stays):
    with hours(here) as there:
        hand_over = there.hand_over("family", "noor")
        come(there, GOES, overlap_days=days, stays_until=until)
        assert there.column("trust_handover", "leaves_at", hand_over) == [stays]
        seat = [("noor", "family", "professional", 5, stays)] if stays > 5 else []
        assert there.sitting() == but([GOES], {GOES: 5}, seat)
        decided = there.owner.execute(
            "SELECT decided_by_id FROM trust_seat WHERE role = 'professional'"
        ).fetchall()
        assert decided == [(here.naima,)] * len(seat)


def test_who_comes_does_not_work_there_beside_it(here):
    works: Seat = ("lotte", "family", "professional", 4, 20)
    later: Seat = ("lotte", "family", "professional", 21, None)
    beside: list[Seat] = [
        ("lotte", "family", "professional", -9, 3), ("lotte", "family", "natural", 20, 21),
        ("lotte", "part", "professional", -9, None), ("lotte", "next family", "professional", -9, None),
        ("tom", "family", "professional", -9, None), ("noor", "next family", "professional", -9, None),
    ]  # fmt: skip
    with hours(here) as there:
        come(there, works, later, *beside)
        assert there.sitting() == but([works, later, *beside], {works: 5, later: 21})


def test_who_worked_there_for_good_does_not_work_there_beside_it(here):
    works: Seat = ("lotte", "family", "professional", -9, None)
    with hours(here) as there:
        come(there, works)
        assert there.sitting() == but([works], {works: 5})


def test_what_was_arranged_with_somebody_else_is_undone_first(here):
    laid: list[Seat] = [("noor", "family", "coordinator", -9, 9), ("els", "family", "coordinator", 9, None)]
    with hours(here) as there:
        arranged = {"next_id": "els", "taken_at": -3, "begins_at": 9, "leaves_at": 9}
        before = there.hand_over("family", "noor", **arranged)
        come(there, *laid, overlap_days=0)
        assert there.column("trust_handover", "stopped_at", before) == [1]
        # as it was, then Noor's seat until the ninth hour and the one after it end when Lotte comes
        goes_on: Seat = ("noor", "family", "coordinator", 9, 9)
        assert there.sitting() == but(laid, {laid[0]: 5, laid[1]: 9}, [goes_on])


def test_the_hand_over_that_is_open_in_this_circle_has_somebody_now(here):
    columns = ("next_id", "taken_at", "begins_at", "leaves_at", "stopped_at")
    taken = {"next_id": "els", "taken_at": -9, "begins_at": -8, "leaves_at": -7}
    with hours(here) as there:
        now = there.hand_over("family", "noor", begins_at=6, leaves_at=7)
        beside = [
            there.hand_over("next family", "noor"),
            there.hand_over("family", "noor", stopped_at=-1),
            there.hand_over("family", "noor", **taken),
        ]
        come(there, stays_until=7, overlap_days=1)
        told = [there.column("trust_handover", column, now, *beside) for column in columns]
        assert list(zip(*told, strict=True)) == [
            ("lotte", 1, 5, 7, None), (None,) * 5, (None, None, None, None, -1), ("els", -9, -8, -7, None)
        ]  # fmt: skip
