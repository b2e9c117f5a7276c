"""W14: the line through time is drawn once, and mirrored where one reads from the right."""

from kring.web.path.drawing import WIDE, Shown, drawn

SHOWN = [Shown("taallessen", 2019.75, 2021, False), Shown("logopedie", 2020.25, None, True)]


def test_nothing_is_drawn_of_an_empty_path():
    assert drawn([], 2026, mirrored=False).bars == []


def test_years_go_down_and_what_was_at_the_same_time_stands_side_by_side():
    found = drawn(SHOWN, 2026.5, mirrored=False)
    assert [year for year, _y in found.years] == list(range(2019, 2027))
    first, second = found.bars
    assert (first.number, second.number) == (1, 2)
    assert second.x > first.x
    assert first.y < second.y
    assert second.y + second.height > first.y + first.height, "what goes on reaches until now"
    assert second.label_y - first.label_y >= 20, "words do not lie over each other"
    assert max(bar.y + bar.height for bar in found.bars) <= found.height


def test_mirrored_every_place_is_as_far_from_the_other_side():
    plain, mirrored = drawn(SHOWN, 2026.5, mirrored=False), drawn(SHOWN, 2026.5, mirrored=True)
    assert [one.middle + two.middle for one, two in zip(plain.bars, mirrored.bars, strict=True)] == [
        WIDE,
        WIDE,
    ]
    assert [(bar.y, bar.height) for bar in plain.bars] == [(bar.y, bar.height) for bar in mirrored.bars]
    assert all(bar.x >= 0 for bar in mirrored.bars)
