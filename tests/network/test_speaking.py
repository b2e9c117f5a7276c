"""Ages and rhythms as a person would say them."""

import pytest

from kring.web.network import speaking


@pytest.mark.parametrize(
    ("youngest", "oldest", "said"),
    [
        (None, None, "all ages"),
        (0, None, "all ages"),
        (0, 99, "all ages"),
        (6, 12, "6 to 12 years"),
        (6, None, "from 6 years"),
        (6, 99, "from 6 years"),
        (None, 18, "up to 18 years"),
        (12, 12, "12 years"),
    ],
)
def test_ages_are_said_in_words(youngest: int | None, oldest: int | None, said: str) -> None:
    assert speaking.ages(youngest, oldest) == said


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"freq": "WEEKLY", "days": ["MO", "TH"], "opens": "15:00", "closes": "17:00"}, "every week, Monday and Thursday, 15:00–17:00"),
        ({"freq": "WEEKLY", "interval": 2, "days": ["FR"]}, "every 2 weeks, Friday"),
        ({"freq": "MONTHLY", "opens": "09:00", "times": 6}, "every month, from 09:00, 6 times"),
        ({"words": "after school"}, "after school"),
        ({}, ""),
    ],
)  # fmt: skip
def test_rhythms_are_said_in_words(told: dict[str, object], said: str) -> None:
    assert speaking.rhythm(told) == said
