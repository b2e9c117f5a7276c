"""What somebody's deed changes: every row of some tables before and after it, and then it is taken back.

Everything happens in one transaction of the owner, in which rows are laid as no rule would.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import dict_row

from trust.each_policy import KEYS, Neighbourhood
from trust.one_trigger import Alone

#: What changed in a row, by the name of the row; all of it where the row is new, None where it is gone.
Changes = dict[Any, Any]


class Aside(Alone):
    """A neighbourhood and what is laid in it; every trigger hears what is done."""

    def __init__(self, here: Neighbourhood, *tables: str) -> None:
        super().__init__(here.owner)
        self.here, self.tables = here, tables
        self.named: dict[Any, str] = {}

    def row(self, name: str, table: str, **said: Any) -> Any:
        """A row with a name of its own, by which its changes are told."""
        key = self.lies(table, **said)
        self.named[key] = name
        return key

    def told(
        self, who: UUID | None, function: str, *values: Any, scope: UUID | None = None, **more: Any
    ) -> Any:
        """What they are told, or the word of the refusal; a list where rows are told."""
        return self.deed(who, function, *values, scope=scope, **more)[0]

    def deed(
        self, who: UUID | None, function: str, *values: Any, scope: UUID | None = None, **more: Any
    ) -> tuple[Any, Changes]:
        """What they are told, and what changed."""
        said = f"SELECT * FROM trust.{function}({', '.join(['%s'] * len(values))})"
        before = self._rows()
        try:
            with self.owner.transaction(force_rollback=True):
                self.asks(who, scope=scope, **more)
                cursor = self.owner.execute(said, values)
                rows = cursor.fetchall()
                one = len(cursor.description or ()) == 1 and cursor.description[0].name == function  # type: ignore[index]
                return rows[0][0] if one else rows, self._changed(before)
        except psycopg.Error as refused:
            return str(refused.diag.message_primary), {}

    def everybody(self, function: str, *values: Any, **more: Any) -> dict[str, Any]:
        """What each who might come by is told."""
        return {name: self.told(who, function, *values, **more) for name, who in self.here.called.items()}

    def yes(self, function: str, *values: Any, **more: Any) -> set[str]:
        """Who is told yes."""
        return {name for name, told in self.everybody(function, *values, **more).items() if told is True}

    def _rows(self) -> dict[Any, dict[str, Any]]:
        rows = {}
        with self.owner.cursor(row_factory=dict_row) as cursor:
            for table in self.tables:
                for row in cursor.execute(f"SELECT * FROM {table}").fetchall():  # type: ignore[arg-type]
                    rows[row[KEYS.get(table, "id")]] = row | {"table": table}
        return rows

    def _changed(self, before: dict[Any, dict[str, Any]]) -> Changes:
        after, changed = self._rows(), {}
        for key in before.keys() | after.keys():
            was, now = before.get(key), after.get(key)
            if was and now:
                different = {column: value for column, value in now.items() if value != was[column]}
                if different:
                    changed[self.named.get(key, key)] = different
            else:
                changed[self.named.get(key, (now or was or {})["table"])] = now
        return changed


@contextmanager
def aside(here: Neighbourhood, *tables: str) -> Iterator[Aside]:
    """All of it is taken back in the end."""
    with here.owner.transaction(force_rollback=True):
        yield Aside(here, *tables)
