"""The other half of `make mutants`: what decides is broken, and the tests of the house are asked who notices.

Each mutant is laid in the test's own database, and only tests that met a value it changes (`watched.py`) are run, the
likeliest first, until one fails. First policies, triggers and constraints, then the functions they come by, then those
the serving role may call. What only the clock does, letters and the reach of a forgetting among it, gives nobody access:
it is laid with ALL=1 (`--all`). What the questions of the oracle go through is broken in `mutants.py`.
"""

import argparse
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import psycopg
import pytest

from proofs import book
from proofs.mutants import asked_by_the_oracle
from proofs.order import CLOCKS, RANKS, ranks
from proofs.texts import Mutant, callers, every, for_pages
from proofs.watched import NOT_FOR_EVER, Watched, asked_of, file_of, say
from trust import narrowed

LET_GO = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND usename <> current_user"
)
COPY = "SELECT oid FROM pg_database WHERE datname = current_database()"
LONG, LONGEST = 1.5, 6.0
SHARPEST = 6  # of those who have noticed most in their time, so many are asked before the others
UNSEEN = 8  # asked where nobody met the clause at all, in case it could not be watched


class Trials(Watched):
    """Each mutant until somebody notices or nobody did."""

    def __init__(self, chosen: argparse.Namespace) -> None:
        super().__init__()
        self.chosen, self.book = chosen, Path(chosen.to)
        self.found_by: dict[str, list[str]] = defaultdict(list)  # by place, tests that noticed a neighbour
        self.sharp: Counter[str] = Counter()  # how many mutants a test has noticed, anywhere
        self.stands: dict[str, bool] = {}  # whether a test stands on the whole text
        self.came_by: dict[str, list[str]] = defaultdict(
            list
        )  # by what was called or filled, and by each sign
        self.many: Counter[str] = Counter()  # how much a test comes by

    def work(self) -> None:
        """One after the other, what decides who may know first."""
        assert self.bed
        with self.bed.connect() as owner:
            owner.execute(NOT_FOR_EVER)
            made = every(owner)
            self.callers = callers(owner)
            rank = ranks({one.place for one in made}, self.callers, for_pages(owner))
        self.remember()
        last = len(RANKS) if self.chosen.all else CLOCKS
        access = sorted((one for one in made if rank[one.place] < last), key=lambda one: rank[one.place])
        asked = self.to_lay(access)
        say(f"{len(made)} mutants, {len(made) - len(access)} left out; {len(asked)} to lay")
        self.lay_all(asked)
        for number, name in enumerate(RANKS[:last]):
            keys = [one.key for one in access if rank[one.place] == number]
            say(f"{name}: {book.counted(keys, self.book)}")
        every_key = [one.key for one in access]
        say(book.summary(every_key, self.book))
        self.session.testsfailed = sum(one.survived for one in book.told(every_key, self.book))

    def remember(self) -> None:
        """Which tests came by what, and which have noticed most."""
        self.sharp.update(book.kept().values())
        for nodeid, what in self.kept.seen.items():
            if nodeid in self.items and self.kept.seconds[nodeid] < LONGEST:
                self.many[nodeid] = 1 + sum(name.startswith("function ") for name in what)
                for name in what:
                    self.came_by[name].append(nodeid)

    def to_lay(self, access: list[Mutant]) -> list[Mutant]:
        """Those of which nothing is known, or which are asked again; of these the share of this process."""
        known = {one.key: one for one in book.told([one.key for one in access], self.book)}
        unnoticed = {key for key, one in known.items() if one.survived}  # also by the questions of the oracle
        asked = [
            one
            for one in access
            if self.chosen.only in one.title and (not asked_by_the_oracle(one) or one.key in unnoticed)
        ]
        if not self.chosen.anew:
            again = unnoticed if self.chosen.survivors else set()
            asked = [one for one in asked if one.key not in known or one.key in again]
        mine, of = map(int, self.chosen.share.split("/"))
        places = {place: number for number, place in enumerate(dict.fromkeys(one.place for one in asked))}
        return [one for one in asked if places[one.place] % of == mine - 1]

    def lay_all(self, asked: list[Mutant]) -> None:
        """Each in turn, as long as there is time."""
        until = time.monotonic() + self.chosen.minutes * 60
        for number, mutant in enumerate(asked, 1):
            if time.monotonic() > until:
                break
            begun = time.perf_counter()
            by = self.tried(mutant)
            book.write(book.Told(mutant.key, by, time.perf_counter() - begun), self.book)
            if number % 100 == 0:
                say(f"{number} of {len(asked)}, in {mutant.place}")

    def tried(self, mutant: Mutant) -> str:
        """Who notices this one."""
        tests = self.likeliest(mutant)
        try:
            self.lay(mutant.lay)
        except psycopg.Error as broken:
            return f"{book.GRAMMAR}: {type(broken).__name__}"
        try:
            by = next((one for one in tests if self.notices(one, mutant)), "")
        finally:
            self.lay(mutant.undo)
        if by:
            self.sharp[by] += 1
            others = [one for one in self.found_by[mutant.place] if one != by]
            self.found_by[mutant.place] = [by, *others]
        return by

    def notices(self, nodeid: str, mutant: Mutant) -> bool:
        """Whether this test fails now, and did not on the whole text, by which it also sets its scene."""
        if nodeid not in self.stands:
            self.lay(mutant.undo)
            self.stands[nodeid] = not self.run(nodeid)
            self.lay(mutant.lay)
        if not self.stands[nodeid]:
            return False
        before = self.copy()
        narrowed.to(mutant.tables)
        failed = self.run(nodeid)
        narrowed.to(())
        if failed:
            return True
        if self.copy() != before:  # of a copy that was made anew nothing is broken yet
            self.lay(mutant.lay)
        return False

    def likeliest(self, mutant: Mutant) -> list[str]:
        """Tests that met what it changes: who noticed its neighbours, who noticed most, then of each file the quickest."""
        by, most = self.who_met(mutant)
        near = sorted((one for one in self.found_by[mutant.place] if one in by), key=self.takes_long)
        sharp = sorted(by & self.sharp.keys(), key=lambda one: self.kept.seconds[one] / self.sharp[one])
        first = list(dict.fromkeys([*near, *sharp[:SHARPEST]]))
        turn: Counter[str] = Counter()  # tests of one file ask alike
        places = {}
        for one in sorted(by, key=lambda one: self.kept.seconds[one] * self.many[one]):
            places[one], turn[file_of(one)] = turn[file_of(one)], turn[file_of(one)] + 1
        return [*first, *(one for one in sorted(places, key=places.__getitem__) if one not in first)][:most]

    def takes_long(self, nodeid: str) -> bool:
        """Whether others are asked before it, even if it noticed a neighbour."""
        return self.kept.seconds[nodeid] > LONG

    def who_met(self, mutant: Mutant) -> tuple[set[str], int]:
        """The tests by which this mutant changes a value, and how many of them are asked."""
        most = self.chosen.tests_each
        if any(self.came_by.get(sign) for sign in mutant.met):
            return {test for sign in mutant.signs for test in self.came_by.get(sign, ())}, most
        by = set(self.came_by.get(mutant.place, ()))  # a call that ends in a refusal is not counted
        if not by or not mutant.place.startswith("function"):
            wanted = {*mutant.tables, *self.callers.get(mutant.place, ())}
            by = {test for name in wanted for test in self.came_by.get(name, ())}
        return by, min(most, UNSEEN) if mutant.signs else most

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


def made() -> argparse.ArgumentParser:
    """What may be chosen."""
    made = argparse.ArgumentParser(prog="python -m proofs.by_tests", description=__doc__)
    made.add_argument("--only", default="", help="mutants whose title holds these words")
    made.add_argument("--all", action="store_true", help="also what only the clock does")
    made.add_argument("--share", default="1/1", help="1/2 and 2/2 for two processes beside each other")
    made.add_argument("--minutes", type=float, default=600, help="begin no other after so long")
    made.add_argument("--tests-each", type=int, default=60, help="asked of each before it survives")
    made.add_argument("--anew", action="store_true", help="lay every mutant again")
    made.add_argument("--survivors", action="store_true", help="lay again what nobody noticed")
    made.add_argument("--to", default=str(book.BOOK), help="where what came of each is kept")
    made.add_argument("tests", nargs="*", default=["tests"])
    return made


def main() -> int:
    """Try them all; 1 when one survives."""
    chosen = made().parse_args()
    return int(pytest.main([*asked_of(), *chosen.tests], plugins=[Trials(chosen)]))


if __name__ == "__main__":
    sys.exit(main())
