"""Which letters there are. Each is announced by the app that knows what it is about."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Words:
    """What a letter says, and to which address; made at the moment of sending and stored nowhere."""

    address: str
    subject: str
    lines: tuple[str, ...]
    link: str = ""
    link_words: str = ""
    signed: str = ""
    village: str = ""
    calendar: bytes = b""


@dataclass(frozen=True)
class Asked:
    """The letter that is about to go: about which object, to whom, when."""

    object_id: UUID
    person_id: UUID | None
    channel: str
    at: datetime


Wording = Callable[[Asked], "Words | None"]


@dataclass
class _Book:
    kinds: dict[str, Wording] = field(default_factory=dict)


_book = _Book()


class NoSuchLetter(Exception):
    """Nobody announced a letter of this kind."""


def announce(kind: str, wording: Wording) -> None:
    """Say how letters of this kind are worded; the wording answers None when the letter should not go any more."""
    _book.kinds[kind] = wording


def wording(kind: str) -> Wording:
    """How letters of this kind are worded."""
    if kind not in _book.kinds:
        raise NoSuchLetter(kind)
    return _book.kinds[kind]


def known() -> list[str]:
    """The kinds that were announced."""
    return sorted(_book.kinds)
