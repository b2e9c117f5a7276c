"""A match: many random worlds played against a harness, and what came of it."""

import sys
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from oracle.dice import worlds
from oracle.facts import moment
from oracle.reasons import judge_all
from oracle.shrink import Difference, shrink
from oracle.talk import Answer, Harness, Stopped, differs
from oracle.world import Operation, World


class Line(NamedTuple):
    """An operation on its way: the story up to it, and the answer the oracle gives."""

    story: list[Operation]
    number: int
    expected: Answer


@dataclass
class Tally:
    """What was asked, and what came back."""

    questions: int = 0
    operations: int = 0
    refused: int = 0
    worlds: int = 0
    leaks: int = 0
    wrong_denials: int = 0
    error_disagreements: int = 0
    stopped: str = ""
    seconds: float = 0.0
    judged: int = 0
    pairs: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SHARES, 0))
    asked: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SHARES, 0))

    @property
    def clean(self) -> bool:
        """No difference at all."""
        return not (self.leaks or self.wrong_denials or self.error_disagreements or self.stopped)

    def count(self, found: Difference) -> None:
        """Add one difference."""
        self.leaks += len(found.leaks)
        self.wrong_denials += len(found.wrong_denials)
        self.error_disagreements += found.kind == "error"

    def judge(self, world: World, op: Operation) -> None:
        """Add one question to the shares, with every pair of it."""
        here = dict.fromkeys(SHARES, 0)
        for verdict, many in judge_all(world, world.persons[op["viewer"]], moment(op["at"])):
            here["pairs"] += many
            here["allowed"] += many * verdict.allowed
            here["near-miss"] += many * verdict.near_miss
            here["near-miss, denied"] += many * (verdict.near_miss and not verdict.allowed)
            here["boundary"] += many * verdict.boundary
        self.judged += 1
        for name, many in here.items():
            self.pairs[name] += many
            self.asked[name] += many > 0

    def share(self, name: str) -> float:
        """The share of pairs of viewer and item."""
        return self.pairs[name] / max(1, self.pairs["pairs"])

    def questions_a_second(self) -> float:
        """How fast it went, with everything."""
        return self.questions / max(self.seconds, 1e-9)

    def report(self) -> dict[str, Any]:
        """Everything, for people and programs."""
        shares = {name: round(self.share(name), 4) for name in SHARES[1:]}
        asked = {name: round(self.asked[name] / max(1, self.judged), 4) for name in SHARES[1:]}
        return {
            "questions": self.questions,
            "leaks": self.leaks,
            "wrong_denials": self.wrong_denials,
            "error_disagreements": self.error_disagreements,
            "stopped": self.stopped,
            "worlds": self.worlds,
            "operations": self.operations,
            "refused": self.refused,
            "questions_judged": self.judged,
            "pairs_judged": self.pairs["pairs"],
            "shares_of_pairs": shares,
            "shares_of_questions": asked,
            "seconds": round(self.seconds, 2),
            "questions_per_second": round(self.questions_a_second(), 1),
        }


SHARES = ("pairs", "allowed", "near-miss", "near-miss, denied", "boundary")


@dataclass
class Match:
    """Plays until enough is asked, or enough differences are found."""

    harness: Harness
    questions: int
    seed: object = 7
    size: str | None = None
    edges: bool = False
    window: int = 512
    sample: int = 0  # judge one question in so many for the shares; 0 leaves about 2000
    limit: int = 3
    shrinking: bool = True
    progress: bool = False
    tally: Tally = field(default_factory=Tally)
    found: list[Difference] = field(default_factory=list)

    def play(self) -> Tally:
        """The whole match."""
        begun = time.perf_counter()
        self._waiting: deque[Line] = deque()
        self._asked = 0
        self.sample = self.sample or max(1, self.questions // 2000)
        try:
            for world, ops in worlds(self.seed, self.edges, self.size):
                self.tally.worlds += 1
                if self._world(world, ops) or self._asked >= self.questions or len(self.found) >= self.limit:
                    break
            self._drain(0)
        except Stopped as stopped:
            self.tally.stopped = str(stopped)
            for line in list(self._waiting)[:1]:
                self.found.append(
                    Difference(
                        line.story[: line.number],
                        line.expected,
                        {"error": "stopped", "message": str(stopped)},
                    )
                )
        self.tally.seconds = time.perf_counter() - begun
        return self.tally

    def _world(self, world: World, ops: Any) -> bool:
        """Play one world until it ends, or differs; true when the match is over."""
        story: list[Operation] = []
        for op in ops:
            expected = world.answer(op)
            story.append(op)
            self.harness.put(op)
            self._waiting.append(Line(story, len(story), expected))
            if op["op"] == "ask":
                self._asked += 1
                if self._asked % self.sample == 0 and "items" in expected:
                    self.tally.judge(world, op)
            over = self._asked >= self.questions
            if self._drain(0 if over else self.window) or over:
                return over
        return False

    def _drain(self, most: int) -> bool:
        """Read answers until at most so many are on their way; true when one differs."""
        while len(self._waiting) > most:
            got = self.harness.get()
            line = self._waiting.popleft()
            self._count(line)
            if differs(line.expected, got):
                self._note(Difference(line.story[: line.number], line.expected, got))
                return True
        return False

    def _count(self, line: Line) -> None:
        tally = self.tally
        if line.story[line.number - 1]["op"] != "ask":
            tally.operations += 1
            tally.refused += "error" in line.expected
            return
        tally.questions += 1
        if self.progress and tally.questions % 20000 == 0:
            sys.stderr.write(f"{tally.questions} questions\n")

    def _note(self, difference: Difference) -> None:
        """Keep a difference, as short as it can be; what is on its way is worth nothing now."""
        self.tally.count(difference)
        for _ in range(len(self._waiting)):
            self.harness.get()
        self._waiting.clear()
        self.found.append(shrink(self.harness, difference) if self.shrinking else difference)
