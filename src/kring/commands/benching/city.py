"""A made-up city: 25,000 children, 14,000 families of which 1,500 in active circles, 200,000 items."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from kring.commands.benching.copying import Ids, Row

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=900)
NAMES = ("Amal", "Bram", "Chloé", "Daan", "Elif", "Femke", "Gus", "Hind", "Ilias", "Jana", "Kobe", "Lina",
         "Milo", "Nour", "Otis", "Pia", "Quinten", "Rania", "Sem", "Tess", "Umut", "Vik", "Warre", "Yara", "Zita")  # fmt: skip
WORDS = ("samen", "school", "vrijdag", "huiswerk", "dansen", "bellen", "tolk", "buurt", "fiets", "rust", "klas",
         "oma", "judo", "brief", "slapen", "vragen", "helpen", "lezen", "koken", "zwemmen")  # fmt: skip
DOMAINS = (
    "home",
    "school",
    "friends",
    "feelings",
    "health",
    "money",
    "leisure",
    "learning",
    "safety",
    "work",
)


@dataclass(frozen=True)
class Size:
    """How big the city is; scale 1 is one town."""

    scale: int = 1
    children: int = 25_000
    families: int = 14_000
    active: int = 1_500
    professionals: int = 400
    organisations: int = 60
    offers: int = 2_000
    notes: int = 68
    goals: int = 6
    steps: int = 3

    def of(self, name: str) -> int:
        """How many there are, at this scale."""
        many: int = getattr(self, name)
        return many * self.scale


@dataclass
class City:
    """All rows by the name of their table, and who is asked for what in the measurement."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    known: dict[str, Any] = field(default_factory=dict)


