"""Who is asking, and the unit of work in which they ask."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from kring.trust import chosen, identity, journal, unit
from kring.trust.permissions import BY_JOB, BY_SEAT, WHEN_KNOWN, NotAllowed, Permission

#: Who asks is told before it is asked who that is: the part of its own runs first.
ENTERS = """WITH told AS MATERIALIZED (SELECT set_config('kring.identity', %s, true))
SELECT trust.whoami()::text FROM told"""


@dataclass(frozen=True)
class LiveJob:
    """A job that is live now, under a live agreement."""

    id: UUID
    role: str
    title: str
    organisation: UUID
    organisation_name: str
    bound: bool
    #: Work that opens only when somebody else says that they know this colleague: at the contact point, as a trust officer.
    waits: bool = False


@dataclass(frozen=True)
class LiveSeat:
    """A seat of the viewer that is live now."""

    id: UUID
    circle: UUID
    kind: str
    family: UUID | None
    subject: UUID | None
    role: str
    ground: str
    job: UUID | None


@dataclass(frozen=True)
class LiveDanger:
    """What the viewer opened in danger and may read for now."""

    id: UUID
    family: UUID
    until: datetime


@dataclass(frozen=True)
class Viewer:
    """A person as Kring knows them during one request."""

    person_id: UUID
    given_name: str
    surname: str
    village_id: UUID
    village_name: str
    village_slug: str
    village_phone: str
    country: str
    timezone: str
    jobs: tuple[LiveJob, ...]
    seats: tuple[LiveSeat, ...]
    danger_circles: dict[UUID, str] = field(default_factory=dict)
    danger: LiveDanger | None = None
    heard_dangers: tuple[UUID, ...] = ()
    digits_forgotten: bool = False
    scope: UUID | None = None
    seen_as: UUID | None = None
    chosen_version: int = 0
    may_think_again: bool = False

    def seat_in(self, circle_id: UUID) -> LiveSeat | None:
        """The viewer's live seat in this circle."""
        return next((seat for seat in self.seats if seat.circle == circle_id), None)

    def family_seat(self, family_id: UUID) -> LiveSeat | None:
        """The viewer's live seat in the circle of this family."""
        return next((s for s in self.seats if s.kind == "family" and s.family == family_id), None)

    def family_of(self, circle_id: UUID) -> UUID | None:
        """The family of a circle that is open to the viewer."""
        if (seat := self.seat_in(circle_id)) is not None:
            return seat.family
        return self.danger.family if self.danger and circle_id in self.danger_circles else None

    def can(self, permission: Permission, circle_id: UUID | None = None) -> bool:
        """Whether the viewer may do this, in this circle or by their job. Nobody does anything through other eyes."""
        if self.seen_as is not None:
            return False
        if circle_id is None:
            return any(
                permission in BY_JOB[job.role] and not (job.waits and permission in WHEN_KNOWN)
                for job in self.jobs
            )
        seat = self.seat_in(circle_id)
        return seat is not None and permission in BY_SEAT[seat.role]

    def must(self, permission: Permission, circle_id: UUID | None = None) -> None:
        """Go on only if the viewer may do this."""
        if not self.can(permission, circle_id):
            raise NotAllowed(permission.value)

    def job_as(self, role: str) -> LiveJob | None:
        """The viewer's live job in this role."""
        return next((job for job in self.jobs if job.role == role), None)

    @property
    def works(self) -> bool:
        """Whether the viewer has any live job."""
        return bool(self.jobs)


def _uuid(value: str | None) -> UUID | None:
    return UUID(value) if value else None


def _danger(told: list[dict[str, Any]]) -> LiveDanger | None:
    """One runs at a time; the last one, should an owner have written two."""
    last = max(told, key=lambda d: str(d["until"]), default=None)
    return (
        LiveDanger(UUID(last["id"]), UUID(last["family"]), datetime.fromisoformat(last["until"]))
        if last
        else None
    )


def _job(told: dict[str, Any]) -> LiveJob:
    return LiveJob(
        UUID(told["id"]), told["role"], told["title"], UUID(told["organisation"]), told["organisation_name"], told["bound"],
        told["waits"],
    )  # fmt: skip


