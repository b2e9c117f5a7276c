"""A few rounds of every run; `make crash` does two hundred, and the control that must lose some."""

from crash import rounds
from kring.ground.places import Place


def test_killed_hard_while_people_write_nothing_acknowledged_is_lost_or_doubled(
    furnished: dict[str, str], place: Place
) -> None:
    counted = rounds.crash(place.area, 3, seed=7)
    assert counted.rounds == {"database": 1, "web": 1, "worker": 1}
    assert counted.acknowledged >= 9
    assert (counted.lost, counted.doubled) == (0, 0), counted.told()
