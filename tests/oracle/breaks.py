"""Breaks: ways to drop, turn round or shift one sentence of the rule."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from oracle.birthdays import PROFILES
from oracle.facts import FOREVER
from oracle.fake import PlainWorld
from oracle.refusals import refuse

Broken = dict[str, Callable[..., Any]]


def always(*_: Any) -> bool:
    """The clause is dropped: yes."""
    return True


def never(*_: Any) -> bool:
    """The clause is dropped: no."""
    return False


def unchecked(*_: Any) -> None:
    """The refusal is dropped."""


def utc_midnight(world: Any, person: Any, age: int) -> datetime:
    """00:00, but not in the village."""
    if person.born is None:
        return FOREVER
    return datetime.combine(world.birthday(person.born, age), time(), UTC)


def leap_in_february(_: Any, born: date, age: int) -> date:
    """29 February counts from 28 February."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 2, 28)


def shifted(name: str, by: timedelta) -> Broken:
    """A birthday moved by some time."""
    whole = getattr(PlainWorld, name)

    def moved(world: Any, who: Any) -> datetime:
        found = whole(world, who)
        return found if found == FOREVER else found + by

    return {name: moved}


def reading_by_own_voice(world: Any, circle: Any) -> datetime:
    """The end of a guardian's reading taken from the wrong age."""
    return world.own_voice(circle.subject) if circle.subject else FOREVER


def reading_by_item(world: Any, seat: Any, item: Any, at: datetime) -> bool:
    """The end of a guardian's reading taken from the item's subject."""
    subject = item.subject or item.circle.subject
    ends = world.turns(subject, PROFILES[subject.village.country].reading_ends) if subject else FOREVER
    live = seat.circle is item.circle and world.runs(seat, at) and world.job_carries(seat.job, at)
    return live and world.reaches_back(seat, item) and (seat.ground != "guardian" or at < ends)


def any_job(world: Any, viewer: Any, one: Any, at: datetime) -> bool:
    """A job that is over still counts."""
    jobs = world.jobs_of[viewer.id]
    return any(j.organisation is one.organisation or j.organisation.sector == one.sector for j in jobs)


def agreed_job(world: Any, viewer: Any, one: Any, at: datetime) -> bool:
    """Only a job with a live agreement counts."""
    jobs = [job for job in world.jobs_of[viewer.id] if world.job_carries(job, at)]
    return any(j.organisation is one.organisation or j.organisation.sector == one.sector for j in jobs)


def only(name: str) -> Broken:
    """Exclusions of one kind of target do nothing."""
    whole = PlainWorld.meets
    return {"meets": lambda world, one, who, at: getattr(one, name) is None and whole(world, one, who, at)}


def spares_by(grounds: tuple[str, ...]) -> Broken:
    """The author is denied on these grounds."""
    return {
        "spares": lambda _, one, who, item: (
            one.subject is who or (item.author is who and one.ground not in grounds)
        )
    }


def passing(*grounds: str) -> Broken:
    """Danger passes exactly these grounds."""
    return {"danger_passes": lambda _, one: one.ground in grounds}


def opening(*kinds: str, safe: Callable[[Any], bool] = lambda circle: circle.safety) -> Broken:
    """Danger opens exactly these kinds, and confidences as given."""

    def reaches(_: Any, danger: Any, circle: Any) -> bool:
        told = circle.kind == "confidence" and safe(circle)
        return circle.family is danger.family and (circle.kind in kinds or told)

    return {"danger_reaches": reaches}


def lasting(long: timedelta, closed: bool = False) -> Broken:
    """Danger lasts some other time."""

    def runs(_: Any, danger: Any, at: datetime) -> bool:
        return danger.at <= at < danger.at + long or (closed and at == danger.at + long)

    return {"danger_runs": runs}


def danger_since(world: Any, danger: Any, item: Any, at: datetime) -> bool:
    """Danger opens without history."""
    return PlainWorld.danger_opens(world, danger, item, at) and item.at >= danger.at


def exclusion_for_ever(world: Any, one: Any, at: datetime) -> bool:
    """A guardian's exclusion does not end at own voice."""
    return world.runs(one, at)


def without(name: str, *words: str) -> Broken:
    """Some refusals of a check are dropped."""
    whole = getattr(PlainWorld, name)

    def check(world: Any, *facts: Any) -> None:
        try:
            whole(world, *facts)
        except Exception as refused:
            if str(refused) not in words:
                raise

    return {name: check}


def stopping(*grounds: str) -> Broken:
    """Exactly these grounds stop a danger at its beginning."""
    return {"stops_danger": lambda world, one, at: one.ground in grounds and world.exclusion_runs(one, at)}


def half_batch(world: Any, ops: list[Any]) -> None:
    """What stood before the error in a batch stays."""
    for op in ops:
        if "error" in world.answer(op):
            raise ValueError("half a batch")


def any_hour(world: Any, danger: Any, at: datetime) -> bool:
    """The job must have begun, its end is forgotten."""
    return world.agreed(danger.job.organisation, at)


def forgotten_agreement(world: Any, danger: Any, at: datetime) -> bool:
    """The agreement is only looked at when danger begins."""
    return world.runs(danger.job, at)


def late_voice(world: Any, one: Any) -> None:
    """A guardian may still exclude at the very moment of own voice."""
    voice = world.own_voice(one.subject)
    refuse(one.ground == "own choice" and one.since < voice, "before own voice")
    refuse(one.ground == "guardian" and one.since > voice, "after own voice")


def closed_overlap(_: Any, one: Any, other: Any) -> bool:
    """Times that touch count as overlapping."""
    return max(one.since, other.since) <= min(one.until, other.until)


def empty_overlap(_: Any, one: Any, other: Any) -> bool:
    """A time of no length inside another counts as overlapping."""
    inside = other.since < one.since < other.until or one.since < other.since < one.until
    return max(one.since, other.since) < min(one.until, other.until) or inside
