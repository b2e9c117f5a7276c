"""Shrinking: from a long story with a difference to the shortest that still has it."""

from collections.abc import Callable
from dataclasses import dataclass

from oracle.facts import moment
from oracle.reasons import judge
from oracle.talk import Answer, Harness, Stopped, differs
from oracle.world import Operation, World

TRIES = 500


@dataclass
class Difference:
    """One operation to which the oracle and the harness gave different answers."""

    story: list[Operation]
    expected: Answer
    got: Answer

    @property
    def op(self) -> Operation:
        """The operation on which they differ."""
        return self.story[-1]

    @property
    def leaks(self) -> list[str]:
        """Items shown that the oracle denies."""
        return sorted(set(self.got.get("items", ())) - set(self.expected.get("items", ())))

    @property
    def wrong_denials(self) -> list[str]:
        """Items hidden that the oracle shows."""
        if "items" not in self.got:
            return []
        return sorted(set(self.expected.get("items", ())) - set(self.got["items"]))

    @property
    def kind(self) -> str:
        """In one word."""
        if self.leaks:
            return "leak"
        return "wrong denial" if self.wrong_denials else "error"

    def why(self) -> list[str]:
        """The deciding facts, as the oracle sees them."""
        if self.op["op"] != "ask":
            return []
        world = World()
        for op in self.story:
            world.answer(op)
        viewer, at = world.persons.get(self.op["viewer"]), moment(self.op["at"])
        lines = []
        for name in (self.leaks + self.wrong_denials)[:3]:
            if viewer and name in world.items:
                lines += [f"{name}: {line}" for line in judge(world, viewer, world.items[name], at).told()]
        return lines


def first_difference(harness: Harness, story: list[Operation]) -> Difference | None:
    """Play a story from an empty world; the first difference, if there is one."""
    world = World()
    try:
        harness.put({"op": "reset"})
        for op in story:
            harness.put(op)
        answers = [harness.get() for _ in range(len(story) + 1)][1:]
    except Stopped as stopped:
        harness.restart()
        return Difference(story, {"ok": True}, {"error": "stopped", "message": str(stopped)})
    for number, (op, got) in enumerate(zip(story, answers, strict=True), 1):
        expected = world.answer(op)
        if differs(expected, got):
            return Difference(story[:number], expected, got)
    return None


def flat(story: list[Operation]) -> list[Operation]:
    """The same story without batches."""
    ops: list[Operation] = []
    for op in story:
        ops += op["ops"] if op["op"] == "batch" else [op]
    return ops


def shrink(harness: Harness, found: Difference) -> Difference:
    """Leave out operations as long as a difference of the same kind stays."""
    left = TRIES

    def still(story: list[Operation]) -> Difference | None:
        nonlocal left
        left -= 1
        one = first_difference(harness, story) if left > 0 else None
        return one if one is not None and one.kind == found.kind else None

    changing = [op for op in found.story[:-1] if op["op"] not in ("ask", "reset")] + [found.op]
    best = still(changing) or found
    best = still(flat(best.story)) or best
    return leave_out(best, still)


def leave_out(best: Difference, still: Callable[[list[Operation]], Difference | None]) -> Difference:
    """Delta debugging: drop large pieces first, then smaller ones, then single operations."""
    size = max(1, len(best.story) // 2)
    while True:
        at, dropped = 0, False
        while at < len(best.story) - 1:
            end = min(at + size, len(best.story) - 1)
            shorter = still(best.story[:at] + best.story[end:])
            if shorter is None:
                at = end
            else:
                best, dropped = shorter, True
        if size == 1 and not dropped:
            return best
        size = max(1, size // 2)
