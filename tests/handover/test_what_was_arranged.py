"""What was arranged for a day to come is undone: who comes, who goes, in which circles, and nobody beside them."""

from typing import Any
from uuid import UUID

from handover.hours import Hours, Seat, but, hours, moment

#: Noor goes, Lotte comes at the fifth hour; Noor is gone at the eighth.
ARRANGED: dict[str, Any] = {
    "leaver": "noor", "next_id": "lotte", "taken_at": -3, "begins_at": 5, "leaves_at": 8
}  # fmt: skip
GOES: Seat = ("noor", "family", "coordinator", -9, 5)
STAYS: Seat = ("noor", "family", "professional", 5, 8)
COMES: Seat = ("lotte", "family", "coordinator", 5, None)
WORKED: Seat = ("lotte", "family", "professional", -9, 5)
PART: Seat = ("noor", "part", "professional", -9, 8)
HOME: Seat = ("noor", "home", "professional", -9, 8)
BESIDE: list[Seat] = [
    ("noor", "family", "coordinator", -20, -9), ("noor", "family", "professional", -30, -20),
    ("lotte", "family", "professional", -20, -9), ("lotte", "family", "coordinator", -40, -30),
    ("els", "family", "professional", 5, 8), ("tom", "family", "professional", -9, 5),
    ("noor", "family", "coordinator", 5, 5), ("lotte", "part", "professional", -9, 8),
    ("noor", "own", "professional", -9, 8), ("noor", "other part", "natural", -9, 8),
    ("noor", "third part", "professional", -9, 9), ("noor", "fourth part", "professional", 8, 8),
    ("noor", "fourth part", "coordinator", -9, 5), ("lotte", "other part", "professional", -9, 5),
    ("noor", "next part", "professional", -9, 8), ("noor", "next family", "professional", 5, 8),
    ("lotte", "next family", "coordinator", 5, None),
]  # fmt: skip


def undone(there: Hours, *seats: Seat, at: int = 0) -> Any:
    """Who sits there after it was undone."""
    there.nobody_sits()
    there.sit(*seats)
    assert there.does("naima", "undo_arranged", there.where["family"], moment(at)) == "", "it is done"
    return there.sitting()


def stopped(there: Hours, *keys: UUID) -> list[tuple[Any, Any]]:
    """When these hand-overs were stopped and by whom."""
    return [
        (*(there.column("trust_handover", which, one)[0] for which in ("stopped_at", "stopped_by_id")),)
        for one in keys
    ]


def test_the_next_one_does_not_come_and_what_was_to_end_goes_on(here):
    laid = [GOES, STAYS, COMES, WORKED, PART, HOME, *BESIDE]
    with hours(here) as there:
        there.hand_over("family", **ARRANGED)
        assert undone(there, *laid) == but(
            laid,
            {STAYS: 5, COMES: 5},
            [
                ("noor", "family", "coordinator", 5, None), ("lotte", "family", "professional", 5, None),
                ("noor", "part", "professional", 8, None), ("noor", "home", "professional", 8, None),
            ],
        )  # fmt: skip


def test_who_sits_there_in_another_way_stays_as_they_were(here):
    """Another coordinator has come and gone meanwhile; Noor and Lotte are friends of the family."""
    laid: list[Seat] = [
        ("tom", "family", "coordinator", -9, 5), ("els", "family", "coordinator", 5, None),
        ("noor", "family", "natural", -9, 5), ("noor", "family", "natural", 5, 8),
        ("lotte", "family", "natural", -9, 5), ("lotte", "family", "natural", 5, None),
    ]  # fmt: skip
    with hours(here) as there:
        there.hand_over("family", **ARRANGED)
        assert undone(there, *laid) == but(laid, {})


def test_an_end_that_was_agreed_for_the_next_one_falls_away_too(here):
    comes: Seat = ("lotte", "family", "coordinator", 5, 20)
    with hours(here) as there:
        there.hand_over("family", **ARRANGED)
        assert undone(there, comes) == but([comes], {comes: 5})


def test_what_goes_on_goes_on_as_it_was(here):
    every = "SELECT to_jsonb(s) - 'id' - 'since' - 'until' FROM trust_seat s WHERE circle_id = %s AND person_id = %s"
    with hours(here) as there:
        there.hand_over("family", **ARRANGED)
        there.nobody_sits()
        there.sit(GOES, COMES)
        there.owner.execute(
            "UPDATE trust_seat SET relation = 'coach', ring = 3, history = false, decided_by_id = %s, word_of_id = %s "
            "WHERE person_id = %s", [here.naima, here.karim, here.noor],
        )  # fmt: skip
        before = there.owner.execute(every, [here.circle, here.noor]).fetchall()
        there.does("naima", "undo_arranged", here.circle, moment(0))
        assert there.owner.execute(every, [here.circle, here.noor]).fetchall() == before * 2


def test_only_what_lies_ahead_in_this_circle_and_somebody_said_yes_to_is_undone(here):
    with hours(here) as there:
        undoes = there.hand_over("family", **ARRANGED)
        began = there.hand_over("family", **ARRANGED | {"begins_at": 0})
        open_still = there.hand_over("family", "noor", begins_at=5, leaves_at=8)
        before = there.hand_over("family", **ARRANGED, stopped_at=-1, stopped_by_id="karim")
        elsewhere = there.hand_over("next family", **ARRANGED)
        undone(there)
        assert stopped(there, undoes, began, open_still, before, elsewhere) == [
            (0, "naima"), (None, None), (None, None), (-1, "karim"), (None, None)
        ]  # fmt: skip
