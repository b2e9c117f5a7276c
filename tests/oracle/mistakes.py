"""Mistakes: operations that must be refused, one named function for every refusal.

Each takes the running world and returns an operation that the protocol refuses, or
nothing when the world lacks what the mistake needs.
"""

from collections.abc import Callable
from typing import Any

from oracle.changes import Changes, Proposal
from oracle.facts import FOREVER
from oracle.moments import DAY, EARLY, HOUR, TICK

MARKS = {"safety": False, "secrecy": False}
Fields = dict[str, Any]


def pick(changes: Changes, found: Any) -> Any:
    """One of what was found, or nothing."""
    found = list(found)
    return changes.rng.choice(found) if found else None


def child(changes: Changes) -> Any:
    """A child with a birth date."""
    children = [one for family in changes.families for one in family.children]
    return pick(changes, [one for one in children if one.born])


def undated(changes: Changes) -> Any:
    """A child without a birth date, else any person without one."""
    children = [one for family in changes.families for one in family.children if one.born is None]
    return pick(changes, children or [one for one in changes.people if one.born is None])


def circle(changes: Changes, *kinds: str, family: bool = True) -> Any:
    """A circle of the main village of these kinds, with a family or without."""
    here = changes.home_circles()
    return pick(
        changes, [one for one in here if (not kinds or one.kind in kinds) and bool(one.family) == family]
    )


def seat(changes: Changes, where: Any, who: Any, **fields: Any) -> Fields:
    """A seat that would be right but for the given fields."""
    times = {"since": changes.text(changes.near()), "until": None}
    rest = {"job": None, "history": True, "ground": "consent"}
    place = {"circle": where.id, "person": who.id}
    return {"op": "seat", "id": changes.name("seat"), **place, **times, **rest, **fields}


def newcomer(changes: Changes, where: Any, among: Any = None) -> Any:
    """Somebody of the main village who has no seat there."""
    people = changes.people if among is None else among
    seats = changes.world.seats_of
    return pick(changes, [one for one in people if all(s.circle is not where for s in seats[one.id])])


def item(changes: Changes, **fields: Any) -> Fields:
    """An item that would be right but for the given fields."""
    where = circle(changes)
    place = {"circle": where.id, "subject": None, "author": changes.people[-1].id}
    return {"op": "item", "id": changes.name("item"), **place, "at": changes.text(EARLY), **fields}


def exclusion(changes: Changes, who: Any, **fields: Any) -> Fields:
    """An exclusion that would be right but for the given fields."""
    target = {"person": changes.rng.choice(changes.people).id}
    times = {"since": changes.text(EARLY), "until": None, "ground": "withheld"}
    return {
        "op": "exclusion",
        "id": changes.name("exclusion"),
        "subject": who.id,
        **target,
        **times,
        **fields,
    }


def overlapping_seats(changes: Changes) -> Proposal:
    """A second seat that begins a microsecond before the first ends, or inside it."""
    old = pick(changes, [one for one in changes.world.seats.values() if one.since < one.until])
    if old is None:
        return None
    last = old.since + DAY if old.until == FOREVER else old.until - TICK
    since = changes.rng.choice((last, old.since))
    return seat(changes, old.circle, old.person, since=changes.text(since))


def seat_reaching_into_another(changes: Changes) -> Proposal:
    """A second seat that ends a microsecond after the first began."""
    old = pick(changes, [one for one in changes.world.seats.values() if one.since < one.until])
    if old is None:
        return None
    times = {"since": changes.text(old.since - DAY), "until": changes.text(old.since + TICK)}
    return seat(changes, old.circle, old.person, **times)


def job_of_another(changes: Changes) -> Proposal:
    """A seat through a colleague's job."""
    job = pick(changes, changes.world.jobs.values())
    where = circle(changes, "family", "part")
    who = where and job and newcomer(changes, where, [one for one in changes.people if one is not job.person])
    return seat(changes, where, who, job=job.id, ground="job") if who else None


def ground_job_without_job(changes: Changes) -> Proposal:
    """A seat on the ground `job` and no job."""
    where = circle(changes, "family", "part", "home")
    who = where and newcomer(changes, where)
    return seat(changes, where, who, ground="job") if who else None


def unbound_job_in_secrecy(changes: Changes) -> Proposal:
    """A job without secrecy in a confidence with secrecy."""
    told = [one for one in changes.home_circles() if one.kind == "confidence" and one.secrecy]
    where = pick(changes, told)
    loose = [one for one in changes.world.jobs.values() if not one.bound and one.person in changes.people]
    who = where and newcomer(changes, where, [one.person for one in loose])
    job = who and next(one for one in loose if one.person is who)
    ground = changes.rng.choice(("job", "consent"))
    return seat(changes, where, who, job=job.id, ground=ground) if who else None


