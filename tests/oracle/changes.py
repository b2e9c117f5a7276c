"""Changes: what happens in a running world, one random operation at a time.

Each function proposes an operation, or nothing when the world lacks what it needs.
A proposal may turn out to be illegal; then both sides must refuse it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from oracle.facts import EXCLUSION_GROUNDS, FOREVER, SEAT_GROUNDS, Circle, Person
from oracle.knowing import DANGER_LASTS
from oracle.moments import DAY, EARLY, HOUR, TICK, beside, some_moment, written
from oracle.world import World

Proposal = dict[str, Any] | None


class Changes:
    """Proposes operations for one world."""

    def __init__(self, world: World, rng: Random, pivots: list[datetime]) -> None:
        self.world, self.rng, self.pivots = world, rng, pivots
        self._count = 0
        self.village = next(iter(world.villages.values()))
        self.people = [one for one in world.persons.values() if one.village is self.village]
        self.families = [one for one in world.families.values() if one.village is self.village]
        self.about: list[Person] = []
        self.around: list[datetime] = []

    def name(self, op: str) -> str:
        """A new id."""
        self._count += 1
        return f"{op}-later-{self._count}"

    def near(self) -> datetime:
        """A moment at or beside a pivot."""
        return beside(self.rng, self.rng.choice(self.pivots))

    def text(self, instant: datetime | None) -> str | None:
        """A moment as text."""
        return written(self.rng, instant, self.village.zone)

    def home_circles(self, person: Person | None = None) -> list[Circle]:
        """The circles of the main village; those where the person sits come three times."""
        found = [one for one in self.world.circles.values() if one.village is self.village]
        if person is not None:
            found += [seat.circle for seat in self.world.seats_of[person.id]] * 2
        return found

    def worker(self) -> Person | None:
        """Somebody of the main village with a job."""
        found = [one for one in self.people if self.world.jobs_of[one.id]]
        return self.rng.choice(found) if found else None

    def notice(self, *people: Person, at: tuple[datetime, ...]) -> None:
        """Remember whom the change is about, so that questions follow."""
        self.about, self.around = list(people), [one for one in at if one < FOREVER]

    def propose(self) -> Proposal:
        """One random change."""
        kinds, weights = zip(*CHANGES, strict=True)
        self.about, self.around = [], []
        return self.rng.choices(kinds, weights)[0](self)


def end_something(changes: Changes) -> Proposal:
    """A seat, exclusion, job or agreement ends, or tries to end before it began."""
    world, rng = changes.world, changes.rng
    shelves = (world.seats, world.seats, world.seats, world.exclusions, world.jobs, world.agreements)
    shelf = rng.choice(shelves)
    if not shelf:
        return None
    fact = rng.choice(list(shelf.values()))
    at = rng.choice(
        (changes.near(), changes.near(), fact.since - HOUR, fact.since, fact.since + DAY, fact.since + TICK)
    )
    person = getattr(fact, "person", None)
    jobs = world.jobs.values()
    people = (
        [person]
        if person
        else [j.person for j in jobs if j.organisation is getattr(fact, "organisation", None)]
    )
    changes.notice(*people[:3], at=(at, fact.since, fact.until))
    return {"op": "end", "id": fact.id, "at": changes.text(at)}


def new_seat(changes: Changes) -> Proposal:
    """Somebody sits down, often where a seat of theirs has ended."""
    rng = changes.rng
    person = rng.choice(changes.people)
    circle = rng.choice(changes.home_circles(person))
    ends = [seat.until for seat in changes.world.seats_of[person.id] if seat.circle is circle]
    since = rng.choice([changes.near(), changes.near(), *[one for one in ends if one < FOREVER] * 3])
    until = rng.choice((None, None, since, since + DAY, since + 90 * DAY))
    jobs = changes.world.jobs_of[person.id]
    job = rng.choice(jobs) if jobs and rng.random() < 0.8 else None
    ground = rng.choice([one for one in SEAT_GROUNDS if one != "job" or job])
    parent = circle.family is not None and person in circle.family.guardians
    if ground == "guardian" and not parent:
        ground = "consent"
    changes.notice(person, at=(since, *([until] if until else [])))
    times = {"since": changes.text(since), "until": changes.text(until)}
    rest = {"job": job.id if job else None, "history": rng.random() < 0.5, "ground": ground}
    return {
        "op": "seat",
        "id": changes.name("seat"),
        "circle": circle.id,
        "person": person.id,
        **times,
        **rest,
    }


def new_agreement(changes: Changes) -> Proposal:
    """An agreement is renewed, at its end or later."""
    found = [one for one in changes.world.agreements.values() if one.until < FOREVER]
    if not found:
        return None
    old = changes.rng.choice(found)
    since = changes.rng.choice((old.until, old.until + DAY, old.until - HOUR, changes.near()))
    until = changes.rng.choice((None, since + 30 * DAY, since + HOUR))
    workers = [one.person for one in changes.world.jobs.values() if one.organisation is old.organisation]
    changes.notice(*workers[:3], at=(since, old.until))
    times = {"since": changes.text(since), "until": changes.text(until)}
    place = {"organisation": old.organisation.id}
    return {"op": "agreement", "id": changes.name("agreement"), **place, **times}


def new_job(changes: Changes) -> Proposal:
    """Somebody changes employer within the village; nothing moves along by itself."""
    rng = changes.rng
    person = rng.choice((changes.worker(), rng.choice(changes.people)))
    places = [one for one in changes.world.organisations.values() if one.village is changes.village]
    if person is None or not places:
        return None
    since = changes.near()
    times = {"since": changes.text(since), "until": rng.choice((None, changes.text(since + DAY)))}
    place = {"person": person.id, "organisation": rng.choice(places).id, "bound": rng.random() < 0.5}
    changes.notice(person, at=(since,))
    return {"op": "job", "id": changes.name("job"), **place, **times}


def new_exclusion(changes: Changes) -> Proposal:
    """A child, a guardian, a court, a conflict or two people leave somebody out."""
    rng, world = changes.rng, changes.world
    family = rng.choice(changes.families)
    dated = [one for one in family.children if one.born]
    if not dated:
        return None
    subject = rng.choice(dated)
    ground = rng.choice(EXCLUSION_GROUNDS)
    voice = world.own_voice(subject)
    since = rng.choice((EARLY, changes.near(), changes.near(), voice, voice - TICK, voice - DAY))
    if ground == "own choice" and since < voice:
        since = voice
    elif ground == "guardian" and since >= voice:
        since = voice - TICK if rng.random() < 0.5 else min(EARLY, voice - DAY)
    until = rng.choice((None, None, since, since + HOUR, since + 30 * DAY))
    if until is None and rng.random() < 0.6:
        until = since + timedelta(days=rng.randrange(1, 200))
    target, people = some_target(changes, family)
    changes.notice(*people, at=(since, *([until] if until else []), voice))
    times = {"since": changes.text(since), "until": changes.text(until), "ground": ground}
    return {"op": "exclusion", "id": changes.name("exclusion"), "subject": subject.id, **target, **times}


def some_target(changes: Changes, family: Any) -> tuple[dict[str, Any], list[Person]]:
    """A person, organisation or sector near the family, and whom that meets."""
    rng, world = changes.rng, changes.world
    circles = world.circles_of[family.id]
    seated = [one.person for one in world.seats.values() if one.circle in circles]
    person = rng.choice(seated or changes.people)
    jobs = world.jobs_of[person.id]
    if not jobs or rng.random() < 0.5:
        return {"person": person.id}, [person]
    place = rng.choice(jobs).organisation
    if rng.random() < 0.5:
        return {"person": None, "organisation": place.id, "sector": None}, [person]
    return {"sector": place.sector}, [person]


def new_item(changes: Changes) -> Proposal:
    """Something is written down."""
    rng = changes.rng
    author = rng.choice(changes.people)
    circle = rng.choice(changes.home_circles(author))
    children = circle.family.children if circle.family else changes.families[0].children
    subject = rng.choice([None, *[one for one in children if one.born]])
    seats = [one for one in changes.world.seats_of[author.id] if one.circle is circle]
    at = rng.choice([changes.near(), some_moment(rng), *[beside(rng, one.since) for one in seats]])
    changes.notice(author, at=(at,))
    place = {"circle": circle.id, "subject": subject.id if subject else None, "author": author.id}
    return {"op": "item", "id": changes.name("item"), **place, "at": changes.text(at)}


def move_item(changes: Changes) -> Proposal:
    """An item is narrowed or widened within its family."""
    items = [one for one in changes.world.items.values() if one.circle.village is changes.village]
    if not items:
        return None
    item = changes.rng.choice(items)
    family = item.circle.family
    circles = [one for one in changes.home_circles() if one.family is family]
    circle = changes.rng.choice(circles)
    seated = [one.person for one in changes.world.seats.values() if one.circle is circle]
    changes.notice(*seated[:3], at=())
    return {"op": "move", "item": item.id, "circle": circle.id}


def open_danger(changes: Changes) -> Proposal:
    """A professional opens a family in danger, where edges of other facts are near."""
    rng, world = changes.rng, changes.world
    person = changes.worker()
    if person is None:
        return None
    job = rng.choice(world.jobs_of[person.id])
    edges = [job.until, *[one.until for one in world.agreements_of[job.organisation.id]]]
    places = (
        ("person", person.id),
        ("organisation", job.organisation.id),
        ("sector", job.organisation.sector),
    )
    for place in places:
        for one in world.exclusions_at.get(place, ()):
            edges += [one.since, one.until, one.own_voice]
    edges = [one for one in edges if EARLY < one < FOREVER] + [changes.near()]
    at = rng.choice(edges) - rng.choice((timedelta(0), HOUR, 2 * HOUR, DANGER_LASTS, TICK))
    family = rng.choice(changes.families)
    changes.notice(person, at=(at, at + HOUR, at + 2 * HOUR, at + DANGER_LASTS, at + 3 * HOUR))
    place = {"person": person.id, "job": job.id, "family": family.id}
    return {"op": "danger", "id": changes.name("danger"), **place, "at": changes.text(at)}


def new_circle(changes: Changes) -> Proposal:
    """A family chooses a new part, or somebody begins to confide."""
    rng = changes.rng
    family = rng.choice(changes.families)
    kind = rng.choice(("part", "confidence", "home", "sealed", "own", "group"))
    dated = [one.id for one in family.children if one.born]
    subject = rng.choice([None, *dated])
    told = kind == "confidence"
    marks = {"safety": told and rng.random() < 0.6, "secrecy": told and rng.random() < 0.4}
    place = {"village": changes.village.id, "family": family.id, "subject": subject}
    return {"op": "circle", "id": changes.name("circle"), "kind": kind, **place, **marks}


CHANGES: list[tuple[Callable[[Changes], Proposal], int]] = [
    *((end_something, 22), (new_seat, 16), (new_agreement, 6), (new_job, 5), (new_exclusion, 18)),
    *((new_item, 12), (move_item, 12), (open_danger, 16), (new_circle, 3)),
]
