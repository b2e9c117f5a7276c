"""The catalogues: nothing stale, nothing missing. English, Dutch and French everywhere; Arabic where a family reads."""

import re
from pathlib import Path

from kring.commands import catalogues

SOURCES = Path(__file__).parents[2] / "src" / "kring"


def test_every_sentence_is_there_in_every_language() -> None:
    found = catalogues.problems()
    assert found == [], f"{len(found)} problems; `kring catalogues update` adds new sentences"


def test_sentences_are_marked_by_names_that_the_catalogues_know() -> None:
    called = re.compile(r"\b\w*gettext\w* as (?!_\b)\w+|\bngettext\w* as \w+")
    found = {
        str(path.relative_to(SOURCES)): told
        for path in SOURCES.rglob("*.py")
        if (told := called.findall(path.read_text()))
    }
    assert found == {}, "a sentence under another name is in no catalogue"
