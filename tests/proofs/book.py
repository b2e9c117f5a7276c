"""What came of each mutant: line by line while it runs, and what was noticed for good in `noticed.txt`.

A run that was broken off goes on where it was, on another machine too; of a mutant whose text is another nothing is known.
`python -m proofs.book` takes what was noticed since into `noticed.txt`.
"""

import hashlib
import sys
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from figures import keep
from proofs.alike import reason

BOOK = Path("var/mutants/told.tsv")
NOTICED = Path(__file__).with_name("noticed.txt")
GRAMMAR = "does not stand"


class Told(NamedTuple):
    """One mutant by its key, what noticed it, and how long that took."""

    key: str
    by: str
    seconds: float

    @property
    def title(self) -> str:
        """Where, and what is broken."""
        return self.key.rpartition(" #")[0]

    @property
    def survived(self) -> bool:
        """Nobody noticed, though somebody could."""
        return not self.by and not reason(self.title)


def print_of(key: str) -> str:
    """Twelve letters for one mutant."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def told(keys: Collection[str], book: Path = BOOK, noticed: Path = NOTICED) -> list[Told]:
    """What is known so far of these; said twice, the last word counts."""
    before = kept(noticed)
    found = {key: Told(key, before[one], 0.0) for key in keys if (one := print_of(key)) in before}
    found |= {one.key: one for one in _written(book)}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def _written(book: Path) -> list[Told]:
    lines = book.read_text().splitlines() if book.exists() else []
    return [Told(key, by, float(seconds)) for seconds, by, key in (line.split("\t") for line in lines)]


def kept(noticed: Path = NOTICED) -> dict[str, str]:
    """By the print of each mutant that was noticed: who noticed it. One line for each who did, its mutants behind it."""
    lines = noticed.read_text().splitlines() if noticed.exists() else []
    who = ((by, prints.split()) for by, _, prints in (line.partition("\t") for line in lines))
    return {one: by for by, prints in who for one in prints}


def keep_noticed(book: Path = BOOK, noticed: Path = NOTICED) -> int:
    """Take what was noticed since into the file that stays; how many it holds now."""
    found = kept(noticed)
    for one in _written(book):
        found.pop(print_of(one.key), None)
        if one.by:
            found[print_of(one.key)] = one.by
    lines = (
        f"{by}\t{' '.join(sorted(one for one in found if found[one] == by))}"
        for by in sorted(set(found.values()))
    )
    noticed.write_text("".join(f"{line}\n" for line in lines))
    return len(found)


def write(one: Told, book: Path = BOOK) -> None:
    """One line more."""
    book.parent.mkdir(parents=True, exist_ok=True)
    with book.open("a") as lines:
        lines.write(f"{one.seconds:.1f}\t{one.by}\t{one.key}\n")


def counted(keys: Collection[str], book: Path = BOOK) -> str:
    """What came of some of them, in one line."""
    asked = told(keys, book)
    laid = [one for one in asked if not one.by.startswith(GRAMMAR)]
    survivors = sum(one.survived for one in laid)
    alike = sum(not one.by for one in laid) - survivors
    return (
        f"{len(set(keys))} mutants, refused by the grammar {len(asked) - len(laid)}, caught {len(laid) - survivors - alike}, "
        f"alike {alike}, survivors {survivors}, not tried yet {len(set(keys)) - len(asked)}; "
        f"{sum(one.seconds for one in asked):.0f} seconds"
    )


def summary(keys: Collection[str], book: Path = BOOK) -> str:
    """The figures and the survivors by name; kept for people when every mutant had its turn."""
    asked = told(keys, book)
    left = len(set(keys)) - len(asked)
    laid = [one for one in asked if not one.by.startswith(GRAMMAR)]
    survivors = [one.title for one in laid if one.survived]
    alike = sum(not one.by and not one.survived for one in laid)
    caught = len(laid) - len(survivors) - alike
    if not left:
        keep("mutants", "make mutants", made=len(laid) - alike, caught=caught)
    return "\n".join([
        f"mutants laid: {len(laid)}; refused by the database's grammar: {len(asked) - len(laid)}; not tried yet: {left}",
        f"caught: {caught}; alike, with a reason: {alike}; survivors: {len(survivors)}",
        *(f"  {title}" for title in survivors),
        f"seconds: {sum(one.seconds for one in asked):.0f}",
    ])  # fmt: skip


if __name__ == "__main__":
    sys.stdout.write(f"noticed: {keep_noticed()}\n")
