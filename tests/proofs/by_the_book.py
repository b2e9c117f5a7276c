"""`make mutants AGAIN=1`: every mutant that was noticed is laid once more, and only the test that noticed it is asked.

The book (`noticed.txt`) is believed as long as a text is the same; this shows that it may be. What its test notices no
more is named, and counts as laid in vain: `by_tests --survivors` asks the others.
"""

import argparse
import random
import sys
import time

import psycopg
import pytest

from proofs import book, by_tests
from proofs.texts import Mutant, every
from proofs.watched import NOT_FOR_EVER, asked_of, say


class Again(by_tests.Trials):
    """One test after the other, and all that it noticed: its scene lies there already then."""

    def work(self) -> None:
        """Each once; those that nobody notices any more by name."""
        assert self.bed
        with self.bed.connect() as owner:
            owner.execute(NOT_FOR_EVER)
            made = every(owner)
        asked = self.of_the_book(made)
        say(f"{len(made)} mutants, {len(asked)} noticed by a test before")
        begun, vain = time.monotonic(), []
        for number, (by, mutant) in enumerate(asked, 1):
            if time.monotonic() > begun + self.chosen.minutes * 60:
                say(f"no time for {len(asked) - number + 1}")
                break
            if not self.again(by, mutant):
                vain.append(f"{mutant.title} <- {by}")
                book.write(book.Told(mutant.key, "", 0.0), self.book)
            if number % 200 == 0:
                say(
                    f"{number} of {len(asked)}, not noticed again {len(vain)}, {time.monotonic() - begun:.0f} seconds"
                )
        say("\n".join([f"laid again: {number}; noticed again: {number - len(vain)}", *vain]))
        self.session.testsfailed = len(vain)

    def of_the_book(self, made: list[Mutant]) -> list[tuple[str, Mutant]]:
        """Who noticed what, by test; the share of this process, or so many of them by chance."""
        noticed = book.kept()
        known = (
            (noticed.get(book.print_of(one.key), ""), one) for one in made if self.chosen.only in one.title
        )
        found = sorted(((by, one) for by, one in known if by.startswith("tests/")), key=lambda pair: pair[0])
        if self.chosen.sample:
            found = sorted(random.Random("7").sample(found, self.chosen.sample), key=lambda pair: pair[0])
        mine, of = map(int, self.chosen.share.split("/"))
        files = {
            file: number for number, file in enumerate(dict.fromkeys(by.split("::")[0] for by, _ in found))
        }
        return [(by, one) for by, one in found if files[by.split("::")[0]] % of == mine - 1]

    def again(self, by: str, mutant: Mutant) -> bool:
        """Whether this test still notices it."""
        if by not in self.items:
            return False
        try:
            self.lay(mutant.lay)
        except psycopg.Error:
            return False
        try:
            return self.notices(by, mutant)
        finally:
            self.lay(mutant.undo)


def options() -> argparse.Namespace:
    """What may be chosen, beside what `by_tests` knows."""
    made = by_tests.made()
    made.add_argument("--sample", type=int, default=0, help="so many, chosen by a seed")
    return made.parse_args()


def main() -> int:
    """All of them; 1 when one is not noticed again."""
    chosen = options()
    return int(pytest.main([*asked_of(), *chosen.tests], plugins=[Again(chosen)]))


if __name__ == "__main__":
    sys.exit(main())
