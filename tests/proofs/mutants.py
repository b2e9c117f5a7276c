"""`make mutants`: every clause of what decides who may know is broken in the database, one at a time, until somebody notices.

A mutant is caught by an answer that differs from the oracle's in a random world. What nobody notices is printed by
name, and the command fails; what cannot be noticed stands in `alike.py` with its reason.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import psycopg

from kring.commands import database, harness, preparing
from kring.commands.harness_world import World
from proofs import book
from proofs.alike import gone, reason
from proofs.texts import Mutant, every
from proofs.worlds import SecondWay, Story, difference, stories

#: What the questions of the oracle go through; the other texts decide about deeds and have their own tests.
TABLES = ("seat", "job", "agreement", "birth", "circle", "exclusion", "danger")
KNOWING = (
    "policy circle, read", "function own_voice_from ", "function guardian_reads_until ",
    "function is_child_of ", "function refuse ", "trigger wraparound_note.check_guarded ",
    "constraint trust_seat.one_live_seat_per_person_and_circle ",
    *(f"function reckon_{what} " for what in ("seats", "dangers", "exclusions")),
    *(f"function check_{what} " for what in ("subject", "job", "familymember", "circle", "seat", "exclusion", "danger", "guarded")),
    *(f"function {table}s_changed " for table in TABLES),
    *(f"trigger trust_{table}.{name} " for table in TABLES for name in ("reckon_on_insert", "reckon_on_update", "refuse")),
)  # fmt: skip
SECOND = tuple(
    f"function {name} " for name in ("seat_says_so", "is_target", "is_denied", "danger_says_so", "knows")
)


@dataclass
class Verdict:
    """What came of one mutant."""

    mutant: Mutant
    by: str
    seconds: float

    @property
    def stands(self) -> bool:
        """Whether the database took it at all; what breaks its grammar proves nothing."""
        return not self.by.startswith(book.GRAMMAR)

    @property
    def survived(self) -> bool:
        """Nobody noticed, though somebody could."""
        return not self.by and not reason(self.mutant.title)

    @property
    def stale(self) -> bool:
        """It was noticed, though the list says that nobody can."""
        return bool(self.by) and self.stands and bool(reason(self.mutant.title))


@contextmanager
def as_owner(world: World) -> Iterator[psycopg.Connection]:
    """The owner's connection, whom no policy binds; afterwards it serves the world again."""
    world.owner.execute("RESET ROLE")
    try:
        with world.owner.transaction():
            world.owner.execute("SET LOCAL search_path = public")
            yield world.owner
    finally:
        world.owner.execute("SET ROLE kring_gatekeeper")


@dataclass
class Trial:
    """A scratch database in which one mutant after the other is laid and asked."""

    world: World
    told: list[Story]
    verdicts: list[Verdict] = field(default_factory=list)

    def run(self, mutant: Mutant) -> Verdict:
        """Lay it, ask until an answer differs, and put back what was there."""
        begun = time.perf_counter()
        try:
            by = self._laid(mutant)
        except psycopg.Error as broken:
            if self.world.owner.closed:  # a server that is gone has noticed nothing
                raise
            by = f"{book.GRAMMAR}: {type(broken).__name__}"
        self.verdicts.append(Verdict(mutant, by, time.perf_counter() - begun))
        return self.verdicts[-1]

    def _laid(self, mutant: Mutant) -> str:
        with as_owner(self.world) as owner:
            owner.execute(mutant.lay)
        try:
            return self._asked(mutant)
        finally:
            with suppress(psycopg.Error):  # a broken trigger may refuse even to forget; put back, it does not
                self.world.reset()
            with as_owner(self.world) as owner:
                owner.execute(mutant.undo)
            self.world.reset()

    def _asked(self, mutant: Mutant) -> str:
        second = f"{mutant.place} ".startswith(SECOND)
        world = SecondWay(self.world.owner, self.world.runtime) if second else self.world
        for number, story in enumerate(self.told):
            if by := difference(world, story):
                self.told.insert(0, self.told.pop(number))  # what found one finds others
                return by
        return ""


