"""The three colours of a village: whether people can read them, and the nearest ones that they can.

Contrast is reckoned by the formula of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio). A village gives one
colour for daylight; the one for the dark follows from it.
"""

import colorsys
import re
from collections.abc import Callable
from dataclasses import dataclass

READABLE = 4.5  # of words on their ground
PLAIN = re.compile(r"#[0-9a-f]{6}")

#: The grounds on which words stand, by day and in the dark: those of the theme, `frontend/css/tokens.css`.
BY_DAY = (
    "#fbf8f3",
    "#fffdf9",
    "#f3ede2",
    "#cfe6f5",
    "#d7ecd9",
    "#f6e3c5",
    "#f6d7d3",
    "#eae0f3",
    "#f4ebdc",
    "#ffffff",
)
IN_THE_DARK = (
    "#10201d", "#182b27", "#0b1815", "#214455", "#23492f", "#4d3b1f", "#56322f", "#3b2d4c", "#2a4840",
)  # fmt: skip
WHITE, DARK_INK, SUN_INK = "#ffffff", "#08211c", "#2b1c00"
#: A colour is looked for in so many steps between itself and black or white.
STEPS = 200

#: What each of the three is for, with the one that Kring brings.
MAIN, JOY, OWN_WORDS = "main", "joy", "own words"
GIVEN = {MAIN: "#0b6156", JOY: "#f2b134", OWN_WORDS: "#5b3a7a"}


def tidy(written: str) -> str:
    """A colour as people write it, `#ABC` or `0b6156`, in the one way we keep; empty when it is none."""
    plain = written.strip().lower().removeprefix("#")
    if len(plain) == 3:
        plain = "".join(sign * 2 for sign in plain)
    return f"#{plain}" if PLAIN.fullmatch(f"#{plain}") else ""


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour `#rrggbb`, from 0 (black) to 1 (white)."""
    linear = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in _parts(colour))
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def worst(colour: str, grounds: tuple[str, ...]) -> float:
    """The contrast of a colour with the ground on which it is hardest to read."""
    return min(contrast(colour, ground) for ground in grounds)


def passes(use: str, colour: str) -> bool:
    """Whether this colour can be read wherever it is used."""
    if use == JOY:  # never carries words by itself: dark words stand on it
        return contrast(colour, SUN_INK) >= READABLE
    return worst(colour, BY_DAY) >= READABLE


def nearest(use: str, colour: str) -> str:
    """The colour itself, or the nearest of its own hue that can be read: a lighter one for joy, else a darker one."""
    towards = 1.0 if use == JOY else 0.0
    return _first(colour, towards, lambda found: passes(use, found))


def in_the_dark(colour: str) -> str:
    """The same hue as words on dark grounds."""
    return _first(colour, 1.0, lambda found: worst(found, IN_THE_DARK) >= READABLE)


@dataclass(frozen=True)
class Pair:
    """One name of the theme, by day and in the dark."""

    name: str
    day: str
    dark: str


def theme(chosen: dict[str, str]) -> list[Pair]:
    """The names of the theme that follow from the village's colours; none for a colour it did not choose."""
    pairs: list[Pair] = []
    if main := chosen.get(MAIN):
        dark = in_the_dark(main)
        deep, light = _mixed(main, 0.0, 0.25), _mixed(dark, 1.0, 0.35)
        pairs += [
            Pair("brand", main, dark),
            Pair("brand-deep", deep, light),
            Pair("on-brand", WHITE, DARK_INK),
        ]
    if joy := chosen.get(JOY):
        pairs += [Pair("sun", joy, nearest(JOY, _mixed(joy, 1.0, 0.2))), Pair("on-sun", SUN_INK, SUN_INK)]
    if own := chosen.get(OWN_WORDS):
        pairs.append(Pair("plum", own, in_the_dark(own)))
    return pairs


def _first(colour: str, towards: float, fits: Callable[[str], bool]) -> str:
    """The first colour on the way to black (0) or white (1) that fits."""
    for step in range(STEPS + 1):
        found = _mixed(colour, towards, step / STEPS)
        if fits(found):
            return found
    return _mixed(colour, towards, 1.0)


def _mixed(colour: str, towards: float, share: float) -> str:
    """The colour with its lightness moved this share of the way; hue and strength stay."""
    hue, light, strength = colorsys.rgb_to_hls(*_parts(colour))
    moved = light + (towards - light) * share
    return "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(hue, moved, strength))


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue
