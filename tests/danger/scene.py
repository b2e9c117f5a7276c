"""A boy of eleven, his parents, who heard him, who could open it, who watches, who looks at it afterwards."""

import uuid
from datetime import UTC, date, datetime, timedelta

import psycopg

from kring.messaging import dangers as telling
from kring.trust import viewer
from kring.trust.usecases import danger_rights, dangers
from kring.trust.usecases.dangers import Why
from trust.scenes import LONG_AGO, Scene, insert
from trust.unheard import unheard
from web.doorstep import fresh

WHY = Why("hurt", "He says that he is hit, tonight again.", "Three calls to Mila since four this afternoon.")


class House(Scene):
    """Jonas (11) with Sarah and Dirk; Hanne coordinates, Mila heard him, Noor has the right, Wim and Rob watch."""

    def __init__(self, owner: psycopg.Connection) -> None:
        super().__init__(owner)
        self.hanne = self.worker("Hanne", "coordinator", "Wijkteam", phone="0470 00 10 03")
        self.mila = self.worker("Mila", "worker", "Kompas")
        self.noor = self.worker("Noor", "worker", "Springplank")
        self.joke = self.worker("Joke", "worker", "Springplank")
        self.wim = self.worker("Wim", "trust officer", "Town")
        self.ruth = self.worker("Ruth", "worker", "CLB")
        self.sofie = self.worker("Sofie", "administrator", "Town")
        self.jonas, self.sarah, self.dirk = self.person("Jonas"), self.person("Sarah"), self.person("Dirk")
        owner.execute(
            "INSERT INTO trust_birth (person_id, born) VALUES (%s, %s)", [self.jonas, date(2015, 3, 31)]
        )
        self.family = insert(
            owner, "trust_family", village_id=self.village, name="Gezin De Wit", opened_at=LONG_AGO
        )
        for person, kind in ((self.jonas, "child"), (self.sarah, "guardian"), (self.dirk, "guardian")):
            insert(owner, "trust_familymember", family_id=self.family, person_id=person, kind=kind, relation="", authority=True)  # fmt: skip
        self.circle, self.own = self.open("family"), self.open("own", subject=self.jonas)
        self.told = self.open("confidence", safety=True, subject=self.jonas)
        self.sealed = self.open("sealed")
        self.quiet = self.open("confidence")
        for guardian in (self.sarah, self.dirk):
            self.seat(self.circle, guardian, role="guardian", ground="guardian", ring=1)
        self.seat(self.circle, self.hanne, role="coordinator", ground="job", job_id=self.jobs[self.hanne])
        self.seat(self.own, self.jonas, role="child", ground="own choice")
        self.seat(self.told, self.jonas, role="child", ground="own choice")
        self.seat(self.told, self.mila, role="professional", ground="job", job_id=self.jobs[self.mila])
        self.notes = {
            name: self.note(circle, name, **({"about_id": self.jonas} if circle == self.told else {}))
            for name, circle in (
                ("family", self.circle),
                ("told", self.told),
                ("sealed", self.sealed),
                ("quiet", self.quiet),
            )
        }

    def open(self, kind: str, *, safety: bool = False, subject: uuid.UUID | None = None) -> uuid.UUID:
        """A circle of the family."""
        return insert(
            self.owner, "trust_circle", village_id=self.village, family_id=self.family, kind=kind, name="", safety=safety,
            secrecy=False, subject_id=subject, opened_at=LONG_AGO,
        )  # fmt: skip

    def note(self, circle: uuid.UUID, text: str, **more: object) -> uuid.UUID:
        """A note in a circle."""
        return insert(
            self.owner,
            "wraparound_note",
            circle_id=circle,
            at=LONG_AGO,
            text=f"note {text}",
            signed="",
            **more,
        )

    def right(self, person: uuid.UUID, *, days: int = 300) -> None:
        """Two people gave this person the right."""
        now = datetime.now(UTC)
        insert(
            self.owner, "trust_dangerright", village_id=self.village, job_id=self.jobs[person], asked_by_id=self.sofie,
            asked_at=now - timedelta(days=60), given_by_id=self.wim, since=now - timedelta(days=59),
            until=now + timedelta(days=days),
        )  # fmt: skip

    def opens(
        self, person: uuid.UUID, made: uuid.UUID | None = None, at: datetime | None = None
    ) -> uuid.UUID:
        """This person opens the family because of danger."""
        at = at or datetime.now(UTC)
        with viewer.acting(person, page="danger", at=at) as me:
            (found,) = dangers.find("jonas", "2015-03-31", by=me, at=at)
            return telling.open_and_tell(made or uuid.uuid4(), found, WHY, by=me, at=at).pk

    def days_pass(self, danger: uuid.UUID, back: timedelta) -> None:
        """A danger lies that much further back."""
        with unheard(self.owner):
            self.owner.execute(
                "UPDATE trust_danger SET at = at - %s, ended_at = ended_at - %s WHERE id = %s",
                [back, back, danger],
            )
            self.owner.execute(
                "UPDATE trust_access SET since = since - %s, until = until - %s WHERE source_id = %s",
                [back, back, danger],
            )
            self.owner.execute("UPDATE trust_entry SET at = at - %s WHERE rule = 'danger'", [back])


__all__ = ["WHY", "House", "danger_rights", "fresh"]
