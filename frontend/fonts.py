"""Cuts the fonts to the letters we use: small woff2 for pages, plain TTF for paper.

Called by build.mjs: fonts.py NODE_MODULES OUT. A font that is newer than its source and this file is left alone.
"""

import io
import json
import logging
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

LATIN = "atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2"
LATIN_EXT = "atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2"
ARABIC = "noto-sans-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2"

# Letters of Arabic, Persian, Urdu, Pashto and Kurdish with their marks and digits; no Quranic signs, no old presentation forms.
ARABIC_LETTERS = [
    *range(0x0600, 0x0604), 0x060B, 0x060C, 0x060D, 0x061B, 0x061F, *range(0x0620, 0x0656), *range(0x0660, 0x0671),
    *range(0x0671, 0x06D6), *range(0x06F0, 0x06FA), 0x200C, 0x200D, 0x200E, 0x200F, 0x20, 0xA0, 0xAB, 0xBB, 0xFDFC,
]  # fmt: skip
LATIN_LETTERS = [
    *range(0x20, 0x7F), *range(0xA0, 0x100), 0x131, 0x152, 0x153, 0x2C6, 0x2DA, 0x2DC, 0x2009, 0x200B,
    *range(0x2010, 0x2016), *range(0x2018, 0x201F), 0x2020, 0x2022, 0x2026, 0x2032, 0x2033, 0x2039, 0x203A,
    0x20AC, 0x2122, 0x2190, 0x2192, 0x2212,
]  # fmt: skip
LATIN_EXT_LETTERS = [*range(0x100, 0x250), *range(0x2B0, 0x2BB), *range(0x1E00, 0x1F00)]


def cut(font: TTFont, letters: Iterable[int], features: list[str]) -> TTFont:
    """Only these letters, only these typographic features, no hints."""
    wishes = subset.Options()
    wishes.layout_features = features
    wishes.hinting = False
    wishes.desubroutinize = True
    wishes.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    wishes.notdef_outline = True
    worker = subset.Subsetter(wishes)
    worker.populate(unicodes=list(letters))
    worker.subset(font)
    return font


def weighed(source: Path, weights: float | tuple[float, float]) -> TTFont:
    """The font at one weight or between two; saved and read again, since the cutter needs whole tables."""
    font = instancer.instantiateVariableFont(TTFont(source), {"wght": weights})
    font.flavor = None
    kept = io.BytesIO()
    font.save(kept)
    kept.seek(0)
    return TTFont(kept)


def for_pages(source: Path, target: Path, letters: Iterable[int], features: list[str]) -> None:
    """One variable woff2, weights from regular to bold."""
    font = cut(weighed(source, (400, 700)), letters, features)
    font.flavor = "woff2"
    font.save(target)


def for_paper(
    sources: list[Path], target: Path, family: str, weight: int, letters: Iterable[int] | None
) -> None:
    """One static TTF of one weight; Latin and its extension are put back together."""
    parts = []
    for number, source in enumerate(sources):
        font = weighed(source, weight)
        font = cut(font, letters or font.getBestCmap(), ["*"])
        part = target.with_suffix(f".{number}.part")
        font.save(part)
        parts.append(part)
    whole = Merger().merge([str(part) for part in parts]) if len(parts) > 1 else TTFont(parts[0])
    call_it(whole, family, "Bold" if weight >= 600 else "Regular")
    whole.save(target)
    for part in parts:
        part.unlink()


def call_it(font: TTFont, family: str, style: str) -> None:
    """Name and weight by which Typst finds the font."""
    for number, text in (
        (1, family),
        (2, style),
        (4, f"{family} {style}"),
        (6, f"{family.replace(' ', '')}-{style}"),
    ):
        font["name"].setName(text, number, 3, 1, 0x409)
        font["name"].setName(text, number, 1, 0, 0)
    for number in (16, 17, 21, 22, 25):
        font["name"].removeNames(nameID=number)
    bold = style == "Bold"
    font["OS/2"].usWeightClass = 700 if bold else 400
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x61) | (0x20 if bold else 0x40)
    font["head"].macStyle = 1 if bold else 0


def main(modules: Path, out: Path) -> None:
    """Everything that is out of date."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    source = {
        name: modules / "@fontsource-variable" / path
        for name, path in (("latin", LATIN), ("ext", LATIN_EXT), ("arabic", ARABIC))
    }
    pages, paper = out / "fonts", out / "paper-fonts"
    pages.mkdir(parents=True, exist_ok=True)
    paper.mkdir(parents=True, exist_ok=True)
    newest = max(Path(__file__).stat().st_mtime, *(path.stat().st_mtime for path in source.values()))

    def stale(target: Path) -> bool:
        return not target.exists() or target.stat().st_mtime < newest

    latin_features = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "tnum", "calt"]
    for name, key, letters, features in (
        ("atkinson-latin", "latin", LATIN_LETTERS, latin_features),
        ("atkinson-latin-ext", "ext", LATIN_EXT_LETTERS, latin_features),
        ("noto-arabic", "arabic", ARABIC_LETTERS, ["*"]),
    ):
        target = pages / f"{name}.woff2"
        if stale(target):
            for_pages(source[key], target, letters, features)
    for family, keys, letters in (
        ("Atkinson Hyperlegible Next", ["latin", "ext"], None),
        ("Noto Sans Arabic", ["arabic"], ARABIC_LETTERS),
    ):
        for weight, style in ((400, "Regular"), (700, "Bold")):
            target = paper / f"{family.replace(' ', '')}-{style}.ttf"
            if stale(target):
                for_paper([source[key] for key in keys], target, family, weight, letters)
    known = {sign for font in paper.glob("*-Regular.ttf") for sign in TTFont(font).getBestCmap()}
    (paper / "signs.json").write_text(json.dumps(sorted(known)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
