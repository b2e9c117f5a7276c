"""How wide a word will be, and how to shorten it: guesses on the safe side, since the server has no screen."""

import re
from collections.abc import Sequence

NARROW = frozenset("fijlrtI.,;:'’|!()[] -")
WIDE = frozenset("mMW@%…")
ARABIC = ("\u0600", "\u06ff")
THIN_ARABIC = frozenset("اأإآلرزدذيةه")
LAST_LATIN = "ɏ"
TITLES = frozenset(
    [
        "juf",
        "meester",
        "mevr",
        "mevr.",
        "meneer",
        "mijnheer",
        "dr",
        "dr.",
        "oma",
        "opa",
        "tante",
        "oom",
        "nonkel",
        "mama",
        "papa",
        "mr",
        "mr.",
        "mrs",
        "mrs.",
        "ms",
        "ms.",
        "miss",
        "m.",
        "mme",
        "mme.",
        "madame",
        "monsieur",
        "mlle",
        "mamie",
        "papi",
        "tonton",
        "tata",
        "dokter",
        "sister",
        "brother",
        "uncle",
        "aunt",
        "السيدة",
        "السيد",
        "الجدة",
        "الجد",
        "العمة",
        "العم",
        "الخالة",
        "الخال",
        "المعلمة",
        "المعلم",
        "الدكتور",
        "الدكتورة",
        "أم",
        "أبو",
    ]
)
ELLIPSIS = "…"
SHORT_ENOUGH = 9


def _em(sign: str) -> float:
    """The width of one sign of our bold letter, in parts of its size; measured once, rounded up."""
    if sign in NARROW:
        return 0.38
    if sign in WIDE:
        return 0.89
    if sign.isupper() or sign == "w":
        return 0.73
    if ARABIC[0] <= sign <= ARABIC[1]:
        return 0.42 if sign in THIN_ARABIC else 0.66
    return 0.66 if sign.isdigit() or sign > LAST_LATIN else 0.585


def width(text: str, size: float) -> float:
    """Pixels a bold word takes at this size; seldom less than it really does."""
    return sum(_em(sign) for sign in text) * size


def fitted(text: str, size: float, room: float) -> str:
    """The text, or its beginning with an ellipsis when there is no room."""
    if width(text, size) <= room:
        return text
    kept = text
    while kept and width(kept + ELLIPSIS, size) > room:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS


def in_lines(text: str, size: float, room: float, most: int) -> tuple[str, ...]:
    """A name over at most so many lines; only a word that is too long by itself is cut."""
    lines: list[str] = []
    for piece in re.findall(r"[^\s-]+-?|-", text):
        joined = piece if not lines else lines[-1] + ("" if lines[-1].endswith("-") else " ") + piece
        if lines and width(joined, size) <= room:
            lines[-1] = joined
        else:
            lines.append(piece)
    if len(lines) > most:
        glue = "" if lines[most - 1].endswith("-") else " "
        lines[most - 1 :] = [glue.join([lines[most - 1], *lines[most:]])]
    return tuple(fitted(line, size, room) for line in lines)


def short_name(name: str) -> str:
    """What a family calls out: the first name, with its title if that comes first."""
    words = name.split()
    if len(name) <= SHORT_ENOUGH or len(words) < 2:
        return name.strip()
    return " ".join(words[:2]) if words[0].lower() in TITLES else words[0]


def short_names(names: Sequence[str]) -> list[str]:
    """Short names that stay apart: two called Sara become Sara B. and Sara D."""
    short = [short_name(name) for name in names]
    out = []
    for name, brief in zip(names, short, strict=True):
        rest = name.strip()[len(brief) :].strip()
        twice = short.count(brief) > 1 and rest
        out.append(f"{brief} {rest[0]}." if twice else brief)
    return out
