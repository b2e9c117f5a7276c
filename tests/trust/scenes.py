"""Small scenes for tests of the rules, set by the owner whom no policy binds."""

import uuid
from datetime import UTC, datetime
from typing import Any

import psycopg

from trust.kept_scenes import SetOnce

LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)


def insert(owner: psycopg.Connection, table: str, **fields: Any) -> uuid.UUID:
    """One row with a new id."""
    fields.setdefault("id", uuid.uuid4())
    columns, marks = ", ".join(fields), ", ".join(["%s"] * len(fields))
    owner.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(fields.values()))
    return fields["id"]


class Scene(metaclass=SetOnce):
    """A village with a school and a contact point; people by name."""

    def __init__(self, owner: psycopg.Connection, country: str = "BE") -> None:
        self.owner = owner
        self.village = insert(
            owner, "trust_village", name="Lindekwartier", slug=f"linde-{uuid.uuid4().hex[:6]}", country=country,
            timezone="Europe/Brussels", language="nl", phone="015 00 00 00", answer_days=2, term_days=90,
            started_at=LONG_AGO,
        )  # fmt: skip
        self.organisations: dict[str, uuid.UUID] = {}
        self.jobs: dict[uuid.UUID, uuid.UUID] = {}
        self.desk = insert(
            owner, "trust_circle", village_id=self.village, kind="desk", name="", safety=False, secrecy=False,
            opened_at=LONG_AGO,
        )  # fmt: skip

    def organisation(self, name: str, sector: str = "education") -> uuid.UUID:
        """An organisation with a live agreement, made once."""
        if name not in self.organisations:
            made = insert(self.owner, "trust_organisation", village_id=self.village, name=name, sector=sector)
            insert(self.owner, "trust_agreement", organisation_id=made, since=LONG_AGO)
            self.organisations[name] = made
        return self.organisations[name]

    def person(self, name: str) -> uuid.UUID:
        """Somebody of the village."""
        return insert(self.owner, "trust_person", village_id=self.village, given_name=name, surname="")

    def worker(
        self, name: str, role: str = "worker", organisation: str = "School De Linde", **job: Any
    ) -> uuid.UUID:
        """Somebody with a live job; contact point workers sit at the desk."""
        person = self.person(name)
        facts = {
            "title": "",
            "bound": False,
            "phone": "0470 00 00 00",
            "languages": "nl",
            "since": LONG_AGO,
        } | job
        self.jobs[person] = insert(
            self.owner,
            "trust_job",
            person_id=person,
            organisation_id=self.organisation(organisation),
            role=role,
            **facts,
        )
        if role == "contact point":
            self.seat(self.desk, person, ground="job", job_id=self.jobs[person], role="professional")
        return person

    def seat(self, circle: uuid.UUID, person: uuid.UUID, **facts: Any) -> uuid.UUID:
        """A seat since long ago."""
        seat = {
            "role": "natural",
            "relation": "",
            "ring": 2,
            "ground": "consent",
            "history": True,
            "since": LONG_AGO,
        }
        return insert(self.owner, "trust_seat", circle_id=circle, person_id=person, **(seat | facts))
