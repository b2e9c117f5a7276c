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


@dataclass(frozen=True)
class About:
    """About which child a letter is, and in what matter: that child may say who is not told."""

    matter: str
    child: Callable[[UUID], UUID | None]


#: Answers whether a letter about this child, in this matter, is kept from this person.
Keeper = Callable[[UUID, UUID, str], bool]


@dataclass
class _Book:
    kinds: dict[str, Wording] = field(default_factory=dict)
    about: dict[str, About] = field(default_factory=dict)
    keepers: list[Keeper] = field(default_factory=list)


_book = _Book()


class NoSuchLetter(Exception):
    """Nobody announced a letter of this kind."""


def announce(kind: str, wording: Wording, about: About | None = None) -> None:
    """Say how letters of this kind are worded; the wording answers None when the letter should not go any more."""
    _book.kinds[kind] = wording
    if about is not None:
        _book.about[kind] = about


def ask_before_sending(keeper: Keeper) -> None:
    """From now on every letter about a child asks this before it leaves."""
    if keeper not in _book.keepers:
        _book.keepers.append(keeper)


def is_about_a_child(kind: str) -> bool:
    """Whether letters of this kind are about one child."""
    return kind in _book.about


def is_kept_back(kind: str, object_id: UUID, person_id: UUID | None) -> bool:
    """Whether the child a letter is about does not want this person to be told."""
    about = _book.about.get(kind)
    child = about.child(object_id) if about and person_id else None
    if about is None or person_id is None or child is None:
        return False
    return any(keeper(child, person_id, about.matter) for keeper in _book.keepers)


def wording(kind: str) -> Wording:
    """How letters of this kind are worded."""
    if kind not in _book.kinds:
        raise NoSuchLetter(kind)
    return _book.kinds[kind]


def known() -> list[str]:
    """The kinds that were announced."""
    return sorted(_book.kinds)
