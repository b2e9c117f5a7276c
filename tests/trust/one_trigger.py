"""Where one trigger alone answers: the other triggers, the checks and the policies of its tables are silent.

Everything happens in one transaction of the owner, and is taken back.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings

from kring.trust import identity
from trust.each_policy import KEYS, lay
from trust.unheard import unheard

CHECKS = "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'"
LIMITS = (
    "SELECT indexrelid::regclass::text FROM pg_index i WHERE indrelid = %s::regclass AND indisunique "
    "AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)"
)
OTHERS = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgname <> %s"


def said_by(owner: psycopg.Connection, who: UUID | None, **more: UUID | None) -> str:
    """The signed line by which the database believes that it is this person who asks; nothing for nobody."""
    key, backend = settings.IDENTITY_KEY, owner.info.backend_pid
    return identity.signed(key, person=who, backend=backend, at=time.time(), **more) if who else ""


class Alone:
    """Rows are laid unheard; what is tried is heard by the one trigger."""

    def __init__(self, owner: psycopg.Connection) -> None:
        self.owner = owner

    def lies(self, table: str, **said: Any) -> Any:
        """A row that stands there, whatever a trigger would say; its key."""
        with unheard(self.owner):
            key = lay(self.owner, table, said)
        return key

    def stands(self, statement: str, *values: Any) -> None:
        """What is changed unheard."""
        with unheard(self.owner):
            self.owner.execute(statement, values)

    def asks(self, who: UUID | None, seen_as: UUID | None = None, scope: UUID | None = None) -> None:
        """From here to the end of the try it is this person who asks, or nobody; by a link to one object where one is named."""
        told = said_by(self.owner, who, seen_as=seen_as, scope=scope)
        self.owner.execute("SELECT set_config('kring.identity', %s, true)", [told])

    def writes(self, who: UUID | None, table: str, *, served: bool = False, **said: Any) -> Any:
        """The row as it came to stand there, or the word of the refusal."""

        def write() -> Any:
            key = lay(self.owner, table, said)
            row = f"SELECT to_jsonb(t) FROM {table} t WHERE {KEYS.get(table, 'id')} = %s"
            return self.owner.execute(row, [key]).fetchone()[0]  # type: ignore[index]

        return self._tries(who, write, served)

    def is_written(self, who: UUID | None, table: str, *, served: bool = False, **said: Any) -> str:
        """That it was done, or the word of the refusal."""
        told = self.writes(who, table, served=served, **said)
        return told if isinstance(told, str) else "done"

    def does(self, who: UUID | None, statement: str, *values: Any, served: bool = False) -> Any:
        """How many rows it changed, or the word of the refusal."""
        return self._tries(who, lambda: self.owner.execute(statement, values).rowcount, served)

    def hears(self, who: UUID | None, function: str, *values: Any, seen_as: UUID | None = None) -> Any:
        """What a function answers this person."""
        with self.owner.transaction(force_rollback=True):
            self.asks(who, seen_as)
            told = f"SELECT trust.{function}({', '.join(['%s'] * len(values))})"
            return self.owner.execute(told, values).fetchone()[0]  # type: ignore[index]

    def rows(self, who: UUID | None, function: str, *values: Any, seen_as: UUID | None = None) -> list[Any]:
        """The rows a function answers this person."""
        return self.reads(
            who,
            f"SELECT * FROM trust.{function}({', '.join(['%s'] * len(values))})",
            *values,
            seen_as=seen_as,
        )

    def reads(self, who: UUID | None, statement: str, *values: Any, seen_as: UUID | None = None) -> list[Any]:
        """The rows this person gets."""
        with self.owner.transaction(force_rollback=True):
            self.asks(who, seen_as)
            return self.owner.execute(statement, values).fetchall()

    def stops_the_clock(self, moment: str = "now()") -> datetime:
        """From here to the end of the transaction it is this moment, and no later one."""
        at: datetime = self.owner.execute(f"SELECT ({moment})::timestamptz").fetchone()[0]  # type: ignore[index]
        self.owner.execute(
            "CREATE OR REPLACE FUNCTION trust.moment() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE "
            f"AS $$ SELECT '{at.isoformat()}'::timestamptz $$"
        )
        return at

    def _tries(self, who: UUID | None, deed: Any, served: bool) -> Any:
        try:
            with self.owner.transaction(force_rollback=True):
                self.asks(who)
                if served:
                    self.owner.execute("SET LOCAL ROLE kring_runtime")
                return deed()
        except psycopg.Error as refused:
            return str(refused.diag.message_primary)


@contextmanager
def alone(owner: psycopg.Connection, trigger: str, *tables: str) -> Iterator[Alone]:
    """On these tables no other trigger hears anything."""
    with owner.transaction(force_rollback=True):
        for table in tables:
            for (name,) in owner.execute(CHECKS, [table]).fetchall():
                owner.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
            for (name,) in owner.execute(LIMITS, [table]).fetchall():
                owner.execute(f"DROP INDEX {name}")
            for (name,) in owner.execute(OTHERS, [table, trigger]).fetchall():
                owner.execute(f'ALTER TABLE {table} DISABLE TRIGGER "{name}"')
            owner.execute(
                f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY; GRANT ALL ON {table} TO kring_runtime"
            )
        yield Alone(owner)