def _viewer(told: dict[str, Any], scope: UUID | None, seen_as: UUID | None) -> Viewer:
    """A viewer from what the database says of whoever asks."""
    return Viewer(
        person_id=UUID(told["person"]),
        given_name=told["given_name"],
        surname=told["surname"],
        village_id=UUID(told["village"]),
        village_name=told["village_name"],
        village_slug=told["slug"],
        village_phone=told["village_phone"],
        country=told["country"],
        timezone=told["timezone"],
        jobs=tuple(_job(one) for one in told["jobs"]),
        seats=tuple(
            LiveSeat(
                UUID(s["id"]), UUID(s["circle"]), s["kind"], _uuid(s["family"]), _uuid(s["subject"]),
                s["role"], s["ground"], _uuid(s["job"]),
            )
            for s in told["seats"]
        ),
        danger_circles={UUID(d["circle"]): d["kind"] for d in told["dangers"]},
        danger=_danger(told["dangers"]),
        heard_dangers=tuple(UUID(d) for d in told["heard"]),
        digits_forgotten=told["digits_forgotten"],
        scope=scope, seen_as=seen_as,
        chosen_version=told["chosen_version"],
        may_think_again=told["may_think_again"],
    )  # fmt: skip


def identify(person_id: UUID, *, scope: UUID | None = None, seen_as: UUID | None = None) -> None:
    """Tell the database, for this transaction only, who asks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kring.identity', %s, true)", [_signed(person_id, scope, seen_as)])


def _signed(person_id: UUID, scope: UUID | None, seen_as: UUID | None) -> str:
    """The line by which the database believes, on this connection only, who asks."""
    backend = connection.connection.info.backend_pid
    return identity.signed(
        settings.IDENTITY_KEY, person=person_id, backend=backend, at=time.time(), scope=scope, seen_as=seen_as
    )


def nobody() -> None:
    """Tell the database that nobody in particular asks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kring.identity', '', true)")


@contextmanager
def coming_in(person_id: UUID, *, wholly: bool = False) -> Iterator[None]:
    """Tell the database whose way of signing in is used or chosen at this moment; for them nothing else opens.

    Wholly: what only they may read of how they come in, and the page gets nothing else of it than a yes or no.

    Only for whoever just showed that it is theirs: password, link and code, a proof by mail, the sign-in of the town.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('kring.identity', true), '')")
        (before,) = cursor.fetchone()
        identify(person_id, scope=None if wholly else identity.NOTHING)
        yield
        cursor.execute("SELECT set_config('kring.identity', %s, true)", [before])


def who_asks(*, scope: UUID | None = None, seen_as: UUID | None = None) -> Viewer | None:
    """The viewer whom the database believes; None when it believes nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT trust.whoami()::text")
        return _believed(cursor.fetchone(), scope, seen_as)


def _comes_in(person_id: UUID, scope: UUID | None, seen_as: UUID | None) -> Viewer | None:
    """Tell the database who asks and hear whom it believes, in one statement: every page begins with it."""
    with connection.cursor() as cursor:
        cursor.execute(ENTERS, [_signed(person_id, scope, seen_as)])
        return _believed(cursor.fetchone(), scope, seen_as)


def _believed(row: tuple[str | None] | None, scope: UUID | None, seen_as: UUID | None) -> Viewer | None:
    return _viewer(json_of(row[0]), scope, seen_as) if row and row[0] else None


def json_of(text: str) -> dict[str, Any]:
    """A JSON object from the database."""
    told: dict[str, Any] = json.loads(text)
    return told


@contextmanager
def acting(
    person_id: UUID,
    *,
    page: str = "",
    purpose: str = "",
    scope: UUID | None = None,
    seen_as: UUID | None = None,
    at: datetime | None = None,
) -> Iterator[Viewer]:
    """One unit of work as this person: what is read in it is in the journal when it commits, at the moment given.

    The signature of the identity always lives by the machine's clock: it is a key, not a fact of the village.

    Raises NotAllowed when the database does not believe that there is such a person.
    """
    with transaction.atomic(), unit.opened(unit.Unit(at, page, purpose)) as work:
        viewer = _comes_in(person_id, scope, seen_as)
        if viewer is None:
            raise NotAllowed("unknown viewer")
        with chosen.spoken(lambda: chosen.of(viewer.village_id, viewer.chosen_version)):
            yield viewer
        journal.write_reads(work, by=viewer)
        if connection.savepoint_ids:
            nobody()
