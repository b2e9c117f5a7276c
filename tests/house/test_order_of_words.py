"""The catalogues: nothing stale, nothing missing. English, Dutch and French everywhere; Arabic where a family reads."""

import re
from pathlib import Path

from babel.messages.pofile import read_po

from kring.commands import catalogues

SOURCES = Path(__file__).parents[2] / "src" / "kring"
DOCS = Path(__file__).parents[2] / "docs"


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


def told(language: str) -> list[str]:
    """Every sentence of a catalogue, as it is read."""
    with (SOURCES / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        found = [one.string for one in read_po(file, locale=language) if one.id]
    return [word for one in found for word in ([one] if isinstance(one, str) else one)]


def test_in_french_an_apostrophe_is_written_in_one_manner() -> None:
    assert [one for one in told("fr") if re.search(r"\w'\w", one)] == []
    pages = [page for page in DOCS.rglob("*.md") if "fr" in (page.parent.name, *page.name.split("."))]
    written = {page.name: re.sub(r"`[^`]*`", "", page.read_text()) for page in pages}
    assert {"families.md", "trust.fr.md"} <= written.keys()
    assert [name for name, text in written.items() if re.search(r"\w'\w", text)] == []


def test_in_dutch_what_stands_on_a_screen_is_a_page_and_paper_is_a_sheet() -> None:
    assert [one for one in told("nl") if re.search(r"bladzijde|eigen blad\b|pagina's", one)] == []