class Builder:
    """Builds the city from one seed."""

    def __init__(self, size: Size) -> None:
        self.size, self.rng, self.id, self.city = size, Random(7), Ids(11), City()  # noqa: S311
        self.village = self.id()
        self.jobs: list[tuple[UUID, UUID]] = []
        self.coordinators: list[tuple[UUID, UUID]] = []

    def build(self) -> City:
        """Everything."""
        self._village()
        self._work()
        self._desk()
        children = self.size.of("children")
        families, active = self.size.of("families"), self.size.of("active")
        for number in range(families):
            count = 2 if number < children - families else 1
            self._family(number, count, number < active)
        self._special("small", 1, 1, 1)
        self._special("large", 24, 30, 8)
        self._offers()
        return self.city

    def add(self, table: str, **row: Any) -> UUID:
        """One row; its id."""
        row.setdefault("id", self.id())
        self.city.rows[table].append(row)
        key: UUID = row["id"]
        return key

    def person(self) -> UUID:
        """Somebody of the city."""
        return self.add("trust.Person", village_id=self.village, given_name=self.rng.choice(NAMES))

    def words(self, many: int) -> str:
        """Some words."""
        return " ".join(self.rng.choices(WORDS, k=many))

    def moment(self) -> datetime:
        """Some moment of the last months."""
        return NOW - timedelta(minutes=self.rng.randrange(60, 200_000))

    def _village(self) -> None:
        self.add(
            "trust.Village", id=self.village, name="Stad", slug="stad", country="BE", timezone="Europe/Brussels",
            language="nl", phone="015 00 00 00", started_at=LONG_AGO,
        )  # fmt: skip

    def _work(self) -> None:
        sectors = ("education", "wellbeing", "leisure", "community", "health", "police", "town")
        homes = []
        for number in range(self.size.of("organisations")):
            home = self.add(
                "trust.Organisation",
                village_id=self.village,
                name=f"Organisatie {number}",
                sector=sectors[number % 7],
            )
            self.add("trust.Agreement", organisation_id=home, since=LONG_AGO)
            homes.append(home)
        for number in range(self.size.of("professionals")):
            role = "contact point" if number % 50 == 0 else "coordinator" if number % 4 == 1 else "worker"
            person = self.person()
            job = self.add(
                "trust.Job", person_id=person, organisation_id=homes[number % len(homes)], role=role, title=role,
                phone="0470 00 00 00", since=LONG_AGO,
            )  # fmt: skip
            self.add("trust.Account", person_id=person, email=f"w{number}@stad.example")
            self.jobs.append((person, job))
            if role == "coordinator":
                self.coordinators.append((person, job))
        self.city.known["homes"] = homes

    def _desk(self) -> None:
        desk = self.add("trust.Circle", village_id=self.village, kind="desk", opened_at=LONG_AGO)
        workers = [one for number, one in enumerate(self.jobs) if number % 50 == 0]
        for person, job in workers:
            self._seat(desk, person, "professional", 3, job, "job")
        self.add(
            "intake.Duty",
            village_id=self.village,
            person_id=workers[0][0],
            stand_in_id=workers[1][0],
            since=LONG_AGO,
        )
        for _number in range(40):
            at = NOW - timedelta(hours=self.rng.randrange(1, 60))
            self.add(
                "intake.Concern", circle_id=desk, at=at, who_about=self.words(2), seen=self.words(25),
                reach="0470 00 00 00", asker_kind="teacher", language="nl", answer_by=at + timedelta(days=2),
                on_duty_id=workers[0][0], receipt_hash=self.id().bytes * 2,
            )  # fmt: skip
        self.city.known["desk worker"] = workers[0][0]

    def _seat(self, circle: UUID, person: UUID, role: str, ring: int, job: UUID | None = None, ground: str = "consent") -> None:  # fmt: skip
        self.add(
            "trust.Seat", circle_id=circle, person_id=person, role=role, ring=ring, job_id=job, ground=ground,
            since=LONG_AGO + timedelta(days=600),
        )  # fmt: skip

    def _family(self, number: int, children: int, active: bool) -> None:
        family = self.add("trust.Family", village_id=self.village, name=f"Gezin {number}", opened_at=LONG_AGO)
        kids = [self._child(family) for _ in range(children)]
        guardians = [self._guardian(family) for _ in range(1 + number % 2)]
        if active:
            self._circle(family, number, kids, guardians, naturals=2, professionals=3)

    def _child(self, family: UUID) -> UUID:
        child = self.person()
        self.add("trust.FamilyMember", family_id=family, person_id=child, kind="child")
        born = date(2008, 1, 1) + timedelta(days=self.rng.randrange(4_500))
        self.city.rows["trust.Birth"].append({"person_id": child, "born": born})
        return child

    def _guardian(self, family: UUID) -> UUID:
        guardian = self.person()
        self.add("trust.FamilyMember", family_id=family, person_id=guardian, kind="guardian", relation="mama")
        return guardian

    def _special(self, name: str, naturals: int, goals: int, professionals: int) -> None:
        """A family of three, or of thirty, to hold against each other."""
        family = self.add("trust.Family", village_id=self.village, name=f"Gezin {name}", opened_at=LONG_AGO)
        kids = [self._child(family)] if name == "small" else [self._child(family) for _ in range(4)]
        guardians = [self._guardian(family)]
        self._circle(
            family, 0, kids, guardians, naturals=naturals, professionals=professionals, goals=goals, name=name
        )

    def _circle(self, family: UUID, number: int, kids: list[UUID], guardians: list[UUID], *, naturals: int,
                professionals: int, goals: int | None = None, name: str = "") -> None:  # fmt: skip
        circle = self.add(
            "trust.Circle", village_id=self.village, family_id=family, kind="family", opened_at=LONG_AGO
        )
        coordinator = self.coordinators[number % len(self.coordinators)]
        self._seat(circle, coordinator[0], "coordinator", 2, coordinator[1])
        others = [one for one in self.rng.sample(self.jobs, professionals + 1) if one != coordinator]
        for person, job in others[: professionals - 1]:
            self._seat(circle, person, "professional", 3, job)
        for person in guardians:
            self._seat(circle, person, "guardian", 1, None, "guardian")
            self.add(
                "trust.ContactCard", person_id=person, circle_id=circle, language="nl", phone="0470 00 00 00"
            )
        people = [coordinator[0], *guardians, *(self.person() for _ in range(naturals))]
        for person in people[1 + len(guardians) :]:
            self._seat(circle, person, "natural", 2)
        for child in kids:
            own = self.add(
                "trust.Circle", village_id=self.village, family_id=family, kind="own", subject_id=child,
                opened_at=LONG_AGO,
            )  # fmt: skip
            self._seat(own, child, "child", 1, None, "own choice")
        plan = self._plan(circle, family, kids, people, self.size.goals if goals is None else goals)
        self._notes(circle, kids, people)
        if name or number == 0:
            self.city.known[name or "first"] = {
                "family": str(family), "circle": str(circle), "plan": str(plan), "coordinator": str(coordinator[0]),
                "guardian": str(guardians[0]),
            }  # fmt: skip
        if number < 400 and not name:
            self.city.known.setdefault("families", []).append(
                {"family": str(family), "plan": str(plan), "guardian": str(guardians[0]),
                 "coordinator": str(coordinator[0])}
            )  # fmt: skip

    def _plan(self, circle: UUID, family: UUID, kids: list[UUID], people: list[UUID], goals: int) -> UUID:
        base = {"circle_id": circle, "author_id": people[0], "at": NOW - timedelta(days=100)}
        plan = self.add("wraparound.Plan", **base, family_id=family, stage="in force", in_force_since=NOW - timedelta(days=90),
                        next_review_on=date(2027, 2, 1))  # fmt: skip
        self.add("wraparound.Story", **base, text=self.words(60), language="nl", told_by_id=people[1])
        self.add("wraparound.Wish", **base, plan_id=plan, text=self.words(8), language="nl", changed_at=NOW)
        parts = []
        for position in range(goals):
            about = {"subject_id": kids[position % len(kids)], "about_id": kids[position % len(kids)]}
            goal = self.add(
                "wraparound.Goal", **base, **about, plan_id=plan, domain=DOMAINS[position % len(DOMAINS)],
                need=self.words(8), aim=self.words(5), language="nl", position=position,
                taken_in_at=NOW - timedelta(days=99), taken_in_by_id=people[0],
            )  # fmt: skip
            parts.append(
                (
                    "goal",
                    goal,
                    about,
                    {"domain": DOMAINS[position % len(DOMAINS)], "aim": "x", "need": "x", "language": "nl"},
                )
            )
            for step in range(self.size.steps):
                what = self.words(6)
                action = self.add(
                    "wraparound.Action", **base, **about, goal_id=goal, what=what, language="nl",
                    doer_id=people[(position + step) % len(people)],
                    by_when=date(2026, 11, 16) + timedelta(days=self.rng.randrange(40)),
                    agreed_at=NOW - timedelta(days=90),
                )  # fmt: skip
                parts.append(("action", action, about, {
                    "goal": str(goal), "what": what, "language": "nl", "doer_id": None, "doer": "X", "doer_words": "X",
                    "side": "natural", "for_whom": "child", "by_when": None, "every_week": False,
                    "needs_authority": False, "offer_id": None, "offer": ""}))  # fmt: skip
        self._versions(plan, base, parts, people)
        self._promises(circle, people)
        return plan

    def _versions(
        self, plan: UUID, base: Row, parts: list[tuple[str, UUID, Row, Row]], people: list[UUID]
    ) -> None:
        import json

        for number, stage in ((1, "in force"), (2, "waiting")):
            version = self.add(
                "wraparound.Version", **base, plan_id=plan, number=number, stage=stage,
                in_force_at=NOW if stage == "in force" else None, caring="{}",
            )  # fmt: skip
            self.city.known.setdefault("waiting", []).append(
                (str(version), str(people[1]))
            ) if stage == "waiting" else None
            if stage == "in force":
                self.add(
                    "wraparound.Approval", **(base | {"author_id": people[1]}), version_id=version, person_id=people[1],
                    answer="yes", language="nl", how="signed in", said_on=date(2026, 8, 1),
                )  # fmt: skip
            for position, (kind, source, about, content) in enumerate(parts):
                self.add(
                    "wraparound.VersionPart", **base, **about, version_id=version, kind=kind, source_id=source,
                    position=position, content=json.dumps(content),
                )  # fmt: skip

    def _promises(self, circle: UUID, people: list[UUID]) -> None:
        for _number in range(4):
            self.add(
                "intake.Promise", circle_id=circle, author_id=people[0], at=NOW - timedelta(days=20), by_id=people[0],
                what=self.words(6), due_at=NOW + timedelta(hours=self.rng.randrange(-60, 400)), to_whom="mama",
            )  # fmt: skip

    def _notes(self, circle: UUID, kids: list[UUID], people: list[UUID]) -> None:
        for number in range(self.size.notes):
            child = kids[number % len(kids)]
            self.add(
                "wraparound.Note", circle_id=circle, subject_id=child, about_id=child, author_id=people[0],
                at=self.moment(), text=self.words(30), signed="X",
            )  # fmt: skip

    def _offers(self) -> None:
        for number in range(self.size.of("offers")):
            name, words = f"{self.words(2)} {number}", self.words(30)
            self.add(
                "network.Offer", village_id=self.village, name=name, words=words, summary=words[:80],
                organisation_id=self.city.known["homes"][number % len(self.city.known["homes"])], domains=["leisure"],
                youngest=6, oldest=18, search=f"{name} {words}", sort_key=name, changed_at=NOW,
            )  # fmt: skip