def options() -> argparse.Namespace:
    """What may be chosen."""
    made = argparse.ArgumentParser(prog="python -m proofs.mutants", description=__doc__)
    made.add_argument("--only", default="", help="mutants whose title holds these words")
    made.add_argument("--sample", type=int, default=0, help="so many, chosen by the seed")
    made.add_argument("--seed", default="7")
    made.add_argument("--anew", action="store_true", help="lay also those that were noticed before")
    made.add_argument(
        "--questions", type=int, default=6000, help="asked of each before it counts as a survivor"
    )
    return made.parse_args()


def chosen_mutants(
    world: World, only: str = "", sample: int = 0, seed: object = 7
) -> tuple[list[Mutant], list[Mutant]]:
    """The mutants to try, and all there are; a sample is drawn from those somebody can notice."""
    with as_owner(world) as owner:
        everyone = every(owner)
    asked = [one for one in everyone if asked_by_the_oracle(one) and only in one.title]
    if sample:  # of the one policy of all guarded rows; the rest needs the questions of the whole run
        plain = [one for one in asked if one.place == KNOWING[0] and not reason(one.title)]
        asked = random.Random(str(seed)).sample(plain, sample)
    return asked, everyone


def noticed(asked: list[Mutant]) -> list[Verdict]:
    """What came of the same text before; a survivor is always laid again."""
    found = {one.key: one for one in book.told([mutant.key for mutant in asked]) if not one.survived}
    return [
        Verdict(mutant, found[mutant.key].by, found[mutant.key].seconds)
        for mutant in asked
        if mutant.key in found
    ]


def asked_by_the_oracle(mutant: Mutant) -> bool:
    """Whether a question of the oracle goes through it; the rest is asked of the tests of the house."""
    return f"{mutant.place} ".startswith((*KNOWING, *SECOND))


def told(trial: Trial, others: int, stale: list[str]) -> str:
    """The figures, the survivors by name, and what the list of those alike says wrongly."""
    stood = [one for one in trial.verdicts if one.stands]
    caught = Counter(one.by.split(":")[0] for one in stood if one.by)
    survivors = [one.mutant.title for one in stood if one.survived]
    lines = [
        f"mutants laid: {len(stood)}; refused by the database's grammar: {len(trial.verdicts) - len(stood)}",
        *(f"caught by {by}: {many}" for by, many in caught.most_common()),
        f"alike, with a reason: {sum(not one.by and not one.survived for one in stood)}",
        f"survivors: {len(survivors)}", *(f"  {title}" for title in survivors),
        *(f"  the list of those alike is wrong: {title}" for title in stale),
        f"asked of the tests of the house, by `python -m proofs.by_tests`: {others}",
        f"seconds: {sum(one.seconds for one in trial.verdicts):.0f}",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def main() -> int:
    """Try them all; 1 when one survives."""
    chosen = options()
    preparing.django_ready()
    with database.running() as found, harness.scratch(found) as world:
        for connection in (world.owner, world.runtime):
            connection.execute("SET statement_timeout = '30s'")
        asked, everyone = chosen_mutants(world, chosen.only, chosen.sample, chosen.seed)
        trial = Trial(world, stories(chosen.seed, chosen.questions), [] if chosen.anew else noticed(asked))
        before = {one.mutant.key for one in trial.verdicts}
        for mutant in asked:
            if mutant.key in before:
                continue
            verdict = trial.run(mutant)
            book.write(book.Told(mutant.key, verdict.by, verdict.seconds))
            by = verdict.by or ("alike" if not verdict.survived else "SURVIVED")
            sys.stdout.write(f"{verdict.seconds:6.1f} s  {by:44} {mutant.title}\n")
            sys.stdout.flush()
    stale = [one.mutant.title for one in trial.verdicts if one.stale] + gone([one.title for one in everyone])
    others = sum(not asked_by_the_oracle(one) for one in everyone)
    sys.stdout.write("\n" + told(trial, others, stale))
    return 1 if stale or any(one.survived and one.stands for one in trial.verdicts) else 0


if __name__ == "__main__":
    sys.exit(main())
