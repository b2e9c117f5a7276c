"""A small village for the directory: a network coordinator, a lead, a worker, and the village next door."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

import psycopg

from kring.trust.viewer import Viewer, acting

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
BEFORE = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Scene:
    """The ids of everybody in the scene."""

    village: UUID
    other_village: UUID
    club: UUID
    school: UUID
    network: UUID
    lead: UUID
    worker: UUID
    stranger: UUID

    @contextlib.contextmanager
    def as_(self, person: UUID) -> Iterator[Viewer]:
        """One unit of work as this person."""
        with acting(person, page="offers") as viewer:
            yield viewer


def _insert(owner: psycopg.Connection, table: str, **fields: object) -> UUID:
    fields = {"id": uuid4(), **fields}
    names = ", ".join(fields)
    marks = ", ".join("%s" for _ in fields)
    owner.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(fields.values()))
    return fields["id"]


def _village(owner: psycopg.Connection, slug: str, since: datetime = BEFORE) -> UUID:
    return _insert(
        owner, "trust_village", name=slug.title(), slug=slug, country="BE", timezone="Europe/Brussels",
        language="nl", phone="015 29 83 18", answer_days=2, term_days=90, started_at=since,
    )  # fmt: skip


def _organisation(owner: psycopg.Connection, village: UUID, name: str, sector: str) -> UUID:
    organisation = _insert(owner, "trust_organisation", village_id=village, name=name, sector=sector)
    _insert(owner, "trust_agreement", organisation_id=organisation, since=BEFORE)
    return organisation


def _worker(owner: psycopg.Connection, village: UUID, organisation: UUID, name: str, role: str) -> UUID:
    person = _insert(owner, "trust_person", village_id=village, given_name=name, surname="")
    _insert(
        owner, "trust_job", person_id=person, organisation_id=organisation, role=role, title="", bound=False,
        phone="", languages="", since=BEFORE,
    )  # fmt: skip
    return person


def build(owner: psycopg.Connection) -> Scene:
    """Commits the scene as the owner."""
    village, other = _village(owner, "maasdorp"), _village(owner, "elders", NOW)
    town = _organisation(owner, village, "Town hall", "town")
    club = _organisation(owner, village, "Club Zuid", "leisure")
    school = _organisation(owner, village, "De Linde", "education")
    far = _organisation(owner, other, "Far away", "town")
    return Scene(
        village=village,
        other_village=other,
        club=club,
        school=school,
        network=_worker(owner, village, town, "Nora", "network"),
        lead=_worker(owner, village, club, "Lieve", "lead"),
        worker=_worker(owner, village, club, "Wout", "worker"),
        stranger=_worker(owner, other, far, "Sam", "network"),
    )
