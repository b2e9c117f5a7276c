"""What a village chose for itself: words, colours, modules, languages. Read once for each state, in every worker.

Whoever asks the database for the viewer, or for the village, gets the number of its state along; only a number that
this worker has not seen yet costs a question. A state is never counted up: its number is drawn, so that what was
undone can never be taken for what came after.
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.functional import lazy
from django.utils.translation import get_language, gettext

#: The names under which choices stand. All others are columns of the village itself.
COLOURS, LOGO, LANGUAGES, MODULES_OFF, DOMAINS, TURNS = (
    "colours", "logo", "languages", "modules off", "domains", "turns",
)  # fmt: skip
NAMES = (COLOURS, LOGO, LANGUAGES, MODULES_OFF, DOMAINS, TURNS)
WORD = "word"


@dataclass(frozen=True)
class Chosen:
    """One state of a village's choices. Empty: everything as the house gives it."""

    told: dict[str, Any] = field(default_factory=dict)

    def word(self, ours: str, language: str) -> str:
        """The village's own word for ours, or nothing."""
        return str(self.told.get(word_name(language, ours), ""))

    @property
    def modules_off(self) -> frozenset[str]:
        """What is switched off."""
        return frozenset(self.told.get(MODULES_OFF, ()))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that are offered; none named means all."""
        return tuple(self.told.get(LANGUAGES, ()))

    @property
    def domains(self) -> dict[str, Any]:
        """The order of the parts of life, those switched off and those of the village's own."""
        return dict(self.told.get(DOMAINS, {}))


AS_GIVEN = Chosen()
_kept: dict[UUID, tuple[int, Chosen]] = {}
_speaking: ContextVar[Callable[[], Chosen] | None] = ContextVar("kring_chosen", default=None)


def word_name(language: str, ours: str) -> str:
    """The name under which a village's own word stands."""
    return f"{WORD} {language} {ours}"


def new_version() -> int:
    """A number for a new state."""
    return secrets.randbelow(2**52) + 1


def of(village_id: UUID | None, version: int) -> Chosen:
    """The choices of a village in this state, from memory where this worker has read them."""
    if village_id is None or not version:
        return AS_GIVEN
    kept = _kept.get(village_id)
    if kept is not None and kept[0] == version:
        return kept[1]
    from kring.trust.models import Village  # words are spoken before there are tables, too

    row = Village.objects.filter(pk=village_id).values_list("chosen_version", "chosen").first()
    if row is None:
        return AS_GIVEN
    _kept[village_id] = (row[0], Chosen(row[1]))
    return _kept[village_id][1]


@contextmanager
def spoken(ask: Callable[[], Chosen]) -> Iterator[None]:
    """As long as this lasts, words are those of the village that `ask` finds; it is asked when a word needs it."""
    token = _speaking.set(ask)
    try:
        yield
    finally:
        _speaking.reset(token)


def current() -> Chosen:
    """The choices of the village in which we are now."""
    ask = _speaking.get()
    return ask() if ask is not None else AS_GIVEN


def _said(ours: str) -> str:
    return current().word(ours, get_language() or "en") or gettext(ours)


#: A word that a village may replace: `own_word("received")` in the place of `_("received")`.
own_word = lazy(_said, str)
