"""What came of each mutant, kept line by line: a run that was broken off goes on where it was, and both halves count."""

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from figures import keep
from proofs.alike import reason

BOOK = Path("var/mutants/told.tsv")
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


def told(keys: Collection[str], book: Path = BOOK) -> list[Told]:
    """What is known so far of these; said twice, the last word counts, and of a text that was another nothing is known."""
    if not book.exists():
        return []
    lines = (line.split("\t") for line in book.read_text().splitlines())
    found = {key: Told(key, by, float(seconds)) for seconds, by, key in lines}
    return [found[key] for key in dict.fromkeys(keys) if key in found]


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
