"""Finding the words that were perhaps meant among those the directory knows."""

from __future__ import annotations

from uuid import UUID

from kring.network.models import Spelling
from kring.network.models.spellings import SHORTEST_INSIDE
from kring.network.search import Question, meanings
from kring.network.search.nearness import slips, slips_forgiven
from kring.network.search.stems import bare

FEW = 5
"""With fewer answers than this, words that are near are looked for too."""

MOST_NEAR = 8


def forgiving(question: Question, village: UUID) -> Question:
    """The question with the words that were perhaps meant, by the words this village's directory knows."""
    words = question.single_words()
    around = Spelling.objects.around(village, words)
    known = {word for word in words if any(one.startswith(word) for one in around.get(word, ()))}
    near = {word: _near(word, around.get(word, []), known=word in known) for word in words}
    return question.forgiving(known, near)


def _near(typed: str, candidates: list[str], *, known: bool) -> list[str]:
    """The nearest words only, so that what is a little alike does not drown the list.

    A word that stands in the directory is looked for inside longer ones too (`atelier` in `naaiatelier`); a word
    that does not was probably typed with a slip, and only without any such word it may be a part of one.
    """
    alike = _alike(typed, candidates)
    holding = [
        word for word in candidates if len(typed) >= SHORTEST_INSIDE and typed in word and word != typed
    ]
    found = [*holding, *alike] if known else alike or holding
    return list(dict.fromkeys(found))[:MOST_NEAR]


def _alike(typed: str, candidates: list[str]) -> list[str]:
    """The words with the fewest slips between them and the one typed, of the directory and of the list of meanings."""
    form = bare(typed)
    most = slips_forgiven(form)
    found = [*meanings.near(form), *((slips(form, word, most), word) for word in candidates)]
    fewest = min((away for away, _word in found if 0 < away <= most), default=0)
    return sorted({word for away, word in found if away == fewest}) if fewest else []
