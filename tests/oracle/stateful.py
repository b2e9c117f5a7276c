"""A machine that finds its own stories: hypothesis chooses any operation with any fields.

Unlike the dice it knows nothing of what is likely, and it shrinks by itself. By default it
plays against the paper harness; with ORACLE_HARNESS="kring harness" against the product:
`ORACLE_HARNESS="kring harness" PYTHONPATH=tests python -m pytest tests/oracle/test_stateful.py`.
"""

import atexit
import os
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from oracle.facts import EXCLUSION_GROUNDS, KINDS, SEAT_GROUNDS, SECTORS
from oracle.fake import PlainWorld
from oracle.talk import Direct, Harness, Piped, command, differs
from oracle.world import Operation, World

MOMENTS = st.sampled_from(
    (
        *("2025-09-01T00:00:00Z", "2026-07-31T21:59:59.999999Z", "2026-07-31T22:00:00Z"),
        *("2026-07-31T22:00:00.000001Z", "2026-08-01T00:00:00Z", "2026-08-01T02:00:00+00:00"),
        *("2027-02-28T23:00:00Z", "2027-03-01T01:00:00+02:00", "2027-02-27T23:00:00Z"),
    )
)
NOW = "2026-08-01T00:00:00+02:00"
ENDS = st.one_of(st.none(), st.none(), MOMENTS)
BORN = st.sampled_from(("2008-02-29", "2012-02-29", "2010-08-01", "2014-08-01", "2011-08-01", "2015-03-01"))
PEOPLE = st.sampled_from([f"p{number}" for number in range(8)])
CHILDREN = st.sampled_from(("p0", "p0", "p1", "p4"))
ORGANISATIONS = st.sampled_from(("o1", "o2", "o3"))
FAMILIES = st.sampled_from(("f1", "f1", "f1", "f2"))
JOBS = st.sampled_from(("j0", "j1", "j2"))
CIRCLES = st.sampled_from([f"c{number}" for number in range(9)])
LONG_AGO = "2020-01-01T00:00:00Z"
SUBJECTS = ("p0", None, "p1", "p0", "p0", None, "p0", None, None)


def maybe(some: Any) -> Any:
    """Something, or nothing."""
    return st.one_of(st.none(), some)


def opened() -> Harness:
    """The harness to play against."""
    text = os.environ.get("ORACLE_HARNESS")
    harness = Piped(command(text)) if text else Direct(PlainWorld())
    atexit.register(harness.close)
    return harness


