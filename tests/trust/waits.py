"""Two at once: who is held while one changes something and it is not yet kept, so that the other waits."""

from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from trust.each_policy import Neighbourhood
from trust.one_trigger import Alone
from trust.scenes import insert

HELD = ("trust_organisation", "trust_family", "trust_person", "trust_village")
FREE = "SELECT id FROM {} FOR {} SKIP LOCKED"


class Waits(NamedTuple):
    """Somebody who changes something, and somebody else who wants to meanwhile."""

    here: Neighbourhood
    other: psycopg.Connection

    def held(
        self, statement: str, *values: Any, how: str = "NO KEY UPDATE", by: UUID | None = None
    ) -> set[UUID]:
        """Whose row nobody else gets hold of in this way while it is done; then it is taken back."""
        every = {table: self._ids(f"SELECT id FROM {table}") for table in HELD}
        with self.here.owner.transaction(force_rollback=True):
            if by:
                Alone(self.here.owner).asks(by)
            self.here.owner.execute(statement, values)
            return {one for table in HELD for one in every[table] - self._ids(FREE.format(table, how))}

    def made(self, table: str, **said: Any) -> set[UUID]:
        """Who is held by a row that comes; then it is taken back."""
        with self.here.owner.transaction(force_rollback=True):
            insert(self.here.owner, table, **said)
            return self.held("SELECT 1")

    def _ids(self, statement: str) -> set[UUID]:
        with self.other.transaction(force_rollback=True):
            return {one for (one,) in self.other.execute(statement).fetchall()}
