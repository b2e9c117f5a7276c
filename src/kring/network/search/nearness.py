"""How near two words are when somebody typed quickly."""

from __future__ import annotations

_EDGE = "  "


def slips_forgiven(word: str) -> int:
    """How many typing errors a word of this length may hold: none below four letters, two from eight."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def trigrams(word: str) -> list[str]:
    """Every three letters of the word in a row, its edges included; sorted.

    One slip changes at most four of them (two letters that changed places), and a word of n letters has n + 2: so
    two words of four letters or more that are one slip apart always share some.
    """
    edged = f"{_EDGE}{word}{_EDGE}"
    return sorted({edged[at : at + 3] for at in range(len(edged) - 2)})


def inner_trigrams(word: str) -> list[str]:
    """Those of the inside: any longer word that holds this one holds them all."""
    return sorted({word[at : at + 3] for at in range(len(word) - 2)})


def slips(one: str, other: str, most: int) -> int:
    """How many letters were dropped, added, mistaken or swapped with their neighbour; more than `most` is `most + 1`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, opposite in enumerate(other, 1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (letter != opposite))
            swapped = row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == opposite
            line.append(min(cost, before[column - 2] + 1) if swapped else cost)
        if min(line) > most:
            return most + 1
        before, last = last, line
    return min(last[-1], most + 1)
