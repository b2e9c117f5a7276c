"""Edges: operations on which the page can be read in two ways, asked only when wanted.

The oracle follows the most literal reading. A difference here is a question to the page,
not a fault of the product; `make oracle` leaves them out.
"""

from collections.abc import Callable

from oracle.changes import Changes, Proposal
from oracle.crossings import abroad, danger_fields
from oracle.mistakes import MARKS, child, circle, exclusion, newcomer, pick, seat
from oracle.moments import EARLY


def unknown_viewer(changes: Changes) -> Proposal:
    """A question by nobody: an error, or nothing shown."""
    return {"op": "ask", "viewer": "nobody", "at": changes.text(EARLY)}


def move_into_a_family(changes: Changes) -> Proposal:
    """An item without a family goes into a family circle of its village."""
    lying = [one for one in changes.world.items.values() if not one.circle.family and not one.subject]
    what, where = pick(changes, lying), circle(changes)
    return {"op": "move", "item": what.id, "circle": where.id} if what else None


def move_out_of_a_family(changes: Changes) -> Proposal:
    """An item of a family goes to a circle of the village."""
    what = pick(changes, [one for one in changes.world.items.values() if one.circle.family])
    where = circle(changes, "desk", "group", family=False)
    return {"op": "move", "item": what.id, "circle": where.id} if where else None


def name_of_another_kind(changes: Changes) -> Proposal:
    """A person with the name of a circle."""
    return {"op": "person", "id": circle(changes).id, "village": changes.village.id, "born": None}


def family_across_villages(changes: Changes) -> Proposal:
    """A family whose guardian lives in another village."""
    far, here = abroad(changes, changes.world.persons), child(changes)
    place = {"village": changes.village.id, "children": [here.id] if here else [], "guardians": [far.id]}
    return {"op": "family", "id": changes.name("family"), **place}


def exclusion_across_villages(changes: Changes) -> Proposal:
    """An exclusion of somebody from another village."""
    who, far = child(changes), abroad(changes, changes.world.persons)
    return exclusion(changes, who, person=far.id) if who else None


def danger_across_villages(changes: Changes) -> Proposal:
    """Danger for a family of another village."""
    job = pick(changes, [one for one in changes.world.jobs.values() if one.person in changes.people])
    family = abroad(changes, changes.world.families)
    return danger_fields(changes, job, family=family.id, at=changes.text(changes.near())) if job else None


def safety_on_a_sealed_circle(changes: Changes) -> Proposal:
    """The marks of a confidence on another kind of circle."""
    family = pick(changes, changes.families)
    place = {"kind": "sealed", "village": changes.village.id, "family": family.id, "subject": None}
    return {"op": "circle", "id": changes.name("circle"), **place, **MARKS, "safety": True}


def guardian_at_work(changes: Changes) -> Proposal:
    """A seat on the ground `guardian` that is also held through a job."""
    where = circle(changes, "family", "part", "home", "own")
    jobs = changes.world.jobs_of
    able = [one for one in where.family.guardians if jobs[one.id]]
    who = newcomer(changes, where, able)
    return seat(changes, where, who, ground="guardian", job=jobs[who.id][0].id) if who else None


EDGES: list[Callable[[Changes], Proposal]] = [
    *(unknown_viewer, move_into_a_family, move_out_of_a_family, name_of_another_kind, family_across_villages),
    *(exclusion_across_villages, danger_across_villages, safety_on_a_sealed_circle, guardian_at_work),
]
