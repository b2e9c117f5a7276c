"""A made-up city: 25,000 children, 14,000 families of which 1,500 in active circles, 200,000 items."""

from datetime import date, timedelta
from uuid import UUID

from kring.commands.benching.directory import Directory
from kring.commands.benching.papers import Papers
from kring.commands.benching.size import LONG_AGO, NAMES, NOW, City, Size


class Builder(Papers, Directory):
    """Builds the city from one seed."""

    def __init__(self, size: Size) -> None:
        super().__init__(size)
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
        self.directory(self.village, self.city.known["homes"], self.size.of("offers"))
        self._wide_directory()
        return self.city

    def person(self) -> UUID:
        """Somebody of the city."""
        return self.add("trust.Person", village_id=self.village, given_name=self.rng.choice(NAMES))

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
        from kring.intake.models import Concern

        for _number in range(40):
            at = NOW - timedelta(hours=self.rng.randrange(1, 60))
            told = Concern(id=self.id(), circle_id=desk)
            told.tell({"who_about": self.words(2), "seen": self.words(25), "reach": "0470 00 00 00"})
            self.add(
                "intake.Concern", id=told.pk, circle_id=desk, at=at, told_locked=told.told_locked, reachable=True,
                asker_kind="teacher", language="nl", answer_by=at + timedelta(days=2),
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
        people = [coordinator[0], *guardians, *(self.person() for _ in range(naturals))]
        self._seats(circle, coordinator, guardians, people[1 + len(guardians) :], professionals)
        self._own_pages(family, kids)
        plan = self.plan(circle, family, kids, people, self.size.goals if goals is None else goals)
        self.notes(circle, kids, people)
        asked = {"family": str(family), "plan": str(plan), "guardian": str(guardians[0]),
                 "coordinator": str(coordinator[0])}  # fmt: skip
        if name:
            self.city.known[name] = asked
        elif number < 400:
            self.city.known.setdefault("families", []).append(asked)

    def _seats(self, circle: UUID, coordinator: tuple[UUID, UUID], guardians: list[UUID], naturals: list[UUID],
               professionals: int) -> None:  # fmt: skip
        self._seat(circle, coordinator[0], "coordinator", 2, coordinator[1])
        others = [one for one in self.rng.sample(self.jobs, professionals + 1) if one != coordinator]
        for person, job in others[: professionals - 1]:
            self._seat(circle, person, "professional", 3, job)
        for person in guardians:
            self._seat(circle, person, "guardian", 1, None, "guardian")
            self.add(
                "trust.ContactCard", person_id=person, circle_id=circle, language="nl", phone="0470 00 00 00"
            )
        for person in naturals:
            self._seat(circle, person, "natural", 2)

    def _own_pages(self, family: UUID, kids: list[UUID]) -> None:
        for child in kids:
            own = self.add(
                "trust.Circle", village_id=self.village, family_id=family, kind="own", subject_id=child,
                opened_at=LONG_AGO,
            )  # fmt: skip
            self._seat(own, child, "child", 1, None, "own choice")

    def _wide_directory(self) -> None:
        """A village next door with 20,000 offers and a map, whatever the scale."""
        wide = self.add(
            "trust.Village", name="Wijdeland", slug="wijdeland", country="BE", timezone="Europe/Brussels",
            language="nl", phone="015 00 00 01", started_at=NOW,
        )  # fmt: skip
        homes = [
            self.add("trust.Organisation", village_id=wide, name=f"Huis {number}", sector="leisure")
            for number in range(600)
        ]
        self.directory(wide, homes, self.size.wide_offers)
        self.town_map(wide, self.add("trust.Person", village_id=wide, given_name="Noor"))
