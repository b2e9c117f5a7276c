"""What each kind of row is called, in the words of the glossary."""

import re
from functools import cache
from pathlib import Path

GLOSSARY = Path(__file__).parents[4] / "docs" / "glossary.md"
COLUMNS = {"en": 1, "nl": 3, "fr": 4, "ar": 5}


def called(code: str, language: str) -> str:
    """The field's word for a model, in this language; its own name where the glossary has no row."""
    row = _rows().get(code)
    return row[COLUMNS.get(language, 1)] if row else code


@cache
def _rows() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in GLOSSARY.read_text().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > max(COLUMNS.values()):
            for code in re.findall(r"`(\w+)`", cells[2]):
                found.setdefault(code, cells)
    return found