class Machine(RuleBasedStateMachine):
    """Any operation, in any order, on a few names."""

    harness: Harness | None = None

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self._around = {NOW}
        self._counts: dict[str, int] = {}
        if Machine.harness is None:
            Machine.harness = opened()
        self.does({"op": "reset"})

    def does(self, op: Operation) -> None:
        """Ask both, and compare."""
        expected = self.world.answer(op)
        self.harness.put(op)
        got = self.harness.get()
        assert not differs(expected, got), f"{op}: oracle {expected}, harness {got}"

    def after(self, op: Operation) -> None:
        """Do it, and remember its moments for the questions that follow."""
        self._around = {NOW, *(op[name] for name in ("since", "until", "at") if op.get(name))}
        self.does(op)

    def name(self, letter: str, most: int) -> str:
        """The next name of this kind; after the last it is repeated, which is refused."""
        number = self._counts.get(letter, 0)
        self._counts[letter] = min(number + 1, most)
        return f"{letter}{number}"

    @initialize(
        countries=st.tuples(*[st.sampled_from(("NL", "BE", "UK", "FR"))] * 2),
        born=st.tuples(*[BORN] * 8),
        marks=st.tuples(*[st.booleans()] * 3),
    )
    def village(self, countries: tuple[str, ...], born: tuple[str, ...], marks: tuple[bool, ...]) -> None:
        """Two villages, eight persons, three partners, two families."""
        zones = ("Europe/Amsterdam", "Europe/London")
        for name, country, zone in zip(("v1", "v2"), countries, zones, strict=True):
            self.does({"op": "village", "id": name, "country": country, "timezone": zone})
        for number, date in enumerate(born):
            self.does(
                {"op": "person", "id": f"p{number}", "village": "v2" if number == 7 else "v1", "born": date}
            )
        for number, sector in ((1, SECTORS[0]), (2, SECTORS[1]), (3, SECTORS[0])):
            self.does({"op": "organisation", "id": f"o{number}", "village": "v1", "sector": sector})
        for name, children, guardians in (("f1", ["p0", "p1"], ["p2", "p3"]), ("f2", ["p4"], ["p3"])):
            people = {"children": children, "guardians": guardians}
            self.does({"op": "family", "id": name, "village": "v1", **people})
        self._circles(*marks)

    def _circles(self, bound: bool, safety: bool, secrecy: bool) -> None:
        """Jobs with agreements, a circle of each kind, and in each an item."""
        for number in (1, 2):
            times = {"since": LONG_AGO, "until": None}
            self.does({"op": "agreement", "id": self.name("a", 9), "organisation": f"o{number}", **times})
        for person, organisation in (("p5", "o1"), ("p6", "o2"), ("p3", "o3")):
            job = {"person": person, "organisation": organisation, "bound": bound}
            self.does({"op": "job", "id": self.name("j", 9), **job, "since": LONG_AGO, "until": None})
        for kind, subject in zip((*KINDS, "confidence"), SUBJECTS, strict=True):
            told = kind == "confidence"
            marks = {"safety": told and safety, "secrecy": told and secrecy}
            family = None if kind == "desk" else "f1"
            place = {"village": "v1", "family": family, "subject": subject, "kind": kind}
            name = self.name("c", 99)
            self.does({"op": "circle", "id": name, **place, **marks})
            self.does(
                {
                    "op": "item",
                    "id": self.name("i", 99),
                    "circle": name,
                    "subject": None,
                    "author": "p2",
                    "at": LONG_AGO,
                }
            )

    @rule(organisation=ORGANISATIONS, since=MOMENTS, until=ENDS)
    def agreement(self, **fields: Any) -> None:
        """An agreement."""
        self.after({"op": "agreement", "id": self.name("a", 9), **fields})

    @rule(person=PEOPLE, organisation=ORGANISATIONS, bound=st.booleans(), since=MOMENTS, until=ENDS)
    def job(self, **fields: Any) -> None:
        """A job."""
        self.after({"op": "job", "id": self.name("j", 9), **fields})

    @rule(
        circle=CIRCLES,
        person=PEOPLE,
        since=MOMENTS,
        until=ENDS,
        work=st.booleans(),
        history=st.booleans(),
        ground=st.sampled_from(SEAT_GROUNDS),
    )
    def seat(self, work: bool, **fields: Any) -> None:
        """A seat, through one's own job when there is one."""
        mine = {"p5": "j0", "p6": "j1", "p3": "j2"}.get(fields["person"]) if work else None
        self.after({"op": "seat", "id": self.name("s", 20), "job": mine, **fields})

    @rule(
        subject=CHILDREN,
        aim=st.one_of(
            st.tuples(st.just("person"), st.sampled_from(("p0", "p2", "p3", "p5", "p6"))),
            st.tuples(st.just("organisation"), ORGANISATIONS),
            st.tuples(st.just("sector"), st.sampled_from(SECTORS[:3])),
        ),
        since=MOMENTS,
        until=ENDS,
        ground=st.sampled_from(EXCLUSION_GROUNDS),
    )
    def exclusion(self, aim: tuple[str, str], **fields: Any) -> None:
        """An exclusion of one target."""
        self.after({"op": "exclusion", "id": self.name("x", 20), aim[0]: aim[1], **fields})

    @rule(circle=CIRCLES, subject=maybe(CHILDREN), author=PEOPLE, at=MOMENTS)
    def item(self, **fields: Any) -> None:
        """An item."""
        self.after({"op": "item", "id": self.name("i", 30), **fields})

    @rule(item=st.sampled_from([f"i{number}" for number in range(12)]), circle=CIRCLES)
    def move(self, item: str, circle: str) -> None:
        """A move between circles that both have a family, or both have none."""
        lying, target = self.world.items.get(item), self.world.circles.get(circle)
        if lying and target and bool(lying.circle.family) != bool(target.family):
            return
        self.after({"op": "move", "item": item, "circle": circle})

    @rule(person=PEOPLE, job=JOBS, family=FAMILIES, at=MOMENTS)
    def danger(self, **fields: Any) -> None:
        """A danger by somebody of this village."""
        if fields["person"] != "p7":
            self.after({"op": "danger", "id": self.name("d", 5), **fields})

    @rule(kind=st.sampled_from("sssxxja"), which=st.integers(0, 20), at=MOMENTS)
    def end(self, kind: str, which: int, at: str) -> None:
        """Something ends; the newest things most often."""
        newest = self._counts.get(kind, 0) - 1
        self.after({"op": "end", "id": f"{kind}{max(0, newest - which // 5)}", "at": at})

    @rule(viewer=PEOPLE, at=MOMENTS)
    def ask(self, **fields: Any) -> None:
        """A question."""
        self.does({"op": "ask", **fields})

    @invariant()
    def everybody_is_answered_alike(self) -> None:
        """After every step everybody is asked about its moments and one midnight."""
        for at in sorted(self._around):
            for person in list(self.world.persons):
                self.does({"op": "ask", "viewer": person, "at": at})
        self._around = {NOW}
