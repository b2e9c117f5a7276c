"""The world: every operation of the protocol on plain dataclasses.

`answer` takes one operation and returns one answer. An error changes nothing; a
batch happens as a whole or not at all. Times are only what the operations say.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from oracle import facts
from oracle.asking import Asking
from oracle.birthdays import PROFILES
from oracle.facts import EXCLUSION_GROUNDS, KINDS, SEAT_GROUNDS, SECTORS, end_moment, moment
from oracle.knowing import Knowing
from oracle.refusals import Refused, Refusing, refuse

Operation = dict[str, Any]
OPERATIONS = (
    *("village", "organisation", "agreement", "person", "job", "family", "circle"),
    *("seat", "exclusion", "item", "move", "danger", "end", "ask", "reset", "batch"),
)
BROKEN = (KeyError, TypeError, ValueError, AttributeError, OverflowError, ZoneInfoNotFoundError, OSError)


def chosen(word: str, among: tuple[str, ...] | dict) -> str:
    """One of the words the protocol names."""
    refuse(word not in among, f"unknown word {word}")
    return word


def truth(value: object) -> bool:
    """Yes or no, and nothing else."""
    refuse(not isinstance(value, bool), "yes or no")
    return bool(value)


class World(Knowing, Asking, Refusing):
    """All facts of one world, and what follows from them."""

    def __init__(self) -> None:
        self._trying = False
        self._empty()

    def _empty(self) -> None:
        self.kind_of: dict[str, str] = {}
        self.villages: dict[str, facts.Village] = {}
        self.organisations: dict[str, facts.Organisation] = {}
        self.agreements: dict[str, facts.Agreement] = {}
        self.persons: dict[str, facts.Person] = {}
        self.jobs: dict[str, facts.Job] = {}
        self.families: dict[str, facts.Family] = {}
        self.circles: dict[str, facts.Circle] = {}
        self.seats: dict[str, facts.Seat] = {}
        self.exclusions: dict[str, facts.Exclusion] = {}
        self.items: dict[str, facts.Item] = {}
        self.dangers: dict[str, facts.Danger] = {}
        self.agreements_of: dict[str, list[facts.Agreement]] = defaultdict(list)
        self.jobs_of: dict[str, list[facts.Job]] = defaultdict(list)
        self.seats_of: dict[str, list[facts.Seat]] = defaultdict(list)
        self.dangers_of: dict[str, list[facts.Danger]] = defaultdict(list)
        self.circles_of: dict[str, list[facts.Circle]] = defaultdict(list)
        self.items_in: dict[str, dict[str, facts.Item]] = defaultdict(dict)
        self.exclusions_at: dict[tuple[str, str], list[facts.Exclusion]] = defaultdict(list)
        self._undo: list[Callable[[], object]] = []

    # answers

    def answer(self, op: Operation) -> dict[str, Any]:
        """One answer for one operation."""
        mark = len(self._undo)
        try:
            answer = self._do(op)
            if not self._trying:
                self._undo.clear()
            return answer
        except Refused as refused:
            self._undo_to(mark)
            return {"error": "refused", "message": str(refused)}
        except BROKEN as broken:
            self._undo_to(mark)
            return {"error": "malformed", "message": repr(broken)}

    def legal(self, op: Operation) -> bool:
        """Would this operation be accepted? The world stays as it is."""
        self._trying = True
        accepted = "error" not in self.answer(op)
        self._undo_to(0)
        self._trying = False
        return accepted

    def _do(self, op: Operation) -> dict[str, Any]:
        name = chosen(op["op"], OPERATIONS)
        if name == "ask":
            return {"items": self._visible(self.named("person", op["viewer"]), moment(op["at"]))}
        if name == "reset":
            self._empty()
        elif name == "batch":
            self._batch(op["ops"])
        else:
            getattr(self, f"_{name}")(op)
        return {"ok": True}

    def _visible(self, viewer: facts.Person, at: Any) -> list[str]:
        return self.ask(viewer, at)

    def _batch(self, ops: list[Operation]) -> None:
        """All or nothing; `answer` undoes what an error leaves."""
        for op in ops:
            refuse(op["op"] in ("reset", "batch"), "not inside a batch")
            self._do(op)

    def _undo_to(self, mark: int) -> None:
        while len(self._undo) > mark:
            self._undo.pop()()

    # names and shelves

    def named(self, kind: str, name: str | None) -> Any:
        """The fact of that kind and name; an unknown id is refused."""
        refuse(self.kind_of.get(name) != kind, f"unknown {kind}")
        return getattr(self, SHELVES[kind])[name]

    def maybe(self, kind: str, name: str | None) -> Any:
        """The fact, or nothing when no name is given."""
        return None if name is None else self.named(kind, name)

    def _keep(self, kind: str, fact: Any, *lists: list) -> None:
        """Put a fact on its shelf and in its lists, and remember how to take it away."""
        shelf = getattr(self, SHELVES[kind])
        shelf[fact.id] = fact
        self.kind_of[fact.id] = kind
        for one in lists:
            one.append(fact)
        self._undo.append(lambda: (shelf.pop(fact.id), self.kind_of.pop(fact.id), [x.pop() for x in lists]))

    # operations

    def _village(self, op: Operation) -> None:
        self.check_id(op["id"])
        country = chosen(op["country"], PROFILES)
        self._keep("village", facts.Village(op["id"], country, ZoneInfo(op["timezone"])))

    def _organisation(self, op: Operation) -> None:
        self.check_id(op["id"])
        village = self.named("village", op["village"])
        fact = facts.Organisation(op["id"], village, chosen(op["sector"], SECTORS))
        self._keep("organisation", fact)

    def _agreement(self, op: Operation) -> None:
        self.check_id(op["id"])
        organisation = self.named("organisation", op["organisation"])
        fact = facts.Agreement(op["id"], organisation, moment(op["since"]), end_moment(op["until"]))
        self.check_period(fact)
        self._keep("agreement", fact, self.agreements_of[organisation.id])

    def _person(self, op: Operation) -> None:
        self.check_id(op["id"])
        born = None if op["born"] is None else date.fromisoformat(op["born"])
        self._keep("person", facts.Person(op["id"], self.named("village", op["village"]), born))

    def _job(self, op: Operation) -> None:
        self.check_id(op["id"])
        person = self.named("person", op["person"])
        organisation = self.named("organisation", op["organisation"])
        period = moment(op["since"]), end_moment(op["until"])
        fact = facts.Job(op["id"], person, organisation, truth(op["bound"]), *period)
        self.check_job(fact)
        self._keep("job", fact, self.jobs_of[person.id])

    def _family(self, op: Operation) -> None:
        self.check_id(op["id"])
        children = tuple(self.named("person", name) for name in op["children"])
        guardians = tuple(self.named("person", name) for name in op["guardians"])
        fact = facts.Family(op["id"], self.named("village", op["village"]), children, guardians)
        self.check_family(fact)
        self._keep("family", fact)

    def _circle(self, op: Operation) -> None:
        self.check_id(op["id"])
        village = self.named("village", op["village"])
        family = self.maybe("family", op.get("family"))
        subject = self.maybe("person", op.get("subject"))
        marks = truth(op.get("safety", False)), truth(op.get("secrecy", False))
        kind = chosen(op["kind"], KINDS)
        fact = facts.Circle(op["id"], kind, village, family, subject, *marks, facts.FOREVER)
        self.check_circle(fact)
        fact.reading_ends = self.reading_ends(fact)
        self._keep("circle", fact, self.circles_of[family.id if family else ""])

    def _seat(self, op: Operation) -> None:
        self.check_id(op["id"])
        fact = facts.Seat(
            id=op["id"],
            circle=self.named("circle", op["circle"]),
            person=self.named("person", op["person"]),
            since=moment(op["since"]),
            until=end_moment(op["until"]),
            job=self.maybe("job", op.get("job")),
            history=truth(op["history"]),
            ground=chosen(op["ground"], SEAT_GROUNDS),
        )
        self.check_seat(fact)
        self._keep("seat", fact, self.seats_of[fact.person.id])

    def _exclusion(self, op: Operation) -> None:
        self.check_id(op["id"])
        given = [name for name in ("person", "organisation", "sector") if op.get(name) is not None]
        refuse(len(given) != 1, "exactly one target")
        subject = self.named("person", op["subject"])
        fact = facts.Exclusion(
            id=op["id"],
            subject=subject,
            person=self.maybe("person", op.get("person")),
            organisation=self.maybe("organisation", op.get("organisation")),
            sector=op.get("sector"),
            since=moment(op["since"]),
            until=end_moment(op["until"]),
            ground=chosen(op["ground"], EXCLUSION_GROUNDS),
            own_voice=self.own_voice(subject),
        )
        refuse(fact.sector is not None and fact.sector not in SECTORS, "unknown sector")
        self.check_exclusion(fact)
        self._keep("exclusion", fact, self.exclusions_at[given[0], op[given[0]]])

    def _item(self, op: Operation) -> None:
        self.check_id(op["id"])
        circle = self.named("circle", op["circle"])
        subject = self.maybe("person", op.get("subject"))
        author = self.named("person", op["author"])
        fact = facts.Item(op["id"], circle, subject, author, moment(op["at"]))
        self.check_item(fact)
        self._keep("item", fact)
        lying = self.items_in[circle.id]
        lying[fact.id] = fact
        self._undo.append(lambda: lying.pop(fact.id))

    def _lay(self, item: facts.Item, circle: facts.Circle) -> None:
        """Lay an item in a circle."""
        before = item.circle
        del self.items_in[before.id][item.id]
        item.circle = circle
        self.items_in[circle.id][item.id] = item
        self._undo.append(lambda: self._lay_back(item, before, circle))

    def _lay_back(self, item: facts.Item, before: facts.Circle, after: facts.Circle) -> None:
        del self.items_in[after.id][item.id]
        item.circle = before
        self.items_in[before.id][item.id] = item

    def _move(self, op: Operation) -> None:
        item = self.named("item", op["item"])
        circle = self.named("circle", op["circle"])
        self.check_move(item, circle)
        self._lay(item, circle)

    def _danger(self, op: Operation) -> None:
        self.check_id(op["id"])
        person = self.named("person", op["person"])
        job = self.named("job", op["job"])
        family = self.named("family", op["family"])
        at = moment(op["at"])
        self.check_danger(person, job, family, at)
        self._keep("danger", facts.Danger(op["id"], person, job, family, at), self.dangers_of[person.id])

    def _end(self, op: Operation) -> None:
        kind = self.kind_of.get(op["id"])
        refuse(kind not in ("agreement", "job", "seat", "exclusion"), "nothing that ends")
        fact = self.named(kind, op["id"])
        before = fact.until
        fact.until = self.ended(fact, moment(op["at"]))
        self._undo.append(lambda: setattr(fact, "until", before))

    def ended(self, fact: facts.Period, at: Any) -> Any:
        """The earlier of the end and `at`, but never earlier than the beginning."""
        return max(fact.since, min(fact.until, at))


SHELVES = {
    "village": "villages",
    "organisation": "organisations",
    "agreement": "agreements",
    "person": "persons",
    "job": "jobs",
    "family": "families",
    "circle": "circles",
    "seat": "seats",
    "exclusion": "exclusions",
    "item": "items",
    "danger": "dangers",
}
