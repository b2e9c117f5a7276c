"""The figures of the last run, each as a sentence with the day and the command that measures it again."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext_lazy as _

BOOK = Path(__file__).parents[4] / "docs" / "figures.json"

#: Each proof and how its figures are said; the names are those the proof keeps.
SENTENCES = {
    "oracle": _("%(asked)s random questions about who may know: %(leaks)s leaks, %(denials)s wrong denials."),
    "mutants": _("%(made)s rules broken on purpose: %(caught)s noticed."),
    "web": _("%(asked)s random questions asked of real pages: %(wrong)s wrong answers."),
    "ways": _(
        "%(asked)s random questions asked of search, counts, packages, papers, letters and calendars: %(wrong)s wrong answers."
    ),
    "revocation": _("%(reads)s looks after something was taken away: %(seen)s saw anything."),
    "two worlds": _("%(pages)s pages of two worlds compared: %(different)s differ."),
    "markers": _("%(bytes)s bytes of files searched for secret words: %(found)s found."),
    "crash": _("%(rounds)s times the plug pulled: %(lost)s kept things lost, %(doubled)s doubled."),
    "tampering": _("The journal changed %(made)s times behind its back: %(found)s times noticed."),
    "restore": _("%(restored)s old backups restored: %(back)s forgotten people came back."),
}


@dataclass(frozen=True)
class Figure:
    """One proof: its sentence, the day it was measured, how to measure it again."""

    sentence: str
    on: date
    command: str


def of_the_last_run() -> Iterator[Figure]:
    """Every figure that was measured; what was not measured is not said."""
    kept = json.loads(BOOK.read_text()) if BOOK.is_file() else {}
    for proof, sentence in SENTENCES.items():
        if proof in kept:
            told = {name: _grouped(figure) for name, figure in kept[proof].items()}
            yield Figure(sentence % told, date.fromisoformat(kept[proof]["on"]), kept[proof]["command"])


def _grouped(figure: object) -> str:
    """A number with thin spaces between its thousands, as all our languages read it."""
    return f"{figure:,}".replace(",", "\u202f") if isinstance(figure, int) else str(figure)
