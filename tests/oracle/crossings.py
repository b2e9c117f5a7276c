"""Crossings and words nobody knows: the other half of the operations that are refused."""

from collections.abc import Callable
from typing import Any

from oracle.changes import Changes, Proposal
from oracle.knowing import DANGER_LASTS
from oracle.mistakes import MARKS, child, circle, exclusion, item, newcomer, pick, seat
from oracle.moments import DAY, EARLY, HOUR, TICK


def abroad(changes: Changes, shelf: dict) -> Any:
    """Something of the other village."""
    return pick(changes, [one for one in shelf.values() if one.village is not changes.village])


def circle_across_villages(changes: Changes) -> Proposal:
    """A circle here for a family there."""
    family = abroad(changes, changes.world.families)
    place = {"kind": "part", "village": changes.village.id, "family": family.id, "subject": None}
    return {"op": "circle", "id": changes.name("circle"), **place, **MARKS}


def circle_about_anothers_child(changes: Changes) -> Proposal:
    """A circle of one family about a child of another, or of another village."""
    family = pick(changes, changes.families)
    others = [one for one in changes.world.families.values() if one is not family]
    children = [one for other in others for one in other.children if one.born and one not in family.children]
    who = pick(changes, children)
    place = {"kind": "part", "village": changes.village.id, "family": family.id, "subject": who.id}
    return {"op": "circle", "id": changes.name("circle"), **place, **MARKS}


def seat_across_villages(changes: Changes) -> Proposal:
    """A person from there sits here."""
    who, where = abroad(changes, changes.world.persons), circle(changes)
    return seat(changes, where, who)


def job_across_villages(changes: Changes) -> Proposal:
    """A person from here works there, or the other way round."""
    times = {"since": changes.text(EARLY), "until": None, "bound": True}
    there, here = abroad(changes, changes.world.organisations), pick(changes, changes.people)
    return {"op": "job", "id": changes.name("job"), "person": here.id, "organisation": there.id, **times}


def item_across_villages(changes: Changes) -> Proposal:
    """An author from there writes here, or about a child from there."""
    stranger = abroad(changes, changes.world.persons)
    where = circle(changes, "desk", "group", family=False) or circle(changes)
    foreign = [
        one for one in changes.world.persons.values() if one.born and one.village is not changes.village
    ]
    about = {"circle": where.id, "subject": pick(changes, foreign).id}
    return item(changes, **changes.rng.choice(({"author": stranger.id}, about)))


def item_across_families(changes: Changes) -> Proposal:
    """An item in one family about a child of another."""
    where = circle(changes)
    others = [one for one in changes.world.families.values() if one is not where.family]
    children = [one for other in others for one in other.children]
    who = pick(changes, [one for one in children if one.born and one not in where.family.children])
    return item(changes, circle=where.id, subject=who.id) if who else None


def move_across_families(changes: Changes) -> Proposal:
    """An item of one family moves to another family, or to another village."""
    lying = [one for one in changes.world.items.values() if one.circle.family]
    what = pick(changes, lying)
    circles = changes.world.circles.values()
    where = pick(changes, [one for one in circles if one.family and one.family is not what.circle.family])
    return {"op": "move", "item": what.id, "circle": where.id}


def move_across_villages(changes: Changes) -> Proposal:
    """An item without a family moves to another village."""
    what = pick(changes, [one for one in changes.world.items.values() if not one.circle.family])
    where = abroad(changes, changes.world.circles)
    return {"op": "move", "item": what.id, "circle": where.id} if what else None


def repeated_id(changes: Changes) -> Proposal:
    """An id that was used before for the same kind of thing."""
    old = item(changes, id=pick(changes, changes.world.items))
    who = pick(changes, changes.people)
    person = {"op": "person", "id": who.id, "village": changes.village.id, "born": None}
    where = circle(changes)
    place = {"kind": "part", "village": changes.village.id, "family": where.family.id, "subject": None}
    again = {"op": "circle", "id": where.id, **place, **MARKS}
    newer = newcomer(changes, where)
    seats = list(changes.world.seats)
    taken = seat(changes, where, newer, id=changes.rng.choice(seats)) if newer and seats else person
    return changes.rng.choice((old, person, again, taken))


def unknown_id(changes: Changes) -> Proposal:
    """A name nobody gave."""
    nobody, at = "nobody", changes.text(EARLY)
    where, who = circle(changes), pick(changes, changes.people)
    lying = pick(changes, changes.world.items)
    times = {"since": at, "until": None}
    return changes.rng.choice(
        (
            item(changes, circle=nobody),
            item(changes, author=nobody),
            item(changes, subject=nobody),
            seat(changes, where, who, person=nobody),
            seat(changes, where, who, job=nobody, ground="job"),
            {"op": "end", "id": nobody, "at": at},
            {"op": "end", "id": where.id, "at": at},
            {"op": "move", "item": nobody, "circle": where.id},
            {"op": "move", "item": lying, "circle": nobody},
            {"op": "agreement", "id": changes.name("agreement"), "organisation": nobody, **times},
            {"op": "person", "id": changes.name("person"), "village": nobody, "born": None},
            {"op": "family", "id": changes.name("family"), "village": changes.village.id}
            | {"children": [nobody], "guardians": [who.id]},
        )
    )


