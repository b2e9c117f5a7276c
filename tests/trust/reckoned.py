"""What one call of the reckoning leaves: every row that lets somebody read, or leaves somebody out."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from trust.each_policy import Neighbourhood
from trust.one_trigger import Alone

#: What is reckoned, laid and read where no rule refuses it.
TABLES = (
    "trust_seat", "trust_job", "trust_agreement", "trust_circle", "trust_danger", "trust_exclusion", "trust_birth",
    "trust_village", "trust_agerule",
)  # fmt: skip
ACCESS = "SELECT viewer_id, circle_id, since, nullif(until, 'infinity'), shows_from, danger, source_id FROM trust_access"
DENIAL = "SELECT viewer_id, subject_id, since, nullif(until, 'infinity'), ground, source_id FROM trust_denial"
FIRST = datetime(2026, 3, 2, tzinfo=UTC)
Day = float | None
Span = tuple[Day, Day]
Row = tuple[Any, ...]


def day(number: Day) -> datetime | None:
    """So many days, or parts of one, after the first; none is never."""
    return None if number is None else FIRST + timedelta(days=number)


class Reckoning(Alone):
    """Nothing is reckoned yet; one row stands there that is of nobody's concern, and stays."""

    def __init__(self, here: Neighbourhood) -> None:
        super().__init__(here.owner)
        self.here = here
        self.stands("DELETE FROM trust_access")
        self.stands("DELETE FROM trust_denial")

    def access(self, function: str, sources: Iterable[UUID]) -> list[Row]:
        """What was reckoned of these, twice, and in the place of what stood there before."""
        told = self._after("trust_access", ACCESS, function, list(sources))
        return sorted(told, key=str)

    def denial(self, sources: Iterable[UUID]) -> list[Row]:
        """The same of who is left out."""
        told = self._after("trust_denial", DENIAL, "reckon_exclusions", list(sources))
        return sorted(told, key=str)

    def works(self, person: UUID, job: Span, *agreements: Span, **where: Any) -> tuple[UUID, UUID]:
        """Their work, at an organisation of its own with these agreements; both."""
        facts = {"village_id": self.here.village, "sector": "care"}
        at = self.lies("trust_organisation", name=str(uuid4()), **facts | where)
        for since, until in agreements:
            self.lies("trust_agreement", organisation_id=at, since=day(since), until=day(until))
        begin, end = map(day, job)
        return self.lies("trust_job", person_id=person, organisation_id=at, since=begin, until=end), at

    def circle(self, kind: str = "family", **more: Any) -> UUID:
        """A circle of this village."""
        made: UUID = self.lies("trust_circle", village_id=self.here.village, kind=kind, **more)
        return made

    def _after(self, table: str, told: str, function: str, sources: list[UUID]) -> list[Row]:
        with self.owner.transaction(force_rollback=True):
            stays = uuid4()
            for source in (stays, *sources):
                self.lies(table, source_id=source, since=day(0), until=day(1), ground="conflict")
            for _ in range(2):
                self.owner.execute(f"SELECT trust.{function}(%s)", [sources])
            rows = self.owner.execute(told).fetchall()
            assert len([row for row in rows if row[-1] == stays]) == 1, "what another wrote stays"
            return [row for row in rows if row[-1] != stays]