def guardian_in_confidence(changes: Changes) -> Proposal:
    """A guardian by that ground in a confidence or a sealed circle."""
    where = circle(changes, "confidence", "sealed")
    who = where and newcomer(changes, where, where.family.guardians)
    return seat(changes, where, who, ground="guardian") if who else None


def guardian_without_family(changes: Changes) -> Proposal:
    """A guardian by that ground in a circle without a family."""
    where = circle(changes, "group", "desk", family=False)
    who = where and newcomer(changes, where, changes.families[0].guardians)
    return seat(changes, where, who, ground="guardian") if who else None


def guardian_of_others(changes: Changes) -> Proposal:
    """The ground `guardian` by somebody who is not."""
    where = circle(changes, "family", "part", "home", "own")
    who = where and newcomer(
        changes, where, [one for one in changes.people if one not in where.family.guardians]
    )
    return seat(changes, where, who, ground="guardian") if who else None


def own_choice_too_early(changes: Changes) -> Proposal:
    """Own choice a microsecond, or years, before own voice."""
    who = child(changes)
    since = who and changes.world.own_voice(who) - changes.rng.choice((TICK, DAY, 400 * DAY))
    return exclusion(changes, who, since=changes.text(since), ground="own choice") if who else None


def guardian_choice_too_late(changes: Changes) -> Proposal:
    """A guardian's choice on the birthday of own voice, or after it."""
    who = child(changes)
    since = who and changes.world.own_voice(who) + changes.rng.choice((0 * DAY, TICK, DAY))
    return exclusion(changes, who, since=changes.text(since), ground="guardian") if who else None


def undated_exclusion(changes: Changes) -> Proposal:
    """An exclusion about somebody whose birth date is unknown."""
    who = undated(changes)
    ground = changes.rng.choice(("withheld", "court order", "conflict", "own choice", "guardian"))
    return exclusion(changes, who, ground=ground) if who else None


def undated_circle(changes: Changes) -> Proposal:
    """A circle about a child whose birth date is unknown."""
    who = undated(changes)
    family = who and next((one for one in changes.families if who in one.children), None)
    if family is None:
        return None
    place = {"kind": "own", "village": changes.village.id, "family": family.id, "subject": who.id}
    return {"op": "circle", "id": changes.name("circle"), **place, **MARKS}


def undated_item(changes: Changes) -> Proposal:
    """An item about a child whose birth date is unknown."""
    who = undated(changes)
    families = [one for one in changes.families if who in one.children]
    where = pick(changes, [one for one in changes.home_circles() if one.family in families])
    return item(changes, circle=where.id, subject=who.id) if where else None


def circle_without_family(changes: Changes) -> Proposal:
    """A kind that needs a family, without one."""
    kind = changes.rng.choice(("family", "part", "home", "own", "confidence", "sealed"))
    place = {"kind": kind, "village": changes.village.id, "family": None, "subject": None}
    return {"op": "circle", "id": changes.name("circle"), **place, **MARKS}


def until_before_since(changes: Changes) -> Proposal:
    """A time that ends a microsecond before it begins."""
    since = changes.near()
    times = {
        "since": changes.text(since),
        "until": changes.text(since - changes.rng.choice((TICK, HOUR, DAY))),
    }
    organisation = pick(
        changes, [o for o in changes.world.organisations.values() if o.village is changes.village]
    )
    who, where = child(changes), circle(changes)
    person = newcomer(changes, where)
    place = {"organisation": organisation.id}
    ways: list[Proposal] = [{"op": "agreement", "id": changes.name("agreement"), **place, **times}]
    if person:
        job = {"person": person.id, "bound": True}
        ways += [{"op": "job", "id": changes.name("job"), **job, **place, **times}]
        ways += [seat(changes, where, person, **times)]
    if who:
        ways += [exclusion(changes, who, **times)]
    return changes.rng.choice(ways)


MISTAKES: list[Callable[[Changes], Proposal]] = [
    *(overlapping_seats, seat_reaching_into_another, job_of_another, ground_job_without_job),
    *(unbound_job_in_secrecy, guardian_in_confidence, guardian_without_family, guardian_of_others),
    *(own_choice_too_early, guardian_choice_too_late, undated_exclusion, undated_circle, undated_item),
    *(circle_without_family, until_before_since),
]
