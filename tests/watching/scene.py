"""A village in which somebody looked yesterday: Els and Stijn work there, Wouter watches, Ada keeps the sign-in."""

import uuid
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from django.utils import timezone

from trust.scenes import LONG_AGO, Scene, insert

ZONE = ZoneInfo("Europe/Brussels")


class Watched(Scene):
    """Families by number, each with a circle; looks are written down where they happened."""

    def __init__(self, owner: psycopg.Connection) -> None:
        super().__init__(owner)
        self.els = self.worker("Els", "coordinator", "Wijkteam")
        self.stijn = self.worker("Stijn", "worker", "Wijkteam")
        self.wouter = self.worker("Wouter", "trust officer", "Town")
        self.ada = self.worker("Ada", "administrator", "Town")
        self.now = timezone.now()
        self.yesterday = (self.now.astimezone(ZONE) - timedelta(days=1)).date()
        self.families: list[uuid.UUID] = []
        self.circles: list[uuid.UUID] = []

    def family(self, number: int, kind: str = "family") -> uuid.UUID:
        """The circle of that family, made when it is first asked for."""
        while len(self.families) <= number:
            made = insert(self.owner, "trust_family", village_id=self.village, name=f"Gezin {len(self.families)}", opened_at=LONG_AGO)  # fmt: skip
            self.families.append(made)
            self.circles.append(self.circle(made))
        return self.circles[number] if kind == "family" else self.circle(self.families[number], kind)

    def circle(self, family: uuid.UUID, kind: str = "family") -> uuid.UUID:
        """One more circle of a family."""
        return insert(self.owner, "trust_circle", village_id=self.village, family_id=family, kind=kind, name="",
                      safety=False, secrecy=False, opened_at=LONG_AGO)  # fmt: skip

    def at(self, hour: int, minute: int = 0, second: int = 0, *, days: int = 0) -> datetime:
        """A moment of yesterday, or so many days before it."""
        return datetime.combine(self.yesterday - timedelta(days=days), time(hour, minute, second), ZONE)

    def looked(self, who: uuid.UUID, circle: uuid.UUID, at: datetime, **facts: Any) -> None:
        """One reading through a job."""
        (home,) = self.owner.execute(
            "SELECT organisation_id FROM trust_job WHERE person_id = %s", [who]
        ).fetchone()
        line = {"kind": "read", "organisation_id": home, "role": "worker", "part": "circle", "deed": "", "purpose": "", "rule": "seat"}  # fmt: skip
        insert(self.owner, "trust_entry", at=at, person_id=who, circle_id=circle, **(line | facts))

    def unusual(self, who: uuid.UUID) -> dict[str, int]:
        """The rules that yesterday meets for somebody, with how many families; reckoned, not written down."""
        rows = self.owner.execute("SELECT rule, families FROM trust.reckon_unusual(%s, %s) WHERE person = %s",
                                  [self.village, self.yesterday, who])  # fmt: skip
        return dict(rows.fetchall())
