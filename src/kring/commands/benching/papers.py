"""What lies in the circles of the city: plans with their versions, promises, notes."""

import json
from datetime import date, timedelta
from uuid import UUID

from kring.commands.benching.copying import Row
from kring.commands.benching.size import DOMAINS, NOW, Rows

Part = tuple[str, UUID, Row, Row]


class Papers(Rows):
    """Writes what a circle knows."""

    def plan(self, circle: UUID, family: UUID, kids: list[UUID], people: list[UUID], goals: int) -> UUID:
        """A plan in force, with a newer version that waits."""
        base = {"circle_id": circle, "author_id": people[0], "at": NOW - timedelta(days=100)}
        plan = self.add(
            "wraparound.Plan", **base, family_id=family, stage="in force", in_force_since=NOW - timedelta(days=90),
            next_review_on=date(2027, 2, 1),
        )  # fmt: skip
        self.add("wraparound.Story", **base, text=self.words(60), language="nl", told_by_id=people[1])
        self.add("wraparound.Wish", **base, plan_id=plan, text=self.words(8), language="nl", changed_at=NOW)
        parts: list[Part] = []
        for position in range(goals):
            child = kids[position % len(kids)]
            parts += self._goal(plan, base | {"subject_id": child, "about_id": child}, people, position)
        self._versions(plan, base, parts, people)
        self._promises(circle, people)
        return plan

    def _goal(self, plan: UUID, base: Row, people: list[UUID], position: int) -> list[Part]:
        about = {key: base[key] for key in ("subject_id", "about_id")}
        domain = DOMAINS[position % len(DOMAINS)]
        goal = self.add(
            "wraparound.Goal", **base, plan_id=plan, domain=domain, need=self.words(8), aim=self.words(5), language="nl",
            position=position, taken_in_at=NOW - timedelta(days=99), taken_in_by_id=people[0],
        )  # fmt: skip
        parts: list[Part] = [
            ("goal", goal, about, {"domain": domain, "aim": "x", "need": "x", "language": "nl"})
        ]
        for step in range(self.size.steps):
            what = self.words(6)
            action = self.add(
                "wraparound.Action", **base, goal_id=goal, what=what, language="nl",
                doer_id=people[(position + step) % len(people)], agreed_at=NOW - timedelta(days=90),
                by_when=date(2026, 11, 16) + timedelta(days=self.rng.randrange(40)),
            )  # fmt: skip
            parts.append(("action", action, about, _frozen(goal, what)))
        return parts

    def _versions(self, plan: UUID, base: Row, parts: list[Part], people: list[UUID]) -> None:
        for number, stage in ((1, "in force"), (2, "waiting")):
            version = self.add(
                "wraparound.Version", **base, plan_id=plan, number=number, stage=stage,
                in_force_at=NOW if stage == "in force" else None, caring="{}",
            )  # fmt: skip
            if stage == "waiting":
                self.city.known.setdefault("waiting", []).append((str(version), str(people[1])))
            else:
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

    def notes(self, circle: UUID, kids: list[UUID], people: list[UUID]) -> None:
        """Notes about each child."""
        for number in range(self.size.notes):
            child = kids[number % len(kids)]
            self.add(
                "wraparound.Note", circle_id=circle, subject_id=child, about_id=child, author_id=people[0],
                at=self.moment(), text=self.words(30), signed="X",
            )  # fmt: skip


def _frozen(goal: UUID, what: str) -> Row:
    """A step as a version keeps it."""
    return {
        "goal": str(goal), "what": what, "language": "nl", "doer_id": None, "doer": "X", "doer_words": "X",
        "side": "natural", "for_whom": "child", "by_when": None, "every_week": False, "needs_authority": False,
        "offer_id": None, "offer": "",
    }  # fmt: skip
