"""Casting: a random world as operations, from villages to items.

Everything here is legal. Two villages, partners whose agreements end and are renewed,
families with two homes, children whose birthdays fall on a pivot, seats of all grounds.
"""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from oracle.birthdays import PROFILES, birthday, midnight
from oracle.facts import EXCLUSION_GROUNDS, SECTORS
from oracle.moments import DAY, EARLY, HOUR, TICK, beside, pivots, some_moment, written
from oracle.sizes import FAR_ZONES, FOLDED_ZONES, HOME_ZONES, WEIGHT_OF_KIND, House, Room, Size


class Casting:
    """Casts one world; `ops` are its operations in order."""

    def __init__(self, rng: Random, size: Size, edges: bool = False) -> None:
        self.rng, self.size = rng, size
        self.ops: list[dict[str, Any]] = []
        self._count: dict[str, int] = {}
        self.country = rng.choice(list(PROFILES))
        far = FAR_ZONES[self.country] + (FOLDED_ZONES if edges else ())
        name = HOME_ZONES[self.country] if rng.random() < 0.72 else rng.choice(far)
        self.zone = ZoneInfo(name)
        self.pivots = pivots(rng, self.zone, 2 if size.items < 60 else 3)
        if self.country == "FR" and rng.random() < 0.3:
            day = rng.choice((date(2026, 3, 1), date(2027, 3, 1)))
            self.pivots = [*self.pivots[1:], (day, midnight(day, self.zone))]
        self.born: dict[str, date] = {}
        self.jobs: dict[str, list[tuple[str, bool]]] = {}
        self.organisations: list[str] = []
        self.rooms: list[Room] = []
        self.houses: list[House] = []
        self._cast(name)

    def put(self, op: str, **fields: Any) -> str:
        """Write one operation down and name what it makes."""
        self._count[op] = self._count.get(op, 0) + 1
        name = f"{op}-{self._count[op]}"
        self.ops.append({"op": op, "id": name, **fields})
        return name

    def _cast(self, zone: str) -> None:
        self.village = self.put("village", country=self.country, timezone=zone)
        self._organisations()
        self.workers = [self._worker() for _ in range(3 + 2 * self.size.families)]
        self._far_village()
        for number in range(self.size.families + (self.rng.random() < 0.25)):
            self._house(1.0 if number == 0 else 0.12)
        self._public_rooms()
        for house in self.houses:
            for child in house.children:
                self._exclusions(child, house)
        self._items()

    # times

    def near(self) -> datetime:
        """A moment at or beside a pivot."""
        return beside(self.rng, self.rng.choice(self.pivots)[1])

    def text(self, instant: datetime | None) -> str | None:
        """A moment as text."""
        return written(self.rng, instant, self.zone)

    def periods(self) -> list[tuple[datetime, datetime | None]]:
        """One or more times that do not overlap."""
        style = self.rng.random()
        first, second = sorted((self.near(), self.near()))
        if style < 0.38:
            return [(EARLY, None)]
        if style < 0.5:
            return [(EARLY, first)]
        if style < 0.6:
            return [(first, None)]
        if style < 0.74:
            return [(EARLY, first), (first, None)]
        if style < 0.82:
            return [(first, second)]
        if style < 0.9:
            return [(EARLY, first), (second, None)]
        if style < 0.95:
            return [(first, first), (EARLY, None)]
        return [(EARLY, first), (first, second), (second, second + 30 * DAY)]

    # who is who

    def _organisations(self) -> None:
        sectors = self.rng.sample(SECTORS, 3)
        for number in range(3 + self.size.families):
            name = self.put("organisation", village=self.village, sector=sectors[number % 3])
            self.organisations.append(name)
            for since, until in self.periods() if self.rng.random() < 0.7 else [(EARLY, None)]:
                self.put("agreement", organisation=name, since=self.text(since), until=self.text(until))

    def _person(self, born: date | None = None, village: str | None = None) -> str:
        text = None if born is None else born.isoformat()
        return self.put("person", village=village or self.village, born=text)

    def _job(self, person: str) -> None:
        organisation = self.rng.choice(self.organisations)
        bound = self.rng.random() < 0.6
        for since, until in self.periods() if self.rng.random() < 0.4 else [(EARLY, None)]:
            times = {"since": self.text(since), "until": self.text(until)}
            name = self.put("job", person=person, organisation=organisation, bound=bound, **times)
            self.jobs.setdefault(person, []).append((name, bound))

    def _worker(self) -> str:
        name = self._person(date(1985, 5, 5) if self.rng.random() < 0.3 else None)
        for _ in range(self.rng.choice((1, 1, 2))):
            self._job(name)
        return name

    def _child(self) -> str:
        """A child whose birthday of own voice, or of a guardian's last reading, is often a pivot."""
        day = self.rng.choice(self.pivots)[0]
        profile = PROFILES[self.country]
        ages = [profile.own_voice, profile.reading_ends]
        leaps = [age for age in ages if (day.month, day.day) == (3, 1) and (day.year - age) % 4 == 0]
        if leaps and self.rng.random() < 0.7:
            born = date(day.year - leaps[0], 2, 29)
        else:
            born = birthday(day, -self.rng.choice((*ages, self.rng.randrange(5, 20))))
        name = self._person(born)
        self.born[name] = born
        return name

    def _far_village(self) -> None:
        """A second village with a little of everything, so that something can cross."""
        country = self.rng.choice(list(PROFILES))
        far = self.put("village", country=country, timezone=HOME_ZONES[country])
        sector = self.rng.choice(SECTORS)
        partner = self.put("organisation", village=far, sector=sector)
        since = self.text(EARLY)
        self.put("agreement", organisation=partner, since=since, until=None)
        worker, parent = self._person(None, far), self._person(None, far)
        child = self._person(date(2014, 4, 4), far)
        self.put("job", person=worker, organisation=partner, bound=True, since=since, until=None)
        family = self.put("family", village=far, children=[child], guardians=[parent])
        marks = {"subject": None, "safety": False, "secrecy": False}
        home = self.put("circle", kind="family", village=far, family=family, **marks)
        times = {"since": since, "until": None, "job": None, "history": True}
        self.put("seat", circle=home, person=parent, ground="guardian", **times)
        self.put("item", circle=home, subject=child, author=parent, at=since)

    # families and circles

    def _house(self, weight: float) -> None:
        rng = self.rng
        children = [self._child() for _ in range(rng.choice((1, 2, 2, 3)))]
        guardians = [self._person() for _ in range(rng.choice((1, 2, 2, 3)))]
        if rng.random() < 0.3:
            self._job(guardians[0])
        if rng.random() < 0.08:
            self._job(children[0])
        if rng.random() < 0.15:
            children.append(self._person())  # a birth date is not always known
        if self.houses and rng.random() < 0.15:
            children.append(self.houses[0].children[0])  # a half-brother in two families
        name = self.put("family", village=self.village, children=children, guardians=guardians)
        supports = [self._person() for _ in range(rng.choice((1, 2)))]
        if self.houses:
            supports.append(self.houses[0].guardians[-1])
        dated = [one for one in children if one in self.born]
        workers = rng.sample(self.workers, min(4, len(self.workers)))
        house = House(name, dated, guardians, supports, workers)
        self.houses.append(house)
        self._rooms(house, weight)

    def _rooms(self, house: House, weight: float) -> None:
        rng = self.rng
        kinds = ["family", "part", "part", "home", "home", "confidence", "confidence", "sealed"]
        if rng.random() < 0.4:
            kinds += ["confidence", "group"]
        for kind in kinds:
            chance = 0.75 if kind == "confidence" else 0.35
            subject = rng.choice(house.children) if rng.random() < chance else None
            self._room(kind, house, subject, weight)
        for child in house.children:
            self._room("own", house, child if rng.random() < 0.9 else None, weight)

    def _public_rooms(self) -> None:
        for kind in ("group", "desk"):
            for _ in range(2):
                subject = self.rng.choice(list(self.born)) if self.rng.random() < 0.3 else None
                self._room(kind, None, subject, 0.4)

    def _room(self, kind: str, house: House | None, subject: str | None, weight: float) -> None:
        told = kind == "confidence"
        safety, secrecy = told and self.rng.random() < 0.5, told and self.rng.random() < 0.4
        family = house.id if house else None
        place = {"village": self.village, "family": family, "subject": subject}
        name = self.put("circle", kind=kind, **place, safety=safety, secrecy=secrecy)
        room = Room(name, kind, house, weight * WEIGHT_OF_KIND[kind], [])
        self.rooms.append(room)
        for person in self._sitting(kind, house):
            self._sit(room, person, secrecy)

    def _sitting(self, kind: str, house: House | None) -> list[str]:
        """Who sits in a circle of this kind."""
        rng = self.rng
        if house is None:
            return rng.sample(self.workers, min(3, len(self.workers)))
        everybody = house.guardians + house.supports + house.workers + house.children
        share = {"family": 0.97, "part": 0.8, "sealed": 0.35, "confidence": 0.55}.get(kind, 0.65)
        return [one for one in dict.fromkeys(everybody) if rng.random() < share]

    def _sit(self, room: Room, person: str, secrecy: bool) -> None:
        """One person sits down, for one or more times."""
        rng = self.rng
        ground, jobs = rng.choice(("consent", "consent", "own choice", "legal duty")), [None]
        mine = [name for name, bound in self.jobs.get(person, ()) if bound or not secrecy]
        house = room.house
        parent = house is not None and person in house.guardians
        if parent and room.kind not in ("confidence", "sealed") and rng.random() < 0.75:
            ground = "guardian"
        elif mine and rng.random() < 0.85:
            ground, jobs = rng.choice(("job", "job", "job", "consent", "legal duty")), mine
        room.seated.append(person)
        for since, until in self.periods():
            times = {"since": self.text(since), "until": self.text(until)}
            history = rng.random() < 0.6
            rest = {"job": rng.choice(jobs), "history": history, "ground": ground}
            self.put("seat", circle=room.id, person=person, **times, **rest)

    # exclusions and items

    def _exclusions(self, child: str, house: House) -> None:
        for _ in range(self.rng.choice((1, 2, 2, 3))):
            ground = self.rng.choice(EXCLUSION_GROUNDS)
            since, until = self._exclusion_time(child, ground)
            if since is not None:
                times = {"since": self.text(since), "until": self.text(until), "ground": ground}
                self.put("exclusion", subject=child, **self.target(house), **times)

    def _exclusion_time(self, child: str, ground: str) -> tuple[datetime | None, datetime | None]:
        """A time that fits the ground, or nothing."""
        voice = midnight(birthday(self.born[child], PROFILES[self.country].own_voice), self.zone)
        since = self.rng.choice((EARLY, self.near(), voice, voice - TICK, voice + HOUR))
        if (ground == "own choice" and since < voice) or (ground == "guardian" and since >= voice):
            return None, None
        until = self.rng.choice((None, self.near(), since + timedelta(days=2)))
        return since, until if until is None or until >= since else None

    def target(self, house: House) -> dict[str, Any]:
        """Whom an exclusion is for: a person, an organisation or a sector."""
        rng = self.rng
        kind = rng.choice(("person", "person", "organisation", "sector"))
        people = house.guardians + house.supports + house.workers + house.children
        found = {"person": rng.choice(people), "organisation": rng.choice(self.organisations)}
        sector = next(op["sector"] for op in self.ops if op["id"] == found["organisation"])
        found["sector"] = sector
        if rng.random() < 0.5:
            return {kind: found[kind]}
        return {name: found[name] if name == kind else None for name in found}

    def _items(self) -> None:
        weights = [room.weight for room in self.rooms]
        for _ in range(self.size.items):
            room = self.rng.choices(self.rooms, weights)[0]
            children = room.house.children if room.house else list(self.born)
            subject = self.rng.choice(children) if self.rng.random() < 0.5 else None
            authors = room.seated if room.seated and self.rng.random() < 0.8 else self.workers
            at = self.rng.choice((EARLY - DAY, self.near(), self.near(), some_moment(self.rng)))
            place = {"circle": room.id, "subject": subject, "author": self.rng.choice(authors)}
            self.put("item", **place, at=self.text(at))
