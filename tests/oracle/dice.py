"""The dice: from one seed a world, what happens in it, and the questions asked.

Questions go where faults hide: to people who sit in circles, at and beside the instants
at which something changes for them, and right after a change to those it is about.
"""

from collections.abc import Iterator
from datetime import datetime
from random import Random
from typing import Any

from oracle.casting import Casting
from oracle.changes import Changes
from oracle.crossings import CROSSINGS
from oracle.edges import EDGES
from oracle.facts import Person
from oracle.mistakes import MISTAKES
from oracle.moments import beside, boundaries, some_moment, written
from oracle.sizes import SIZE_WEIGHTS, SIZES, Size
from oracle.world import Operation, World

ALL_MISTAKES = [*MISTAKES, *CROSSINGS]
A_CHANGE = 0.13
A_MISTAKE = 0.18


class Dice:
    """Plays one world. The player must apply every operation to `world` before asking for the next."""

    def __init__(self, world: World, seed: object, size: Size | None = None, edges: bool = False) -> None:
        self.world, self.rng = world, Random(str(seed))
        names, weights = list(SIZE_WEIGHTS), list(SIZE_WEIGHTS.values())
        self.size = size or SIZES[self.rng.choices(names, weights)[0]]
        self.casting = Casting(self.rng, self.size, edges)
        self.pivots = [instant for _, instant in self.casting.pivots]
        self._mistakes = [*ALL_MISTAKES, *(EDGES * 2 if edges else ())]
        self._instants: dict[str, list[datetime]] = {}
        self._after = 0

    def play(self) -> Iterator[Operation]:
        """All operations and questions of this world, in order."""
        yield {"op": "reset"}
        yield from self._cast()
        self.changes = Changes(self.world, self.rng, self.pivots)
        self._rank()
        for _ in range(8):
            yield from self._proposal()
        asked = 0
        while asked < self.size.questions:
            if self.rng.random() < A_CHANGE:
                yield from self._step()
            else:
                asked += 1
                yield self._question()

    # operations

    def _cast(self) -> Iterator[Operation]:
        """The cast, one by one or in batches; now and then a batch that must fail as a whole."""
        ops = self.casting.ops
        at = 0
        while at < len(ops):
            many = self.rng.choice((1, 1, 2, 5, 20, 60))
            part = ops[at : at + many]
            at += many
            if self.rng.random() < 0.06:
                broken = {"op": "end", "id": "nobody", "at": "2026-01-01T00:00:00+00:00"}
                place = self.rng.randrange(len(part) + 1)
                yield {"op": "batch", "ops": [*part[:place], broken, *part[place:]]}
            if many == 1:
                yield part[0]
            else:
                yield {"op": "batch", "ops": part}

    def _step(self) -> Iterator[Operation]:
        """A mistake, or a change; sometimes several together."""
        if self.rng.random() < A_MISTAKE:
            mistake = self.rng.choice(self._mistakes)(self.changes)
            if mistake is not None and self.rng.random() < 0.15:
                good = self.changes.propose()
                ops = [good, mistake] if good else [mistake]
                yield {"op": "batch", "ops": ops}
            elif mistake is not None:
                yield mistake
            return
        if self.rng.random() < 0.12:
            made = [self.changes.propose() for _ in range(self.rng.randrange(2, 5))]
            batch = {"op": "batch", "ops": [one for one in made if one]}
            if self.world.legal(batch) or self.rng.random() < 0.3:
                yield batch
        else:
            yield from self._proposal()
        self._instants.clear()
        self._after = 6 if self.changes.about else 0

    def _proposal(self) -> Iterator[Operation]:
        """One change; an accidental refusal is mostly rolled again."""
        for _ in range(3):
            proposal = self.changes.propose()
            if proposal and (self.world.legal(proposal) or self.rng.random() < 0.05):
                yield proposal
                return

    # questions

    def _rank(self) -> None:
        """Those who sit most are asked about most."""
        seated = [seat.person for seat in self.world.seats.values()]
        home = self.casting.houses[0].guardians + self.casting.houses[0].workers
        self.often = [one for one in seated if one.id in home] or seated
        self.seated = seated
        self.everybody = list(self.world.persons.values())

    def _viewer(self) -> Person:
        dice = self.rng.random()
        if dice < 0.74:
            return self.rng.choice(self.often)
        return self.rng.choice(self.seated if dice < 0.94 else self.everybody)

    def _moment(self, viewer: Person) -> datetime:
        dice = self.rng.random()
        if dice > 0.96:
            return some_moment(self.rng)
        if dice < 0.6:
            return beside(self.rng, self.rng.choice(self.pivots))
        edges = self._instants.get(viewer.id)
        if edges is None:
            edges = self._instants[viewer.id] = boundaries(self.world, viewer)
        return beside(self.rng, self.rng.choice(edges or self.pivots))

    def _question(self) -> Operation:
        """Who, and when."""
        viewer = self._viewer()
        at = None
        if self._after > 0 and self.changes.about:
            self._after -= 1
            viewer = self.rng.choice(self.changes.about)
            if self.changes.around and self.rng.random() < 0.8:
                at = beside(self.rng, self.rng.choice(self.changes.around))
        at = at or self._moment(viewer)
        return {"op": "ask", "viewer": viewer.id, "at": written(self.rng, at, self.casting.zone)}


def worlds(
    seed: object, edges: bool = False, size: str | None = None
) -> Iterator[tuple[World, Iterator[Any]]]:
    """One world after the other, each with its operations."""
    number = 0
    while True:
        world = World()
        dice = Dice(world, f"{seed}:{number}", SIZES[size] if size else None, edges)
        yield world, dice.play()
        number += 1
