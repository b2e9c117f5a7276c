"""Reasons: which facts decide a pair of viewer and item, and how near the opposite is.

A pair is a *near miss* when one clause of one fact that exists already decides it: with
that clause the other way round the answer would be the opposite. It is at a *boundary*
when such a fact begins or ends within a day of the question.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from oracle.facts import FOREVER, Danger, Exclusion, Item, Job, Person, Seat
from oracle.knowing import DANGER_LASTS
from oracle.world import World

DAY = timedelta(days=1)


@dataclass
class Reason:
    """A fact that touches a pair: its clauses, and the instants at which it changes."""

    fact: Seat | Danger | Exclusion
    clauses: dict[str, bool]
    instants: list[datetime]
    conditional: bool = False
    passable: bool = False

    @property
    def holds(self) -> bool:
        """All clauses are so."""
        return all(self.clauses.values())

    @property
    def missing(self) -> int:
        """How many clauses are not so."""
        return sum(not one for one in self.clauses.values())


@dataclass
class Verdict:
    """What decides one pair."""

    allowed: bool
    near_miss: bool
    boundary: bool
    ways: list[Reason] = field(default_factory=list)
    bars: list[Reason] = field(default_factory=list)

    def told(self) -> list[str]:
        """The deciding facts as sentences."""
        lines = []
        for one in self.ways + self.bars:
            said = ", ".join(name if so else f"NOT {name}" for name, so in one.clauses.items())
            lines.append(f"{type(one.fact).__name__.lower()} {one.fact.id}: {said}")
        return lines or ["no seat, no danger"]


def job_clauses(world: World, job: Job | None, at: datetime) -> tuple[dict[str, bool], list[datetime]]:
    """The clauses of a job and its organisation's agreement."""
    if job is None:
        return {}, []
    instants = [job.since, job.until]
    for one in world.agreements_of[job.organisation.id]:
        instants += [one.since, one.until]
    clauses = {"the job has begun": job.since <= at, "the job has not ended": at < job.until}
    return clauses | {"an agreement is live": world.agreed(job.organisation, at)}, instants


def seat_reason(world: World, seat: Seat, item: Item, at: datetime) -> Reason:
    """What a seat says about an item in its circle."""
    clauses, instants = job_clauses(world, seat.job, at)
    clauses |= {"it has begun": seat.since <= at, "it has not ended": at < seat.until}
    instants += [seat.since, seat.until]
    if seat.ground == "guardian":
        clauses["below the age"] = at < seat.circle.reading_ends
        instants.append(seat.circle.reading_ends)
    if not seat.history:
        clauses["written since"] = item.at >= seat.since
    aged = seat.ground == "guardian" and seat.circle.reading_ends < FOREVER
    return Reason(seat, clauses, instants, seat.job is not None or aged or not seat.history)


def danger_reason(world: World, danger: Danger, item: Item, at: datetime) -> Reason:
    """What a danger says about an item of its family."""
    clauses, instants = job_clauses(world, danger.job, at)
    end = danger.at + DANGER_LASTS
    clauses |= {"it has begun": danger.at <= at, "within four hours": at < end}
    clauses["this kind opens"] = world.danger_reaches(danger, item.circle)
    return Reason(danger, clauses, [*instants, danger.at, end], True)


def bar_reason(world: World, one: Exclusion, viewer: Person, item: Item, at: datetime) -> Reason:
    """What an exclusion about the item's subject says to this viewer."""
    clauses = {"it has begun": one.since <= at, "it has not ended": at < one.until}
    instants = [one.since, one.until]
    if one.ground == "guardian":
        clauses["below own voice"] = at < one.own_voice
        instants.append(one.own_voice)
    if one.person is None:
        clauses["works there now"] = world.works_at(viewer, one, at)
        for job in world.jobs_of[viewer.id]:
            instants += [job.since, job.until]
    clauses["not the subject"] = one.subject is not viewer
    clauses["not the author"] = item.author is not viewer or one.ground == "court order"
    return Reason(one, clauses, instants, True, world.danger_passes(one))


def ever_meets(one: Exclusion, viewer: Person, world: World) -> bool:
    """The exclusion is about this person, or about a place of any job of theirs."""
    jobs = world.jobs_of[viewer.id]
    places = any(j.organisation is one.organisation or j.organisation.sector == one.sector for j in jobs)
    return one.person is viewer or places


def decided(ways: list[Reason], bars: list[Reason], flipped: Reason | None = None) -> bool:
    """Is the item shown, if the flipped fact said the opposite?"""
    shut = [one for one in bars if one.holds != (one is flipped)]
    for way in ways:
        if way.holds == (way is flipped):
            continue
        danger = isinstance(way.fact, Danger)
        if not shut or (danger and all(one.passable for one in shut)):
            return True
    return False


def near_the_opposite(ways: list[Reason], bars: list[Reason], allowed: bool) -> bool:
    """Would one clause of one fact turn the answer round?"""
    for one in ways + bars:
        turnable = one.missing == 1 or (one.holds and one.conditional)
        if turnable and decided(ways, bars, one) != allowed:
            return True
    return False


def judge(world: World, viewer: Person, item: Item, at: datetime) -> Verdict:
    """What decides this pair."""
    circle = item.circle
    ways = [seat_reason(world, one, item, at) for one in world.seats_of[viewer.id] if one.circle is circle]
    dangers = [one for one in world.dangers_of[viewer.id] if one.family is circle.family]
    ways += [danger_reason(world, one, item, at) for one in dangers]
    bars = []
    if ways:
        subject = world.subject_of(item)
        about = [one for one in world.exclusions.values() if one.subject is subject]
        met = [one for one in about if ever_meets(one, viewer, world)]
        bars = [bar_reason(world, one, viewer, item, at) for one in met]
    allowed = decided(ways, bars)
    instants = [one for reason in ways + bars for one in reason.instants]
    boundary = any(abs(one - at) <= DAY for one in instants)
    return Verdict(allowed, near_the_opposite(ways, bars, allowed), boundary, ways, bars)


def judge_all(world: World, viewer: Person, at: datetime) -> Iterator[tuple[Verdict, int]]:
    """The verdict of every item in the world, items that cannot differ judged once."""
    starts = {seat.since for seat in world.seats_of[viewer.id] if not seat.history}
    families = {danger.family for danger in world.dangers_of[viewer.id]}
    seated = {seat.circle for seat in world.seats_of[viewer.id]}
    far = 0
    alike: dict[tuple, tuple[Item, int]] = {}
    for item in world.items.values():
        if item.circle not in seated and item.circle.family not in families:
            far += 1
            continue
        reached = sum(item.at >= one for one in starts)
        key = (item.circle.id, item.subject, reached, item.author is viewer)
        first, many = alike.get(key, (item, 0))
        alike[key] = (first, many + 1)
    yield Verdict(False, False, False), far
    for item, many in alike.values():
        yield judge(world, viewer, item, at), many
