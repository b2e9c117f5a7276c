"""What the database refuses is said to people in a sentence of its own, or has a reason why nobody meets it."""

import re
from pathlib import Path

from kring.web.errors import REFUSALS

SOURCE = Path(__file__).parents[2] / "src/kring"

#: Refusals that no page leads to, each with its reason.
NEVER_MET = {
    "danger_against_an_exclusion": "the door answers nothing before, so that nobody can tell",
    "danger_without_live_agreement": "the door answers nothing before, so that nobody can tell",
    "danger_without_live_job": "the door answers nothing before, so that nobody can tell",
    "first_talk_is_not_over": "only the clock asks",
    "not_a_confidence": "tellings are written by one use case only, into the confidence it was given",
    "no_such_moment": "only the clock asks",
    "not_yours_to_be_forgotten": "the use case asks first whether one may",
    "receipt_without_hash": "the hash is reckoned, never typed",
    "stands_in_two_places": "the one function that asks takes it for a no: nothing happens",
    "versions_come_by_freezing": "versions are made by one use case only",
    "written_down_by_a_stranger": "the writer is whoever is signed in",
}


def named() -> set[str]:
    """Every refusal in the SQL of every app."""
    texts = (file.read_text(encoding="utf-8") for file in SOURCE.glob("*/sql/*.sql"))
    return {name for text in texts for name in re.findall(r"refuse\('(\w+)'\)", text)}


def test_every_refusal_has_a_sentence() -> None:
    assert named() - set(REFUSALS) - set(NEVER_MET) == set()


def test_every_exception_is_still_needed() -> None:
    assert set(NEVER_MET) <= named() - set(REFUSALS)
