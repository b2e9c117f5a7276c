"""The clock stands still: what is laid, asked and done in the neighbourhood happens at one moment, and is taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from trust.each_policy import Neighbourhood
from trust.one_trigger import Alone

#: The shortest time there is.
INSTANT = timedelta(microseconds=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CLOCK = (
    "CREATE OR REPLACE FUNCTION trust.moment() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE "
    "AS $$ SELECT timestamptz {} $$"
)


class Still(Alone):
    """The neighbourhood, at a moment that is moved by hand."""

    def __init__(self, here: Neighbourhood) -> None:
        super().__init__(here.owner)
        self.here = here
        self.clock(datetime.now(UTC))

    def clock(self, at: datetime) -> None:
        """From here on it is this moment."""
        self.now = at
        self.owner.execute(sql.SQL(CLOCK).format(sql.Literal(at.isoformat())))

    def each(self, function: str, *values: Any, seen_as: UUID | None = None) -> dict[str, Any]:
        """What each is told who asks."""
        return {
            name: self.hears(who, function, *values, seen_as=seen_as)
            for name, who in self.here.called.items()
        }

    def whom(self, function: str, *values: Any, seen_as: UUID | None = None) -> set[str]:
        """Who is told yes."""
        return {name for name, told in self.each(function, *values, seen_as=seen_as).items() if told is True}

    def of_row(self, function: str, table: str, row: UUID) -> dict[str, Any]:
        """What is said of each about that row."""
        said = f"SELECT trust.{function}(%s, t) FROM {table} t WHERE id = %s"
        return {
            name: self.owner.execute(said, [who, row]).fetchone()[0]  # type: ignore[index]
            for name, who in self.here.called.items()
        }

    def leaves(
        self, who: UUID | None, function: str, *values: Any, look: str, seen_as: UUID | None = None
    ) -> tuple[Any, list[Any]]:
        """What is answered to this person, or the word of the refusal; and what stands there then."""
        said = f"SELECT trust.{function}({', '.join(['%s'] * len(values))})"
        try:
            with self.owner.transaction(force_rollback=True):
                self.asks(who, seen_as)
                told = self.owner.execute(said, values).fetchone()[0]  # type: ignore[index]
                return told, self.owner.execute(look).fetchall()
        except psycopg.Error as refused:
            return str(refused.diag.message_primary), self.owner.execute(look).fetchall()

    def danger(self, person: UUID | None = None, **more: Any) -> UUID:
        """A reading by Tom or somebody else since an hour, in the first family and about Samira."""
        here, person = self.here, person or self.here.tom
        facts = {
            "person_id": person, "job_id": here.jobs[person], "family_id": here.family, "circle_id": here.circle,
            "child_id": here.samira, "at": self.now - HOUR, "ground": "hurt",
        }  # fmt: skip
        made: UUID = self.lies("trust_danger", **facts | more)
        return made

    def next_danger(self, person: UUID, **more: Any) -> UUID:
        """A reading in the family next door, about Bram."""
        here = self.here
        next_door = {
            "family_id": here.next_family,
            "circle_id": here.next_circle,
            "child_id": here.bram,
        }
        return self.danger(person, **next_door | more)

    def right(self, person: UUID) -> UUID:
        """Ada asked, and Vera gave this person the right in danger."""
        here = self.here
        made: UUID = self.lies(
            "trust_dangerright", village_id=here.village, job_id=here.jobs[person], asked_by_id=here.ada,
            asked_at=self.now - 60 * DAY, given_by_id=here.vera, since=self.now - 59 * DAY, until=self.now + 300 * DAY,
        )  # fmt: skip
        return made

    def keeps_away(self, subject: UUID, ground: str, **whom: Any) -> UUID:
        """Somebody, an organisation or a sector is left out of a child since yesterday."""
        since = {"since": self.now - DAY}
        made: UUID = self.lies("trust_exclusion", subject_id=subject, ground=ground, **since | whom)
        return made

    def elsewhere(self) -> UUID:
        """The village of Xavi."""
        told = "SELECT village_id FROM trust_person WHERE id = %s"
        village: UUID = self.owner.execute(told, [self.here.xavi]).fetchone()[0]  # type: ignore[index]
        return village


@contextmanager
def standing(owner: psycopg.Connection) -> Iterator[Still]:
    """Two families and their neighbours, and no time that passes."""
    here = Neighbourhood(owner)
    with owner.transaction(force_rollback=True):
        yield Still(here)
