"""Moments: the days on which much happens at once, and the instants around them.

Faults live at edges. So a random world has a few pivots, and most seats, agreements,
birthdays and exclusions begin or end there; questions are asked right beside them.
"""

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from oracle.birthdays import midnight
from oracle.facts import FOREVER, Person
from oracle.knowing import DANGER_LASTS
from oracle.world import World

EARLY = datetime(2025, 9, 1, tzinfo=UTC)
LATE = datetime(2028, 12, 31, tzinfo=UTC)
TICK = timedelta(microseconds=1)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SPECIAL_DAYS = (
    *(date(2026, 3, 29), date(2026, 3, 30), date(2026, 10, 25), date(2026, 10, 26), date(2027, 3, 28)),
    *(date(2027, 10, 31), date(2026, 8, 1), date(2026, 9, 1), date(2027, 1, 1), date(2028, 2, 29)),
    *(date(2026, 3, 1), date(2027, 3, 1), date(2027, 3, 1), date(2028, 3, 1)),
)
STEPS = (timedelta(0), -TICK, TICK, -SECOND, SECOND, -HOUR, HOUR, -DAY, DAY)
STEP_WEIGHTS = (34, 20, 8, 7, 5, 7, 5, 4, 4)


def a_day(rng: Random) -> date:
    """A day on which much happens: often a special one."""
    if rng.random() < 0.6:
        return rng.choice(SPECIAL_DAYS)
    return EARLY.date() + timedelta(days=rng.randrange(60, 1150))


def pivots(rng: Random, zone: ZoneInfo, many: int) -> list[tuple[date, datetime]]:
    """A few days, each with its midnight in the village."""
    days = sorted({a_day(rng) for _ in range(many)})
    return [(day, midnight(day, zone)) for day in days]


def beside(rng: Random, instant: datetime) -> datetime:
    """The instant itself, or a step to its side."""
    step = rng.choices(STEPS, STEP_WEIGHTS)[0]
    if step in (DAY, -DAY):
        step += rng.choice((timedelta(0), TICK, -TICK, HOUR))
    return instant + step


def some_moment(rng: Random) -> datetime:
    """Any moment of the years we look at."""
    span = int((LATE - EARLY).total_seconds())
    return EARLY + timedelta(seconds=rng.randrange(span), microseconds=rng.randrange(10**6))


def written(rng: Random, instant: datetime | None, zone: ZoneInfo | None = None) -> str | None:
    """A moment as text, with one offset or another."""
    if instant is None:
        return None
    dice = rng.random()
    if dice < 0.12 and zone is not None:
        return instant.astimezone(zone).isoformat()
    if dice < 0.2:
        return instant.replace(tzinfo=None).isoformat() + "Z"
    return instant.isoformat()


def boundaries(world: World, person: Person) -> list[datetime]:
    """Every instant at which something may change for this person."""
    found: list[datetime] = []
    places = [("person", person.id)]
    for job in world.jobs_of[person.id]:
        found += [job.since, job.until]
        places += [("organisation", job.organisation.id), ("sector", job.organisation.sector)]
        for agreement in world.agreements_of[job.organisation.id]:
            found += [agreement.since, agreement.until]
    for seat in world.seats_of[person.id]:
        found += [seat.since, seat.until]
        if seat.ground == "guardian":
            found.append(seat.circle.reading_ends)
    for danger in world.dangers_of[person.id]:
        found += [danger.at, danger.at + DANGER_LASTS] * 3
    for place in dict.fromkeys(places):  # a set has no fixed order
        for one in world.exclusions_at.get(place, ()):
            found += [one.since, one.until]
            if one.ground == "guardian":
                found.append(one.own_voice)
    return [instant for instant in found if EARLY - DAY < instant < FOREVER]
