"""What is laid whatever a rule would say, what somebody does there, and what stands then: all of it is taken back."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg

from trust.one_trigger import Alone

Rows = list[tuple[Any, ...]]


class Laid(Alone):
    """In one transaction of the owner."""

    def looks(self, said: str, *values: Any) -> Rows:
        """What stands there."""
        return self.owner.execute(said, values).fetchall()

    def done(self, who: UUID | None, function: str, *values: Any, then: str, of: Any = ()) -> Any:
        """What comes of a deed that no trigger hears, and what is read then; a refusal is told by its word alone."""
        said = f"SELECT trust.{function}({', '.join(['%s'] * len(values))})"
        return self.done_at_once(who, [(said, values)], then, of)

    def done_at_once(self, who: UUID | None, deeds: list[tuple[str, Any]], then: str, of: Any = ()) -> Any:
        """The same of several statements in one message, at one moment; the last of them answers."""
        try:
            with self.owner.transaction(force_rollback=True):
                self.asks(who)
                told = psycopg.ClientCursor(self.owner)
                values = [value for _, more in deeds for value in more]
                said = "; ".join(statement for statement, _ in deeds)
                told.execute(f"SET LOCAL session_replication_role = replica; {said}", values)
                while told.nextset():
                    pass
                answer = told.fetchone()[0]  # type: ignore[index]
                return answer, self.looks(then, *of)
        except psycopg.Error as refused:
            return str(refused.diag.message_primary)

    @contextmanager
    def meanwhile(self, statement: str = "", *values: Any) -> Iterator[None]:
        """This stands there for a while only."""
        with self.owner.transaction(force_rollback=True):
            if statement:
                self.stands(statement, *values)
            yield


@contextmanager
def laid(owner: psycopg.Connection) -> Iterator[Laid]:
    """Nothing of it stays."""
    with owner.transaction(force_rollback=True):
        yield Laid(owner)
