"""The outside list of requirements is whole, and what it says shows them is really there."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINE = re.compile(r"^\| (\d+)\.(\d+)\.(\d+) \| ([12]) \| (.+?) \| (.+) \|$", re.MULTILINE)
#: How many requirements of levels 1 and 2 each chapter of version 5.0.0 has.
CHAPTERS = {1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13,
            16: 16, 17: 7}  # fmt: skip
LEVELS = {"1": 70, "2": 183}


def listed() -> list[tuple[str, ...]]:
    return LINE.findall((ROOT / "docs" / "asvs.md").read_text())


def test_every_requirement_is_there_once() -> None:
    numbers = [line[:3] for line in listed()]
    assert len(set(numbers)) == len(numbers)
    assert Counter(int(chapter) for chapter, *_rest in numbers) == CHAPTERS
    assert Counter(line[3] for line in listed()) == LEVELS


def test_what_shows_it_is_there() -> None:
    missing = []
    for *number, _level, _words, shown in listed():
        for path, _colons, name in re.findall(r"`([\w./-]+?)(::(\w+))?`", shown):
            file = ROOT / path
            if not file.exists() or (name and f"def {name}(" not in file.read_text()):
                missing.append((".".join(number), path, name))
    assert missing == []


def test_everything_is_shown_or_says_why_not() -> None:
    silent = [
        line[:3] for line in listed()
        if not re.search(r"`[^`]+`", line[5]) and not line[5].startswith(("does not apply", "**not shown**: ", "ruff rules "))
    ]  # fmt: skip
    assert silent == []
