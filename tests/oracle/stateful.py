"""A machine that finds its own stories: hypothesis chooses any operation with any fields.

Unlike the dice it knows nothing of what is likely, and it shrinks by itself. By default it
plays against the paper harness; with ORACLE_HARNESS="kring harness" against the product:
`ORACLE_HARNESS="kring harness" PYTHONPATH=tests python -m pytest tests/oracle/test_stateful.py`.
"""

import os
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from oracle.facts import EXCLUSION_GROUNDS, KINDS, SEAT_GROUNDS, SECTORS
from oracle.fake import PlainWorld
from oracle.talk import Direct, Harness, Piped, command, differs
from oracle.world import Operation, World

DAYS = ("2025-09-01", "2026-07-31", "2026-08-01", "2027-03-01", "2027-03-02")
HOURS = ("00:00:00+00:00", "22:00:00+00:00", "21:59:59.999999+00:00", "23:00:00Z", "02:00:00+02:00")
MOMENTS = st.builds("{}T{}".format, st.sampled_from(DAYS), st.sampled_from(HOURS))
ENDS = st.one_of(st.none(), MOMENTS)
BORN = st.sampled_from((None, "2008-02-29", "2012-02-29", "2010-08-01", "2014-08-01", "2015-03-01"))
VILLAGES = st.sampled_from(("v1", "v1", "v1", "v2"))
PEOPLE = st.sampled_from([f"p{number}" for number in range(8)])
ORGANISATIONS = st.sampled_from(("o1", "o2", "o3"))
FAMILIES = st.sampled_from(("f1", "f1", "f2"))
JOBS = st.sampled_from([f"j{number}" for number in range(6)])
CIRCLES = st.sampled_from([f"c{number}" for number in range(6)])
ENDING = st.sampled_from([f"{kind}{number}" for kind in "sxja" for number in range(5)])


def maybe(some: Any) -> Any:
    """Something, or nothing."""
    return st.one_of(st.none(), some)


def opened() -> Harness:
    """The harness to play against."""
    text = os.environ.get("ORACLE_HARNESS")
    return Piped(command(text)) if text else Direct(PlainWorld())


class Machine(RuleBasedStateMachine):
    """Any operation, in any order, on a few names."""

    harness: Harness | None = None

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
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

    def name(self, letter: str, most: int) -> str:
        """The next name of this kind; after the last it is repeated, which is refused."""
        number = self._counts.get(letter, 0)
        self._counts[letter] = min(number + 1, most)
        return f"{letter}{number}"

    @initialize(
        countries=st.tuples(*[st.sampled_from(("NL", "BE", "UK", "FR"))] * 2), born=st.tuples(*[BORN] * 8)
    )
    def village(self, countries: tuple[str, ...], born: tuple[str | None, ...]) -> None:
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
        families = (("f1", ["p0", "p1"], ["p2", "p3"]), ("f2", ["p4"], ["p3"]))
        for name, children, guardians in families:
            people = {"children": children, "guardians": guardians}
            self.does({"op": "family", "id": name, "village": "v1", **people})

    @rule(organisation=ORGANISATIONS, since=MOMENTS, until=ENDS)
    def agreement(self, **fields: Any) -> None:
        """An agreement."""
        self.does({"op": "agreement", "id": self.name("a", 5), **fields})

    @rule(person=PEOPLE, organisation=ORGANISATIONS, bound=st.booleans(), since=MOMENTS, until=ENDS)
    def job(self, **fields: Any) -> None:
        """A job."""
        self.does({"op": "job", "id": self.name("j", 6), **fields})

    @rule(
        kind=st.sampled_from(KINDS),
        village=VILLAGES,
        family=maybe(FAMILIES),
        subject=maybe(st.sampled_from(("p0", "p1", "p4"))),
        safety=st.booleans(),
        secrecy=st.booleans(),
    )
    def circle(self, kind: str, safety: bool, secrecy: bool, **fields: Any) -> None:
        """A circle; only confidences are marked, and a village's child is of the family given."""
        if fields["family"] is None:
            fields["subject"] = None
        told = kind == "confidence"
        marks = {"safety": told and safety, "secrecy": told and secrecy}
        self.does({"op": "circle", "id": self.name("c", 6), "kind": kind, **fields, **marks})

    @rule(
        circle=CIRCLES,
        person=PEOPLE,
        since=MOMENTS,
        until=ENDS,
        job=maybe(JOBS),
        history=st.booleans(),
        ground=st.sampled_from(SEAT_GROUNDS),
    )
    def seat(self, **fields: Any) -> None:
        """A seat."""
        self.does({"op": "seat", "id": self.name("s", 8), **fields})

    @rule(
        subject=st.sampled_from(("p0", "p1", "p4")),
        aim=st.one_of(
            st.tuples(st.just("person"), st.sampled_from(("p1", "p2", "p3", "p5", "p6"))),
            st.tuples(st.just("organisation"), ORGANISATIONS),
            st.tuples(st.just("sector"), st.sampled_from(SECTORS[:3])),
        ),
        since=MOMENTS,
        until=ENDS,
        ground=st.sampled_from(EXCLUSION_GROUNDS),
    )
    def exclusion(self, aim: tuple[str, str], **fields: Any) -> None:
        """An exclusion of one target."""
        self.does({"op": "exclusion", "id": self.name("x", 8), aim[0]: aim[1], **fields})

    @rule(circle=CIRCLES, subject=maybe(st.sampled_from(("p0", "p1", "p4"))), author=PEOPLE, at=MOMENTS)
    def item(self, **fields: Any) -> None:
        """An item."""
        self.does({"op": "item", "id": self.name("i", 8), **fields})

    @rule(item=st.sampled_from(("i0", "i1", "i2", "i3")), circle=CIRCLES)
    def move(self, item: str, circle: str) -> None:
        """A move between circles that both have a family, or both have none."""
        lying, target = self.world.items.get(item), self.world.circles.get(circle)
        if lying and target and bool(lying.circle.family) != bool(target.family):
            return
        self.does({"op": "move", "item": item, "circle": circle})

    @rule(person=PEOPLE, job=JOBS, family=FAMILIES, at=MOMENTS)
    def danger(self, **fields: Any) -> None:
        """A danger by somebody of this village."""
        if fields["person"] != "p7":
            self.does({"op": "danger", "id": self.name("d", 5), **fields})

    @rule(id=ENDING, at=MOMENTS)
    def end(self, **fields: Any) -> None:
        """Something ends."""
        self.does({"op": "end", **fields})

    @rule(viewer=PEOPLE, at=MOMENTS)
    def ask(self, **fields: Any) -> None:
        """A question."""
        self.does({"op": "ask", **fields})

    @invariant()
    def everybody_is_answered_alike(self) -> None:
        """After every step everybody is asked about one day."""
        for person in list(self.world.persons):
            self.does({"op": "ask", "viewer": person, "at": "2026-08-01T00:00:00+02:00"})
