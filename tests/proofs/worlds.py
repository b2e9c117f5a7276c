"""Random worlds, told once with the oracle's answers, and told again to every broken database until one answer differs."""

import json
from dataclasses import dataclass
from typing import Any

from kring.commands import harness, harness_world
from oracle.dice import worlds
from oracle.talk import Answer, differs
from oracle.world import Operation, World

SECOND_WAY = (
    'SELECT array_agg(n.text ORDER BY n.text COLLATE "C") FROM wraparound_note n '
    "WHERE trust.knows(%s, n.circle_id, n.about_id, n.author_id, n.at, trust.moment())"
)


class SecondWay(harness_world.World):
    """The same world, asked through the function that answers from seats and exclusions themselves."""

    def _answers(self, askers: list[tuple[Any, str]]) -> list[list[str]]:
        asked = []
        with self.owner.pipeline():
            for person, at in askers:
                self.owner.execute("SELECT set_config('harness.at', %s, false)", (at,))
                asked.append(self.owner.execute(SECOND_WAY, (person,)))
        return [(row[0] or []) if (row := found.fetchone()) else [] for found in asked]


@dataclass
class Story:
    """One world: what is said, and what the oracle answers."""

    lines: list[str]
    expected: list[Answer]
    questions: int


def stories(seed: object, questions: int) -> list[Story]:
    """Worlds with so many questions in all."""
    told = [*in_danger(), *birthdays()]
    for world, ops in worlds(seed):
        lines, expected = [], []
        for op in ops:
            expected.append(world.answer(op))
            lines.append(json.dumps(op))
        told.append(Story(lines, expected, sum('"ask"' in line for line in lines)))
        if sum(story.questions for story in told) >= questions:
            return told
    return told


def story(*told: Operation) -> Story:
    """What is said, with the oracle's answers."""
    world = World()
    expected = [world.answer(op) for op in told]
    return Story([json.dumps(op) for op in told], expected, sum(op["op"] == "ask" for op in told))


def _village(*people: Operation) -> list[Operation]:
    return [
        {"op": "reset"},
        {"op": "village", "id": "v", "country": "NL", "timezone": "Europe/Amsterdam"},
        *({"op": "person", "village": "v", "born": None} | person for person in people),
    ]


def in_danger() -> list[Story]:
    """Danger taken by the author of a row; while it lasts comes a court order, or work or the agreement ends."""
    at = "2026-03-02T{:02}:00:00+01:00".format
    order = {"op": "exclusion", "id": "e", "subject": "kid", "person": "worker", "organisation": None, "sector": None,
             "since": at(10), "until": at(11), "ground": "court order"}  # fmt: skip
    return [_danger(later) for later in (order, *({"op": "end", "id": what, "at": at(11)} for what in "jg"))]


def _danger(later: Operation) -> Story:
    at = "2026-03-02T{:02}:00:00+01:00".format
    return story(
        *_village({"id": "kid", "born": "2012-01-04"}, {"id": "mum"}, {"id": "worker"}),
        {"op": "organisation", "id": "o", "village": "v", "sector": "wellbeing"},
        {"op": "agreement", "id": "g", "organisation": "o", "since": at(1), "until": None},
        {"op": "job", "id": "j", "person": "worker", "organisation": "o", "bound": True, "since": at(1), "until": None},
        {"op": "family", "id": "f", "village": "v", "children": ["kid"], "guardians": ["mum"]},
        {"op": "circle", "id": "c", "kind": "family", "village": "v", "family": "f", "subject": None,
         "safety": False, "secrecy": False},
        {"op": "item", "id": "i", "circle": "c", "subject": "kid", "author": "worker", "at": at(2)},
        {"op": "danger", "id": "d", "person": "worker", "job": "j", "family": "f", "at": at(9)},
        later,
        *({"op": "ask", "viewer": "worker", "at": at(hour)} for hour in (8, 9, 10, 11, 12, 13)),
    )  # fmt: skip


def birthdays() -> list[Story]:
    """A mother's reading ends at midnight of the sixteenth birthday: on rare days of the calendar."""
    return [
        _birthday(born) for born in ("2011-03-29", "2084-02-29", "1984-02-29", "2011-02-28", "2012-02-29")
    ]


def _birthday(born: str) -> Story:
    year = int(born[:4]) + 16
    days = [f"{year}-{day}" for day in ("02-27", "02-28", "03-01", "03-02", "03-28", "03-29", "03-30")]
    hours = ("T00:00:00+01:00", "T12:00:00+01:00", "T23:59:59+01:00", "T22:59:59Z")
    return story(
        *_village({"id": "kid", "born": born}, {"id": "mum"}),
        {"op": "family", "id": "f", "village": "v", "children": ["kid"], "guardians": ["mum"]},
        {"op": "circle", "id": "c", "kind": "own", "village": "v", "family": "f", "subject": "kid",
         "safety": False, "secrecy": False},
        {"op": "seat", "id": "s", "circle": "c", "person": "mum", "since": f"{born}T12:00:00+01:00", "until": None,
         "job": None, "history": True, "ground": "guardian"},
        {"op": "item", "id": "i", "circle": "c", "subject": None, "author": "mum", "at": f"{born}T13:00:00+01:00"},
        *({"op": "ask", "viewer": "mum", "at": day + hour} for day in days for hour in hours),
    )  # fmt: skip


def difference(world: harness_world.World, story: Story) -> str:
    """What a database answers wrong in this story first; nothing when all is right."""
    try:
        for said, expected in zip(harness.answers(world, story.lines), story.expected, strict=True):
            got = json.loads(said)
            if differs(expected, got):
                return kind(expected, got)
    except Exception as broken:
        return f"an answer that breaks: {type(broken).__name__}"
    return ""


def kind(expected: Answer, got: Answer) -> str:
    """How an answer differs."""
    if "error" in expected:
        return f"not refused: {expected['error']}" if "items" not in got else "an answer to a bad question"
    if "error" in got:
        return f"wrongly refused: {got['error']}"
    return "leak" if set(got.get("items", ())) - set(expected.get("items", ())) else "wrong denial"
