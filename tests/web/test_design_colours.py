"""The theme keeps its promises: contrast by the WCAG formula, no left or right, no colour outside the tokens."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "frontend/css"
TOKENS = (CSS / "tokens.css").read_text()
PAIRS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", TOKENS)
}
GROUNDS = ("paper", "card", "well", "sky", "leaf", "sand", "rose", "lilac", "ring-1", "ring-2", "ring-3")
SHEETS = sorted(CSS.glob("*.css"))


def luminance(colour: str) -> float:
    """WCAG 2.2: relative luminance of an sRGB colour."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: contrast ratio of two colours."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_is_the_known_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", ["ink", "muted", "brand", "brand-deep", "clay", "danger", "plum"])
def test_every_text_can_be_read_on_every_ground(text: str, ground: str, mode: int) -> None:
    assert contrast(PAIRS[text][mode], PAIRS[ground][mode]) >= 4.5


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("edge", ["line", "focus"])
def test_every_edge_can_be_seen_on_every_ground(edge: str, ground: str, mode: int) -> None:
    assert contrast(PAIRS[edge][mode], PAIRS[ground][mode]) >= 3


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("on-brand", "brand"),
        ("on-brand", "brand-deep"),
        ("on-sun", "sun"),
        ("paper", "ink"),
        ("card", "clay"),
    ],
)
def test_words_on_strong_grounds(text: str, ground: str, mode: int) -> None:
    assert contrast(PAIRS[text][mode], PAIRS[ground][mode]) >= 4.5


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_no_left_and_no_right(sheet: Path) -> None:
    for line in sheet.read_text().splitlines():
        bare = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", line)
        assert not re.search(
            r"(?<![\w-])(left|right|margin-(top|bottom)|padding-(top|bottom))(?![\w-])", bare
        ), line
        assert not re.search(r"(margin|padding|border|inset)-(left|right)", bare), line


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_colours_live_in_the_theme(sheet: Path) -> None:
    allowed = {"tokens.css", "paper.css"}
    if sheet.name not in allowed:
        bare = re.sub(r"light-dark\((?:[^()]|\([^()]*\))*\)", "", sheet.read_text())
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", bare)


def test_a_sheet_stays_small() -> None:
    for sheet in SHEETS:
        assert len(sheet.read_text().splitlines()) <= 300, sheet.name


def test_motion_and_contrast_follow_the_device() -> None:
    whole = "".join(sheet.read_text() for sheet in SHEETS)
    for wish in (
        "prefers-reduced-motion",
        "prefers-contrast",
        "forced-colors",
        "color-scheme: light dark",
        "@media print",
    ):
        assert wish in whole
