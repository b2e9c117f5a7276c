"""The guide of words: what is shown while somebody writes, and who keeps it. Nothing is kept about who was shown what."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kring.trust.viewer import Viewer
from kring.vision import ours, rules
from kring.vision.models import Counts, WordHint
from kring.vision.usecases import kept

PARTS = ("word", "kinder", "why", "unless")


class WordIsMissing(Exception):
    """Without a word there is nothing to look for."""


class WordStandsThere(Exception):
    """This word has its line in the guide already."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class NoSuchWord(Exception):
    """This word does not stand in the guide."""


@dataclass(frozen=True)
class HintWords:
    """What somebody writes about one word."""

    word: str
    kinder: str
    why: str
    unless: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the guide of a village: its words, and whether they count, are its own, and could be ours again."""

    key: str
    word: str
    kinder: str
    why: str
    unless: str
    counts: str
    own: bool
    ours: bool

    @property
    def on(self) -> bool:
        """Whether the hint is shown."""
        return self.counts != Counts.OFF

    @property
    def puts_back(self) -> bool:
        """Whether the village's own words stand in the place of ours, which can come back."""
        return self.ours and self.own and self.counts == Counts.VILLAGE

    @property
    def takes_back(self) -> bool:
        """Whether ours came back, and the village's own words wait beside them."""
        return self.ours and self.own and self.counts == Counts.OURS

    @property
    def shown(self) -> str:
        """The word as one reads it."""
        return self.word.replace("*", "")


def guide(village_id: UUID, language: str) -> list[Line]:
    """The whole guide of a village in a language, in the order of its words."""
    own, brought = kept.of_village(WordHint, village_id, language), ours.words(language)
    keys = [*brought, *(key for key in own if key not in brought)]
    lines = [_line(key, own.get(key), brought.get(key)) for key in keys]
    return sorted(lines, key=lambda line: "".join(one.word for one in rules.tokens(line.word)))


def _line(key: str, row: WordHint | None, brought: ours.Row | None) -> Line:
    """The village's words where they count; ours else."""
    if row is not None and (brought is None or row.counts != Counts.OURS):
        words = {part: getattr(row, part) for part in PARTS}
    else:
        words = {part: (brought or {}).get(part, "") for part in PARTS}
    counts = row.counts if row is not None else Counts.OURS
    own = row is not None and any(getattr(row, part) != (brought or {}).get(part, "") for part in PARTS)
    return Line(key=key, counts=counts, own=own, ours=brought is not None, **words)


def hints(village_id: UUID, language: str) -> list[dict[str, str]]:
    """What the browser looks for while somebody writes: the lines that are switched on."""
    return [
        {part: getattr(line, part) for part in ("key", *PARTS)}
        for line in guide(village_id, language)
        if line.on
    ]


def line_of(village_id: UUID, language: str, key: str) -> Line:
    """One line of the guide."""
    row = WordHint.objects.filter(village_id=village_id, language=language, key=key).first()
    brought = ours.words(language).get(key) if language in ours.LANGUAGES else None
    if row is None and brought is None:
        raise NoSuchWord
    return _line(key, row, brought)


@transaction.atomic
def write(language: str, key: str, words: HintWords, *, by: Viewer, at: datetime) -> WordHint:
    """The village adds a word, or says ours in its own way."""
    told = {part: kept.plain(value) for part, value in asdict(words).items()}
    if not rules.forms(told["word"]):
        raise WordIsMissing
    _stands_once(language, key, told["word"], by.village_id)
    return kept.write(WordHint, language, key, told, deed="word hint written", by=by, at=at)


def _stands_once(language: str, key: str, word: str, village_id: UUID) -> None:
    """No form of the word belongs to another line that is switched on."""
    asked = [form for form, _goes_on in rules.forms(word)]
    for line in guide(village_id, language):
        if line.key != key and line.on and any(form in asked for form, _goes_on in rules.forms(line.word)):
            raise WordStandsThere(line.key)


@transaction.atomic
def let_count(language: str, key: str, counts: str, *, by: Viewer, at: datetime) -> None:
    """Switch a word off or on, put ours back, or take the village's own words again."""
    row = (
        WordHint.objects.select_for_update()
        .filter(village_id=by.village_id, language=language, key=key)
        .first()
    )
    brought = ours.words(language).get(key)
    if row is None and brought is None:
        raise NoSuchWord
    if counts == Counts.OURS and brought is None:
        raise kept.NothingOfOurs
    deed = f"word hint: {Counts(counts).value}"
    if row is None:
        told = {part: (brought or {}).get(part, "") for part in PARTS}
        kept.write(WordHint, language, key, told, deed=deed, by=by, at=at, counts=counts)
    elif row.counts != counts:
        kept.let_count(row, counts, deed=deed, by=by, at=at)
