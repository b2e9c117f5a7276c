"""The signs our letters have. What paper cannot show is left out; where it was words, the paper says so."""

import json
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

BUILT = Path(__file__).resolve().parents[1] / "static" / "built"
#: What stands for words in letters we have not.
LEFT_OUT = "…"


@cache
def ours() -> frozenset[str]:
    """Every sign that stands in the letters for paper."""
    told = json.loads((BUILT / "paper-fonts" / "signs.json").read_text(encoding="utf-8"))
    return frozenset(map(chr, told)) | {"\n", " ", "\N{NO-BREAK SPACE}"}


def as_printed(told: Any) -> tuple[Any, bool]:
    """The same without signs we have not, and whether words went with them; a picture of a face is no word."""
    if isinstance(told, str):
        return _words(told)
    if isinstance(told, dict):
        pairs = {key: as_printed(one) for key, one in told.items()}
        return {key: one for key, (one, _lost) in pairs.items()}, any(lost for _one, lost in pairs.values())
    if isinstance(told, list | tuple):
        rows = [as_printed(one) for one in told]
        return [one for one, _lost in rows], any(lost for _one, lost in rows)
    return told, False


def _words(text: str) -> tuple[str, bool]:
    text = unicodedata.normalize("NFC", text)
    if ours().issuperset(text):
        return text, False
    lines = [[_word(word) for word in line.split(" ")] for line in text.split("\n")]
    printed = "\n".join(" ".join(word for word in line if word) for line in lines)
    return printed, any(LEFT_OUT in line for line in lines)


def _word(word: str) -> str:
    """The word without what we cannot print; one letter too many, and the whole word is left out."""
    missing = set(word) - ours()
    if any(unicodedata.category(sign)[0] in "LN" for sign in missing):
        return LEFT_OUT
    left = "".join(sign for sign in word if sign not in missing)
    seen = any(
        unicodedata.category(sign) not in ("Cf", "Mn") for sign in left
    )  # what only joins joins nothing now
    return left if seen else ""