def wrong_target(changes: Changes) -> Proposal:
    """An exclusion with no target, or with two."""
    who = child(changes)
    place = pick(
        changes, [one for one in changes.world.organisations.values() if one.village is changes.village]
    )
    none: dict[str, Any] = {"person": None, "organisation": None, "sector": None}
    two = {"person": changes.people[0].id, "organisation": place.id, "sector": None}
    return exclusion(changes, who, **changes.rng.choice((none, two))) if who else None


def unknown_word(changes: Changes) -> Proposal:
    """A word or a moment that the protocol does not know."""
    where, who = circle(changes), child(changes)
    village = {"op": "village", "id": changes.name("village")}
    ways: list[Proposal] = [
        {**village, "country": "XX", "timezone": "Europe/Paris"},
        {**village, "country": "FR", "timezone": "Europe/Nowhere"},
        {
            "op": "organisation",
            "id": changes.name("organisation"),
            "village": changes.village.id,
            "sector": "army",
        },
        {"op": "whisper", "id": changes.name("whisper")},
        {"op": "end", "id": next(iter(changes.world.agreements)), "at": "tomorrow"},
        item(changes, at="2026-13-01T00:00:00+00:00"),
    ]
    newer = newcomer(changes, where)
    if newer:
        ways.append(seat(changes, where, newer, ground="curiosity"))
    if who:
        ways.append(exclusion(changes, who, ground="curiosity"))
    return changes.rng.choice(ways)


def danger_fields(changes: Changes, job: Any, **fields: Any) -> dict[str, Any]:
    """A danger that would be right but for the given fields."""
    place = {"person": job.person.id, "job": job.id, "family": changes.families[0].id}
    return {"op": "danger", "id": changes.name("danger"), **place, **fields}


def danger_without_job(changes: Changes) -> Proposal:
    """Danger through a job that is another's, over, or not begun."""
    job = pick(changes, [one for one in changes.world.jobs.values() if one.person in changes.people])
    if job is None:
        return None
    late = job.until if job.until.year < 9999 else job.since - TICK
    another = pick(changes, [one for one in changes.people if one is not job.person])
    return changes.rng.choice(
        (
            danger_fields(changes, job, at=changes.text(late)),
            danger_fields(changes, job, at=changes.text(job.since - TICK)),
            danger_fields(changes, job, person=another.id, at=changes.text(max(job.since, changes.near()))),
        )
    )


def danger_without_agreement(changes: Changes) -> Proposal:
    """Danger at the moment an agreement ends, or just before it begins."""
    world = changes.world
    for job in changes.rng.sample(list(world.jobs.values()), len(world.jobs)):
        edges = [one.until for one in world.agreements_of[job.organisation.id] if one.until.year < 9999]
        edges += [one.since - TICK for one in world.agreements_of[job.organisation.id]]
        for at in edges:
            if (
                world.runs(job, at)
                and not world.agreed(job.organisation, at)
                and job.person in changes.people
            ):
                return danger_fields(changes, job, at=changes.text(at))
    return None


def danger_against_a_bar(changes: Changes) -> Proposal:
    """Danger by somebody whom a court order or a conflict keeps out."""
    world, rng = changes.world, changes.rng
    stops = [one for one in world.exclusions.values() if one.ground in ("court order", "conflict")]
    for one in rng.sample(stops, len(stops)):
        for at in (
            one.since,
            one.since + HOUR,
            one.until - TICK if one.until.year < 9999 else one.since + DAY,
        ):
            for job in world.jobs.values():
                carries = world.job_carries(job, at) and world.exclusion_runs(one, at)
                if carries and world.meets(one, job.person, at):
                    family = next((f for f in changes.families if one.subject in f.children), None)
                    if family:
                        return danger_fields(changes, job, family=family.id, at=changes.text(at))
    return None


def end_of_a_danger(changes: Changes) -> Proposal:
    """Danger ends by itself; nobody can end it by name."""
    danger = pick(changes, changes.world.dangers.values())
    return {"op": "end", "id": danger.id, "at": changes.text(danger.at + DANGER_LASTS)} if danger else None


CROSSINGS: list[Callable[[Changes], Proposal]] = [
    *(circle_across_villages, circle_about_anothers_child, seat_across_villages, job_across_villages),
    *(item_across_villages, item_across_families, move_across_families, move_across_villages),
    *(repeated_id, unknown_id, wrong_target, unknown_word, end_of_a_danger),
    *(danger_without_job, danger_without_agreement, danger_against_a_bar),
]
