"""What came of each mutant, kept line by line: a run that was broken off goes on where it was, and both halves count."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from figures import keep
from proofs.alike import reason

BOOK = Path("var/mutants/told.tsv")
GRAMMAR = "does not stand"


class Told(NamedTuple):
    """One mutant, what noticed it, and how long that took."""

    title: str
    by: str
    seconds: float

    @property
    def survived(self) -> bool:
        """Nobody noticed, though somebody could."""
        return not self.by and not reason(self.title)


def told(book: Path = BOOK) -> list[Told]:
    """What is known so far; said twice, the last word counts."""
    if not book.exists():
        return []
    lines = (line.split("\t") for line in book.read_text().splitlines())
    return list({title: Told(title, by, float(seconds)) for seconds, by, title in lines}.values())


def write(one: Told, book: Path = BOOK) -> None:
    """One line more."""
    book.parent.mkdir(parents=True, exist_ok=True)
    with book.open("a") as lines:
        lines.write(f"{one.seconds:.1f}\t{one.by}\t{one.title}\n")


def summary(every: Iterable[str], book: Path = BOOK) -> str:
    """The figures and the survivors by name; kept for people when every mutant had its turn."""
    found = {one.title: one for one in told(book)}
    asked = [found[title] for title in every if title in found]
    left = sum(title not in found for title in every)
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
