"""The other half of `make mutants`: what decides about deeds is broken, and the tests of the house are asked who notices.

Each mutant is laid in the test's own database, and only tests that come by it are run, the likeliest first, until one
fails. What the questions of the oracle go through is broken in `mutants.py`.
"""

import argparse
import sys
import time
from collections import defaultdict
from pathlib import Path

import psycopg
import pytest

from proofs import book
from proofs.mutants import asked_by_the_oracle
from proofs.texts import Mutant, callers, every
from proofs.watched import FAILED, NOT_ASKED, Watched, plain, say

LET_GO = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND usename <> current_user"
)
COPY = "SELECT oid FROM pg_database WHERE datname = current_database()"
LONGEST = 6.0


class Trials(Watched):
    """Once every test to see what it comes by, then each mutant until somebody notices or nobody did."""

    def __init__(self, chosen: argparse.Namespace) -> None:
        super().__init__(anew=chosen.anew)
        self.chosen, self.book = chosen, Path(chosen.to)
        self.found_by: dict[str, list[str]] = defaultdict(list)  # by place, tests that noticed a neighbour
        self.sure: dict[str, bool] = {}  # whether a test that noticed stands on the whole text

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Watch, then break."""
        self.session = session
        self.items = {one.nodeid: one for one in session.items if plain(one)}
        self.watch()
        self.break_them()
        return True

    def break_them(self) -> None:
        """One after the other, what decides who may know first."""
        assert self.bed
        until = time.monotonic() + self.chosen.minutes * 60
        with self.bed.connect() as owner:
            made = every(owner)
            self.callers = callers(owner)
        every_key = [one.key for one in made]
        everyone = sorted((one for one in made if not asked_by_the_oracle(one)), key=self.rank)
        asked = self.to_lay([one for one in everyone if self.chosen.only in one.title])
        say(f"{len(everyone)} mutants, {len(asked)} to lay")
        for mutant in asked:
            if time.monotonic() > until:
                break
            begun = time.perf_counter()
            by = self.tried(mutant)
            book.write(book.Told(mutant.key, by, time.perf_counter() - begun), self.book)
        say(book.summary(every_key, self.book))
        self.session.testsfailed = sum(one.survived for one in book.told(every_key, self.book))

    def to_lay(self, wanted: list[Mutant]) -> list[Mutant]:
        """Those of which nothing is known, or which are asked again."""
        known = book.told([one.key for one in wanted], self.book)
        again = {one.key for one in known if self.chosen.anew or (self.chosen.survivors and one.survived)}
        book.forget(again, self.book)
        known_still = {one.key for one in known} - again
        return [one for one in wanted if one.key not in known_still]

    def tried(self, mutant: Mutant) -> str:
        """Who notices this one."""
        tests = self.likeliest(mutant)
        if not tests:
            return ""
        try:
            self.lay(mutant.lay)
        except psycopg.Error as broken:
            return f"{book.GRAMMAR}: {type(broken).__name__}"
        try:
            by = next((one for one in tests if self.notices(one, mutant)), "")
        finally:
            self.lay(mutant.undo)
        if not by:
            return ""
        if by not in self.sure:
            self.sure[by] = not self.run(by)
        if not self.sure[by]:
            self.seconds[by] = FAILED
            return self.tried(mutant)
        self.found_by[mutant.place].insert(0, by)
        return by

    def notices(self, nodeid: str, mutant: Mutant) -> bool:
        """Whether this test fails now; if it had the template copied anew, the mutant is laid once more."""
        before = self.copy()
        if self.run(nodeid):
            return True
        if self.copy() != before:
            self.lay(mutant.lay)
        return False

    def likeliest(self, mutant: Mutant) -> list[str]:
        """Tests that come by this place: who noticed its neighbours, then of each file the quickest."""
        direct = {mutant.place, *mutant.tables}
        wanted = direct | self.callers.get(mutant.place, set())
        by = [
            one
            for one, names in self.calls.items()
            if one in self.items and self.seconds[one] < LONGEST and wanted.intersection(names)
        ]
        by.sort(key=lambda one: (not direct.intersection(self.calls[one]), self.seconds[one]))
        turn: dict[str, int] = defaultdict(int)  # tests of one file ask alike
        places = {}
        for one in by:
            file = one.split("::")[0]
            places[one], turn[file] = turn[file], turn[file] + 1
        first = [one for one in dict.fromkeys(self.found_by[mutant.place]) if self.seconds[one] < LONGEST]
        return [*first, *(one for one in sorted(by, key=places.__getitem__) if one not in first)][
            : self.chosen.tests_each
        ]

    def rank(self, mutant: Mutant) -> int:
        """What decides who may know comes first; what only tidies up comes last."""
        if not mutant.place.startswith("function"):
            return ("policy", "trigger", "constraint").index(mutant.place.split()[0])
        by = self.callers.get(mutant.place, set())
        if any(not one.startswith("function") for one in by):
            return 3
        return 5 if "forgotten" in mutant.place else 4

    def lay(self, text: str) -> None:
        """As the owner, at once."""
        assert self.bed
        with self.bed.connect() as owner:
            owner.execute("SET lock_timeout = '3s'")
            try:
                owner.execute(text)
            except psycopg.errors.LockNotAvailable:  # a test that was broken off still holds something
                owner.execute(LET_GO)
                owner.execute(text)

    def copy(self) -> int:
        """Which copy of the template this is."""
        assert self.bed
        with self.bed.connect() as owner:
            return int(owner.execute(COPY).fetchone()[0])  # type: ignore[index]


def options() -> argparse.Namespace:
    """What may be chosen."""
    made = argparse.ArgumentParser(prog="python -m proofs.by_tests", description=__doc__)
    made.add_argument("--only", default="", help="mutants whose title holds these words")
    made.add_argument("--minutes", type=float, default=600, help="begin no other after so long")
    made.add_argument("--tests-each", type=int, default=60, help="asked of each before it survives")
    made.add_argument("--anew", action="store_true", help="watch every test and lay every mutant again")
    made.add_argument("--survivors", action="store_true", help="lay again what nobody noticed")
    made.add_argument("--to", default=str(book.BOOK), help="where what came of each is kept")
    made.add_argument("tests", nargs="*", default=["tests"])
    return made.parse_args()


def main() -> int:
    """Try them all; 1 when one survives."""
    chosen = options()
    ignored = [f"--ignore={folder}" for folder in NOT_ASKED]
    return int(pytest.main(["-q", *ignored, *chosen.tests], plugins=[Trials(chosen)]))


if __name__ == "__main__":
    sys.exit(main())
