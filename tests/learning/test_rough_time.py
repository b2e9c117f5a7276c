"""W14: roughly when, as people remember it."""

import pytest

from kring.wraparound.rough_time import (
    EndsBeforeItBegan,
    IsToCome,
    RoughTime,
    in_lanes,
    must_follow,
    years_back,
)


def test_a_year_can_mean_all_of_it_and_a_season_a_quarter():
    assert (RoughTime(2023).earliest, RoughTime(2023).latest) == (2023, 2024)
    assert (RoughTime(2023, "spring").earliest, RoughTime(2023, "spring").latest) == (2023.25, 2023.5)


@pytest.mark.parametrize(
    ("since", "until", "wrong"),
    [
        (RoughTime(2023), RoughTime(2023), None),
        (RoughTime(2023, "summer"), RoughTime(2023), None),
        (RoughTime(2023), RoughTime(2023, "winter"), None),
        (RoughTime(2023), None, None),
        (RoughTime(2023), RoughTime(2022, "autumn"), EndsBeforeItBegan),
        (RoughTime(2023, "summer"), RoughTime(2023, "spring"), EndsBeforeItBegan),
        (RoughTime(2027), None, IsToCome),
        (RoughTime(2023), RoughTime(2027), IsToCome),
    ],
)
def test_help_ends_after_it_began_and_does_not_begin_in_a_year_to_come(since, until, wrong):
    if wrong is None:
        must_follow(since, until, 2026)
    else:
        with pytest.raises(wrong):
            must_follow(since, until, 2026)


def test_one_can_choose_every_year_since_before_a_child_was_born():
    assert years_back(2026) == list(range(2026, 2000, -1))


def test_what_was_at_the_same_time_lies_in_lanes_beside_each_other():
    found = in_lanes([("a", 2018, 2020), ("b", 2019, 2023), ("c", 2020, 2021), ("d", 2020.5, 2024)])
    assert [(one.row, one.lane) for one in found] == [("a", 0), ("b", 1), ("c", 0), ("d", 2)]
