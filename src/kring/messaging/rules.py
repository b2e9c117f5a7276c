"""Decisions about reaching a family: when another way is tried. No database, no Django."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: So often in a row nobody was reached, and the same way once more would not help.
ENOUGH = 3
#: And so often that it is time to let it rest, whatever was tried.
TO_REST = 6
#: The ways in the order in which they are proposed: a face first, a letter last.
WAYS = ("visit", "call", "whatsapp", "sms", "letter", "e-mail")


@dataclass(frozen=True)
class Tried:
    """In which way somebody tried, and whether they spoke."""

    way: str
    reached: bool


@dataclass(frozen=True)
class AnotherWay:
    """Time for another way: those not tried yet; none is left when every way was tried."""

    ways: tuple[str, ...]


def since_last_talk(newest_first: Sequence[Tried]) -> list[Tried]:
    """What was tried in vain since one last spoke."""
    vain: list[Tried] = []
    for one in newest_first:
        if one.reached:
            break
        vain.append(one)
    return vain


def another_way(newest_first: Sequence[Tried]) -> AnotherWay | None:
    """After three times in vain, the ways that were not tried since; None while it is too early to ask.

    It never counts towards anything: one talk, and everything is open again.
    """
    vain = since_last_talk(newest_first)
    if len(vain) < ENOUGH:
        return None
    return AnotherWay(tuple(way for way in WAYS if way not in {one.way for one in vain}))


def is_more_of_the_same(way: str, newest_first: Sequence[Tried]) -> bool:
    """Whether this way was tried in vain while others are still open."""
    other = another_way(newest_first)
    return other is not None and bool(other.ways) and way not in other.ways


def rests(newest_first: Sequence[Tried]) -> bool:
    """Every way was tried in vain, or one long enough: now the door stays open, and nobody rings any more."""
    other = another_way(newest_first)
    return other is not None and (not other.ways or len(since_last_talk(newest_first)) >= TO_REST)
