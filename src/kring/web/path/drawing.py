"""The path as a line through time, drawn on the server: years down the side, a bar for each help, its words beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kring.web.design.words_in_space import fitted
from kring.wraparound.rough_time import in_lanes

WIDE, TOP, TALL = 340, 16, 420
#: A year is at least so high, and not higher.
LEAST, MOST = 38, 84
YEARS_AT, LANES_AT, LANE, BAR = 0, 62, 22, 12
LETTER, LINE, BADGE = 15, 25, 11
#: An end nobody remembers is drawn so long after the beginning.
SHORT = 0.4


@dataclass(frozen=True)
class Shown:
    """One help as the drawing needs it: when, and a few words."""

    words: str
    begins: float
    ends: float | None
    goes_on: bool


@dataclass(frozen=True)
class Bar:
    """One help on the line, in whole numbers."""

    number: int
    words: str
    x: int
    y: int
    height: int
    middle: int
    label_x: int
    label_y: int
    goes_on: bool
    open_end: bool


@dataclass(frozen=True)
class Drawing:
    """The whole line, ready for the template."""

    width: int = WIDE
    height: int = 0
    years: list[tuple[int, int]] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    start: int = 0
    end: int = WIDE


def drawn(shown: Sequence[Shown], now: float, *, mirrored: bool) -> Drawing:
    """The line; mirrored for languages written from right to left. Nothing in it stands nowhere else."""
    if not shown:
        return Drawing()
    first, last = int(min(one.begins for one in shown)), max(now, *(one.ends or 0 for one in shown))
    stretches = in_lanes([(one, one.begins, _end(one, now)) for one in shown])
    lanes = max(one.lane for one in stretches) + 1
    year = max(LEAST, min(MOST, round(TALL / max(last - first, 1))))
    label_x, label_y, bars = LANES_AT + lanes * LANE + 8, 0, []
    for number, one in enumerate(stretches, 1):
        top, bottom = _y(one.begins - first, year), _y(one.ends - first, year)
        label_y = max(top + LETTER - 3, label_y + LINE)
        x = LANES_AT + one.lane * LANE
        words = fitted(f"{number} · {one.row.words}", LETTER, WIDE - label_x - 4)
        bars.append(
            Bar(number, words, _turned(x + BAR, mirrored) if mirrored else x, top, max(bottom - top, 2 * BADGE),
                _turned(x + BAR // 2, mirrored), _turned(label_x, mirrored), label_y, one.row.goes_on,
                one.row.ends is None and not one.row.goes_on)
        )  # fmt: skip
    years = [(one, _y(one - first, year)) for one in range(first, int(last) + 1)]
    height = max(_y(last - first, year), label_y) + TOP
    return Drawing(WIDE, height, years, bars, _turned(YEARS_AT, mirrored), _turned(WIDE, mirrored))


def _end(one: Shown, now: float) -> float:
    return now if one.goes_on else one.ends or one.begins + SHORT


def _y(years: float, year: int) -> int:
    return round(TOP + years * year)


def _turned(x: int, mirrored: bool) -> int:
    return WIDE - x if mirrored else x
