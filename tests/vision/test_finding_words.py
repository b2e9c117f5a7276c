"""Where a word of the guide stands: the cases the browser answers too, and what ours keep to (G3)."""

import json
from pathlib import Path
from typing import Any

import pytest

from kring.vision import ours, rules

CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))


def guide(language: str) -> list[rules.Hint]:
    """Our guide, as rules take it."""
    return [rules.Hint(**row) for row in ours.words(language).values()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_words_are_found_and_replaced(case: dict[str, Any]) -> None:
    text = case["text"]
    found = rules.find(text, guide(case["language"]), case["language"])
    assert [text[one.start : one.end] for one in found] == case["found"]
    for one in reversed(found):
        text = text[: one.start] + one.instead + text[one.end :]
    assert text == case["becomes"]


@pytest.mark.parametrize("language", ours.LANGUAGES)
def test_every_form_of_ours_is_found_by_its_own_line_alone(language: str) -> None:
    lines = guide(language)
    forms = [
        (line.key, form)
        for line in lines
        for form in line.word.replace("*", "").replace("،", ",").split(", ")
    ]
    found = {form: (key, [one.hint.key for one in rules.find(form, lines, language)]) for key, form in forms}
    lost = {form: keys for form, (key, keys) in found.items() if keys != [key]}
    assert lost == {}


@pytest.mark.parametrize("language", ours.LANGUAGES)
def test_a_kinder_word_is_never_hinted_at_itself(language: str) -> None:
    lines = guide(language)
    told = [f"{one.kinder} {one.why}" for one in lines]
    told += [
        " ".join(row.values())
        for row in (*ours.practice(language).values(), *ours.principles(language).values())
    ]
    again = {
        text: [one.hint.key for one in found] for text in told if (found := rules.find(text, lines, language))
    }
    meant = {
        "dossier",
        "klacht",
        "melding",
        "plainte",
        "malaff",
        "shakwa",
        "balagh",
        "complaint",
        "file",
        "gebroken-gezin",
    }
    assert {text: keys for text, keys in again.items() if not set(keys) <= meant} == {}


@pytest.mark.parametrize("language", ours.LANGUAGES)
def test_ours_are_whole_and_short_in_every_language(language: str) -> None:
    assert len(ours.words(language)) >= 25
    assert list(ours.practice(language)) == list(ours.practice("en"))
    assert list(ours.principles(language)) == list(ours.principles("en"))
    long = [row["why"] for row in ours.words(language).values() if len(row["why"].split()) > 20]
    assert long == []
    assert all(
        all(row.values()) for row in (*ours.practice(language).values(), *ours.principles(language).values())
    )
